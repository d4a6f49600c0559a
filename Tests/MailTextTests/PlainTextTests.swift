import MailText
import Testing

@Suite struct PlainTextTests {
  @Test(arguments: [
    ("", ""),
    ("just words", "just words"),
    ("<div>a</div><div>b</div>", "a\nb"),
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("a<br>b<br><br><br>c", "a\nb\n\nc"),
    ("<div>a</div><div><br></div><div>b</div>", "a\n\nb"),
    ("<div>a<br></div><div>b</div>", "a\nb"),
    ("  a \n\t b  ", "a b"),
    ("a<b>b</b>c <i>d</i>", "abc d"),
    ("&lt;b&gt; &amp; &euro;&#x41;", "<b> & €A"),
    ("<h1>Title</h1>text", "Title\n\ntext"),
    ("<p>a</p>\n<p>&nbsp;</p>\n<p>b</p>", "a\n\nb"),
    ("<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb"),
    ("&nbsp;&nbsp;indented", "  indented"),
    ("<pre>one\n  two\n\nthree</pre>after", "one\n  two\n\nthree\n\nafter"),
    ("<div style=\"white-space: pre-wrap\">one\ntwo</div>", "one\ntwo"),
    ("a<hr>b", "a\n--------\nb"),
  ])
  func linesAndParagraphsStayReadable(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    ("ship <s>3</s> 5 <del>now</del>, <strike>not</strike>", "ship ~~3~~ 5 ~~now~~, ~~not~~"),
    ("<span style=\"text-decoration: line-through red\">a</span> b", "~~a~~ b"),
    ("<del><p>a b</p><p>c</p></del>d", "~~a b~~\n\n~~c~~\n\nd"),
    (
      "m<sup>2</sup>, H<sub>2</sub>O, 10<sup>-3</sup> x<sup>n+1</sup>y", "m^2, H_2O, 10^-3 x^(n+1)y"
    ),
    (
      "1<sup>st</sup> <sup>[1]</sup> a<span style=\"vertical-align:super\">2</span>",
      "1st ^([1]) a^2"
    ),
    ("he said <q>yes </q>twice", "he said \"yes\" twice"),
    ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "漢(かん)"),
    (
      "a <input value=\"b c\"> <input type=checkbox checked> <input type=hidden value=x>",
      "a [b c] [x]"
    ),
    ("<select><option>a</option><option>b</option></select>", "a\nb"),
  ])
  func formThatChangesTheMeaningIsMarked(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    (
      "<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>c</p>",
      "a\nb\n\nc"
    ),
    ("<p style=\"margin:0\">a</p><p style=\"margin: 0cm 0cm 0.0001pt\">b</p>", "a\nb"),
    ("<p style=\"margin-bottom:0\">a</p><p>b</p>", "a\n\nb"),
    ("<p class=MsoNormal style=\"margin-bottom:12pt\">a</p><p class=MsoNormal>b</p>", "a\n\nb"),
  ])
  func singleSpacedLinesAreNotDoubled(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test func anotherColourInsideAnOldMessageIsMarked() {
    let quote =
      "<blockquote style=\"color:#1F497D\">One? <span style=\"color:red\">Yes.</span><br>Two?<br>"
      + "<span style=\"color:black\">No.</span><br><a style=\"color:blue\" href=\"#\">x</a></blockquote>"
    #expect(
      MailText.plainText(fromHTML: "<b style=\"color:green\">Hi</b>" + quote)
        == "Hi\n\n> One? [in red] Yes.\n> Two?\n> [in the default colour] No.\n> x")
    let fonts = "<blockquote>a<br><span style=\"font-family:Arial\">b</span><br>c</blockquote>"
    #expect(MailText.plainText(fromHTML: fonts) == "> a\n> [in another font] b\n> c")
  }

  @Test(arguments: [
    ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
    ("<ol start=4><li>a<li value=7>b<li>c</ol>", "4. a\n7. b\n8. c"),
    ("<ol reversed><li>a<li>b</ol>", "2. a\n1. b"),
    ("<ol type=a><li>a<li>b</ol>", "a. a\nb. b"),
    ("<ol type=I start=4><li>a<li>b</ol>", "IV. a\nV. b"),
    ("<ol style=\"list-style-type:lower-roman\"><li>a<li>b</ol>", "i. a\nii. b"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("x<ol start=3><li>a<li><p>b</p><p>c</p></ol>y", "x\n\n3. a\n4. b\n\n   c\n\ny"),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    ("<ul><li></li><li>b</li></ul>", "- b"),
    ("<dl><dt>word</dt><dd>meaning</dd></dl>", "word\n    meaning"),
  ])
  func listsKeepTheirMarks(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    (
      "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Cup</td><td>3</td></tr></table>",
      "Item | Price\nCup | 3"
    ),
    (
      "<table><tr><td><p>Name</p></td><td><p>Value</p></td></tr><tr><td></td><td>x</td></tr></table>",
      "Name | Value\n| x"
    ),
    (
      "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"
    ),
    (
      "<table><tr><td><table><tr><td>1</td></tr><tr><td>2</td></tr></table></td><td>3</td></tr></table>",
      "1\n2\n3"
    ),
    ("<td>lost</td>cell", "lostcell"),
    (
      "<table><tr><th>Item<th>Size<th>Price<tr><td>Cup<td><td>3<tr><td colspan=2>Sum<td>3</table>",
      "Item | Size | Price\nCup | | 3\nSum | | 3"
    ),
    (
      "<table><tr><td rowspan=2>a<td>b<td>c<tr><td>&nbsp;<td>d</table>", "a | b | c\n| | d"
    ),
    ("<table><tr><td>&nbsp;<td>a<td><td>b<tr><td><td>c<td><td>d</table>", "a | b\nc | d"),
  ])
  func tablesComeOutRowByRow(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
    (
      "<blockquote>a<blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"
    ),
    (
      "Hi<div class=\"gmail_quote\"><div>On Monday Ann wrote:<br></div><blockquote class=\"gmail_quote\"><p>x</p><p>y</p></blockquote></div>",
      "Hi\nOn Monday Ann wrote:\n\n> x\n>\n> y"
    ),
    ("Hi<div class=\"gmail_quote\">x<br>y</div>z", "Hi\n\n> x\n> y\n\nz"),
    (
      "a<blockquote style=\"margin: 0 0 0 40px; border: none; padding: 0\">b</blockquote>",
      "a\n\n    b"
    ),
  ])
  func quotesAreMarked(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    ("<a href=\"https://shop.example/a\">our shop</a>.", "our shop <https://shop.example/a>."),
    ("<a href=\"https://shop.example/\">shop.example</a>", "shop.example"),
    ("<a href=\"mailto:a@b.example\">a@b.example</a>", "a@b.example"),
    (
      "<a href=\"https://www.shop.example/x\">www.shop.example</a>",
      "www.shop.example <https://www.shop.example/x>"
    ),
    (
      "<a href=\"https://evil.example/x\">https://bank.example/login</a>",
      "https://bank.example/login <https://evil.example/x> [shows bank.example, goes to evil.example]"
    ),
    (
      "<a href=\"https://bank.example@evil.example/\">bank.example</a>",
      "bank.example <https://bank.example@evil.example/> [shows bank.example, goes to evil.example]"
    ),
    (
      "<a href=\"https://evil.example\\@bank.example/\">bank.example</a>",
      "bank.example <https://evil.example\\@bank.example/> [shows bank.example, goes to evil.example]"
    ),
    ("<a href=\"javascript:alert(1)\">click</a>", "click"),
    ("<a href=\"#top\">up</a>", "up"),
    (
      "<a href=\"https://x.example/\"><img src=y alt=\"Logo\"></a>",
      "[image: Logo] <https://x.example/>"
    ),
    (
      "<a href=\"https://x.example/i.pdf\">invoice.pdf</a>", "invoice.pdf <https://x.example/i.pdf>"
    ),
  ])
  func linksNameTheirTarget(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test(arguments: [
    ("<head><title>t</title><style>p{}</style></head><script>x</script>words", "words"),
    ("<div style=\"display: none\">secret</div>seen", "seen"),
    ("<div hidden>secret</div>seen", "seen"),
    ("<div style=\"/*display:none;*/color:red\">seen</div>", "seen"),
    ("<div style=\"display:none!important;display:block\">secret</div>seen", "seen"),
    ("<div style=\"display:block!important;display:none\">seen</div>", "seen"),
    ("<div style=\"background:url('x;display:none')\">seen</div>", "seen"),
    ("<!-- a --><!--[if mso]><p>outlook</p><![endif]-->seen", "seen"),
    ("<img src=t.gif width=1 height=1>seen<img src=x>", "seen[image]"),
    ("<o:p>word</o:p>", "word"),
  ])
  func whatNobodyReadsIsLeftOut(html: String, text: String) {
    #expect(MailText.plainText(fromHTML: html) == text)
  }

  @Test func characterTricksAreDropped() {
    let html =
      "a\u{1B}[31mb\u{202E}c\u{2066}d\u{200B}e&#27;f&shy;g&zwnj;&nbsp;&zwnj;&nbsp;h\u{9B}i&#x0;"
    let text = MailText.plainText(fromHTML: html)
    #expect(text == "a\u{FFFD}[31mbcdefg  h\u{FFFD}i\u{FFFD}")
    #expect(
      !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) })
    #expect(!text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) })
  }

  @Test func joinersInsideWordsStay() {
    #expect(MailText.plainText(fromHTML: "می‌خواهم क्‍ष 👩‍💻") == "می‌خواهم क्‍ष 👩‍💻")
  }
}
