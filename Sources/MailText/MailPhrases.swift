/// Turns of phrase by which parts of a mail are known, in the languages seen most.
enum MailPhrases {
  /// "Sent from my phone" and its like.
  static func isDeviceSignature(_ line: String) -> Bool {
    guard line.count <= 80 else { return false }
    let lower = line.lowercased()
    return deviceStarts.contains(where: lower.hasPrefix)
      || (lower.hasPrefix("von mein") && lower.contains("gesendet"))
  }

  /// The first line of a legal paragraph.
  static func isDisclaimer(_ line: String) -> Bool {
    let lower = line.prefix(200).lowercased()
    return disclaimerStarts.contains(where: lower.hasPrefix)
  }

  /// Whether the writer says that answers stand inside the quoted text.
  static func hintsAtInlineAnswers(_ line: String) -> Bool {
    let lower = line.lowercased()
    return inlineHints.contains { contains($0, in: lower) }
  }

  /// Whether a quoted line is marked the way people mark answers inside old text.
  static func looksLikeInlineAnswer(_ line: String) -> Bool {
    let bare = line.drop { $0 == ">" || $0 == " " }
    let lower = bare.prefix(40).lowercased()
    return answerMarks.contains(where: lower.hasPrefix)
  }

  /// Words in Latin script must match whole, so that "below" is not found in "belowground".
  private static func contains(_ phrase: String, in line: String) -> Bool {
    guard phrase.utf8.first.map({ $0 < 0x80 }) == true else {
      return range(of: phrase, in: line, wholeWords: false)
    }
    return range(of: phrase, in: line, wholeWords: true)
  }

  private static func range(of phrase: String, in line: String, wholeWords: Bool) -> Bool {
    var start = line.startIndex
    var lastWasLetter = false
    while start < line.endIndex {
      if !wholeWords || !lastWasLetter, line[start...].hasPrefix(phrase) {
        let next = line[start...].dropFirst(phrase.count).first
        if !wholeWords || next?.isLetter != true { return true }
      }
      lastWasLetter = line[start].isLetter
      start = line.index(after: start)
    }
    return false
  }

  private static let deviceStarts = [
    "sent from my ", "sent from yahoo", "sent from outlook", "sent from mail for", "sent via ",
    "get outlook for", "gesendet mit ", "gesendet von meinem", "envoyé de mon ",
    "envoyé depuis mon ", "envoyé à partir de", "enviado desde mi ", "enviado do meu ",
    "inviato da ", "verzonden vanaf mijn ", "skickat från min ", "sendt fra min ",
    "отправлено с ", "发自我的", "iphoneから送信",
  ]
  private static let disclaimerStarts = [
    "this email and any", "this e-mail and any", "this message and any",
    "this email is confidential",
    "this e-mail is confidential", "this message is confidential", "this message is intended",
    "this email is intended", "this e-mail is intended", "this communication is",
    "confidentiality notice", "confidential:", "disclaimer", "the information contained in this",
    "the information in this", "the contents of this e", "important notice:", "legal notice",
    "diese e-mail enthält vertrauliche", "diese e-mail kann vertrauliche",
    "diese nachricht ist vertraulich", "ce message et", "ce courriel et",
    "ce courrier électronique",
    "este mensaje y", "este correo electrónico", "esta mensagem", "este e-mail",
    "questo messaggio", "le informazioni contenute", "dit bericht is", "de informatie in dit",
  ]
  private static let inlineHints = [
    "inline", "in-line", "in line", "interspersed", "below", "beneath", "my comments",
    "my answers", "my replies", "my responses", "in red", "in blue", "in green", "in bold",
    "in caps", "highlighted", "unten", "unterhalb", "im text", "in rot", "in blau", "in grün",
    "rot markiert", "blau markiert", "farbig", "ci-dessous", "plus bas", "dans le texte",
    "en rouge", "en bleu", "en gras", "abajo", "debajo", "en rojo", "en azul", "en negrita",
    "abaixo", "em vermelho", "em azul", "em negrito", "sotto", "in rosso", "in blu",
    "nel testo", "hieronder", "onderstaand", "in rood", "in blauw", "nedan", "nedenfor", "i rött",
    "poniżej", "na czerwono", "ниже", "красным", "见下", "如下", "下面", "下文", "红色", "以下",
    "下記", "赤字", "아래", "أدناه", "नीचे",
  ]
  private static let answerMarks = [
    "-->", "==>", "=>", "->", "<--", ">>>", "***", "answer:", "reply:", "re:", "a:", "[answer",
    "antwort:", "réponse", "respuesta:", "resposta:", "risposta:", "antwoord:", "svar:",
    "odpowiedź:", "ответ:", "答：", "答:", "回答", "回复",
  ]
}
