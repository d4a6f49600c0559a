/// Whom the first line of a reply speaks to.
public struct Greeting: Equatable, Sendable {
  /// The name as it is written.
  public let name: String

  /// Nil when the text does not begin with a greeting, or greets nobody by name.
  public init?(_ text: String) {
    guard
      let line = text.split(whereSeparator: \.isNewline).first(where: {
        !$0.allSatisfy(\.isWhitespace)
      })
    else { return nil }
    var words = line.prefix(200).split { $0.isWhitespace || ",;:!.".contains($0) }[...]
    var greets = false
    while let word = words.first, Self.greetings.contains(word.lowercased()) {
      greets = true
      words.removeFirst()
    }
    while let word = words.first, Self.titles.contains(word.lowercased()) { words.removeFirst() }
    guard greets, let name = words.first, name.first?.isUppercase == true,
      name.allSatisfy({ $0.isLetter || "'’-".contains($0) }),
      !Self.everybody.contains(name.lowercased())
    else { return nil }
    self.name = String(name)
  }

  /// Whether the name can be one of these people's: a part of a name or of an address, or its short
  /// form. True where nothing can be compared, because their names are in another script.
  public func fits(names: [String], addresses: [String]) -> Bool {
    let isLatin = Self.isLatin(name)
    func parts(_ text: String) -> [Substring] {
      text.split { !$0.isLetter && !"'’".contains($0) }
        .filter { Self.isLatin(String($0)) == isLatin }
    }
    let named = names.flatMap(parts)
    guard !named.isEmpty else { return true }
    let parts = named + addresses.flatMap { parts(String($0.prefix { $0 != "@" })) }
    let wanted = name.split(separator: "-").map { FoldedText(String($0)).bytes }
    return wanted.contains { wanted in
      parts.contains { part in
        let part = FoldedText(String(part)).bytes
        if part == wanted { return true }
        let (short, long) = part.count < wanted.count ? (part, wanted) : (wanted, part)
        return short.count >= Self.shortestForm && long.starts(with: short)
      }
    }
  }

  /// "Dan" is Daniel; "D" and "Da" may be anybody.
  private static let shortestForm = 3

  private static func isLatin(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.value < 0x250 || 0x1e00..<0x1f00 ~= $0.value }
  }

  private static let greetings: Set<String> = [
    "dear", "hi", "hello", "hey", "greetings", "good", "morning", "afternoon", "evening", "day",
    "hallo", "liebe", "lieber", "guten", "tag", "abend", "moin", "sehr", "geehrte", "geehrter",
    "bonjour", "bonsoir", "salut", "cher", "chère", "hola", "buenos", "buenas", "días", "tardes",
    "estimado", "estimada", "querido", "querida", "ciao", "buongiorno", "gentile", "caro", "cara",
    "olá", "bom", "dia", "prezado", "prezada", "beste", "geachte", "goedemorgen", "hej",
    "kära", "bästa", "kære", "hei", "cześć", "szanowny", "szanowna", "здравствуйте",
    "уважаемый", "уважаемая", "привет",
  ]

  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "herrn", "frau", "madame", "monsieur",
    "mme", "m", "señor", "señora", "sr", "sra", "signor", "signora", "mevrouw", "meneer", "heer",
  ]

  private static let everybody: Set<String> = [
    "team", "all", "everyone", "everybody", "there", "customer", "customers", "client", "sir",
    "madam", "both", "again", "friend", "friends", "folks", "support", "colleague", "colleagues",
    "user", "guest", "kunde", "kundin", "damen", "herren", "zusammen", "alle", "kollegen", "tous",
    "toutes", "todos", "todas", "equipo", "équipe", "tutti", "cliente", "allemaal",
  ]
}
