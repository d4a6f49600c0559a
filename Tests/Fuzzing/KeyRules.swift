@testable import Terminal

/// Bytes that a terminal sends, or that somebody makes it send.
enum KeyRules {
  static func check(_ input: [UInt8]) {
    guard let first = input.first else { return }
    let bytes = Array(input.dropFirst())
    let start = ContinuousClock.now
    var whole = KeyDecoder()
    let reports = whole.decode(bytes, at: start)
    for case .key(let key) in reports { check(key) }
    var pieces = KeyDecoder()
    var found: [KeyDecoder.Report] = []
    let length = Int(first % 7) + 1
    for begin in stride(from: 0, to: bytes.count, by: length) {
      found += pieces.decode(bytes[begin..<min(begin + length, bytes.count)], at: start)
    }
    require(Self.joined(found) == Self.joined(reports), "it does not matter how bytes arrive")
    checkHeldUp(bytes, piece: length, gap: .milliseconds(Int(first) * 8), after: start)
    // Whatever was open is over after the end of a paste and some patience.
    var moment = start.advanced(by: .seconds(60))
    _ = whole.giveUp(at: moment)
    _ = whole.decode(Array("\u{1B}[201~".utf8), at: moment)
    moment = moment.advanced(by: .seconds(60))
    _ = whole.giveUp(at: moment)
    moment = moment.advanced(by: .seconds(60))
    require(
      whole.decode([0x6A], at: moment).last == .key(.character("j")), "the next key is a key again")
    require(whole.patience(at: moment) == nil, "nothing is left over")
  }

  /// Bytes that are held up on the way: nothing is waited for without end, and what is incomplete is
  /// given up when its time is over.
  private static func checkHeldUp(
    _ bytes: [UInt8], piece: Int, gap: Duration, after start: ContinuousClock.Instant
  ) {
    var decoder = KeyDecoder()
    var moment = start
    for begin in stride(from: 0, to: bytes.count, by: piece) {
      for case .key(let key) in decoder.decode(
        bytes[begin..<min(begin + piece, bytes.count)], at: moment)
      { check(key) }
      let end = moment.advanced(by: gap)
      while let patience = decoder.patience(at: moment) {
        require(patience <= .seconds(10), "nothing is waited for without end")
        guard moment.advanced(by: patience) <= end else { break }
        moment = moment.advanced(by: patience)
        for case .key(let key) in decoder.giveUp(at: moment) { check(key) }
        require(decoder.patience(at: moment) != .zero, "what is given up is given up")
      }
      moment = end
    }
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
