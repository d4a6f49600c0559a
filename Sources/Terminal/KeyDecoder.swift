/// Turns the bytes a terminal sends into keys.
///
/// Answers to queries, unknown sequences and broken UTF-8 are swallowed whole, so that no part of
/// them is ever taken for a key; pasted text comes as one key however long it took.
public struct KeyDecoder: Sendable {
  /// What the terminal said.
  public enum Report: Equatable, Sendable {
    case key(Key)
    /// The terminal's window got or lost the focus.
    case focus(Bool)
    case mouse(MouseEvent)
    /// The answer to the question for the background colour (OSC 11).
    case background(RGB)
    /// The answer to a question for a private mode (DECRQM): known and changeable or not.
    case mode(Int, isSupported: Bool)
  }

  /// The most bytes of one paste that are kept; the rest is dropped up to its end.
  public static let longestPaste = 1 << 20
  private static let longestSequence = 4096
  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  /// Bytes that do not make a whole key yet.
  private var pending: [UInt8] = []
  /// The paste that has begun and not ended.
  private var paste: [UInt8]?

  public init() {}

  /// How long to wait for more bytes before `giveUp`; nil when nothing is incomplete, or when only
  /// the terminal can end what it began.
  public func patience(escapeDelay: Duration) -> Duration? {
    guard paste == nil, !pending.isEmpty else { return nil }
    return pending.count <= 2 ? escapeDelay : max(escapeDelay, .seconds(1))
  }

  /// Takes bytes as they were read and returns what they complete.
  public mutating func decode(_ bytes: some Sequence<UInt8>) -> [Report] {
    pending.append(contentsOf: bytes)
    var reports: [Report] = []
    var index = 0
    while index < pending.count {
      if paste != nil {
        guard let end = takePaste(from: index, into: &reports) else {
          pending.removeAll()
          return reports
        }
        index = end
        continue
      }
      guard let length = step(at: index, into: &reports) else { break }
      index += length
    }
    pending.removeFirst(index)
    return reports
  }

  /// Ends the waiting for more bytes: a lone ESC is the Esc key, ESC with one more byte a key with
  /// Alt, and anything else incomplete is dropped.
  public mutating func giveUp() -> [Report] {
    guard paste == nil else { return [] }
    defer { pending = [] }
    if pending == [0x1B] { return [.key(.escape)] }
    if pending.count == 2, pending[0] == 0x1B, pending[1] < 0x7F {
      return [.key(.alt(Character(Unicode.Scalar(pending[1]))))]
    }
    return []
  }

  /// Collects pasted bytes; returns where the paste ended, or nil when all bytes belong to it.
  private mutating func takePaste(from start: Int, into reports: inout [Report]) -> Int? {
    var bytes = paste ?? []
    // The end may have begun in the bytes already collected.
    let searchFrom = max(0, bytes.count - Self.pasteEnd.count + 1)
    bytes.append(contentsOf: pending[start...])
    var index = searchFrom
    while index + Self.pasteEnd.count <= bytes.count {
      if bytes[index] == 0x1B, Array(bytes[index..<index + Self.pasteEnd.count]) == Self.pasteEnd {
        let rest = bytes.count - index - Self.pasteEnd.count
        let text = bytes[..<min(index, Self.longestPaste)]
        reports.append(.key(.paste(String(decoding: text, as: UTF8.self))))
        paste = nil
        return pending.count - rest
      }
      index += 1
    }
    if bytes.count > Self.longestPaste + 64 {
      // Only the last bytes matter from here on: they may hold the beginning of the end.
      let tail = bytes.suffix(Self.pasteEnd.count - 1)
      bytes.removeSubrange(Self.longestPaste..<bytes.count)
      bytes.append(contentsOf: tail)
    }
    paste = bytes
    return nil
  }

  /// Decodes one key or sequence; returns its length, or nil when it is incomplete.
  private mutating func step(at index: Int, into reports: inout [Report]) -> Int? {
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
    default: return text(at: index, into: &reports)
    }
    return 1
  }

  /// Decodes the printable characters up to the next control; incomplete UTF-8 at the end waits.
  private func text(at start: Int, into reports: inout [Report]) -> Int? {
    var end = start
    while end < pending.count, pending[end] >= 0x20, pending[end] != 0x7F { end += 1 }
    if end == pending.count {
      end -= Self.incompleteTail(pending[start..<end])
      if end == start { return nil }
    }
    for character in String(decoding: pending[start..<end], as: UTF8.self) {
      let isDrawn = character.unicodeScalars.contains { scalar in
        scalar != "\u{FFFD}" && DisplayWidth.scalarClass(of: scalar) != .invisible
      }
      if isDrawn { reports.append(.key(.character(character))) }
    }
    return end - start
  }

  /// The bytes at the end that begin a character and do not finish it.
  private static func incompleteTail(_ bytes: ArraySlice<UInt8>) -> Int {
    for back in 1...3 where back <= bytes.count {
      let byte = bytes[bytes.endIndex - back]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return needed > back ? back : 0
    }
    return 0
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
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F: return terminalString(at: index, into: &reports)
    case 0x1B:
      reports.append(.key(.escape))
      return 1
    case 0x80...0xFF:
      // A character of several bytes with Alt: nothing is bound to it.
      return meta(at: index)
    case let byte:
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

  private static func characterLength(_ byte: UInt8) -> Int {
    byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
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
  private static func applicationKey(_ byte: UInt8) -> Key? {
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
