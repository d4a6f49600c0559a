import FoundationEssentials
import Testing

@testable import MailText

/// No text that a browser would show is lost, whatever the markup.
@Suite struct VisibleTextTests {
  private func expectNoLoss(_ html: String, _ note: String = "") {
    let words = VisibleText.words(of: html)
    let text = MailText.plainText(fromHTML: html)
    let loss = VisibleText.firstLoss(of: words, in: text)
    #expect(loss == nil, "\(note) lost \(loss ?? "") of \(html.prefix(3000)) in \(text)")
    // What is folded is there as well.
    #expect(MailText.blocks(of: text).flatMap(\.lines).joined(separator: "\n") == text)
  }

  @Test(arguments: 0..<20)
  func randomMarkupKeepsItsWords(part: Int) {
    for seed in part * 40..<(part + 1) * 40 {
      var generator = MarkupGenerator(seed: seed)
      let html = generator.document(length: 8 + seed % 60)
      expectNoLoss(html, "seed \(seed)")
      expectNoLoss(generator.mutated(html), "seed \(seed) mutated")
    }
  }

  @Test(arguments: [
    "<p>a</p><!--><p>b</p><!-- note --><p>c</p>", "<p>a</p><!---><p>b</p>", "a<!-- x --!>b",
    "<p title=don't>a</p><p title='x'>b</p>", "<p title=\"a>b</p><p title=\">c</p>",
    "<textarea><!-- kept --><p hidden></textarea>b", "a<plaintext>b</p><!-- c --><p onclick=d>e",
    "<select><option>a<option>b</select>c", "<noscript>a</noscript>b", "<svg><text>a</text></svg>b",
    "<svg><title>a</title><style>b</style><p>c</svg>d", "<title>a</title>b", "<xmp><b>a</b></xmp>b",
    "<table><tr><td>a</td>b</tr>c</table>d", "<table>a<b>b<tr><td>c</table>d",
    "<object>a</object>b",
    "<div style=\"display:none;display:block\">a</div>b", "<div style=\"x-display:none\">a</div>",
    "a<</a>b", "<<!-- x -->p>a", "&am<!-- x -->p;b", "<select><style>a</tex</style>b",
    "<div hidden style=\"display:block\">a</div>",
    "<div style=\"max-height:0;overflow:hidden\">a</div>", "<a<b>c</a>d", "<p =\"\">a", "a</ b>c",
    "<div style=\"visibility:hidden\">a<b style=\"visibility:visible\">b</b></div>c",
    "<frameset><frame></frameset><p>a</p>", "<body hidden>a",
    "<math><mi>a</mi><annotation>b</math>c",
    "<select><title>a</title></select>b", "<svg><![CDATA[a]]></svg>b", "<video>a</video><canvas>b",
  ])
  func oddMarkupKeepsItsWords(html: String) { expectNoLoss(html) }

  /// Beyond the limits tags are left out, and words are not.
  @Test(arguments: [
    "div", "b style=x", "span", "table><tr><td", "ul><li", "svg><g", "i hidden", "s",
  ])
  func deepMarkupKeepsItsWords(tag: String) {
    let name = tag.prefix { $0 != " " && $0 != ">" }
    let html =
      "first " + String(repeating: "<\(tag)>", count: 300) + "<div>deep</div><p>next</\(name)>last"
    let text = MailText.plainText(fromHTML: html)
    let words = tag.contains("hidden") ? ["first"] : ["first", "deep", "next", "last"]
    #expect(VisibleText.firstLoss(of: words, in: text) == nil, "\(text)")
  }

  @Test func aClosedHiddenElementHidesNothingAfterItWhereTagsAreLeftOut() {
    let html =
      String(repeating: "<div>", count: 255) + "<div hidden>x<b style=a><span>y</div>after"
    #expect(MailText.plainText(fromHTML: html).contains("after"))
  }

  private static let shared: String = {
    let project = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(project)/../shared/fixtures"
  }()

  /// Every string of the recorded answers that has markup in it.
  private static let recorded: [String] = {
    var found: [String] = []
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: shared)) ?? [] {
      guard name.hasSuffix(".json"),
        let data = FileManager.default.contents(atPath: shared + "/" + name)
      else { continue }
      found += Self.strings(in: String(decoding: data, as: UTF8.self)).filter { $0.contains("</") }
    }
    return found
  }()

  private static func strings(in json: String) -> [String] {
    json.split(separator: "\n").compactMap { line in
      guard let start = line.firstRange(of: "\": \""), let end = line.lastIndex(of: "\""),
        start.upperBound < end
      else { return nil }
      return String(line[start.upperBound..<end]).replacing("\\\"", with: "\"")
        .replacing("\\n", with: "\n").replacing("\\r", with: "").replacing("\\/", with: "/")
    }
  }

  @Test(.enabled(if: !recorded.isEmpty, "the folder of recorded answers is not here"))
  func recordedMailsKeepTheirWords() {
    for (index, html) in Self.recorded.enumerated() {
      expectNoLoss(html)
      var generator = MarkupGenerator(seed: index)
      for _ in 0..<5 { expectNoLoss(generator.mutated(html)) }
    }
  }
}
