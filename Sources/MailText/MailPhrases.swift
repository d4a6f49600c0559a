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
    let lower = Array(line.lowercased().utf8)
    let isASCII = lower.allSatisfy { $0 < 0x80 }
    return inlineHintBytes.contains { phrase in
      let isLatin = phrase.first.map { $0 < 0x80 } == true
      return (isLatin || !isASCII) && contains(phrase, in: lower, wholeWords: isLatin)
    }
  }

  /// Whether a quoted line is marked the way people mark answers inside old text.
  static func looksLikeInlineAnswer(_ line: String) -> Bool {
    let bare = line.drop { $0 == ">" || $0 == " " }
    let lower = bare.prefix(40).lowercased()
    return answerMarks.contains(where: lower.hasPrefix)
  }

  /// Words in Latin script must match whole, so that "below" is not found in "belowground".
  private static func contains(_ phrase: [UInt8], in line: [UInt8], wholeWords: Bool) -> Bool {
    guard let first = phrase.first, line.count >= phrase.count else { return false }
    for start in 0...(line.count - phrase.count) where line[start] == first {
      guard line[start..<start + phrase.count].elementsEqual(phrase) else { continue }
      if !wholeWords { return true }
      if !isLetter(before: start, in: line), !isLetter(after: start + phrase.count, in: line) {
        return true
      }
    }
    return false
  }

  private static func isLetter(before index: Int, in line: [UInt8]) -> Bool {
    guard index > 0 else { return false }
    guard line[index - 1] >= 0x80 else { return isASCIILetter(line[index - 1]) }
    var start = index - 1
    while start > 0, line[start] & 0xC0 == 0x80 { start -= 1 }
    return String(decoding: line[start..<index], as: UTF8.self).first?.isLetter == true
  }

  private static func isLetter(after index: Int, in line: [UInt8]) -> Bool {
    guard index < line.count else { return false }
    guard line[index] >= 0x80 else { return isASCIILetter(line[index]) }
    let rest = line[index..<min(line.count, index + 4)]
    return String(decoding: rest, as: UTF8.self).first?.isLetter == true
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// The phrases as bytes: this is asked for every line of every message that is shown.
  private static let inlineHintBytes = inlineHints.map { Array($0.utf8) }

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
