import Helpdesk
import SQLite

/// A queue query as SQL. Pure: it knows the indexes of `CacheSchema` and picks among them.
///
/// A view is a merge of branches: each branch is one range of one index that already ends in the
/// sort key and the number, so a window of rows costs the same at any depth.
struct QueueStatement {
  /// A piece of SQL with its arguments.
  struct Fragment {
    var sql: String
    var arguments: [any SQLBindable] = []
  }

  /// What the query needs to know about the account and the moment.
  struct Context {
    var me: AgentID?
    var myGroups: Set<GroupID>
    var statuses: [TicketStatus]
    var now: Timestamp
    var calendar = LocalCalendar.utc
    /// The numbers behind the query's names.
    var resolved = Resolved()
  }

  /// From where and which way the rows are read.
  struct Window {
    var from: QueuePosition?
    /// Against the order of the query, for the rows before a place.
    var isBackward = false
  }

  let query: QueueQuery
  let context: Context

  var key: String {
    switch query.sort.key {
    case .due: "due_key"
    case .updated: "updated_at"
    case .created: "created_at"
    case .priority: "priority"
    case .status: "status"
    case .number: "id"
    }
  }

  /// Rows that are held when nothing in the index helps: more than so many are walked instead.
  static let candidateLimit = 2000

  // The whole statement

  /// The numbers and keys of all rows in order, merged from the branches, lazily.
  func ordered(_ window: Window, limit: Int?) -> Fragment {
    let branches = branches(window)
    guard !branches.isEmpty else { return Fragment(sql: "SELECT 0 AS k, 0 AS id WHERE 0") }
    let direction = query.sort.isDescending != window.isBackward ? "DESC" : "ASC"
    var result = Fragment(
      sql: branches.map(\.sql).joined(separator: " UNION ALL ")
        + " ORDER BY k \(direction), id \(direction)",
      arguments: branches.flatMap(\.arguments))
    if let limit { result.sql += " LIMIT \(limit)" }
    return result
  }

  /// The same rows by way of a short list of candidates, sorted on the spot.
  func sorted(_ candidates: Fragment, _ window: Window, limit: Int) -> Fragment {
    let direction = query.sort.isDescending != window.isBackward ? "DESC" : "ASC"
    var conditions = [Fragment(sql: "id IN (\(candidates.sql))", arguments: candidates.arguments)]
    conditions += filters(isDriven: true)
    if let from = window.from {
      let sign = direction == "ASC" ? ">" : "<"
      conditions.append(
        Fragment(
          sql: "(+\(key), +id) \(sign) (?, ?)", arguments: [from.key, from.id.rawValue]))
    }
    return Fragment(
      sql: "SELECT \(key) AS k, id FROM tickets NOT INDEXED WHERE "
        + conditions.map(\.sql).joined(separator: " AND ")
        + " ORDER BY k \(direction), id \(direction) LIMIT \(limit)",
      arguments: conditions.flatMap(\.arguments))
  }

  /// Whether one ticket is in the view, and its key.
  func membership(of id: TicketID) -> Fragment {
    let conditions = filters(isDriven: true)
    return Fragment(
      sql: "SELECT \(key) AS k, id FROM tickets WHERE id = ?"
        + conditions.map { " AND " + $0.sql }.joined(),
      arguments: [id.rawValue] + conditions.flatMap(\.arguments))
  }

  // Branches

  private func branches(_ window: Window) -> [Fragment] {
    let byStatus = query.sort.key == .status || query.sort.key == .number
    let owners = owners
    let index = "tickets_by_\(indexName)"
    var result: [Fragment] = []
    for owner in owners?.conditions ?? [[]] {
      let residual = residual(index: owners?.name)
      if byStatus {
        for status in wantedStatuses where possibleStages.contains(TicketStage(status)) {
          guard let place = placeInStatus(status, window) else { continue }
          let own = Fragment(sql: "status = ?", arguments: [status.rawValue])
          let conditions = owner + [own] + place + [Fragment(sql: "+stage < 9")] + residual
          result.append(branch(index: index, conditions))
        }
        continue
      }
      for stage in wantedStages {
        let own = Fragment(sql: "stage = ?", arguments: [stage.rawValue])
        let conditions = owner + [own] + placeInStage(window) + statusFilter(in: stage) + residual
        result.append(branch(index: index, conditions))
      }
    }
    return result
  }

  private func branch(index: String, _ conditions: [Fragment]) -> Fragment {
    Fragment(
      sql: "SELECT \(key) AS k, id FROM tickets INDEXED BY \(index) WHERE "
        + conditions.map(\.sql).joined(separator: " AND "),
      arguments: conditions.flatMap(\.arguments))
  }

  private var indexName: String {
    switch query.sort.key {
    case .due: (owners?.name ?? "stage") + "_due"
    case .updated: (owners?.name ?? "stage") + "_updated"
    case .created: (owners?.name ?? "stage") + "_created"
    case .priority: (owners?.name ?? "stage") + "_priority"
    case .status, .number: (owners.map { $0.name + "_" } ?? "") + "status"
    }
  }

  /// The agents or groups that lead an index.
  private struct Owners {
    var name: String
    var column: String
    var values: [Int64]

    var conditions: [[Fragment]] {
      values.map { [Fragment(sql: "\(column) = ?", arguments: [$0])] }
    }
  }

  /// Nil where there are none, or too many of them to merge.
  private var owners: Owners? {
    if let agents = agentValues, agents.count <= 8 {
      return Owners(name: "agent", column: "agent_id", values: agents)
    }
    if let groups = groupValues, groups.count <= 8 {
      return Owners(name: "group", column: "group_id", values: groups)
    }
    return nil
  }

  var agentValues: [Int64]? { values(of: query.agent) }
  var groupValues: [Int64]? { values(of: query.group) }

  /// The numbers that an agent may have; nil for any.
  func values(of filter: AssigneeFilter<Agent>) -> [Int64]? {
    switch filter {
    case .any: nil
    case .unassigned: [0]
    // A number that no ticket has, while nobody is signed in.
    case .mine: [context.me?.rawValue ?? -1]
    case .only(let ids): ids.map(\.rawValue).sorted()
    }
  }

  func values(of filter: AssigneeFilter<Group>) -> [Int64]? {
    switch filter {
    case .any: nil
    case .unassigned: [0]
    case .mine: context.myGroups.isEmpty ? [-1] : context.myGroups.map(\.rawValue).sorted()
    case .only(let ids): ids.map(\.rawValue).sorted()
    }
  }

  var wantedStatuses: [TicketStatus] {
    query.statuses.isEmpty
      ? context.statuses : query.statuses.sorted { $0.rawValue < $1.rawValue }
  }

  private var wantedStages: [TicketStage] {
    possibleStages.filter { stage in
      query.statuses.isEmpty || query.statuses.contains { TicketStage($0) == stage }
    }
  }

  /// Only a running clock can be overdue, and nobody waits for an answer to a finished ticket. A
  /// branch that can hold nothing would be walked to its end for its first row.
  private var possibleStages: [TicketStage] {
    if query.isOverdue == true { return [.active] }
    if query.needsAnswer == true { return [.active, .waiting] }
    return TicketStage.shown
  }

  /// Nothing where the query wants every status that the stage has, which is the usual case.
  private func statusFilter(in stage: TicketStage) -> [Fragment] {
    guard !query.statuses.isEmpty else { return [] }
    let present = context.statuses.filter { TicketStage($0) == stage }
    guard !present.allSatisfy(query.statuses.contains) else { return [] }
    return [Self.list("status", query.statuses.map { Int64($0.rawValue) }.sorted())]
  }

  private func placeInStage(_ window: Window) -> [Fragment] {
    guard let from = window.from else { return [] }
    let sign = query.sort.isDescending != window.isBackward ? "<" : ">"
    return [
      Fragment(sql: "(\(key), id) \(sign) (?, ?)", arguments: [from.key, from.id.rawValue])
    ]
  }

  /// Nil when the whole status lies before the place.
  private func placeInStatus(_ status: TicketStatus, _ window: Window) -> [Fragment]? {
    guard let from = window.from else { return [] }
    let isDown = query.sort.isDescending != window.isBackward
    let place = [Fragment(sql: "id \(isDown ? "<" : ">") ?", arguments: [from.id.rawValue])]
    if query.sort.key == .number { return place }
    let own = Int64(status.rawValue)
    if own == from.key { return place }
    return (own > from.key) != isDown ? [] : nil
  }

  // Filters

  /// Every condition of the query, for rows that were found by other means.
  private func filters(isDriven: Bool) -> [Fragment] {
    var result = [Fragment(sql: "+stage < 9")]
    if !query.statuses.isEmpty {
      result.append(Self.list("+status", query.statuses.map { Int64($0.rawValue) }.sorted()))
    }
    if let agents = agentValues { result.append(Self.list("+agent_id", agents)) }
    return result + residual(index: "agent", isDriven: isDriven)
  }

  /// The conditions that the leading columns of the index do not cover.
  private func residual(index: String?, isDriven: Bool = false) -> [Fragment] {
    var result: [Fragment] = []
    if index != "agent", let agents = agentValues {
      result.append(Self.list("+agent_id", agents))
    }
    if index != "group", let groups = groupValues {
      result.append(Self.list("+group_id", groups))
    }
    if !query.priorities.isEmpty {
      result.append(Self.list("+priority", query.priorities.map { Int64($0.rawValue) }.sorted()))
    }
    if !query.types.isEmpty { result.append(Self.types(query.types)) }
    result += query.tags.sorted().map(Self.tag)
    result += query.conditions.map(sql)
    if let requester = query.requesterID {
      result.append(Fragment(sql: "+requester_id = ?", arguments: [requester.rawValue]))
    }
    if let company = query.companyID {
      result.append(Fragment(sql: "+company_id = ?", arguments: [company.rawValue]))
    }
    if let needsAnswer = query.needsAnswer {
      result.append(Fragment(sql: "+needs_answer = ?", arguments: [needsAnswer]))
    }
    if let isOverdue = query.isOverdue {
      // In the order by due moment this bounds the range of the index.
      let column = query.sort.key == .due && !isDriven ? "due_key" : "+due_key"
      result.append(
        Fragment(
          sql: "\(column) \(isOverdue ? "<" : ">=") ?", arguments: [context.now.seconds]))
    }
    return result
  }

  static func list(_ column: String, _ values: [Int64]) -> Fragment {
    Fragment(sql: "\(column) IN (\(values.map(String.init).joined(separator: ", ")))")
  }

  // Candidates

  /// The narrowest list of rows that some other index gives; nil when only walking helps.
  /// `limit` bounds it, so that asking how long it is costs little.
  func candidates(limit: Int) -> Fragment? {
    if let requester = query.requesterID {
      return Fragment(
        sql: "SELECT id FROM tickets WHERE requester_id = ? LIMIT \(limit)",
        arguments: [requester.rawValue])
    }
    if let tag = query.tags.sorted().first {
      return Fragment(
        sql: "SELECT ticket_id FROM ticket_tags WHERE tag = ? LIMIT \(limit)",
        arguments: [tag.lowercased()])
    }
    if let company = query.companyID {
      return Fragment(
        sql: """
          SELECT id FROM tickets WHERE company_id IS NOT NULL AND company_id = ? LIMIT \(limit)
          """, arguments: [company.rawValue])
    }
    if let rows = conditionCandidates(limit: limit) { return rows }
    if query.needsAnswer == true {
      return Fragment(sql: "SELECT id FROM tickets WHERE needs_answer = 1 LIMIT \(limit)")
    }
    if query.isOverdue == true, query.sort.key != .due {
      guard let owners, owners.values.count == 1 else {
        return Fragment(
          sql: """
            SELECT id FROM tickets INDEXED BY tickets_by_stage_due
            WHERE stage = 0 AND due_key < ? LIMIT \(limit)
            """, arguments: [context.now.seconds])
      }
      return Fragment(
        sql: """
          SELECT id FROM tickets INDEXED BY tickets_by_\(owners.name)_due
          WHERE \(owners.column) = ? AND stage = 0 AND due_key < ? LIMIT \(limit)
          """, arguments: [owners.values[0], context.now.seconds])
    }
    return nil
  }
}
