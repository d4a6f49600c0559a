import MailText
import Testing

@Suite struct OutgoingHTMLTests {
  @Test(arguments: [
    ("Hello", "<p>Hello</p>"),
    ("a\r\nb\rc\nd", "<p>a<br>b<br>c<br>d</p>"),
    ("a\n\nb", "<p>a</p><p>b</p>"),
    ("a\n\n\nb", "<p>a</p><p><br>b</p>"),
    ("<b> & \"q\"", "<p>&lt;b&gt; &amp; &quot;q&quot;</p>"),
    ("  two\n\tfour", "<p>&nbsp;&nbsp;two<br>&nbsp;&nbsp;&nbsp;&nbsp;four</p>"),
    ("a   b", "<p>a &nbsp;&nbsp;b</p>"),
    ("- one\n- two", "<p>- one<br>- two</p>"),
    ("see https://a.example/?x=1&y=2", "<p>see https://a.example/?x=1&amp;y=2</p>"),
    ("bad\u{1B}[31m\u{0}\u{9B}", "<p>bad[31m</p>"),
    ("trailing  \n\n\n", "<p>trailing</p>"),
    ("", ""),
  ])
  func wordsBecomeSafeHTML(text: String, html: String) {
    #expect(MailText.html(fromPlainText: text) == html)
  }

  @Test(arguments: [
    "Hello Ann,\n\nthank you for <waiting> & asking.\n  - one\n  - two\n\nBest,\nTom",
    "日本語の文\n\nשלום", "> quoted\n>\n> more\n\nanswer", "a  b   c",
  ])
  func whatIsSentReadsAsItWasTyped(text: String) {
    #expect(MailText.plainText(fromHTML: MailText.html(fromPlainText: text)) == text)
  }
}
