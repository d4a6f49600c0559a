import Terminal
import Testing

@Suite("DisplayText") struct DisplayTextTests {
  @Test(arguments: [
    ("\u{1B}]0;title\u{07}after", "after"),
    ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
    ("\u{1B}P1$r\u{9C}x", "x"),
    ("\u{1B}]never ended", "never ended"),
    ("a\u{1B}(0b", "ab"),
    ("tab\tend", "tab end"),
    ("one\r\ntwo\rthree\u{2028}four", "one two three four"),
    ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}!", "\u{1F468}!"),
    ("\u{1F44D}\u{1F3FD}", "\u{1F44D}"),
    ("\u{2764}\u{FE0F}", "\u{2764}"),
    ("1\u{FE0F}\u{20E3}", "1"),
    ("\u{1F1E9}\u{1F1EA}", "DE"),
    ("pay\u{202E}lap\u{2066}x\u{2069}", "paylapx"),
    ("\u{E0041}\u{200B}\u{FEFF}a", "a"),
    ("\u{E000}\u{0378}", "\u{FFFD}\u{FFFD}"),
    ("\u{301}start", "start"),
    ("नमस्ते", "नमस्ते"), ("สวัสดีครับ", "สวัสดีครับ"), ("مَرْحَبًا", "مَرْحَبًا"),
  ])
  func cleanedTextIs(_ hostile: String, _ expected: String) {
    #expect(
      Array(DisplayText.clean(hostile).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(arguments: 0..<200)
  func noControlSurvivesRandomBytes(_ seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let nasty: [[UInt8]] = [
      [0x1B], [0x1B, 0x5B], [0x1B, 0x5D], [0xC2, 0x9B], [0xC2, 0x9D], [0xE2, 0x80, 0xAE],
      [0xE2, 0x80, 0x8D], [0xF3, 0xA0, 0x81, 0x81], [0xD8, 0x9C], [0x9B], [0x07], [0x0D],
    ]
    var bytes: [UInt8] = []
    for _ in 0..<300 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let choice = Int(state >> 33)
      if choice % 3 == 0 {
        bytes += nasty[choice / 3 % nasty.count]
      } else {
        bytes.append(UInt8(truncatingIfNeeded: choice >> 4))
      }
    }
    let hostile = String(decoding: bytes, as: UTF8.self)
    let outputs =
      [DisplayText.clean(hostile), DisplayText.truncate(hostile, to: 40, ellipsis: "...")]
      + DisplayText.wrap(hostile, to: 20)
    for output in outputs {
      for scalar in output.unicodeScalars {
        let forbidden = [.control, .format, .privateUse, .surrogate].contains(
          scalar.properties.generalCategory)
        #expect(!forbidden || scalar.value >= 0x600, "\(scalar.escaped(asASCII: true))")
        #expect(DisplayWidth.scalarClass(of: scalar) != .invisible)
      }
    }
    for line in DisplayText.wrap(hostile, to: 20) { #expect(DisplayWidth.cells(of: line) <= 20) }
  }

  @Test func truncationCountsWideCharactersAndMarks() {
    #expect(DisplayText.truncate("日本語", to: 5) == "日本")
    #expect(DisplayText.truncate("日本語", to: 5, ellipsis: "~") == "日本~")
    #expect(DisplayText.truncate("abc", to: 3, ellipsis: "~") == "abc")
    #expect(DisplayText.truncate("abcd", to: 3, ellipsis: "~") == "ab~")
    #expect(DisplayText.truncate("ae\u{301}b", to: 2) == "ae\u{301}")
  }

  @Test func paddingFillsToTheWidth() {
    #expect(DisplayText.pad("日", to: 4, alignment: .right) == "  日")
    #expect(DisplayText.pad("ab", to: 5, alignment: .center) == " ab  ")
    #expect(DisplayText.pad("abcdef", to: 4) == "abcd")
  }

  @Test func linesBreakAtBlanksAndBetweenWideCharacters() {
    #expect(DisplayText.wrap("the quick brown fox", to: 10) == ["the quick", "brown fox"])
    #expect(DisplayText.wrap("日本語のテキスト。終", to: 8) == ["日本語の", "テキス", "ト。終"])
    #expect(DisplayText.wrap("abcdefghijkl", to: 5) == ["abcde", "fghij", "kl"])
    #expect(DisplayText.wrap("  indented-long-word", to: 8) == ["  indent", "ed-long-", "word"])
    #expect(DisplayText.wrap("a\n\nb\n", to: 8) == ["a", "", "b", ""])
    #expect(DisplayText.wrap("abc     def", to: 3) == ["abc", "def"])
  }

  @Test func hugeTextCostsWhatIsLookedAt() {
    let huge = String(repeating: "x", count: 10_000_000)
    #expect(DisplayText.wrap(huge, to: 80, limit: 3).count == 3)
  }
}
