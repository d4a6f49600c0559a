/// Writes markup at random, well formed and broken, with words that are all different.
struct MarkupGenerator {
  private var state: UInt64
  private var count = 0

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func random(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  private static let elements = [
    "p", "div", "span", "b", "i", "a", "s", "del", "u", "font", "blockquote", "ul", "ol", "li",
    "table", "tr", "td", "th", "tbody", "pre", "h1", "h3", "center", "dl", "dt", "dd", "sup", "sub",
    "q", "select", "option", "textarea", "title", "noscript", "svg", "math", "form", "fieldset",
    "legend", "o:p", "button", "label", "caption", "ruby", "rt", "rp", "details", "summary", "em",
    "strike", "xmp", "iframe", "style", "script", "template", "object", "body", "html", "head",
    "code",
  ]
  private static let attributes = [
    "", " class=MsoNormal", " style=\"color:red\"", " style='display:none'", " hidden",
    " a=1 b c='d'",
    " title=don't", " style=\"margin:0\"", " href=\"https://example.com/a\"", " =\"x\"",
    " a=\"<p>\"",
    " style=\"visibility:hidden\"", " style=\"visibility: visible\"", " colspan=2",
    " rowspan=\"3\"",
    " start=4", " value=7", " reversed", " class=\"gmail_quote\"", " style=\"white-space:pre\"",
    " style=\"display:none;display:block\"", " a=\"b\"c=\"d\"", " /", " type=cite", " <b", "\"",
    " style=\"text-decoration:line-through\"", " style=\"vertical-align:super\"",
  ]
  private static let oddities = [
    "<!-->", "<!--->", "<!-- x -->", "<!-- a > b -->", "<!--[if mso]><p>no</p><![endif]-->",
    "<![if !mso]>", "<![endif]>", "<!--[if !mso]><!-->", "<!--<![endif]-->", "<br>", "<br/>",
    "<hr>",
    "&nbsp;", "&amp;", "&lt;b&gt;", "&#65;", "&bogus;", "&", "<", ">", "</>", "</ x>", "<?xml?>",
    "<!doctype html>", "<img alt=\"words\" src=x>", "<input value=v>", "</p>", "</br>", "\u{200B}",
    "\u{AD}", "\n", "  ", "<![CDATA[x]]>", "<!-- --!>", "<wbr>", "<img width=1 height=1>",
    "\u{202E}",
    "</table>", "</div>", "</b>", "</a>", "</span>", "</td>", "</select>", "</svg>", "<p/>", "<a/>",
  ]

  mutating func document(length: Int) -> String {
    var html = ""
    var open: [String] = []
    for _ in 0..<length {
      switch random(10) {
      case 0..<3:
        count += 1
        html += "word\(count)x "
      case 3..<6:
        let name = Self.elements[random(Self.elements.count)]
        html += "<\(name)\(Self.attributes[random(3) == 0 ? random(Self.attributes.count) : 0])>"
        open.append(name)
      case 6..<8:
        guard !open.isEmpty else { continue }
        // Mostly in order, sometimes not.
        let place = random(5) == 0 ? random(open.count) : open.count - 1
        html += "</\(open.remove(at: place))>"
      default: html += Self.oddities[random(Self.oddities.count)]
      }
    }
    return html
  }

  /// A document with pieces left out, doubled and moved.
  mutating func mutated(_ html: String) -> String {
    var bytes = Array(html.utf8)
    for _ in 0..<(1 + random(6)) where bytes.count > 4 {
      let start = random(bytes.count)
      let end = min(bytes.count, start + 1 + random(12))
      switch random(4) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[start..<end]), at: random(bytes.count))
      case 2: bytes[start] = Array("<>\"'=/!-& ".utf8)[random(10)]
      default: bytes.insert(contentsOf: "<x ".utf8, at: start)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
