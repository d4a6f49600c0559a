import Terminal
import Testing

/// No key is made of a piece of a sequence, wherever it was cut and however long its rest took, and
/// nothing that was typed is lost to something that only looks like a sequence.
@Suite("Held up sequences") struct HeldUpSequenceTests {
  private static let start = ContinuousClock.now

  private static func at(_ milliseconds: Int) -> ContinuousClock.Instant {
    start.advanced(by: .milliseconds(milliseconds))
  }

  /// Decodes pieces that come at moments, and lets the decoder give up in between as the driver does.
  private static func play(
    _ pieces: [(bytes: [UInt8], at: Int)], isAnswerAwaited: Bool = false, isWriting: Bool = false
  ) -> [KeyDecoder.Report] {
    var decoder = KeyDecoder()
    decoder.isAnswerAwaited = isAnswerAwaited
    decoder.isWriting = isWriting
    var reports: [KeyDecoder.Report] = []
    var now = start
    func waitUntil(_ moment: ContinuousClock.Instant) {
      while let patience = decoder.patience(at: now), now.advanced(by: patience) <= moment {
        now = now.advanced(by: patience)
        reports += decoder.giveUp(at: now)
      }
      now = moment
    }
    for piece in pieces {
      waitUntil(at(piece.at))
      reports += decoder.decode(piece.bytes, at: now)
    }
    waitUntil(now.advanced(by: .seconds(60)))
    return reports
  }

  private struct Sequence {
    var bytes: [UInt8]
    var reports: [KeyDecoder.Report]
    /// Whether the program has asked for it.
    var isAnswer = false

    init(_ text: String, _ reports: [KeyDecoder.Report], isAnswer: Bool = false) {
      bytes = Array(text.utf8)
      self.reports = reports
      self.isAnswer = isAnswer
    }
  }

  private static let sequences = [
    Sequence("\u{1B}[A", [.key(.up)]), Sequence("\u{1B}[B", [.key(.down)]),
    Sequence("\u{1B}[5~", [.key(.pageUp)]), Sequence("\u{1B}[1;5D", [.key(.wordLeft)]),
    Sequence("\u{1B}[Z", [.key(.backTab)]), Sequence("\u{1B}[[B", [.key(.function(2))]),
    Sequence("\u{1B}OA", [.key(.up)]), Sequence("\u{1B}OP", [.key(.function(1))]),
    Sequence("\u{1B}[I", [.focus(true)]), Sequence("\u{1B}[O", [.focus(false)]),
    Sequence("\u{1B}[M #*", []), Sequence("\u{1B}[MA!y", []),
    Sequence(
      "\u{1B}[<0;3;2M", [.mouse(MouseEvent(.press, at: Point(x: 2, y: 1)))]),
    Sequence("\u{1B}[200~d text y\r\u{1B}[201~", [.key(.paste("d text y\r"))]),
    Sequence("\u{1B}[0n", [.answer(.status)], isAnswer: true),
    Sequence("\u{1B}[?62;22c", [.answer(.attributes)], isAnswer: true),
    Sequence("\u{1B}[?2026;2$y", [.mode(2026, isSupported: true)], isAnswer: true),
    Sequence(
      "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", [.background(RGB(255, 255, 255))], isAnswer: true),
    Sequence("\u{1B}]11;rgb:0000/0000/0000\u{7}", [.background(RGB(0, 0, 0))], isAnswer: true),
    Sequence("\u{1B}P>|xterm(380)\u{1B}\\", []), Sequence("\u{1B}P1$r0 q\u{1B}\\", []),
  ]

  private static let gaps = [1, 10, 24, 30, 60, 99, 150, 300, 600, 999, 1_400, 2_000]

  @Test func everyCutAndEveryGapMakesTheSame() {
    for sequence in Self.sequences {
      for cut in 1..<sequence.bytes.count {
        for gap in Self.gaps {
          let reports = Self.play(
            [(Array(sequence.bytes[..<cut]), 0), (Array(sequence.bytes[cut...]), gap)],
            isAnswerAwaited: sequence.isAnswer)
          // A lone ESC is the Esc key when nothing follows it in time; its rest is no key all the
          // same. Two bytes that are Alt and a letter as well are given out as that, and not written.
          var wanted = [sequence.reports]
          if cut == 1 { wanted.append([.key(.escape)] + sequence.reports) }
          if cut == 2, sequence.bytes[1] == 0x50 { wanted.append([.key(.alt("P"))]) }
          let cleaned = reports.filter { $0 != .stalledPaste }
          // The last byte alone after a lone ESC cannot be told from a key; no sequence has two bytes.
          #expect(wanted.contains(cleaned), "\(sequence.bytes) cut at \(cut), \(gap) ms")
        }
      }
    }
  }

  @Test func bytesOneByOneMakeTheSame() {
    for sequence in Self.sequences {
      for gap in [1, 30, 90] {
        // A string that nobody asked for cannot be told from typing when its bytes come that slowly.
        let isString = sequence.bytes[1] == 0x50
        if isString, !sequence.isAnswer, sequence.bytes.count * gap >= 1_000 { continue }
        let pieces = sequence.bytes.enumerated().map { (bytes: [$0.1], at: $0.0 * gap) }
        let reports = Self.play(pieces, isAnswerAwaited: sequence.isAnswer)
        #expect(reports == sequence.reports, "\(sequence.bytes), \(gap) ms")
      }
    }
  }

  @Test func aLetterWithAltNeedsToComeInTime() {
    #expect(Self.play([([0x1B], 0), ([0x62], 99)]) == [.key(.alt("b"))])
    #expect(Self.play([([0x1B], 0), ([0x62], 101)]) == [.key(.escape), .key(.character("b"))])
  }

  /// Esc, and then keys that also stand in sequences: typed, they come one by one.
  @Test func typedKeysAfterEscAreKeys() {
    #expect(
      Self.play([([0x1B], 0), ([0x5B], 300), ([0x41], 500)])
        == [.key(.escape), .key(.character("[")), .key(.character("A"))])
    #expect(
      Self.play([([0x1B], 0), (Array("[[[".utf8), 300)])
        == [.key(.escape), .key(.character("[")), .key(.character("[")), .key(.character("["))])
    #expect(
      Self.play([([0x1B], 0), (Array("[A".utf8), 4_000)])
        == [.key(.escape), .key(.character("[")), .key(.character("A"))])
  }

  @Test(arguments: ["P", "]", "_", "^", "X"])
  func whatIsTypedBehindAnUnfinishedStringIsHandedBack(_ letter: String) {
    let typed = Array("all of these words stay".utf8)
    var pieces = [(bytes: [0x1B] + Array(letter.utf8), at: 0)]
    for (index, byte) in typed.enumerated() { pieces.append(([byte], 100 + index * 100)) }
    let text = Self.play(pieces, isWriting: true).map { report -> String in
      if case .key(.character(let character)) = report { String(character) } else { "" }
    }
    #expect(text.joined() == "all of these words stay")
  }

  /// Where no text is written they could do harm, and are dropped until the string is given up.
  @Test func anUnfinishedStringEndsOneSecondAfterItsStart() {
    var pieces = [(bytes: Array("\u{1B}]".utf8), at: 0)]
    for index in 1...20 { pieces.append((Array("j".utf8), index * 90)) }
    let keys = Self.play(pieces)
    #expect(keys == Array(repeating: .key(.character("j")), count: 9))
  }

  @Test func aPasteThatStallsIsSaidAndCanBeEnded() {
    let begun: (bytes: [UInt8], at: Int) = (Array("\u{1B}[200~words".utf8), 0)
    #expect(Self.play([begun]) == [.stalledPaste])
    #expect(
      Self.play([begun, ([0x1B], 5_000), (Array("q".utf8), 6_000)])
        == [.stalledPaste, .key(.paste("words")), .key(.character("q"))])
    let threeTimes = (0..<3).map { (bytes: [UInt8(0x03)], at: 5_000 + $0 * 4_000) }
    #expect(
      Self.play([begun] + threeTimes + [(Array("q".utf8), 20_000)])
        .filter { $0 != .stalledPaste } == [.key(.paste("words")), .key(.character("q"))])
    #expect(
      Self.play([begun, ([0x14], 5_000)])
        == [.stalledPaste, .key(.paste("words")), .key(.control("t"))])
    #expect(
      Self.play([begun, ([0x1B], 5_000), (Array("[201~j".utf8), 6_000)])
        == [.stalledPaste, .key(.paste("words")), .key(.character("j"))])
    // It was only slow.
    #expect(
      Self.play([begun, (Array(" more\u{1B}[201~j".utf8), 9_000)])
        == [.stalledPaste, .key(.paste("words more")), .key(.character("j"))])
  }

  @Test(arguments: [
    "11;rgb:ff/80/00", "11;rgb:ffff/8080/0000", "11;rgba:ffff/8080/0000/ffff", "11;#ff8000",
    "11;#ffff80800000",
  ])
  func coloursOfEverySpellingAreRead(_ body: String) {
    #expect(Self.play([(Array("\u{1B}]\(body)\u{7}".utf8), 0)]) == [.background(RGB(255, 128, 0))])
    let eightBit = [0x9D] + Array(body.utf8) + [0x07]
    #expect(Self.play([(eightBit, 0)]) == [.background(RGB(255, 128, 0))])
  }

  @Test func introducersOfOneByteAreNoKeys() {
    #expect(
      Self.play([([0x6A, 0x9B, 0x41, 0x6A], 0)])
        == [.key(.character("j")), .key(.up), .key(.character("j"))])
    // The same bytes inside a character are its own.
    #expect(Self.play([(Array("ěĝ".utf8), 0)]) == [.key(.character("ě")), .key(.character("ĝ"))])
  }
}
