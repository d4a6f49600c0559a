/// How near two spellings are: the number of letters to change, put in or leave out.
struct Spelling {
  private let letters: [UInt8]

  init(_ text: String) { letters = Array(FoldedText(text).bytes.prefix(64)) }

  /// The distance to the nearest word of a text, or to the whole of it.
  func distance(to text: String) -> Int {
    let whole = FoldedText(text).bytes.prefix(64)
    let words = whole.split { $0 < 48 || (58...96).contains($0) || (123...127).contains($0) }
    return (words + [whole]).map { distance($0) }.min() ?? letters.count
  }

  private func distance(_ other: ArraySlice<UInt8>) -> Int {
    var row = Array(0...other.count)
    for (index, letter) in letters.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, theirs) in other.enumerated() {
        let change = diagonal + (letter == theirs ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
