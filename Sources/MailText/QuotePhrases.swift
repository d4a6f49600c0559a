/// The words by which mail programs introduce an old message, in the languages seen most.
enum QuotePhrases {
  static let dividers: Set<String> = [
    "original message", "original appointment", "reply message", "ursprüngliche nachricht",
    "originalnachricht", "original nachricht", "message d'origine", "message d’origine",
    "message original", "mensaje original", "mensagem original", "messaggio originale",
    "messaggio originario", "oorspronkelijk bericht", "origineel bericht",
    "ursprungligt meddelande",
    "oprindelig meddelelse", "opprinnelig melding", "wiadomość oryginalna", "oryginalna wiadomość",
    "исходное сообщение", "оригинальное сообщение", "исходное письмо", "orijinal mesaj",
    "özgün ileti", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지", "الرسالة الأصلية", "הודעה מקורית",
    "मूल संदेश",
  ]
  static let forwards: Set<String> = [
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht", "message transféré", "début du message transféré",
    "mensaje reenviado", "inicio del mensaje reenviado", "mensagem encaminhada",
    "mensagem reencaminhada", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "vidarebefordrat meddelande", "videresendt meddelelse",
    "videresendt melding", "przekazana wiadomość", "wiadomość przekazana dalej",
    "początek przekazywanej wiadomości", "пересылаемое сообщение", "пересланное сообщение",
    "начало переадресованного сообщения", "iletilen mesaj", "iletilmiş mesaj",
    "yönlendirilen ileti",
    "iletilen ileti başlangıcı", "转发邮件", "转发的邮件", "轉寄郵件", "開始転送メッセージ", "転送されたメッセージ",
    "전달된 메시지", "رسالة معاد توجيهها", "الرسالة المحولة", "הודעה שהועברה", "अग्रेषित संदेश",
  ]
  static let fromWords: Set<String> = [
    "from", "von", "de", "da", "van", "från", "fra", "od", "nadawca", "от", "от кого", "kimden",
    "gönderen", "发件人", "寄件者", "差出人", "보낸 사람", "من", "מאת", "से", "प्रेषक", "expéditeur",
  ]
  /// Dates, recipients, subjects, and the rest.
  static let otherFields: [Set<String>] = [
    [
      "sent", "date", "gesendet", "datum", "envoyé", "date d'envoi", "envoyé le", "enviado",
      "enviado el", "enviada em", "fecha", "inviato", "data", "verzonden", "verzonden op",
      "skickat",
      "sendt", "dato", "wysłano", "wysłane", "отправлено", "дата", "tarih", "gönderildi",
      "gönderilme tarihi", "发送时间", "日期", "寄件日期", "送信日時", "日時", "日付", "보낸 날짜", "تم الإرسال",
      "التاريخ", "أرسلت", "נשלח", "תאריך", "भेजा गया", "दिनांक", "तारीख",
    ],
    [
      "to", "an", "à", "a", "para", "aan", "till", "til", "do", "кому", "kime", "alıcı", "收件人",
      "收件者", "宛先", "받는 사람", "إلى", "אל", "प्रति", "को", "destinataire",
    ],
    [
      "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "ämne", "emne",
      "temat", "тема", "konu", "主题", "主旨", "件名", "제목", "الموضوع", "נושא", "विषय",
    ],
    [
      "cc", "bcc", "kopie", "copie", "copia", "kopia", "cópia", "копия", "bilgi", "抄送", "副本",
      "نسخة", "עותק", "reply-to", "antwort an", "répondre à", "importance", "wichtigkeit",
      "priority", "priorität", "attachments", "anlagen", "pièces jointes", "allegati", "bijlagen",
    ],
  ]

  /// Whether the address is one that a helpdesk writes from.
  static func isDeskAddress(_ value: String) -> Bool {
    guard let at = value.firstIndex(of: "@") else { return false }
    let local = value[..<at].reversed().prefix { $0.isLetter || $0.isNumber || "._-+".contains($0) }
    let name = String(local.reversed()).lowercased()
    return name.split { "._-+".contains($0) }.contains { deskNames.contains(String($0)) }
  }

  private static let deskNames: Set<String> = [
    "support", "helpdesk", "help", "desk", "service", "servicedesk", "customerservice", "care",
    "customercare", "tickets", "ticket", "hilfe", "kundenservice", "kundendienst", "soporte",
    "ayuda",
    "atencion", "atendimento", "suporte", "assistenza", "aide", "assistance", "klantenservice",
    "pomoc", "destek", "noreply",
  ]

  // Attributions

  static func startsLikeDate(_ lower: String) -> Bool {
    lower.first?.isNumber == true || starts.contains(where: lower.hasPrefix)
      || weekdays.contains { lower.hasPrefix($0) }
  }

  private static let starts = [
    "on ", "am ", "le ", "el ", "il ", "op ", "em ", "a ", "den ", "w dniu ", "dnia ", "в ", "于",
    "在", "le\u{A0}", "в\u{A0}", "at ", "vào ", "pada ", "dne ", "il giorno ", "le ", "els ",
    "في ", "بتاريخ ", "ב-", "ב",
  ]
  private static let weekdays = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so",
    "lun",
    "mar", "mer", "jeu", "ven", "sam", "dim", "mié", "jue", "vie", "sáb", "dom", "gio", "sab",
    "seg",
    "ter", "qua", "qui", "sex", "maa", "din", "woe", "don", "vri", "zat", "zon", "pon", "wt", "śr",
    "czw", "pt", "sob", "niedz", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "пон", "вторник", "сред",
    "четв", "пятн", "субб", "воскр", "paz", "pzt", "sal", "çar", "per", "cum", "cmt", "周", "星期",
    "יום", "सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء",
    "الخميس", "الجمعة", "السبت",
  ]
  static let verbs = [
    "wrote", "schrieb", "a écrit", "escribió", "ha scritto", "schreef", "escreveu", "skrev",
    "napisał", "napisała", "napisał(a)", "pisze", "написал", "написала", "написал(а)", "пишет",
    "писал", "yazdı", "şunu yazdı", "şunları yazdı", "写道", "寫道", "書きました", "のメール", "작성",
    "đã viết", "menulis", "napsal", "napsal(a)", "كتب", "كتبت", "כתב", "כתבה", "כתב/ה", "ने लिखा",
    "geschreven",
  ]
  /// Of languages whose mail programs put the name first.
  static let nameFirst = ["wiadomość napisana przez ", "> şunları yazdı ("]
  /// Nobody's mail program says "I".
  static let ownWriting = [
    " i wrote", " ich ", " j'ai ", " je ", " yo ", " he escrito", " ho scritto", " eu ", " ik ",
    "napisałem", "napisałam", " я ", "yazdım", "我", "私", " we ", " wir ", " nous ", " my ", " me ",
    " mir ", " uns ", " us ", " mi ", " mij ", " mnie ", " мне ", "bana", " your ", " ihr ",
    " votre ",
    " su ", " vostro ", " uw ", " wasz ", " ваш ",
  ]
}
