import Terminal
import Testing

@Suite("KeyDecoder") struct KeyDecoderTests {
  private func decode(_ text: String) -> [KeyDecoder.Report] {
    var decoder = KeyDecoder()
    return decoder.decode(text.utf8, at: start) + decoder.giveUp(at: later)
  }

  private let start = ContinuousClock.now
  /// When every patience is over.
  private var later: ContinuousClock.Instant { start.advanced(by: .seconds(60)) }

  @Test(arguments: [
    ("j", [Key.character("j")]), ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]),
    ("\u{7F}\u{8}", [.backspace, .backspace]), ("\u{4}", [.control("d")]),
    ("\u{0}", [.control(" ")]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[1;5D", [.wordLeft]), ("\u{1B}[5~", [.pageUp]),
    ("\u{1B}[Z", [.backTab]), ("\u{1B}[1~\u{1B}OF", [.home, .end]), ("\u{1B}[15~", [.function(5)]),
    ("\u{1B}[[A", [.function(1)]), ("\u{1B}[24~", [.function(12)]), ("\u{1B}b", [.alt("b")]),
    ("\u{1B}", [.escape]), ("\u{1B}\u{1B}[A", [.escape, .up]),
    ("日é", [.character("日"), .character("é")]),
    ("\u{1B}[121u", [.character("y")]), ("\u{1B}[100;5u", [.control("d")]),
    ("\u{1B}[27;5;13~", [.enter]),
  ])
  func bytesMakeKeys(_ bytes: String, _ keys: [Key]) {
    #expect(decode(bytes) == keys.map { .key($0) })
  }

  /// Each of them holds a `y`, which would confirm a prompt.
  @Test(arguments: [
    "\u{1B}[?2026;2$y", "\u{1B}[12;40R", "\u{1B}[?64;1;2y", "\u{1B}]10;rgb:yyyy\u{7}",
    "\u{1B}P>|y terminal y\u{1B}\\", "\u{1B}_Gy\u{1B}\\", "\u{1B}[>0;276;0c", "\u{1B}[99y",
    "\u{1B}[<0;1;1M",
  ])
  func answersAndUnknownSequencesAreNoKeys(_ bytes: String) {
    #expect(decode(bytes).allSatisfy { if case .key = $0 { false } else { true } })
  }

  @Test func answersAreReported() {
    #expect(decode("\u{1B}[?2026;2$y") == [.mode(2026, isSupported: true)])
    #expect(decode("\u{1B}[?2026;0$y") == [.mode(2026, isSupported: false)])
    #expect(decode("\u{1B}]11;rgb:ffff/8080/0000\u{1B}\\") == [.background(RGB(255, 128, 0))])
    #expect(decode("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
    #expect(
      decode(
        "\u{1B}[<0;3;2M\u{1B}[<0;3;2m\u{1B}[<64;1;1M\u{1B}[<65;300;9M\u{1B}[<2;1;1M\u{1B}[<0;0;1M")
        == [
          .mouse(MouseEvent(.press, at: Point(x: 2, y: 1))),
          .mouse(MouseEvent(.wheelUp, at: .zero)),
          .mouse(MouseEvent(.wheelDown, at: Point(x: 299, y: 8))),
        ])
  }

  @Test func aSequenceMayComeByteByByte() {
    for text in ["\u{1B}[1;5C", "日本", "\u{1B}]11;rgb:0/0/0\u{1B}\\", "\u{1B}[200~y\n\u{1B}[201~"] {
      var decoder = KeyDecoder()
      var reports: [KeyDecoder.Report] = []
      for byte in text.utf8 { reports += decoder.decode([byte], at: start) }
      #expect(reports == decode(text), "\(text)")
      #expect(decoder.patience(at: start) == nil)
    }
  }

  @Test func aBrokenCharacterWithAltSwallowsNoKeyBehindIt() {
    for bytes: [UInt8] in [[0x1B, 0xFF, 0x6A], [0x1B, 0xC3, 0x6A], [0x1B, 0x80, 0x6A]] {
      var whole = KeyDecoder()
      #expect(whole.decode(bytes, at: start) == [.key(.character("j"))], "\(bytes)")
      var single = KeyDecoder()
      #expect(
        bytes.flatMap { single.decode([$0], at: start) } == [.key(.character("j"))], "\(bytes)")
    }
  }

  @Test(arguments: ["-f/0/0", "+f/0/0", "0/0/-ffff", "g/0/0", "/0/0", "0/0", "fffff/0/0"])
  func aColourThatIsNoneIsSwallowed(_ color: String) {
    #expect(decode("\u{1B}]11;rgb:\(color)\u{7}j") == [.key(.character("j"))])
  }

  @Test func pastedTextIsOneKeyWhateverItHolds() {
    let reports = decode("a\u{1B}[200~y\r\ny\u{1B}[A\u{1B}[200~\u{1B}[201~b")
    #expect(
      reports == [
        .key(.character("a")), .key(.paste("y\r\ny\u{1B}[A\u{1B}[200~")), .key(.character("b")),
      ])
  }

  @Test func aPasteThatIsTooLongIsCutAndStillEnds() {
    var decoder = KeyDecoder()
    var reports = decoder.decode(Array("\u{1B}[200~".utf8), at: start)
    let chunk = [UInt8](repeating: 0x79, count: 64 * 1024)
    for _ in 0..<20 { reports += decoder.decode(chunk, at: start) }
    reports += decoder.decode(Array("\u{1B}[20".utf8), at: start)
    reports += decoder.decode(Array("1~z".utf8), at: start)
    #expect(reports.count == 2)
    guard case .key(.paste(let text)) = reports.first else { return #expect(Bool(false)) }
    #expect(text.utf8.count == KeyDecoder.longestPaste)
    #expect(reports.last == .key(.character("z")))
  }

  @Test func randomBytesNeitherStopNorCrashTheDecoder() {
    var state: UInt64 = 88
    for _ in 0..<300 {
      var decoder = KeyDecoder()
      var bytes: [UInt8] = []
      for _ in 0..<200 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = UInt8(truncatingIfNeeded: state >> 40)
        bytes.append(value & 3 == 0 ? [0x1B, 0x5B, 0x5D, 0x3B][Int(value >> 6)] : value)
      }
      _ = decoder.decode(bytes, at: start)
      _ = decoder.giveUp(at: later)
      // Whatever was open is ended by the end of a paste and a cancelled sequence.
      _ = decoder.decode(Array("\u{1B}[201~".utf8), at: later)
      let end = later.advanced(by: .seconds(60))
      _ = decoder.giveUp(at: end)
      #expect(
        decoder.decode([0x6A], at: end.advanced(by: .seconds(60))).last == .key(.character("j")))
    }
  }
}
