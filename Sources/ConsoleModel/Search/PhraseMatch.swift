/// Looks for words that have to stand together in a text, without regard to case and line ends.
struct PhraseMatch {
  private let needles: [[UInt8]]

  /// Phrases of the terms; a term of one word needs no look at the text.
  init(_ terms: SearchTerms) {
    needles = terms.terms.filter(\.isPhrase).map { Self.folded($0.text) }
  }

  var isEmpty: Bool { needles.isEmpty }

  func isIn(_ text: String) -> Bool {
    guard !needles.isEmpty else { return true }
    let bytes = Self.folded(text)
    return bytes.withUnsafeBufferPointer { text in
      needles.allSatisfy { Self.isIn(text, $0) }
    }
  }

  private static func isIn(_ text: UnsafeBufferPointer<UInt8>, _ needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= text.count else { return needle.isEmpty }
    var start = 0
    while let place = text[start...].firstIndex(of: first), place + needle.count <= text.count {
      if text[place..<place + needle.count].elementsEqual(needle) { return true }
      start = place + 1
    }
    return false
  }

  /// Small letters, and one blank for any white space.
  private static func folded(_ text: String) -> [UInt8] {
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in (isPlain ? text : text.lowercased()).utf8 {
      switch byte {
      case 9...13, 32:
        if bytes.last != 32 { bytes.append(32) }
      case 65...90: bytes.append(byte | 0x20)
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
