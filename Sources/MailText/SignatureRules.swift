/// What the lines under `--` have to be to count as a signature: names, and at least two ways to
/// reach their bearer, nothing else. Everything in doubt is the writer's words.
enum SignatureRules {
  private static let mostLines = 10

  static func isSignature(_ lines: [String]) -> Bool {
    guard !lines.isEmpty, lines.count <= mostLines else { return false }
    var contacts = 0
    for (index, line) in lines.enumerated() {
      if let count = contactCount(line) {
        contacts += count
      } else if !isName(line) || index > 4 {
        return false
      }
    }
    // A name stands above the ways to reach it.
    return contacts >= 2 && contactCount(lines[0]) == nil
  }

  /// How many addresses and numbers the line holds; nil when it holds anything else.
  static func contactCount(_ line: String) -> Int? {
    var count = 0
    let separators: Set<Character> = ["|", "•", "·", ",", ";", "/", " ", "\t", "\u{A0}"]
    var digits = 0
    for word in withoutTargets(line).split(whereSeparator: separators.contains) {
      let bare = word.drop { "(:+".contains($0) }
      if isAddress(word) {
        count += 1
      } else if bare.first?.isNumber == true || digits > 0,
        word.allSatisfy({ $0.isNumber || "+-()./".contains($0) })
      {
        digits += word.count { $0.isNumber }
      } else if !labels.contains(word.lowercased().filter { $0 != ":" && $0 != "." }) {
        return nil
      }
    }
    if digits > 0 {
      guard digits >= 6 else { return nil }
      count += 1
    }
    return count > 0 ? count : nil
  }

  private static func withoutTargets(_ line: String) -> String {
    guard line.contains("<") else { return line }
    var result = ""
    var isInTarget = false
    for letter in line {
      if letter == "<" { isInTarget = true }
      if !isInTarget { result.append(letter) }
      if letter == ">" { isInTarget = false }
    }
    return result
  }

  private static func isAddress(_ word: Substring) -> Bool {
    let lower = word.lowercased()
    if lower.hasPrefix("http://") || lower.hasPrefix("https://") || lower.hasPrefix("www.") {
      return true
    }
    let bare = lower.hasPrefix("mailto:") ? lower.dropFirst(7) : lower[...]
    let parts = bare.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
  }

  /// Up to six words that each begin with a capital, without digits and the ends of sentences.
  private static func isName(_ line: String) -> Bool {
    let words = line.split { " ,|/&".contains($0) }
    guard (1...6).contains(words.count), line.count <= 60 else { return false }
    let ends: Set<Character> = ["?", "!", ":", ";", "。", "？", "！", "…"]
    guard !line.contains(where: { $0.isNumber || ends.contains($0) }),
      !line.hasPrefix("- "), !line.hasPrefix("* "), !line.hasPrefix("•")
    else { return false }
    return words.allSatisfy { word in
      word.first?.isUppercase == true || particles.contains(String(word))
    }
  }

  private static let particles: Set<String> = [
    "of", "and", "the", "for", "von", "van", "der", "de", "den", "und", "für", "du", "la", "le",
    "et", "y", "del", "di", "e", "da", "do", "dos", "en", "voor", "i", "w", "и",
  ]
  private static let labels: Set<String> = [
    "tel", "phone", "ph", "telephone", "mobile", "mob", "cell", "fax", "direct", "office", "t", "m",
    "f", "e", "w", "p", "d", "email", "e-mail", "mail", "web", "website", "telefon", "handy",
    "mobil",
    "tél", "téléphone", "portable", "courriel", "teléfono", "móvil", "correo", "telefono",
    "cellulare", "sito", "telefone", "celular", "telemóvel", "telefoon", "mobiel", "telefonu",
    "kom",
    "тел", "телефон", "моб", "факс", "почта", "faks", "cep", "eposta", "e-posta", "internet", "-",
    "–", "電話", "电话", "手机", "メール", "邮箱", "هاتف", "جوال", "البريد", "טלפון", "נייד", "दूरभाष",
  ]
}
