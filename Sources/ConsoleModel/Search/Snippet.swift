/// Cuts the part of a text that shows why it was found.
enum Snippet {
  /// One line of about `width` characters around the first hit; an ellipsis where text is left out.
  static func cut(_ text: String, around terms: SearchTerms, width: Int = 90) -> String {
    let characters = Array(text.prefix(IndexText.characterLimit))
    let folded = characters.map(fold)
    var hit: Int?
    for term in terms.terms {
      let needle = term.text.map(fold)
      if let found = find(needle, in: folded) { hit = min(hit ?? found, found) }
    }
    var start = max(0, (hit ?? 0) - width / 3)
    while start > 0, start < characters.count, !characters[start - 1].isWhitespace,
      start > (hit ?? 0) - width / 2
    { start -= 1 }
    let end = min(characters.count, start + width)
    var line = ""
    var lastWasBlank = true
    for character in characters[start..<end] {
      let isBlank = character.isWhitespace
      if isBlank && lastWasBlank { continue }
      line.append(isBlank ? " " : character)
      lastWasBlank = isBlank
    }
    if line.last == " " { line.removeLast() }
    return (start > 0 ? "…" : "") + line + (end < characters.count ? "…" : "")
  }

  private static func fold(_ character: Character) -> Character {
    let lowered = character.lowercased()
    return lowered.count == 1 ? (lowered.first ?? character) : character
  }

  /// The first place of the needle that begins a word, or where words have no blanks between.
  private static func find(_ needle: [Character], in text: [Character]) -> Int? {
    guard let first = needle.first, needle.count <= text.count else { return nil }
    let isUnspaced = first.unicodeScalars.first.map(IndexText.isUnspaced) ?? false
    for start in 0...(text.count - needle.count) where text[start] == first {
      if start > 0, !isUnspaced, text[start - 1].isLetter || text[start - 1].isNumber { continue }
      if text[start..<start + needle.count].elementsEqual(needle) { return start }
    }
    return nil
  }
}
