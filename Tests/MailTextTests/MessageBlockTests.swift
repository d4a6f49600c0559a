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
    (
      "Ok\n-----Original Message-----\nFrom: support@x.example\nSent: Monday\nSubject: Cup\nold words",
      "text1 quote*5"
    ),
    (
      "Ok\n\n---- Ursprüngliche Nachricht ----\nVon: Ann\nGesendet: Montag\nAn: wir\nBetreff: [#12] Tasse\nalt",
      "text2 quote*6"
    ),
    (
      "Ok\n\nFrom: Desk <support@x.example>\nSent: Monday\nTo: Ann\nSubject: Re: Cup\n\nold words\nmore",
      "text2 quote*7"
    ),
    (
      "Gut\n\n*Von:* Desk <support@x.example>\n*Gesendet:* Montag\n*An:* Ann\n*Betreff:* AW: Tasse\n\nalt",
      "text2 quote*6"
    ),
    ("好\n发件人： 客服 <kefu-support@x.example>\n发送时间： 2026\n收件人： Ann\n主题： 回复: 杯\n\n旧", "text1 quote*6"),
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
    ("Bye\n-- \nAnn Fox\nTel: 030 5550 0100\nann@x.example", "text1 signature*4"),
    ("Bye\n\nSent from my iPhone", "text2 signature*1"),
    ("Bye\n\nVon meinem iPhone gesendet", "text2 signature*1"),
    ("Sent from my iPhone yesterday\nwith words after it", "text2"),
    ("Bye\n\n" + legal, "text2 disclaimer*3"),
  ])
  func signaturesAndLegalParagraphsAreFolded(text: String, expected: String) {
    #expect(shape(text) == expected)
  }

  private static let legal = """
    This email and any attachments are confidential and intended solely for the addressee. If you have
    received it in error, please notify the sender and delete it. Any unauthorised copying, disclosure
    or distribution is strictly prohibited.
    """

  @Test(arguments: [
    // Too little evidence.
    "Bye\n--\nAnn\nShop", "Bye\n-- \nServer down\nTel: 030 5550 0100",
    "Bye\n--\n- two cups\n- a plate",
    "Bye\n\nThis email and any attachments are confidential.\nDelete it.",
    // Not the last paragraph.
    "Bye\n\n" + legal + "\n\nPS: the cup is blue",
    // Something of the writer's in it, or asked about.
    "Bye\n\n" + legal + " The printer on floor three is smoking.",
    "Hi,\n\n" + legal + " Is that right?", "Please put this under our mails:\n\n" + legal,
    // More than the name of a device.
    "Bye\n\nSent from my old desk", "Bye\n\nSent via mail",
    "Bye\n\nSent from my phone, it is broken",
    "Bye\n\nGet my phone", "Bye\n\nSent from my iPhone to your desk", "Bye\n\nEnviado desde Madrid",
    // Nothing else in the message.
    "Sent from my iPhone", "-- \nAnn Fox\nTel: 030 5550 0100\nann@x.example", legal,
  ])
  func whatIsInDoubtIsShown(text: String) {
    #expect(!MailText.blocks(of: text).contains { $0.isFoldable }, "\(shape(text))")
  }

  @Test(arguments: [
    "Hi\n\n---------- Forwarded message ---------\nFrom: Max <m@x.example>\nDate: 3 May 2026\nSubject: Cup\nTo: Ann <a@x.example>\n\nIt broke.",
    "Please help him\n\nFrom: Max <m@x.example>\nSent: Monday 3 May 2026\nTo: Ann\nSubject: Cup\n\nIt broke.",
    "Hi,\n\nFrom: Desk <support@x.example>\nSent: Monday\nTo: Ann\nSubject: Re: Cup\n\nWhen? Tomorrow.",
    "He says this:\n\n> On 2 Nov 2026 at 10:00, Shop <s@x.example> wrote:\n> No refund.",
    "Why?\n> npm ERR! missing script",
    "Hi\n\nOn 2 Nov 2026 at 10:00, Max <m@x.example> wrote:\nNo refund.",
    "Hi\n\nFrom: Hamburg\nTo: Oslo\nSubject: pallets\nWeight: 200 kg\n\nUpright, please.",
    "Hi\n\nFrom: a@x.example\nTo: b@x.example\nDate: 3 May\nWeight: 200 kg\n\nUpright, please.",
  ])
  func whatTheThreadLacksIsShown(text: String) {
    #expect(!MailText.blocks(of: text).contains { $0.isFoldable }, "\(shape(text))")
  }

  @Test(arguments: [
    "Hi\n\n---------- Forwarded message ---------\nFrom: Max <m@x.example>\nDate: 3 May 2026\nSubject: Cup\nTo: Ann <a@x.example>\n\nThe new cup has left us today.",
    "See below\n> The new cup\n> has left us today.",
    "Ok\n\n> Max wrote:\n>\n> the new cup\n> has left us today",
    "Ok\n\nOn 2 Nov 2026 at 10:00, Max <m@x.example> wrote:\nThe new cup has left us today.",
  ])
  func whatTheThreadHoldsIsFolded(text: String) {
    let earlier = EarlierWords(["Hello Ann,\nthe new cup has left us today. Bye"])
    func folded(_ count: Int) -> Bool {
      MailText.blocks(of: text, after: earlier, earlierCount: count).contains { $0.isFoldable }
    }
    #expect(folded(1))
    // It is not there yet.
    #expect(!folded(0))
  }

  @Test func newWordsBetweenRepeatedOnesAreShown() {
    let earlier = EarlierWords([
      "Which model do you use? May we call you tomorrow? Kind regards, Tom"
    ])
    let text =
      "Thanks\n\nFrom: Desk <support@x.example>\nSent: Monday\nTo: Ann\nSubject: Re: Cup\n\n"
      + "Which model do you use?\nThe big one.\nMay we call you tomorrow?\nKind regards, Tom"
    #expect(!MailText.blocks(of: text, after: earlier, earlierCount: 1).contains { $0.isFoldable })
    let marked =
      "Thanks\n\nOn 2 Nov 2026 at 10:00, Desk <d@x.example> wrote:\n> Which model do you use?\n> The big one.\n"
      + "> May we call you tomorrow?"
    #expect(
      !MailText.blocks(of: marked, after: earlier, earlierCount: 1).contains { $0.isFoldable })
    #expect(MailText.blocks(of: marked).contains { $0.isFoldable })
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
    let text =
      "The cup broke.\n\nOn 2 Nov 2026 10:00 Shop wrote:\n> old\n-- \nAnn Fox\n+44 20 5550 0100\nann@x.example"
    #expect(
      MailText.quotation(of: text, author: "Ann", date: "2026-11-03 09:00 UTC")
        == "On 2026-11-03 09:00 UTC, Ann wrote:\n> The cup broke.")
    #expect(
      MailText.quotation(of: "> a\nb\n> c\n\nd", author: "Ann", date: "today", lineLimit: 4)
        == "On today, Ann wrote:\n>> a\n> b\n>> c\n>\n> [1 more lines]")
  }
}
