import Testing

@testable import HelpdeskSandbox

@Suite("Words and times on the sandbox's wire")
struct WireFormTests {
  @Test(arguments: [
    ("2026-11-21", 1_795_219_200), ("2026-11-21T10:44", 1_795_257_840),
    ("2026-11-21T10:44Z", 1_795_257_840), ("2026-11-21T10:44:05", 1_795_257_845),
    ("2026-11-21T10:44:05Z", 1_795_257_845), ("2026-11-21T10:44:05.123Z", 1_795_257_845),
    ("2026-11-21T16:14:05+05:30", 1_795_257_845), ("2026-11-21T16:14:05+0530", 1_795_257_845),
    ("2026-11-21T08:44:05-02", 1_795_257_845), ("1970-01-01T00:00:00Z", 0),
    ("2024-02-29T00:00:00Z", 1_709_164_800),
  ])
  func timesAreReadInEveryDocumentedForm(text: String, seconds: Int) {
    #expect(WireTime.parse(text) == Int64(seconds))
  }

  @Test(arguments: [
    "", "today", "2026-13-01", "2026-1-1", "2026-11-21T", "2026-11-21T25:00", "2026-11-21T10:44x",
    "2026-11-21T10:44:05Zx", "2026-11-21T10:44:05+",
  ])
  func otherTextIsNoTime(text: String) {
    #expect(WireTime.parse(text) == nil)
  }

  @Test func timesComeBackAsTheyWere() {
    for seconds in stride(from: Int64(-2_000_000_000), to: 5_000_000_000, by: 98_765_431) {
      #expect(WireTime.parse(WireTime.text(seconds)) == seconds)
    }
    #expect(WireTime.httpDate(1_795_257_845) == "Sat, 21 Nov 2026 10:44:05 GMT")
  }

  @Test func jsonComesBackAsItWas() throws {
    let value: JSONValue = [
      "text": "quote \" back \\ line\n tab\t nul\u{0} del\u{7F} é 中 😀",
      "numbers": [0, -1, 9_223_372_036_854_775_807, .number(1.5)], "flags": [true, false, .null],
      "empty": [[], .object([:])],
    ]
    #expect(JSONParser.parse(value.text) == value)
    #expect(!value.text.utf8.contains { $0 < 0x20 || $0 == 0x7F })
  }

  @Test(arguments: [
    (#""\u00e9\ud83d\ude00""#, "é😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"),
    (#""\/""#, "/"),
  ])
  func escapesAreRead(json: String, text: String) {
    #expect(JSONParser.parse(json) == .string(text))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":}", "nul", "01x", "\"open", "\"\u{1}\"", "1 2", "{\"a\" 1}", "+1",
    "\"\\x\"", "[1}", "1e999", "[-2.5e7777]",
  ])
  func brokenJSONIsRefused(json: String) {
    #expect(JSONParser.parse(json) == nil)
  }

  @Test(arguments: [
    ("<p>a</p><p>b</p>", "a  b"), ("a<br>b", "a b"),
    ("a &amp; b&nbsp;&#233;&#x4e2d;", "a & b\u{A0}é中"),
    ("1 < 2 &lt; 3", "1 < 2 < 3"), ("<div><b>x</b></div>", "x"), ("<!-- no -->yes", "yes"),
    ("&unknown;", "&unknown;"), ("<a title=\"1 > 0\">t</a>", "t"), ("", ""),
  ])
  func textOfABodyHasBlanksForTags(html: String, text: String) {
    #expect(MailBody.text(html) == text)
  }

  @Test func descriptionsKeepLineEnds() {
    #expect(MailBody.descriptionText("<div>a<br>b</div><p>c</p>") == "a\nb\nc")
  }

  @Test(arguments: [
    ("<script>alert(1)</script>hi", "hi"), ("<b onclick=\"x()\">b</b>", "<b>b</b>"),
    ("<img src=\"data:image/png;base64,AAAA\">x", "x"), ("<style>p{}</style><p>k</p>", "<p>k</p>"),
    ("<a href=\"javascript:x\">l</a>", "<a>l</a>"), ("<!-- marker -->k", "k"),
    ("<a href=\"https://example.com\">l</a>", "<a href=\"https://example.com\">l</a>"),
  ])
  func whatAMailMayNotCarryIsDropped(html: String, clean: String) {
    #expect(MailBody.sanitised(html) == clean)
  }

  @Test func plainTextBecomesHTMLAndComesBack() {
    let text = "a < b & \"c\"\nsecond"
    #expect(MailBody.descriptionText(MailBody.html(text)) == text)
  }
}
