import Testing

@testable import ConsoleModel

@Suite("StoredText") struct StoredTextTests {
  @Test(arguments: [
    [], [""], ["", ""], ["a"], ["a", "b"], ["a\u{1f}b", "c"], ["\u{1f}"], ["\u{1e}"],
    ["\u{1e}s", "\u{1e}e", "x\u{1e}"], ["日本", "e\u{301}", "\u{301}"],
  ])
  func aListComesBackWhateverItsPartsHold(_ parts: [String]) {
    #expect(StoredText.split(StoredText.join(parts)) == parts)
  }

  @Test func whatWasKeptBeforeReadsTheSame() {
    #expect(StoredText.split("vpn\u{1f}windows") == ["vpn", "windows"])
    #expect(StoredText.split("") == [])
  }
}
