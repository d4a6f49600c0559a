import Helpdesk

/// The account's own words, by which a query names statuses, people and types.
public struct QueryVocabulary: Sendable {
  public struct Name: Equatable, Sendable {
    public var id: Int64
    public var name: String
    /// Another name for the same: an address.
    public var alias: String?

    public init(id: Int64, name: String, alias: String? = nil) {
      self.id = id
      self.name = name
      self.alias = alias
    }
  }

  public var statuses: [Name]
  public var agents: [Name]
  public var groups: [Name]
  public var types: [String]
  /// Whether every name is taken, because the account's are not known.
  var takesAnyName = false

  /// For looking at how a query is written, not at the names in it.
  public static let anyNames: QueryVocabulary = {
    var vocabulary = QueryVocabulary()
    vocabulary.takesAnyName = true
    return vocabulary
  }()

  public init(
    statuses: [Name] = [], agents: [Name] = [], groups: [Name] = [], types: [String] = []
  ) {
    self.statuses = statuses
    self.agents = agents
    self.groups = groups
    self.types = types
  }

  public func statuses(_ value: String) throws(QueryError) -> Set<TicketStatus> {
    let all = statuses.map { TicketStatus(rawValue: Int($0.id)) }
    switch value.lowercased() {
    case "unresolved": return Set(all.filter { !$0.isDone })
    case "waiting": return Set(all.filter(\.pausesClock))
    case "done": return Set(all.filter(\.isDone))
    case "any": return []
    default: break
    }
    if takesAnyName { return [] }
    let names =
      statuses
      + statuses.map {
        Name(id: $0.id, name: TicketStatus(rawValue: Int($0.id)).defaultLabel)
      }
    let id = try Self.find(
      value, in: names, key: "status", words: ["unresolved", "waiting", "done"])
    return [TicketStatus(rawValue: Int(id))]
  }

  /// Values of `agent:` and `group:` that are no names.
  static let specialNames: Set<String> = ["me", "mine", "none", "nobody", "unassigned", "any"]

  public func agent(_ values: [String]) throws(QueryError) -> AssigneeFilter<Agent> {
    try assignee(values, agents, key: "agent", mine: "me")
  }

  public func group(_ values: [String]) throws(QueryError) -> AssigneeFilter<Group> {
    try assignee(values, groups, key: "group", mine: "mine")
  }

  func type(_ value: String) -> String {
    types.first { $0.lowercased() == value.lowercased() } ?? value
  }

  private func assignee<Entity>(
    _ values: [String], _ names: [Name], key: String, mine: String
  ) throws(QueryError) -> AssigneeFilter<Entity> {
    if values.count == 1 {
      switch values[0].lowercased() {
      case "me", "mine": return .mine
      case "none", "nobody", "unassigned": return .unassigned
      case "any": return .any
      default: break
      }
    }
    if takesAnyName { return .any }
    var ids = Set<Identifier<Entity>>()
    for value in values {
      ids.insert(Identifier(try Self.find(value, in: names, key: key, words: [mine, "none"])))
    }
    return .only(ids)
  }

  /// By number, by the whole name, else by a beginning that only one name has.
  private static func find(_ value: String, in names: [Name], key: String, words: [String])
    throws(QueryError) -> Int64
  {
    let typed = value.lowercased()
    if let number = Int64(value), number > 0 { return number }
    let whole = names.filter {
      $0.name.lowercased() == typed || $0.alias?.lowercased() == typed
    }
    if let id = whole.first?.id { return id }
    let begun = names.filter { name in
      let own = name.name.lowercased()
      return own.hasPrefix(typed) || name.alias?.lowercased().hasPrefix(typed) == true
        || own.split(separator: " ").contains { $0.hasPrefix(typed) }
    }
    let ids = Set(begun.map(\.id))
    if ids.count == 1, let id = ids.first { return id }
    if ids.isEmpty {
      throw .unknownValue(key: key, value, known: words + unique(names))
    }
    throw .ambiguousValue(key: key, value, candidates: unique(begun))
  }

  private static func unique(_ names: [Name]) -> [String] {
    var seen = Set<Int64>()
    return names.filter { seen.insert($0.id).inserted }.map(\.name)
  }
}
