import MailText
import Testing

@Suite struct HostileMarkupTests {
  private func repeated(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  @Test func tenMegabytesOfWordsAreCutWithANotice() {
    let text = MailText.plainText(fromHTML: "<p>" + repeated("word ", 2_000_000) + "</p>")
    #expect(text.utf8.count <= 1 << 20 + 200)
    #expect(text.hasPrefix("word word"))
    #expect(text.hasSuffix("only its first part is shown.]"))
  }

  @Test func anEmbeddedPictureDoesNotCrowdOutTheWords() {
    let picture = "<img alt=\"Scan\" src=\"data:image/png;base64," + repeated("QUJD", 2_000_000)
    #expect(MailText.plainText(fromHTML: "a " + picture + "\"> b") == "a [image: Scan] b")
  }

  @Test(arguments: ["<div>", "<b>", "<blockquote>", "<ul><li>", "<table><tr><td>", "<p><div>"])
  func deepNestingKeepsTheWords(tag: String) {
    let text = MailText.plainText(fromHTML: repeated(tag, 200_000) + "deep")
    #expect(text.hasSuffix("deep"))
    #expect(text.utf8.count < 4096)
  }

  @Test func formattingThatMultipliesItselfIsBounded() {
    let html = (0..<300).map { "<b a=\($0)>" }.joined() + repeated("<p>x", 100_000)
    #expect(MailText.plainText(fromHTML: html).contains("x"))
  }

  @Test(arguments: [
    "<", "<a", "<a href=\"", "<!--", "<![CDATA[", "</", "&", "&#", "&#x110000;", "<script>",
    "<style>x", "<table><tr>", "\u{FFFD}", "<plaintext>x", "<p =\"\">", "<a href=>x</a>",
  ])
  func brokenMarkupIsRead(html: String) {
    _ = MailText.plainText(fromHTML: html)
    _ = MailText.normalized(html)
  }

  @Test func aCommentMarkDoesNotHideWhatFollowsItsEnd() {
    #expect(MailText.plainText(fromHTML: "a<!-- > -->b<!doctype html>c") == "abc")
  }

  @Test func manyUnclosedRawElementsEnd() {
    #expect(MailText.plainText(fromHTML: "a" + repeated("<script", 200_000)) == "a")
    #expect(MailText.plainText(fromHTML: "a" + repeated("<!", 500_000)).hasPrefix("a"))
  }
}
