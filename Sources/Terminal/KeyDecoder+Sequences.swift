/// One key or sequence at a time.
extension KeyDecoder {
  /// Whether this byte behind ESC begins a string that only its end ends: OSC, DCS, SOS, PM, APC.
  static func beginsString(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F: true
    default: false
    }
  }

  /// The byte that stands behind ESC for an introducer of one byte; nil for other bytes.
  private static func introducer(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x8F, 0x90, 0x98, 0x9B, 0x9D, 0x9E, 0x9F: byte - 0x40
    default: nil
    }
  }

  /// Decodes one key or sequence; returns its length, or nil when it is incomplete.
  mutating func step(at index: Int, into reports: inout [Report]) -> Int? {
    let byte = pending[index]
    switch byte {
    case 0x1B: return escape(at: index, into: &reports)
    case 0x08, 0x7F: reports.append(.key(.backspace))
    case 0x09: reports.append(.key(.tab))
    case 0x0A, 0x0D: reports.append(.key(.enter))
    case 0x00: reports.append(.key(.control(" ")))
    case 0x01...0x1A:
      reports.append(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
    case 0x1C...0x1F:
      reports.append(.key(.control(Character(Unicode.Scalar(byte + 0x40)))))
    default:
      if let second = Self.introducer(byte) {
        pending.replaceSubrange(index...index, with: [0x1B, second])
        return escape(at: index, into: &reports)
      }
      return characters(at: index, into: &reports)
    }
    return 1
  }

  /// Decodes the printable characters up to the next control; incomplete UTF-8 at the end waits.
  private func characters(at start: Int, into reports: inout [Report]) -> Int? {
    var end = start
    while end < pending.count, pending[end] >= 0x20, pending[end] != 0x7F {
      let length = Self.characterLength(pending[end])
      // A byte that goes on with no character may introduce a sequence.
      if end > start, Self.introducer(pending[end]) != nil { break }
      var next = end + 1
      while next < min(end + length, pending.count), pending[next] & 0xC0 == 0x80 { next += 1 }
      if next == pending.count, next < end + length { break }
      end = next
    }
    guard end > start else { return nil }
    return text(Array(pending[start..<end]), into: &reports)
  }

  /// Reports the characters that some bytes spell, and returns the number of bytes.
  func text(_ bytes: [UInt8], into reports: inout [Report]) -> Int {
    for character in String(decoding: bytes, as: UTF8.self) {
      let isDrawn = character.unicodeScalars.contains { scalar in
        scalar != "\u{FFFD}" && DisplayWidth.scalarClass(of: scalar) != .invisible
      }
      if isDrawn { reports.append(.key(.character(character))) }
    }
    return bytes.count
  }

  private static func characterLength(_ byte: UInt8) -> Int {
    byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
  }

  /// Decodes what begins with ESC.
  private mutating func escape(at index: Int, into reports: inout [Report]) -> Int? {
    guard index + 1 < pending.count else { return nil }
    switch pending[index + 1] {
    case 0x5B: return controlSequence(at: index, into: &reports)
    case 0x4F:
      guard index + 2 < pending.count else { return nil }
      if let key = Self.applicationKey(pending[index + 2]) { reports.append(.key(key)) }
      return 3
    case 0x1B:
      reports.append(.key(.escape))
      return 1
    case 0x80...0xFF:
      // A character of several bytes with Alt: nothing is bound to it.
      return meta(at: index)
    case let byte:
      if Self.beginsString(byte) { return terminalString(at: index, into: &reports) }
      reports.append(.key(.alt(Character(Unicode.Scalar(byte)))))
      return 2
    }
  }

  /// The length of ESC and one character of several bytes, broken or not.
  private func meta(at index: Int) -> Int? {
    let whole = index + 1 + Self.characterLength(pending[index + 1])
    var end = index + 2
    while end < min(whole, pending.count), pending[end] & 0xC0 == 0x80 { end += 1 }
    return end == pending.count && end < whole ? nil : end - index
  }

  private mutating func controlSequence(at index: Int, into reports: inout [Report]) -> Int? {
    var end = index + 2
    // The Linux console sends F1 to F5 as ESC [ [ A and so on.
    if end < pending.count, pending[end] == 0x5B {
      guard end + 1 < pending.count else { return nil }
      if (0x41...0x45).contains(pending[end + 1]) {
        reports.append(.key(.function(Int(pending[end + 1]) - 0x40)))
      }
      return 4
    }
    while end < pending.count, (0x20...0x3F).contains(pending[end]) {
      end += 1
      if end - index > Self.longestSequence { return end - index }
    }
    guard end < pending.count else { return nil }
    // A control in the middle ends a broken sequence and speaks for itself.
    guard (0x40...0x7E).contains(pending[end]) else { return end - index }
    if pending[end] == 0x4D, end == index + 2 {
      // A mouse report of the old form: button, column and row follow as a byte each.
      return end + 4 <= pending.count ? end + 4 - index : nil
    }
    let sequence = ControlSequence(
      body: pending[index + 2..<end], final: pending[end])
    if sequence.beginsPaste {
      paste = []
    } else if let report = sequence.report {
      reports.append(report)
    }
    return end + 1 - index
  }

  /// Swallows a string of the terminal and reads the background colour from it.
  private func terminalString(at index: Int, into reports: inout [Report]) -> Int? {
    var end = index + 2
    while end < pending.count {
      let byte = pending[end]
      if byte == 0x07 || byte == 0x1B && end + 1 < pending.count && pending[end + 1] == 0x5C {
        let body = pending[index + 2..<end]
        if pending[index + 1] == 0x5D, let color = ControlSequence.background(body) {
          reports.append(.background(color))
        }
        return end + (byte == 0x07 ? 1 : 2) - index
      }
      if byte == 0x1B && end + 1 < pending.count { return end - index }
      end += 1
      if end - index > Self.longestSequence { return end - index }
    }
    return nil
  }

  /// The keys of ESC O and one more letter.
  static func applicationKey(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x4D: .enter
    case 0x50...0x53: .function(Int(byte) - 0x4F)
    case 0x6A...0x79: .character(Character(Unicode.Scalar(byte - 0x40)))
    default: nil
    }
  }
}
