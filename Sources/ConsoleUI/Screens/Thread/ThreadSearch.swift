import Terminal

/// Words searched for in the open thread and where they are.
struct ThreadSearch: Equatable, Sendable {
  var words = ""
  var matches: [ThreadPlace] = []
  /// Which of them was shown last.
  var index = 0

  var isActive: Bool { !words.isEmpty }

  /// "2 of 3 matches".
  var summary: String {
    matches.isEmpty ? "no match" : "\(index + 1) of \(matches.count) matches n/N"
  }
}

extension ThreadState {
  /// Searches folded text too and unfolds what it finds.
  mutating func find(_ words: String) {
    search = ThreadSearch(words: words)
    guard !words.isEmpty else { return }
    let wanted = words.lowercased()
    if !showsQuotes, shown.indices.contains(where: { isHidden(wanted, in: $0) }) {
      showsQuotes = true
      rebuildLines()
    }
    for place in shown.indices {
      guard entry(place)?.text.lowercased().contains(wanted) == true else { continue }
      if isFolded(place) { setFold(of: place, to: false) }
      for (index, line) in lines(of: place).enumerated()
      where line.text.lowercased().contains(wanted) {
        search.matches.append(ThreadPlace(entry: place, line: index))
      }
    }
    search.index = search.matches.firstIndex { $0 >= top } ?? 0
  }

  private mutating func isHidden(_ wanted: String, in place: Int) -> Bool {
    guard let text = entry(place)?.text.lowercased(), text.contains(wanted) else { return false }
    return !isFolded(place) && !lines(of: place).contains { $0.text.lowercased().contains(wanted) }
  }

  /// Shows the next match or the one before; false without any.
  mutating func showMatch(_ step: Int) -> Bool {
    let count = search.matches.count
    guard count > 0 else { return false }
    search.index = (search.index + step + count) % count
    reveal(search.matches[search.index])
    return true
  }

  private mutating func rebuildLines() {
    let words = search.words
    search.words = ""
    rebuild()
    search.words = words
  }
}
