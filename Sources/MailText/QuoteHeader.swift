/// The lines with which mail programs introduce the message that is answered.
struct QuoteHeader {
  var lineCount: Int
  /// Whether it is sure enough to take unmarked lines below for the old message.
  var isCertain: Bool

  static func find(in lines: [String], at index: Int) -> QuoteHeader? {
    if isDivider(lines[index]) { return QuoteHeader(lineCount: 1, isCertain: true) }
    if let count = headerFields(in: lines, at: index) {
      return QuoteHeader(lineCount: count, isCertain: true)
    }
    return attribution(in: lines, at: index)
  }

  /// `-----Original Message-----` in several languages.
  private static func isDivider(_ line: String) -> Bool {
    let trimmed = trim(line)
    guard trimmed.hasPrefix("---"), trimmed.hasSuffix("---") else { return false }
    let words = trim(trimmed.filter { $0 != "-" }).lowercased()
    return dividers.contains(words)
  }

  /// A block of `From:`, `Sent:`, `To:`, `Subject:`; the number of its lines.
  private static func headerFields(in lines: [String], at index: Int) -> Int? {
    guard let first = field(of: lines[index]), fromWords.contains(first) else { return nil }
    var found: Set<Int> = []
    var count = 1
    // A long list of recipients may take lines of its own.
    for (offset, line) in lines[(index + 1)...].prefix(12).enumerated() {
      let trimmed = trim(line)
      if trimmed.isEmpty {
        if found.count >= 2 { break }
        continue
      }
      guard let name = field(of: line) else { continue }
      for (kind, words) in otherFields.enumerated() where words.contains(name) {
        found.insert(kind)
        count = offset + 2
      }
    }
    return found.count >= 2 ? count : nil
  }

  /// The name of a header field at the start of the line, in lower case.
  private static func field(of line: String) -> String? {
    // Most lines have neither colon, and are done with at the speed of memory.
    guard line.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else { return nil }
    let bare = trim(line.filter { $0 != "*" })
    guard let colon = bare.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    let name = trim(String(bare[..<colon]))
    return name.count <= 20 ? name.lowercased() : nil
  }

  /// `On Monday, Ann wrote:` and its like, on up to three lines.
  private static func attribution(in lines: [String], at index: Int) -> QuoteHeader? {
    var joined = ""
    for (offset, line) in lines[index...].prefix(3).enumerated() {
      let trimmed = trim(line)
      if trimmed.isEmpty { return nil }
      joined += (joined.isEmpty ? "" : " ") + trimmed
      guard joined.count <= 300 else { return nil }
      guard joined.hasSuffix(":") || joined.hasSuffix("：") else { continue }
      let lower = joined.lowercased()
      guard starts.contains(where: lower.hasPrefix) || lower.first?.isNumber == true else {
        return nil
      }
      let body = trim(String(lower.dropLast()))
      let isWriting = verbs.contains { body.hasSuffix($0) || body.contains($0 + " ") }
      guard isWriting else { return nil }
      let hasDate = lower.contains(where: \.isNumber)
      let hasSender = lower.contains("@") || lower.dropLast().contains(":")
      return QuoteHeader(lineCount: offset + 1, isCertain: hasDate && hasSender)
    }
    return nil
  }

  private static func trim(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private static let dividers: Set<String> = [
    "original message", "original appointment", "forwarded message", "reply message",
    "begin forwarded message", "ursprüngliche nachricht", "originalnachricht",
    "weitergeleitete nachricht", "message d'origine", "message original", "message transféré",
    "mensaje original", "mensaje reenviado", "mensagem original", "mensagem encaminhada",
    "messaggio originale", "messaggio inoltrato", "oorspronkelijk bericht",
    "doorgestuurd bericht", "ursprungligt meddelande", "oprindelig meddelelse",
    "opprinnelig melding", "wiadomość oryginalna", "исходное сообщение", "原始邮件", "原始郵件",
    "转发邮件", "元のメッセージ", "원본 메시지",
  ]
  private static let fromWords: Set<String> = [
    "from", "von", "de", "da", "van", "från", "fra", "od", "от", "发件人", "寄件者", "差出人",
    "보낸 사람", "من",
  ]
  private static let otherFields: [Set<String>] = [
    [
      "sent", "date", "gesendet", "datum", "envoyé", "date d'envoi", "enviado", "enviado el",
      "enviada em", "fecha", "inviato", "data", "verzonden", "skickat", "sendt", "dato", "wysłano",
      "отправлено", "дата", "发送时间", "日期", "寄件日期", "送信日時", "日時", "보낸 날짜", "تم الإرسال",
    ],
    [
      "to", "an", "à", "a", "para", "aan", "till", "til", "do", "кому", "收件人", "收件者", "宛先",
      "받는 사람", "إلى",
    ],
    [
      "subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "assunto", "ämne", "emne",
      "temat", "тема", "主题", "主旨", "件名", "제목", "الموضوع",
    ],
  ]
  private static let starts = [
    "on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "w dniu ", "dnia ", "в ", "于", "在",
    "le\u{A0}", "в\u{A0}", "at ", "vào ", "pada ", "dne ", "a ",
  ]
  private static let verbs = [
    "wrote", "schrieb", "a écrit", "escribió", "ha scritto", "schreef", "escreveu", "skrev",
    "napisał", "napisał(a)", "написал", "написала", "пишет", "写道", "寫道", "書きました", "작성",
    "đã viết", "menulis", "napsal", "napsal(a)",
  ]
}
