/// A hand-made conversation that tickets are cut from: subject, opening and the turns that may
/// follow fit one another. `{name}`, `{agent}`, `{order}`, `{invoice}`, `{amount}`, `{product}`,
/// `{version}`, `{city}`, `{day}`, `{code}` and `{company}` stand for what differs.
struct Scenario: Sendable {
  enum Turn: Sendable {
    case customer(String)
    case reply(String)
    /// For colleagues only.
    case note(String)
  }

  /// A language decides who writes so, and what greetings look like.
  enum Language: String, Sendable, CaseIterable {
    case english, german, french, spanish, portuguese, polish, turkish, russian, ukrainian
    case chinese, japanese, korean, arabic, hindi
  }

  var language = Language.english
  var group: Int64
  var type: String?
  var priority: Int64
  var tags: [String]
  var subjects: [String]
  var openings: [String]
  var turns: [Turn]
  /// A file that the customer may send with the opening.
  var file: String?

  init(
    _ language: Language = .english, group: Int64, type: String?, priority: Int64,
    tags: [String], file: String? = nil, subjects: [String], openings: [String], turns: [Turn]
  ) {
    self.language = language
    self.group = group
    self.type = type
    self.priority = priority
    self.tags = tags
    self.file = file
    self.subjects = subjects
    self.openings = openings
    self.turns = turns
  }
}

/// The values for a scenario's gaps.
struct ScenarioVariables {
  private var values: [String: String]

  init(
    _ random: inout SeededRandom, name: String, agent: String, company: String?
  ) {
    let products = [
      "Lumen Desk", "Lumen Home", "Lumen Pro", "Lumen Sync", "Lumen Hub", "Lumen Mini",
    ]
    let cities = [
      "Lisbon", "Leeds", "Graz", "Lyon", "Gdańsk", "Utrecht", "Porto", "Austin", "Osaka", "Pune",
      "Córdoba", "Malmö", "İzmir", "Galway",
    ]
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
    values = [
      "name": name, "agent": agent, "company": company ?? "our office",
      "order": "LM-\(random.integer(in: 100_000...999_999))",
      "invoice": "INV-\(random.integer(in: 2023...2026))-\(random.integer(in: 1000...9999))",
      "amount": "\(random.integer(in: 12...890)).\(random.pick(["00", "50", "90", "95", "99"]))",
      "product": random.pick(products),
      "version": "\(random.integer(in: 3...5)).\(random.integer(in: 0...12)).\(random.below(9))",
      "city": random.pick(cities), "day": random.pick(days),
      "code": String(random.integer(in: 4000...4999)),
    ]
  }

  /// The text with its gaps filled; an unknown gap stays.
  func filled(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count + 32)
    var rest = Substring(text)
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest[open...].utf8.firstIndex(of: UInt8(ascii: "}"))
    {
      result += rest[..<open]
      let key = rest[rest.utf8.index(after: open)..<close]
      if let value = values[String(key)] {
        result += value
      } else {
        result += rest[open...close]
      }
      rest = rest[rest.utf8.index(after: close)...]
    }
    return result + rest
  }
}

extension Scenario.Language {
  /// A guess by script, so that names go with what is written; Latin letters count as English.
  init(of text: String) {
    // Japanese mixes its own signs with Chinese ones.
    if text.unicodeScalars.contains(where: { (0x3040...0x30FF).contains($0.value) }) {
      self = .japanese
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0600...0x06FF: self = .arabic
      case 0x0900...0x097F: self = .hindi
      case 0x4E00...0x9FFF: self = .chinese
      case 0xAC00...0xD7AF: self = .korean
      case 0x0400...0x04FF: self = .russian
      default: continue
      }
      return
    }
    self = .english
  }
}
