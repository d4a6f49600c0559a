/// Turns the bytes a terminal sends into keys.
///
/// Answers to queries, unknown sequences and broken UTF-8 are swallowed whole, so that no part of
/// them is ever taken for a key, however their bytes were held up on the way; pasted text comes as
/// one key however long it took. What only looks like the beginning of a sequence is given up after
/// a while, so that no key is waited for without end.
public struct KeyDecoder: Sendable {
  public typealias Instant = ContinuousClock.Instant

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
    /// The answer to a question that every terminal answers.
    case answer(ArrivalQuestions.Question)
    /// A paste has begun, and for some seconds neither text nor its end has come.
    case stalledPaste
  }

  /// The most bytes of one paste that are kept; the rest is dropped up to its end.
  public static let longestPaste = 1 << 20
  static let longestSequence = 4096
  private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]

  /// How long the rest of a sequence may be held up. Nobody types the beginning of one, so waiting
  /// costs nothing but after Alt and a letter that begins sequences.
  static let sequencePatience = Duration.milliseconds(2_500)
  /// How long a string of the terminal that nobody asked for may take from its beginning.
  static let stringPatience = Duration.seconds(1)
  /// The same while an answer is awaited.
  static let answerPatience = Duration.seconds(10)
  /// After how much silence a paste counts as stalled.
  static let pastePatience = Duration.seconds(3)

  /// How long a lone ESC waits for the rest of a sequence.
  public let escapeDelay: Duration
  /// True while the terminal has been asked something and has not answered.
  public var isAnswerAwaited = false
  /// True where characters become text, so that none may be lost.
  public var isWriting = false

  /// Bytes that do not make a whole key yet.
  var pending: [UInt8] = []
  /// When the first and the last of them came.
  private var pendingSince: Instant?
  private var lastByteAt: Instant?
  /// The paste that has begun and not ended.
  var paste: [UInt8]?
  private var isPasteStalled = false
  /// When a lone ESC was given out as a key: the rest of its sequence may still come.
  private var escapeGivenAt: Instant?
  /// When a string was given up: its end may still come.
  private var stringGivenUpAt: Instant?

  public init(escapeDelay: Duration = .milliseconds(100)) { self.escapeDelay = escapeDelay }

  /// How long to wait for more bytes before `giveUp`; nil when nothing is incomplete.
  public func patience(at now: Instant) -> Duration? {
    guard let deadline else { return nil }
    return max(.zero, now.duration(to: deadline))
  }

  private var deadline: Instant? {
    if paste != nil {
      return isPasteStalled ? nil : lastByteAt?.advanced(by: Self.pastePatience)
    }
    guard let first = pending.first, let pendingSince, let lastByteAt else { return nil }
    // The rest of a character.
    guard first == 0x1B else { return pendingSince.advanced(by: Self.stringPatience) }
    guard pending.count > 1 else { return pendingSince.advanced(by: escapeDelay) }
    guard Self.beginsString(pending[1]) else {
      return lastByteAt.advanced(by: Self.sequencePatience)
    }
    return pendingSince.advanced(by: isAnswerAwaited ? Self.answerPatience : Self.stringPatience)
  }

  /// Takes bytes as they were read and returns what they complete.
  public mutating func decode(_ bytes: some Sequence<UInt8>, at now: Instant) -> [Report] {
    var read = Array(bytes)
    guard !read.isEmpty else { return [] }
    let wasPending = !pending.isEmpty
    if paste == nil, !wasPending {
      if let escapeGivenAt, escapeGivenAt.advanced(by: Self.sequencePatience) > now,
        Self.continuesSequence(read)
      {
        read.insert(0x1B, at: 0)
      } else if let stringGivenUpAt,
        stringGivenUpAt.advanced(by: Self.sequencePatience) > now
      {
        read.removeFirst(Self.restOfString(read))
      }
    }
    escapeGivenAt = nil
    stringGivenUpAt = nil
    var reports: [Report] = []
    if paste != nil, isPasteStalled, let ended = endStalledPaste(with: read) {
      reports = ended.reports
      // An Esc may have been the beginning of the paste's end.
      if read == [0x1B] { escapeGivenAt = now }
      read = ended.rest
    }
    isPasteStalled = false
    lastByteAt = now
    pending.append(contentsOf: read)
    let length = decodePending(into: &reports)
    pending.removeFirst(length)
    if pending.isEmpty {
      pendingSince = nil
    } else if length > 0 || pendingSince == nil {
      pendingSince = now
    }
    return reports
  }

  private mutating func decodePending(into reports: inout [Report]) -> Int {
    var index = 0
    while index < pending.count {
      if paste != nil {
        guard let end = takePaste(from: index, into: &reports) else { return pending.count }
        index = end
        continue
      }
      guard let length = step(at: index, into: &reports) else { break }
      index += length
    }
    return index
  }

  /// Ends the waiting for more bytes, once the patience is over: a lone ESC is the Esc key, ESC with
  /// one more byte a key with Alt, and anything else incomplete is dropped. Where text is written,
  /// the characters behind the beginning of a string are handed back.
  public mutating func giveUp(at now: Instant) -> [Report] {
    guard let deadline, now >= deadline else { return [] }
    if paste != nil {
      isPasteStalled = true
      return [.stalledPaste]
    }
    defer {
      pending = []
      pendingSince = nil
    }
    guard pending[0] == 0x1B else { return [] }
    guard pending.count > 1 else {
      escapeGivenAt = now
      return [.key(.escape)]
    }
    guard Self.beginsString(pending[1]) else {
      return pending.count == 2 && pending[1] == 0x4F ? [.key(.alt("O"))] : []
    }
    stringGivenUpAt = now
    if pending.count == 2 { return [.key(.alt(Character(Unicode.Scalar(pending[1]))))] }
    guard isWriting, !isAnswerAwaited else { return [] }
    var reports: [Report] = []
    _ = text(Array(pending[2...]), into: &reports)
    return reports
  }

  // Pastes

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
        finishPaste(bytes[..<index], into: &reports)
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

  private mutating func finishPaste(_ bytes: ArraySlice<UInt8>, into reports: inout [Report]) {
    let text = bytes.prefix(Self.longestPaste)
    reports.append(.key(.paste(String(decoding: text, as: UTF8.self))))
    paste = nil
  }

  /// Ends a paste that has stalled, by Ctrl-c pressed three times or Esc, and by a stop switch, which
  /// must never wait; nil when the bytes are more of the paste.
  private mutating func endStalledPaste(
    with read: [UInt8]
  ) -> (reports: [Report], rest: [UInt8])? {
    let interrupt: UInt8 = 0x03
    let stopSwitch: UInt8 = 0x14
    var reports: [Report] = []
    if read == [stopSwitch] {
      finishPaste((paste ?? [])[...], into: &reports)
      return (reports, read)
    }
    guard read.allSatisfy({ $0 == interrupt }) || read == [0x1B] else { return nil }
    var bytes = (paste ?? []) + (read == [0x1B] ? [interrupt, interrupt, interrupt] : read)
    guard bytes.suffix(3) == [interrupt, interrupt, interrupt] else { return nil }
    while bytes.last == interrupt { bytes.removeLast() }
    finishPaste(bytes[...], into: &reports)
    return (reports, [])
  }

  // Held up bytes

  /// Whether bytes that came in one read after a lone ESC go on with its sequence: nobody types them
  /// in one read.
  private static func continuesSequence(_ read: [UInt8]) -> Bool {
    guard read.count >= 2 else { return false }
    let next = read[1]
    switch read[0] {
    case 0x5B:
      if next == 0x5B { return read.count > 2 && (0x41...0x45).contains(read[2]) }
      return (0x30...0x3F).contains(next) || "ABCDFHIOZMPQRS".utf8.contains(next)
    case 0x4F: return applicationKey(next) != nil
    case 0x5D: return (0x30...0x39).contains(next)
    case 0x50: return (0x30...0x39).contains(next) || "!$+>|".utf8.contains(next)
    default: return false
    }
  }

  /// The length of the end of a string at the beginning of a read; 0 when there is none.
  private static func restOfString(_ read: [UInt8]) -> Int {
    if read[0] == 0x5C { return 1 }
    for (index, byte) in read.enumerated() {
      if byte == 0x07 { return index + 1 }
      if byte == 0x1B {
        return index + 1 < read.count && read[index + 1] == 0x5C ? index + 2 : 0
      }
      if byte < 0x20 { return 0 }
    }
    return 0
  }
}
