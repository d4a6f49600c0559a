@testable import MailText

/// HTML mails, and a person's own words on their way to HTML.
enum MailRules {
  static func check(_ input: [UInt8]) {
    let hostile = String(decoding: input, as: UTF8.self)
    let text = MailText.plainText(fromHTML: hostile)
    checkReadable(text)
    checkBlocks(of: text)
    checkBlocks(of: hostile)
    let limited = MarkupLimiter.limited(hostile, to: 512)
    require(
      limited.wasCut || limited.bytes.count <= hostile.utf8.count, "limiting adds nothing")
    let normalized = MailText.normalized(hostile)
    require(
      !normalized.hasPrefix(" ") && !normalized.hasSuffix(" ") && !normalized.contains("  "),
      "white space is collapsed and trimmed", normalized.shown)
    checkTyped(hostile)
  }

  private static func checkReadable(_ text: String) {
    for scalar in text.unicodeScalars where scalar != "\n" {
      require(!scalar.isControl, "no control character comes out", text.shown)
      require(!scalar.turnsDirection, "no direction mark comes out", text.shown)
    }
    require(
      text.utf8.count <= MailTextLimits.textBytes + 4096, "the text keeps to its limit",
      "\(text.utf8.count)")
  }

  /// Nothing is lost or made up where a message is folded and quoted.
  private static func checkBlocks(of text: String) {
    let blocks = MailText.blocks(of: text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    require(
      blocks.flatMap(\.lines) == (text.isEmpty ? [] : lines), "all lines are in the blocks",
      text.shown)
    require(
      blocks.allSatisfy { $0.kind != .text || !$0.isFoldable }, "own words are never folded",
      text.shown)
    let quoted = MailText.quotation(of: text, author: "A", date: "B", lineLimit: 20)
      .split(separator: "\n", omittingEmptySubsequences: false)
    require(quoted.count <= 22, "the quotation keeps to its limit")
    require(quoted.dropFirst().allSatisfy { $0.hasPrefix(">") }, "all of it is marked as quoted")
  }

  /// What a person typed has no markup of its own and says the same after the way through HTML.
  private static func checkTyped(_ words: String) {
    let html = MailText.html(fromPlainText: words)
    var rest = html.utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
      let isOurs = ["<p>", "</p>", "<br>"].contains { rest[open...].starts(with: $0.utf8) }
      require(isOurs, "typed words become no markup", html.shown)
      rest = rest[open...].dropFirst()
    }
    require(html.unicodeScalars.allSatisfy { !$0.isControl }, "no control character is sent")
    checkReadable(MailText.plainText(fromHTML: html))
  }
}
