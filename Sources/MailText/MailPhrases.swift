/// Turns of phrase by which parts of a mail are known, in the languages seen most.
enum MailPhrases {
  /// "Sent from my iPhone" and its like: the name of a device or a mail program and nothing else.
  static func isDeviceSignature(_ line: String) -> Bool {
    guard line.utf8.count <= 160, let first = line.first, first.isLetter || first.isNumber else {
      return false
    }
    let lower = line.prefix { $0 != "<" }.lowercased()
    guard let rest = DevicePhrases.withoutFrame(lower) else { return false }
    let words = rest.split { !$0.isLetter && !$0.isNumber }
    return words.count <= 8 && words.contains { DevicePhrases.names.contains(String($0)) }
      && words.allSatisfy { word in
        DevicePhrases.names.contains(String(word)) || DevicePhrases.others.contains(String(word))
          || isModel(word)
      }
  }

  /// `S21`, `5g`, `12`: never words.
  private static func isModel(_ word: Substring) -> Bool {
    word.count <= 6 && word.contains { $0.isNumber } && word.allSatisfy(\.isASCII)
  }

  /// A paragraph of nothing but legal phrases, as mail servers add it.
  static func isDisclaimer(_ lines: [String]) -> Bool {
    let text = lines.joined(separator: " ").lowercased()
    guard text.utf8.count >= 160, disclaimerStarts.contains(where: text.hasPrefix),
      !text.contains("?"), !text.contains(where: \.isNumber)
    else { return false }
    // For whom it is, that it is secret, and what is forbidden.
    guard [purposes, secrets, bans].allSatisfy({ $0.contains(where: text.contains) }) else {
      return false
    }
    return text.split { ".!".contains($0) }.allSatisfy { sentence in
      sentence.count < 4
        || (purposes + secrets + bans + legalTerms).count { sentence.contains($0) } >= 2
    }
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
    // A name before the words: "[Ann] Yes." A picture is no answer.
    if lower.hasPrefix("["), !lower.hasPrefix("[image"), !lower.hasPrefix("[cid:"),
      let close = lower.firstIndex(of: "]"), lower[..<close].count > 1,
      lower[..<close].allSatisfy({ $0.isLetter || " [.".contains($0) })
    {
      return true
    }
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

  private static let disclaimerStarts = [
    "this email and any", "this e-mail and any", "this message and any",
    "this email is confidential",
    "this e-mail is confidential", "this message is confidential", "this message is intended",
    "this email is intended", "this e-mail is intended", "this communication is",
    "confidentiality notice", "disclaimer: ", "the information contained in this",
    "the information in this", "the contents of this e",
    "diese e-mail enthält vertrauliche", "diese e-mail kann vertrauliche",
    "diese nachricht ist vertraulich", "ce message et", "ce courriel et",
    "ce courrier électronique",
    "este mensaje y", "este correo electrónico", "esta mensagem", "este e-mail",
    "questo messaggio", "le informazioni contenute", "dit bericht is", "de informatie in dit",
  ]
  private static let purposes = [
    "intended recipient", "intended solely", "intended only", "intended exclusively",
    "for the sole use",
    "for the use of", "addressee", "richtige adressat", "ausschließlich für", "nur für den",
    "bestimmungsgemäß", "destinataire", "destinatari", "destinatári", "geadresseerde",
    "bestemd voor",
  ]
  private static let secrets = [
    "confidential", "privileged", "vertraulich", "rechtlich geschützt", "confidentiel",
    "confidencial", "riservat", "vertrouwelijk",
  ]
  private static let bans = [
    "prohibited", "unauthori", "not permitted", "must not", "nicht gestattet", "untersagt",
    "unbefugt", "unerlaubt", "interdit", "prohibid", "vietat", "proibid", "verboden",
    "niet toegestaan", "onbevoegd",
  ]
  private static let legalTerms = [
    "disclos", "disseminat", "divulgation", "divulgación", "divulgazione", "divulgação",
    "openbaarmaking", "distribut", "copying", "copied", "notify", "in error", "delete",
    "prohibited", "virus",
    "liabil", "legally", "sender", "attachments",
    "empfänger", "irrtümlich", "weitergabe", "vernichten", "löschen", "informieren sie",
    "absender", "nicht gestattet", "untersagt", "haftung", "kopieren", "erhalten haben", "erreur",
    "détruire", "supprimer", "expéditeur", "interdit", "diffusion", "reproduction", "exclusi",
    "por error", "prohibid", "eliminar", "remitente", "privilegi", "autoriza", "notifi",
    "erróneamente",
    "errore", "vietat", "cancell", "mittente", "distru", "diffusione", "esclusiv", "por engano",
    "proibid", "apag", "elimin", "remetente", "exclusiv", "por erro", "bestemd", "ten onrechte",
    "per abuis", "verwijder", "afzender", "verspreid", "verboden", "niet toegestaan",
    "aansprakelijk",
  ]
  private static let inlineHints = [
    "inline", "in-line", "inserted", "in between", "between the lines", "forward", "forwarding",
    "forwarded", "fyi", "fwd", "see what", "this mail", "this email", "this message", "as follows",
    "eingefügt", "dazwischen", "weitergeleitet", "weiterleitung", "anbei", "zur info", "folgende",
    "insérées", "insérés", "transmets", "transfère", "je fais suivre", "pour info", "insertadas",
    "entre líneas", "reenvío", "reenviado", "inseridas", "encaminho", "reencaminho", "inserite",
    "inoltro", "ti giro", "le giro", "vi giro", "tussen de regels", "ingevoegd", "doorgestuurd",
    "stuur door", "ter info", "w treści", "między wierszami", "przesyłam", "przekazuję",
    "w tekście",
    "na niebiesko", "в тексте", "синим", "между строк", "пересылаю", "внизу", "aşağıda", "altta",
    "satır arasında", "kırmızı", "mavi", "iletiyorum", "yönlendiriyorum", "转发", "轉發", "内联", "转给",
    "転送", "青字", "文中", "بالأحمر", "أحول", "أعيد توجيه", "للعلم", "למטה", "באדום", "מעביר", "מעבירה",
    "להלן", "लाल", "अग्रेषित", "बीच में", "in line", "interspersed", "below", "beneath", "my comments",
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
