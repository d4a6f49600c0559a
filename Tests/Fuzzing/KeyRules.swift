@testable import Terminal

/// Bytes that a terminal sends, or that somebody makes it send.
enum KeyRules {
  static func check(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let bytes = Array(input.dropFirst())
    var whole = KeyDecoder()
    let reports = whole.decode(bytes)
    for case .key(let key) in reports { check(key) }
    var pieces = KeyDecoder()
    var found: [KeyDecoder.Report] = []
    let length = Int(first % 7) + 1
    for start in stride(from: 0, to: bytes.count, by: length) {
      found += pieces.decode(bytes[start..<min(start + length, bytes.count)])
    }
    require(Self.joined(found) == Self.joined(reports), "it does not matter how bytes arrive")
    // Whatever was open is over after the end of a paste and some patience.
    _ = whole.giveUp()
    _ = whole.decode(Array("\u{1B}[201~".utf8))
    _ = whole.giveUp()
    require(
      whole.decode([0x6A]).last == .key(.character("j")), "the next key is a key again")
    require(whole.patience(escapeDelay: .milliseconds(25)) == nil, "nothing is left over")
  }

  private static func check(_ key: Key) {
    switch key {
    case .character(let character):
      require(
        character.unicodeScalars.allSatisfy { !$0.isControl }, "a character is no control",
        String(character).shown)
    case .paste(let text):
      require(text.utf8.count <= 3 * KeyDecoder.longestPaste, "a paste is bounded")
    default: break
    }
    _ = key.notation
  }

  /// Characters put together: where bytes are cut, a letter and its marks may come apart, and what
  /// shows nothing is kept only inside a character.
  private static func joined(_ reports: [KeyDecoder.Report]) -> [String] {
    var words: [String] = []
    var isOpen = false
    for report in reports {
      if case .key(.character(let character)) = report {
        let drawn = character.unicodeScalars.filter {
          $0 != "\u{FFFD}" && DisplayWidth.scalarClass(of: $0) != .invisible
        }
        if !isOpen { words.append("") }
        words[words.count - 1].unicodeScalars.append(contentsOf: drawn)
        isOpen = true
      } else {
        words.append("\(report)")
        isOpen = false
      }
    }
    return words
  }
}
