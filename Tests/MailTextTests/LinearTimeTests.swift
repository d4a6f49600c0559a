import Glibc
import Testing

@testable import MailText

/// A hostile mail costs time with its length and no more.
@Suite struct LinearTimeTests {
  /// Each writes a mail of `count` pieces.
  static let patterns: [(name: String, make: @Sendable (Int) -> String)] = [
    (
      "attributes of one tag",
      { n in "<p " + (0..<n).map { "a\($0)" }.joined(separator: " ") + ">x" }
    ),
    ("the same attribute", { n in "<p" + String(repeating: " a=1", count: n) + ">x" }),
    ("body tags", { n in (0..<n).map { "<body a\($0)=1>" }.joined() + "x" }),
    ("html tags", { n in (0..<n).map { "<html a\($0)=1>" }.joined() + "x" }),
    (
      "known attributes of body tags",
      { n in String(repeating: "<body style=a class=b>", count: n) + "x" }
    ),
    ("nested", { n in String(repeating: "<div>", count: n) + "x" }),
    (
      "nested and closed by others",
      { n in String(repeating: "<div><table><tr><td></div>", count: n) + "x" }
    ),
    ("inline left open", { n in String(repeating: "<span><div></span>", count: n) + "x" }),
    ("self-closing", { n in String(repeating: "<div/>", count: n) + "x" }),
    ("in drawings", { n in "<svg>" + String(repeating: "<g><td>", count: n) + "x" }),
    ("titles in drawings", { n in "<svg>" + String(repeating: "<title>", count: n) + "x" }),
    ("formatting", { n in (0..<n).map { "<p><b style=a\($0)>x</p>" }.joined() }),
    (
      "formatting in each paragraph",
      { n in
        (0..<9).map { "<p><b style=a\($0)>" }.joined() + String(repeating: "<p>x", count: n)
      }
    ),
    ("links left open", { n in String(repeating: "<a href=x><div>", count: n) + "x" }),
    ("crossed", { n in String(repeating: "<b style=x><p></b></p>", count: n) + "x" }),
    ("foster parents", { n in String(repeating: "<table>x<b>y", count: n) }),
    ("text in a table", { n in "<table>" + String(repeating: "x<br>", count: n) }),
    (
      "closing tags",
      { n in String(repeating: "<span>", count: 250) + String(repeating: "</q>", count: n) }
    ),
    (
      "paragraphs in depth",
      { n in String(repeating: "<div>", count: 250) + String(repeating: "<p>x", count: n) }
    ),
    (
      "items in depth",
      { n in String(repeating: "<div>", count: 250) + String(repeating: "<li>x", count: n) }
    ),
    ("comments", { n in String(repeating: "<!-- - ->", count: n) }),
    ("raw text", { n in String(repeating: "<textarea></textare>", count: n) }),
    ("entities", { n in String(repeating: "&amp;&#65;&bogus&", count: n) }),
    ("cells", { n in "<table><tr>" + String(repeating: "<td rowspan=9 colspan=9>x", count: n) }),
    ("options", { n in "<select>" + String(repeating: "<option>x", count: n) }),
    ("raised", { n in String(repeating: "<sup>x", count: n) }),
    ("quotes", { n in String(repeating: "<blockquote>x</blockquote>", count: n) }),
    ("styles", { n in "<p style=\"" + String(repeating: "a:b;", count: n) + "\">x" }),
    ("header lines", { n in String(repeating: "From: a@x.example<br>", count: n) }),
    ("dates", { n in String(repeating: "On 2 Nov 2026 10:00<br>", count: n) }),
    (
      "colours",
      { n in
        "<blockquote>" + String(repeating: "x<b style=color:red>y</b>", count: n)
      }
    ),
    ("numbered lists", { n in String(repeating: "<ol reversed><li>x", count: n) }),
    ("one long word", { n in String(repeating: "x", count: n * 10) }),
    ("links", { n in String(repeating: "<a href=https://x.example>y</a> ", count: n) }),
  ]

  /// Seconds that this thread computed.
  private func cost(_ html: String) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let began = now()
    _ = MailText.blocks(of: MailText.plainText(fromHTML: html))
    return now() - began
  }

  /// Four times the mail costs about four times as much; quadratic work would cost sixteen times.
  @Test(arguments: patterns.indices)
  func fourTimesTheMailCostsNoMoreThanTenTimes(index: Int) {
    let (name, make) = Self.patterns[index]
    let small = make(1_500)
    let large = make(6_000)
    let costOfSmall = min(cost(small), cost(small))
    let costOfLarge = min(cost(large), cost(large))
    #expect(costOfLarge < costOfSmall * 10 + 0.01, "\(name): \(costOfSmall) and \(costOfLarge) s")
  }

  @Test func onlyAttributesOfUseReachTheParser() {
    let html = "<p " + (0..<1000).map { "a\($0)=1 class=\($0)" }.joined(separator: " ") + ">x"
    #expect(
      String(decoding: MarkupLimiter.limited(html, to: 99_999).bytes, as: UTF8.self)
        == "<p class=0>x")
  }
}
