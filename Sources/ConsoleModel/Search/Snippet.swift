/// Cuts the part of a text that shows why it was found.
enum Snippet {
  /// One line of at most `width` characters around the first hit; an ellipsis where text is left out.
  static func cut(_ text: String, around terms: SearchTerms, width: Int = 90) -> String {
    let scalars = Array(text.unicodeScalars.prefix(IndexText.characterLimit))
    var hit: Int?
    for term in terms.terms {
      let needle = term.text.unicodeScalars.map(fold)
      // A later term matters only where it stands before the others.
      if let found = find(needle, in: scalars[..<(hit ?? scalars.count)]) { hit = found }
    }
    var start = max(0, (hit ?? 0) - width / 3)
    while start > 0, start < scalars.count, !isBlank(scalars[start - 1]),
      start > (hit ?? 0) - width / 2
    { start -= 1 }
    let end = min(scalars.count, start + width)
    var line = String.UnicodeScalarView()
    var lastWasBlank = true
    for scalar in scalars[start..<end] {
      let isBlank = isBlank(scalar)
      // A mark whose letter was left out would stand on the ellipsis.
      if isBlank && lastWasBlank || line.isEmpty && scalar.properties.isGraphemeExtend { continue }
      line.append(isBlank ? " " : scalar)
      lastWasBlank = isBlank
    }
    if line.last == " " { line.removeLast() }
    return (start > 0 ? "…" : "") + String(line) + (end < scalars.count ? "…" : "")
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80 ? scalar == " " || 9...13 ~= scalar.value : scalar.properties.isWhitespace
  }

  private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value < 0x80 {
      return 65...90 ~= scalar.value ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
    }
    let lowered = scalar.properties.lowercaseMapping.unicodeScalars
    return lowered.count == 1 ? lowered.first ?? scalar : scalar
  }

  /// The first place of the needle that begins a word, or where words have no blanks between.
  private static func find(
    _ needle: [Unicode.Scalar], in text: ArraySlice<Unicode.Scalar>
  ) -> Int? {
    guard let first = needle.first, needle.count <= text.count else { return nil }
    let isUnspaced = IndexText.isUnspaced(first)
    for start in 0...(text.count - needle.count) where fold(text[start]) == first {
      if start > 0, !isUnspaced, IndexText.isPartOfWord(text[start - 1]) { continue }
      if zip(text[start...], needle).allSatisfy({ fold($0) == $1 }) { return start }
    }
    return nil
  }
}
