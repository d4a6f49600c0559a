/// The lines that mail programs put under a message to name themselves.
enum DevicePhrases {
  /// The words inside the frame of such a line ("Sent from my … "); nil where there is none.
  static func withoutFrame(_ lower: String) -> Substring? {
    for start in starts where lower.hasPrefix(start) {
      // "Get Outlook for" names the program itself.
      let frame = start.firstRange(of: "outlook")?.lowerBound ?? start.endIndex
      return lower.dropFirst(start[..<frame].count)
    }
    for (start, end) in frames where lower.hasPrefix(start) {
      var rest = lower.dropFirst(start.count)
      while let last = rest.last, last.isWhitespace || last == "." || last == "。" {
        rest.removeLast()
      }
      if rest.hasSuffix(end) { return rest.dropLast(end.count) }
    }
    return nil
  }

  private static let starts = [
    "sent from my ", "sent from ", "sent via ", "sent with ", "sent using ", "get outlook for ",
    "gesendet mit der ", "gesendet mit ", "gesendet von meinem ", "gesendet von mein ",
    "gesendet von ", "diese nachricht wurde von meinem ", "envoyé de mon ", "envoyé depuis mon ",
    "envoyé depuis ", "envoyé à partir d'", "envoyé à partir de ", "envoyé avec ",
    "télécharger outlook pour ", "enviado desde mi ", "enviado desde ", "enviado con ",
    "obtener outlook para ",
    "enviado do meu ", "enviado a partir do ", "enviado do ", "enviado através do ",
    "obter o outlook para ",
    "inviato da ", "inviato dal mio ", "verzonden vanaf mijn ", "verzonden met ",
    "verstuurd vanaf mijn ",
    "skickat från min ", "sendt fra min ", "wysłane z ", "wysłano z ", "отправлено с ",
    "отправлено из ", "发自我的", "发自", "從我的", "أُرسلت من ", "أرسلت من ", "نُشر من ", "נשלח מה-",
    "נשלח מה", "נשלח מ",
  ]
  private static let frames = [
    ("von meinem ", "gesendet"), ("von mein ", "gesendet"), ("", "から送信"), ("", "ımdan gönderildi"),
    ("", "umdan gönderildi"), ("", "imden gönderildi"), ("", "dan gönderildi"),
    ("", "den gönderildi"), ("मेरे ", "से भेजा गया"), ("", "से भेजा गया"), ("从我的", "发送"),
  ]

  /// Devices and programs.
  static let names: Set<String> = [
    "iphone", "ipad", "ipod", "imac", "macbook", "android", "samsung", "galaxy", "huawei",
    "xiaomi", "redmi", "pixel", "nokia", "motorola", "oneplus", "oppo", "realme", "xperia",
    "htc", "blackberry", "fairphone", "phone", "smartphone", "tablet", "outlook", "yahoo", "gmail",
    "thunderbird", "protonmail", "proton", "gmx", "aol", "icloud", "aquamail", "bluemail",
    "typeapp",
    "spark", "airmail", "mailbird", "fairemail", "handy", "mobiltelefon", "mobilgerät", "téléphone",
    "teléfono", "telefoon", "telefon", "telefonu", "telefone", "cellulare", "айфона", "телефона",
    "手机", "スマートフォン", "هاتفي", "windows",
  ]
  /// Words that may come with them.
  static let others: Set<String> = [
    "my", "the", "for", "on", "mobile", "device", "app", "email", "mail", "ios", "mac", "pro",
    "max", "mini", "plus", "ultra", "lite", "note", "se", "air", "edge", "web", "de", "online",
    "google",
    "apple", "sony", "lg", "smart", "cell", "für", "mit", "der", "mobil", "mobile", "pour", "para",
    "per", "voor", "dla", "для", "a", "s", "u", "il", "mio", "mi", "meu", "mon", "mijn", "mojego",
    "móvil", "celular", "telemóvel", "portable", "mobiel", "mobilen", "toestel", "urządzenia",
    "устройства", "моего", "почты", "الـ", "جهاز", "الخاص", "بي", "שלי", "हैं", "私の", "我的", "secure",
    "fold", "flip", "moto", "t", "workspace",
  ]
}
