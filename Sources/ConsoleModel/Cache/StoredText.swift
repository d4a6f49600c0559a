import FoundationEssentials
import Helpdesk

/// How lists, own fields and files are kept in one column of the cache.
enum StoredText {
  /// Stands between parts. No honest tag or address holds it, but a stranger's may.
  private static let separator: Unicode.Scalar = "\u{1f}"
  /// Stands before a letter that means what a part cannot hold as it is.
  private static let escape: Unicode.Scalar = "\u{1e}"

  static func join(_ parts: [String]) -> String {
    parts.map(escaped).joined(separator: String(separator))
  }

  static func split(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: separator).map { unescaped($0) }
  }

  private static func escaped(_ part: String) -> String {
    if part.isEmpty { return "\(escape)e" }
    guard part.unicodeScalars.contains(where: { $0 == separator || $0 == escape }) else {
      return part
    }
    return part.unicodeScalars.map { scalar in
      switch scalar {
      case separator: "\(escape)s"
      case escape: "\(escape)x"
      default: String(scalar)
      }
    }.joined()
  }

  private static func unescaped(_ part: Substring.UnicodeScalarView) -> String {
    guard part.contains(escape) else { return String(part) }
    var text = String.UnicodeScalarView()
    var rest = part[...]
    while let scalar = rest.popFirst() {
      guard scalar == escape, let letter = rest.popFirst() else {
        text.append(scalar)
        continue
      }
      if letter != "e" { text.append(letter == "s" ? separator : escape) }
    }
    return String(text)
  }

  static func join<Entity>(_ ids: [Identifier<Entity>]) -> String {
    ids.map(\.description).joined(separator: " ")
  }

  static func ids<Entity>(_ text: String) -> [Identifier<Entity>] {
    text.split(separator: " ").compactMap { Int64($0).map(Identifier.init) }
  }

  // Own fields

  static func encode(_ fields: [String: CustomFieldValue]) -> String? {
    let stored = fields.mapValues(StoredField.init)
    return stored.isEmpty ? nil : json(stored)
  }

  static func customFields(_ text: String?) -> [String: CustomFieldValue] {
    guard let text, let stored: [String: StoredField] = value(text) else { return [:] }
    return stored.compactMapValues(\.value)
  }

  private struct StoredField: Codable {
    var text: String?
    var number: Double?
    var flag: Bool?
    var list: [String]?

    init(_ value: CustomFieldValue) {
      switch value {
      case .text(let content): text = content
      case .number(let content): number = content
      case .flag(let content): flag = content
      case .list(let content): list = content
      }
    }

    var value: CustomFieldValue? {
      text.map(CustomFieldValue.text) ?? number.map(CustomFieldValue.number)
        ?? flag.map(CustomFieldValue.flag) ?? list.map(CustomFieldValue.list)
    }
  }

  // Files

  static func encode(_ attachments: [Attachment]) -> String? {
    let stored = attachments.map {
      StoredFile(id: $0.id, name: $0.name, size: $0.size, type: $0.contentType, url: $0.url)
    }
    return stored.isEmpty ? nil : json(stored)
  }

  static func attachments(_ text: String?) -> [Attachment] {
    guard let text, let stored: [StoredFile] = value(text) else { return [] }
    return stored.map {
      Attachment(id: $0.id, name: $0.name, size: $0.size, contentType: $0.type, url: $0.url)
    }
  }

  private struct StoredFile: Codable {
    var id: Int64
    var name: String
    var size: Int64
    var type: String?
    var url: String?
  }

  // Choices

  static func encode(_ choices: [TicketField.Choice]) -> String {
    json(choices.map { [$0.value, $0.label] }) ?? "[]"
  }

  static func choices(_ text: String) -> [TicketField.Choice] {
    let pairs: [[String]] = value(text) ?? []
    return pairs.compactMap {
      $0.count == 2 ? TicketField.Choice(value: $0[0], label: $0[1]) : nil
    }
  }

  // Moments

  static func encode(_ moments: TicketMoments) -> String {
    [
      moments.firstRespondedAt, moments.agentRespondedAt, moments.requesterRespondedAt,
      moments.statusUpdatedAt, moments.resolvedAt, moments.closedAt, moments.pendingSince,
    ].map { $0.map { String($0.seconds) } ?? "" }.joined(separator: ",")
  }

  static func moments(_ text: String?) -> TicketMoments? {
    guard let text else { return nil }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      .map { Int64($0).map(Timestamp.init) }
    guard parts.count == 7 else { return nil }
    return TicketMoments(
      firstRespondedAt: parts[0], agentRespondedAt: parts[1], requesterRespondedAt: parts[2],
      statusUpdatedAt: parts[3], resolvedAt: parts[4], closedAt: parts[5], pendingSince: parts[6])
  }

  private static func json(_ value: some Encodable) -> String? {
    (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func value<Value: Decodable>(_ text: String) -> Value? {
    try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }
}
