import Testing

@testable import ConsoleModel

@Suite("Snippet") struct SnippetTests {
  private func cut(_ text: String, _ words: String, width: Int = 30) -> String {
    Snippet.cut(text, around: SearchTerms(words), width: width)
  }

  private let long =
    "Dear team, since monday the printer prints every invoice twice, and the second one is empty."

  @Test func itShowsTheFirstWordThatWasFound() {
    #expect(cut(long, "INVOICE") == "…prints every invoice twice, an…")
    #expect(cut(long, "invoice monday") == "…team, since monday the printer…")
  }

  @Test func aWordInsideAnotherIsNotIt() {
    #expect(cut("reinvoiced, then the invoice", "invoice", width: 14) == "…the invoice")
  }

  @Test func theStartAndTheEndHaveNoEllipsis() {
    #expect(cut("the invoice", "invoice") == "the invoice")
    #expect(cut("", "invoice") == "")
  }

  @Test func whiteSpaceIsOneBlank() {
    #expect(cut("an\n\n  invoice\t here\u{3000}", "invoice") == "an invoice here")
  }

  @Test(arguments: [
    ("これは東京都の請求書です", "請求書"), ("Vielen Dank für die ÜBERWEISUNG", "überweisung"),
    ("нужен СЧЁТ сегодня", "счёт"), ("cafe\u{301} bill", "bill"),
  ])
  func otherScriptsAreFoundToo(_ text: String, _ word: String) {
    let far = String(repeating: "x ", count: 200) + text
    #expect(cut(far, word).lowercased().contains(word))
  }

  @Test func aMarkWithoutItsLetterIsLeftOut() {
    let text = String(repeating: "e\u{301}", count: 200) + " invoice"
    #expect(cut(text, "invoice", width: 32).unicodeScalars.dropFirst().first != "\u{301}")
  }

  @Test func aHugeTextGivesAShortLine() {
    #expect(cut(String(repeating: "word ", count: 2_000_000), "invoice").count <= 32)
  }
}
