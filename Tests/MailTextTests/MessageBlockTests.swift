import MailText
import Testing

@Suite struct MessageBlockTests {
  /// Each block as its kind's letter, a `*` when it may be folded, and its lines.
  private func shape(_ text: String) -> String {
    MailText.blocks(of: text).map { block in
      "\(block.kind.rawValue)\(block.isFoldable ? "*" : "")\(block.lines.count)"
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("", ""),
    ("Hello\n\nbye", "text3"),
    (
      "Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00, Ann <a@x.example> wrote:\n> hi\n> there",
      "text2 quote*3"
    ),
    (
      "Thanks!\n\nOn Mon, 2 Nov 2026 at 10:00, Ann Longname\n<a@x.example> wrote:\n\n> hi\n\n> there",
      "text2 quote*6"
    ),
    ("Danke\nAm 02.11.2026 um 10:00 schrieb Ann <a@x.example>:\n> hallo", "text1 quote*2"),
    ("Merci\nLe lun. 2 nov. 2026 à 10:00, Ann <a@x.example> a écrit :\n> salut", "text1 quote*2"),
    ("Gracias\nEl lun, 2 nov 2026 a las 10:00, Ann escribió:\n> hola", "text1 quote*2"),
    ("谢谢\n2026年11月2日 10:00，Ann 写道：\n> 你好", "text1 quote*2"),
    ("Ok\n-----Original Message-----\nFrom: a@x.example\nold words", "text1 quote*3"),
    ("Ok\n\n---- Ursprüngliche Nachricht ----\nalt", "text2 quote*2"),
    (
      "Ok\n\nFrom: Ann <a@x.example>\nSent: Monday\nTo: Support\nSubject: Cup\n\nold words\nmore",
      "text2 quote*7"
    ),
    (
      "Gut\n\n*Von:* Ann\n*Gesendet:* Montag\n*An:* Support\n*Betreff:* Tasse\n\nalt",
      "text2 quote*6"
    ),
    ("好\n发件人： Ann\n发送时间： 2026\n收件人： 客服\n主题： 杯\n\n旧", "text1 quote*6"),
  ])
  func quotesBelowTheAnswerAreFolded(text: String, expected: String) {
    #expect(shape(text) == expected)
  }

  @Test(arguments: [
    // Answers between quoted lines.
    "On Monday 2 Nov Ann wrote:\n> When?\nTomorrow.\n> Where?\nAt the shop.",
    "Hi,\n> When?\n\nTomorrow.\n\n> Where?",
    // The answer stands under an unmarked old message, or somewhere in it.
    "-----Original Message-----\nFrom: a@x.example\nWhen?\nTomorrow",
    // The writer says that the answers are inside.
    "See my answers inline.\n\nOn 2 Nov 2026 10:00 Ann wrote:\n> When? Tomorrow.",
    "Antworten unten in rot.\n\nVon: Ann\nGesendet: Montag\nAn: wir\nBetreff: x\n\nWann? Morgen",
    "Voir ci-dessous\n\n-----Message d'origine-----\nQuand ? Demain",
    "见下面红色\n\n> 什么时候？ 明天",
    // Marked answers inside the quote.
    "Hi\n\n> When?\n> --> Tomorrow",
    "Hi\n\n-----Original Message-----\nWhen?\nAnswer: tomorrow",
    // Nothing but a quote.
    "> only this",
    "\n> only this\n> and this\n",
  ])
  func aQuoteThatMayHoldAnAnswerIsNeverFolded(text: String) {
    let blocks = MailText.blocks(of: text)
    #expect(blocks.allSatisfy { $0.kind != .quote || !$0.isFoldable })
  }

  @Test func inlineAnswersStandAsTheWritersText() {
    let blocks = MailText.blocks(of: "> When?\nTomorrow.\n> Where?\nAt the shop.\n> Thanks")
    #expect(blocks.filter { $0.kind == .text }.flatMap(\.lines) == ["Tomorrow.", "At the shop."])
  }

  @Test(arguments: [
    ("Bye\n-- \nAnn\nShop", "text1 signature*3"),
    ("Bye\n--\nAnn\n> old", "text1 signature*2 quote*1"),
    ("Bye\n\nSent from my iPhone", "text2 signature*1"),
    ("Bye\n\nVon meinem iPhone gesendet", "text2 signature*1"),
    ("Sent from my iPhone yesterday\nwith words after it", "text2"),
    (
      "Bye\n\nThis email and any attachments are confidential.\nDelete it.\n\nPS: the cup is blue",
      "text2 disclaimer*2 text2"
    ),
  ])
  func signaturesAndLegalParagraphsAreFolded(text: String, expected: String) {
    #expect(shape(text) == expected)
  }

  @Test func aLongTextUnderTwoDashesIsNoSignature() {
    let text = "Bye\n--\n" + (1...20).map { "line \($0)" }.joined(separator: "\n")
    #expect(shape(text) == "text22")
  }

  @Test(arguments: [
    "He wrote:\nmy own words follow", "On the other hand, she wrote:\nwords",
    "From: the shop I have a question\nanswer me",
  ])
  func ordinarySentencesAreNoQuoteHeaders(text: String) {
    #expect(shape(text) == "text2")
  }

  @Test(arguments: 0..<200)
  func noLineIsLostOrMoved(seed: Int) {
    let pieces = [
      "> a", ">> b", "", "words", "-- ", "Sent from my phone", "On 2 Nov 2026 10:00 A wrote:",
      "-----Original Message-----", "From: a", "Sent: b", "To: c", "Subject: d", "--",
      "This email and any", "  > x", "see below",
    ]
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1
    let lines = (0..<(seed % 23 + 1)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return pieces[Int(state >> 33) % pieces.count]
    }
    let blocks = MailText.blocks(of: lines.joined(separator: "\n"))
    #expect(blocks.flatMap(\.lines) == (lines == [""] ? [] : lines))
    #expect(blocks.allSatisfy { $0.kind != .text || !$0.isFoldable })
  }

  @Test func aReplyQuotesTheNewWordsOnly() {
    let text = "The cup broke.\n\nOn 2 Nov 2026 10:00 Shop wrote:\n> old\n-- \nAnn"
    #expect(
      MailText.quotation(of: text, author: "Ann", date: "2026-11-03 09:00 UTC")
        == "On 2026-11-03 09:00 UTC, Ann wrote:\n> The cup broke.")
    #expect(
      MailText.quotation(of: "> a\nb\n> c\n\nd", author: "Ann", date: "today", lineLimit: 4)
        == "On today, Ann wrote:\n>> a\n> b\n>> c\n>\n> [1 more lines]")
  }
}
