import Glibc

@testable import MailText

/// HTML mails, and a person's own words on their way to HTML.
enum MailRules {
  static func check(_ input: [UInt8]) {
    let hostile = String(decoding: input, as: UTF8.self)
    let began = secondsComputed()
    let text = MailText.plainText(fromHTML: hostile)
    _ = MailText.blocks(of: text)
    require(
      secondsComputed() - began < 1 + Double(input.count) * 0.000_05,
      "work is linear in the length",
      "\(input.count) bytes")
    checkVisibleWords(of: hostile, in: text)
    checkReadable(text)
    checkBlocks(of: text)
    checkBlocks(of: hostile)
    let limited = MarkupLimiter.limited(hostile, to: 512)
    require(
      limited.bytes.count <= 4 * hostile.utf8.count, "limiting adds an entity for each sign at most"
    )
    let normalized = MailText.normalized(hostile)
    require(
      !normalized.hasPrefix(" ") && !normalized.hasSuffix(" ") && !normalized.contains("  "),
      "white space is collapsed and trimmed", normalized.shown)
    checkTyped(hostile)
  }

  /// What a browser would show is all there. Beyond the limits of depth, words may change places.
  private static func checkVisibleWords(of html: String, in text: String) {
    guard html.utf8.count(where: { $0 == UInt8(ascii: "<") }) < 250,
      // The parser adds words of its own for this element, which no browser knows any more.
      !html.lowercased().contains("isindex")
    else { return }
    let loss = VisibleText.firstLoss(of: VisibleText.words(of: html), in: text)
    require(loss == nil, "no visible word is lost", "\(loss ?? "") of " + html.shown)
  }

  /// By this thread.
  private static func secondsComputed() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
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
