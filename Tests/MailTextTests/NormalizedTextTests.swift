import MailText
import Testing

@Suite struct NormalizedTextTests {
  @Test func theServersWrappingMakesNoDifference() {
    let sent = MailText.html(fromPlainText: "Hello Ann,\n\nwe fixed it.\nBest, Tom")
    let kept =
      "<div style=\"font-family:-apple-system; font-size:14px\"><div dir=\"ltr\">"
      + "<p>Hello Ann,</p>\n<p>we&nbsp;fixed it.<br>\nBest, Tom</p></div></div>"
    #expect(MailText.normalized(sent) == MailText.normalized(kept))
    #expect(MailText.normalized(sent) == "Hello Ann, we fixed it. Best, Tom")
  }

  @Test func canonicallyEquivalentTextsAreEqual() {
    #expect(MailText.normalized("<p>Cafe\u{301}</p>") == MailText.normalized("Caf\u{E9}"))
  }

  @Test func inlineTagsDoNotSplitWords() {
    #expect(
      MailText.normalized("see <a href=\"x\">https://a.example</a>.") == "see https://a.example.")
  }

  @Test func otherWordsDiffer() {
    #expect(MailText.normalized("<p>yes</p>") != MailText.normalized("<p>yes!</p>"))
  }
}
