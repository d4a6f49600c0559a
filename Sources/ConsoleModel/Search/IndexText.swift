/// Makes text ready for the full-text index.
///
/// The index cuts words at blanks and signs, and Chinese and Japanese write none: runs of their
/// characters are cut into overlapping pairs, "東京都" into "東京 京都 都". The last character stands
/// alone at the end so that a search for one character finds it too.
enum IndexText {
  /// Characters of one message that are indexed; the rest of a giant body is not searched.
  static let characterLimit = 50_000

  static func prepare(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.contains(where: { $0 >= 0xe3 }) else {
      return text.utf8.count <= characterLimit ? text : String(text.prefix(characterLimit))
    }
    var result = String.UnicodeScalarView()
    result.reserveCapacity(scalars.count * 2)
    var previous: Unicode.Scalar?
    for scalar in scalars.prefix(characterLimit) {
      if isUnspaced(scalar) {
        if let previous {
          result.append(contentsOf: [previous, scalar, " "])
        } else {
          result.append(" ")
        }
        previous = scalar
      } else {
        if let last = previous { result.append(contentsOf: [last, " "]) }
        previous = nil
        result.append(scalar)
      }
    }
    if let previous { result.append(previous) }
    return String(result)
  }

  /// Han characters and kana: scripts that write words without blanks between them.
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3041...0x30ff, 0x31f0...0x31ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff,
      0xff66...0xff9f, 0x20000...0x3134f:
      true
    default: false
    }
  }

  /// What the index takes for a part of a word: letters, numbers, marks, private characters.
  static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .privateUse:
      true
    default: false
    }
  }
}
