public import Helpdesk
import SQLite

/// The short lists that every row needs names from. Read once and kept until the cache changes.
public struct Directory: Sendable {
  /// Whose key this is; nil before the first connection.
  public var me: AgentID?
  public var agents: [Agent]
  public var groups: [Group]
  public var ticketFields: [TicketField]
  /// Every status that the account knows or that a cached ticket has, by number.
  public var statuses: [TicketStatus]

  private var agentNames: [AgentID: String] = [:]
  private var groupNames: [GroupID: String] = [:]
  private var statusLabels: [TicketStatus: String] = [:]

  public init(
    me: AgentID?, agents: [Agent], groups: [Group], ticketFields: [TicketField],
    presentStatuses: [TicketStatus] = []
  ) {
    self.me = me
    self.agents = agents
    self.groups = groups
    self.ticketFields = ticketFields
    agentNames = Dictionary(
      agents.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    groupNames = Dictionary(
      groups.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    let field = ticketFields.first { $0.type == "default_status" || $0.name == "status" }
    for choice in field?.choices ?? [] {
      guard let number = Int(choice.value) else { continue }
      statusLabels[TicketStatus(rawValue: number)] = choice.label
    }
    let known: [TicketStatus] =
      statusLabels.isEmpty ? [.open, .pending, .resolved, .closed] : Array(statusLabels.keys)
    statuses = Set(known + presentStatuses).sorted { $0.rawValue < $1.rawValue }
  }

  public func name(_ id: AgentID) -> String? { agentNames[id] }
  public func name(_ id: GroupID) -> String? { groupNames[id] }

  /// The account's own label, else the vendor's.
  public func label(_ status: TicketStatus) -> String {
    statusLabels[status] ?? status.defaultLabel
  }

  /// Ticket types that may be chosen.
  public var types: [String] {
    (ticketFields.first { $0.type == "default_ticket_type" || $0.name == "ticket_type" }?.choices
      ?? []).map(\.value)
  }

  /// The groups that this person belongs to.
  public var myGroups: Set<GroupID> {
    guard let me else { return [] }
    let own = agents.first { $0.id == me }?.groupIDs ?? []
    return Set(own).union(groups.filter { $0.agentIDs.contains(me) }.map(\.id))
  }

  /// The words that a query may name.
  public var vocabulary: QueryVocabulary {
    QueryVocabulary(
      statuses: statuses.map { .init(id: Int64($0.rawValue), name: label($0)) },
      agents: agents.map { .init(id: $0.id.rawValue, name: $0.name, alias: $0.email) },
      groups: groups.map { .init(id: $0.id.rawValue, name: $0.name) }, types: types)
  }

  /// The tabs that everybody has.
  public var standardViews: [SavedView] {
    let unresolved = Set(statuses.filter { !$0.isDone })
    let waiting = Set(statuses.filter(\.pausesClock))
    let done = Set(statuses.filter(\.isDone))
    let newest = QueueSort(.updated)
    return [
      SavedView(name: "Mine", query: QueueQuery(statuses: unresolved, agent: .mine)),
      SavedView(name: "Unassigned", query: QueueQuery(statuses: unresolved, agent: .unassigned)),
      SavedView(name: "Overdue", query: QueueQuery(statuses: unresolved, isOverdue: true)),
      SavedView(name: "All open", query: QueueQuery(statuses: unresolved)),
      SavedView(name: "Waiting", query: QueueQuery(statuses: waiting, sort: newest)),
      SavedView(name: "Resolved", query: QueueQuery(statuses: done, sort: newest)),
      SavedView(name: "All", query: QueueQuery(sort: newest)),
    ]
  }

  static func read(_ connection: Connection) throws(SQLiteError) -> Directory {
    let me = try connection.first("SELECT value FROM account_facts WHERE name = 'me'") {
      row throws(SQLiteError) in Int64(try row.string(0)).map(AgentID.init)
    }
    let agents = try connection.query(
      """
      SELECT id, name, email, is_available, signature, group_ids FROM agents
      ORDER BY name COLLATE NOCASE, id
      """
    ) { row throws(SQLiteError) in
      Agent(
        id: AgentID(try row.int64(0)), name: try row.string(1), email: try row.optionalString(2),
        isAvailable: try row.bool(3), signature: try row.optionalString(4),
        groupIDs: StoredText.ids(try row.string(5)))
    }
    let groups = try connection.query(
      "SELECT id, name, agent_ids FROM groups ORDER BY name COLLATE NOCASE, id"
    ) { row throws(SQLiteError) in
      Group(
        id: GroupID(try row.int64(0)), name: try row.string(1),
        agentIDs: StoredText.ids(try row.string(2)))
    }
    let fields = try connection.query(
      """
      SELECT id, name, label, type, is_required_for_closure, choices FROM ticket_fields
      ORDER BY id
      """
    ) { row throws(SQLiteError) in
      TicketField(
        id: try row.int64(0), name: try row.string(1), label: try row.string(2),
        type: try row.string(3), isRequiredForClosure: try row.bool(4),
        choices: StoredText.choices(try row.string(5)))
    }
    let statuses = try connection.query(
      "SELECT DISTINCT status FROM ticket_counts WHERE tickets > 0"
    ) { row throws(SQLiteError) in TicketStatus(rawValue: try row.int(0)) }
    return Directory(
      me: me ?? nil, agents: agents, groups: groups, ticketFields: fields,
      presentStatuses: statuses)
  }
}
