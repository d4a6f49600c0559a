/// Messages written against the rules after they were made: each looks like what it is not.
enum AdversarialMessages {
  /// Plain text, what of it the writer's is, and what may be folded.
  private static func message(
    _ name: String, _ text: [String], own: [String], quoted: [String] = [], earlier: [String] = []
  ) -> LabelledMessage {
    let escaped = text.map {
      $0.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    return LabelledMessage(
      name: name, html: escaped.joined(separator: "<br>"), earlier: earlier, own: own,
      quoted: quoted)
  }

  /// All of the text is the writer's.
  private static func whole(_ name: String, _ text: String...) -> LabelledMessage {
    message(name, text, own: text.filter { $0.contains(where: \.isLetter) })
  }

  private static let gmail = "On Fri, 20 Nov 2026 at 09:12, Desk <support@example.com> wrote:"

  static let all: [LabelledMessage] = signatures + legal + quotes + answers + folded

  private static let signatures: [LabelledMessage] = [
    whole(
      "urgent under dashes", "Hello", "--", "Urgent", "Call +44 20 5550 0100", "ada@example.com"),
    whole("new number", "Hello", "--", "New number: +44 20 5550 0100", "Old mail: ada@example.com"),
    whole("order under dashes", "Please send", "--", "Blue Cups", "Large Plates", "Thanks"),
    whole("dashes in the middle", "first part", "--", "second part", "--", "third part"),
    whole(
      "addresses to change", "Please replace these:", "--", "old@example.com", "new@example.com"),
    whole("a table in dashes", "Totals", "--", "Cups 3", "Plates 5"),
    whole("a command", "I ran this and it failed", "--", "git status", "git push"),
    whole("two questions", "Hi", "-- ", "When?", "Where?"),
    whole("a name and a wish", "Hi", "-- ", "Ada Fox", "please call back"),
    whole("sent from a town", "My parcel:", "", "Sent from Orange"),
    whole("sent via a carrier", "My parcel:", "", "Sent via DHL"),
    whole("sent from a phone number", "Hello", "", "Sent from my phone 0171 5550100 yesterday"),
    whole("sent with a screenshot", "Hello", "", "Sent with screenshot from Outlook attached"),
    whole("get outlook working", "Hello", "", "Get Outlook for my new laptop working please"),
    whole("german phone", "Guten Tag", "", "Gesendet von meinem Nachbarn"),
    whole("french tablet", "Bonjour", "", "Envoyé de mon hôtel avec la tablette cassée"),
    whole("device as the answer", "Gesendet mit Thunderbird, Fehler 53"),
    whole("japanese sending", "こんにちは", "", "アプリから送信できません"),
    whole("turkish sending", "Merhaba", "", "Ankara'dan gönderildi"),
    whole("chinese sending", "你好", "", "发自北京的包裹还没到"),
  ]

  private static let legal: [LabelledMessage] = [
    whole("short notice", "Hi", "", "Legal notice: we cancel the contract."),
    whole(
      "notice of cancellation", "Hi", "",
      "This message is intended as our notice: the contract ends in March, and we ask you to delete our "
        + "data, to confirm that in writing, and to send the last invoice to the new address of the company."
    ),
    whole(
      "confidential details", "Hi", "",
      "Confidential: the addressee of the parcel moved. The sender did not notify us, and the recipient "
        + "received a wrong parcel in error; please do not disclose the new address to the courier."
    ),
    whole(
      "about a disclaimer", "Hi", "",
      "The information contained in this morning's report is confidential and privileged, was sent to the "
        + "intended recipient in error and has to be deleted. I need a new one today, the board meets at noon."
    ),
    whole(
      "german secret", "Hallo", "",
      "Diese Nachricht ist vertraulich. Der Absender des Pakets hat den Empfänger verwechselt. Bitte löschen "
        + "Sie den Vorgang und informieren Sie den Adressaten, die unbefugte Weitergabe macht uns Sorgen, Tom."
    ),
    whole(
      "french letter", "Bonjour", "",
      "Ce message et la facture sont pour la direction. Le destinataire du colis a changé, l'expéditeur a fait "
        + "une erreur. Merci de supprimer l'ancienne adresse."),
    whole(
      "spanish error", "Hola", "",
      "Este mensaje y el adjunto explican el error: el destinatario no recibió el paquete y el remitente pide "
        + "eliminar el pedido de prueba."),
    whole(
      "wanted text", "Please change our footer to:", "",
      "This email and any attachments are confidential and intended solely for the addressee. Any unauthorised "
        + "disclosure, copying or distribution is prohibited. If received in error, notify the sender."
    ),
    whole(
      "disclaimer alone",
      "This email and any attachments are confidential and intended solely for the "
        + "addressee. Any unauthorised disclosure, copying or distribution is prohibited."),
    whole(
      "disclaimer above words",
      "This email and any attachments are confidential and intended solely for the addressee. Any unauthorised "
        + "disclosure, copying or distribution is prohibited. Notify the sender.", "",
      "My printer is broken."),
  ]

  private static let quotes: [LabelledMessage] = [
    whole(
      "told by a driver", "On 3 May 2026 at 10:00 the driver wrote:", "nobody at home",
      "I was at home."),
    whole(
      "a sentence with a mail", "On 3 May 2026 your colleague tom@example.com wrote:",
      "we pay it all"),
    whole(
      "my own mail", "On 3 May 2026 at 10:00 I wrote:", "> the cup broke", "Where is the answer?"),
    whole("shell prompt", "This is what I typed:", "> ls -l", "> rm x", "What now?"),
    whole("chevrons as arrows", "Menu", "> File", "> Export", "> nothing happens"),
    whole(
      "shipment", "Please collect", "From: Ada Fox, 12 Main Street", "To: Max Berg, Oslo",
      "Subject: one pallet"),
    whole(
      "contact form", "From: Ada Fox <ada@example.com>", "Subject: cup", "", "Message Body:",
      "My cup broke."),
    whole(
      "calendar", "Please add", "From: 10:00", "To: 11:00", "Date: 3 May 2026", "Room: 12", "Thanks"
    ),
    whole(
      "mail to be written", "Please send this mail for us", "To: all@example.com",
      "Subject: closed on Monday", "We are closed."),
    whole(
      "forward with a remark", "Can you answer him?", "", "From: Max Berg <max@example.com>",
      "Sent: Friday, 20 November 2026 09:12", "To: Ada Fox <ada@example.com>",
      "Subject: Re: broken cup", "",
      "It broke again."),
    whole(
      "german forward", "Zur Info", "", "-----Ursprüngliche Nachricht-----",
      "Von: Max Berg <max@example.com>", "Gesendet: Freitag, 20. November 2026", "An: Ada Fox",
      "Betreff: Tasse", "", "Sie ist kaputt."),
    whole(
      "samsung forward", "Please handle", "", "-------- Original message --------",
      "From: Max Berg <max@example.com>", "Date: 20/11/2026 09:12 (GMT+00:00)",
      "To: ada@example.com",
      "Subject: cup", "", "It broke."),
    whole(
      "two forwards", "Both are open", "", "---------- Forwarded message ---------",
      "From: Max <max@example.com>", "Date: 1 May 2026", "Subject: one", "To: <ada@example.com>",
      "", "first",
      "---------- Forwarded message ---------", "From: Max <max@example.com>", "Date: 2 May 2026",
      "Subject: two", "To: <ada@example.com>", "", "second"),
    whole("divider in a report", "Log", "-----Original Message-----", "is printed on every page"),
    whole("russian time", "20.11.2026 в 09:12, Иван <ivan@example.com>:", "обещал вернуть деньги"),
  ]

  private static let answers: [LabelledMessage] = [
    message(
      "answers with names",
      [
        "Hello,", "", gmail, "> Which model?", "> [Ada] The X200.", "> May we call?",
        "> [Ada] Yes.",
      ],
      own: ["Hello", "Ada The X200", "Ada Yes"]),
    message(
      "answers with arrows", ["Hi Tom", "", gmail, "> Which model?", "> >> The X200."],
      own: ["Hi Tom", "The X200"]),
    message(
      "answers in capitals", ["My replies are in caps", "", gmail, "> Which model?", "> THE X200"],
      own: ["My replies are in caps", "THE X200"]),
    message(
      "see the text", ["Siehe im Text.", "", gmail, "> Welches Modell?", "> Das X200"],
      own: ["Siehe im Text", "Das X200"]),
    message(
      "answer under the quote", [gmail, "> Which model?", "", "The X200."], own: ["The X200"],
      quoted: ["Which model"]),
    message(
      "one answer between", [gmail, "> Which model?", "The X200.", "> Thanks, Tom"],
      own: ["The X200"]),
    message(
      "greeting only",
      [
        "Hello Tom,", "", "From: Desk <support@example.com>",
        "Sent: Friday, 20 November 2026 09:12", "To: Ada Fox", "Subject: RE: cup", "",
        "Which model?", "The X200.",
      ],
      own: ["Hello Tom", "The X200"]),
    message(
      "answers in the thread's words",
      [
        "Thanks for asking.", "", "From: Desk <support@example.com>",
        "Sent: Friday, 20 November 2026 09:12", "To: Ada Fox", "Subject: RE: cup", "",
        "Which model do you use?", "X200", "May we call you tomorrow?", "no",
      ],
      own: ["Thanks for asking", "X200", "no"],
      earlier: ["Which model do you use? May we call you tomorrow?"]),
  ]

  /// Plain quotations, which have to be folded.
  private static let folded: [LabelledMessage] = [
    message(
      "nested",
      [
        "Done.", "", gmail, "> Please try again.", ">",
        "> On Thu, 19 Nov 2026 at 08:00, Ada <ada@example.com> wrote:", "> > It fails.",
      ],
      own: ["Done"], quoted: ["Please try again", "It fails"]),
    message(
      "outlook with cc",
      [
        "Done.", "", "From: Desk <support@example.com>", "Sent: 20 November 2026 09:12",
        "To: Ada Fox <ada@example.com>",
        "Cc: Max Berg <max@example.com>; Eva Lind <eva@example.com>",
        "Subject: RE: cup", "", "Please try again.",
      ], own: ["Done"], quoted: ["Please try again"]),
    message(
      "wrapped attribution",
      [
        "Done.", "", "On Fri, 20 Nov 2026 at 09:12, Desk of the Example Company",
        "<support@example.com> wrote:", "", "> Please try again.",
      ],
      own: ["Done"], quoted: ["Please try again"]),
    message(
      "rule above",
      [
        "Done.", "", "________________________________", "From: Desk <support@example.com>",
        "Sent: Friday, November 20, 2026 9:12:00 AM", "To: Ada Fox <ada@example.com>",
        "Subject: Re: [#12] cup", "",
        "Please try again.",
      ], own: ["Done"], quoted: ["Please try again"]),
    message(
      "with a signature",
      [
        "Done.", "", "-- ", "Ada Fox", "Tel: +44 20 5550 0100", "ada@example.com", "", gmail,
        "> Please try again.",
      ],
      own: ["Done"], quoted: ["Please try again"]),
    message(
      "swedish",
      [
        "Tack!", "", "Den fre 20 nov. 2026 kl 09:12 skrev Desk <support@example.com>:",
        "> Prova igen.",
      ],
      own: ["Tack"], quoted: ["Prova igen"]),
    message(
      "us apple",
      [
        "Done.", "", "> On Nov 20, 2026, at 9:12 AM, Desk <support@example.com> wrote:", "> ",
        "> Please try again.",
      ],
      own: ["Done"], quoted: ["Please try again"]),
  ]
}
