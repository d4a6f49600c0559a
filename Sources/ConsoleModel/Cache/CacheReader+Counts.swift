public import Helpdesk
public import SQLite

/// How many tickets a view holds. Not exact when it is costly to say: then it is at least so many.
public struct ViewCount: Equatable, Sendable {
  public var value: Int
  public var isExact: Bool

  public init(value: Int, isExact: Bool = true) {
    self.value = value
    self.isExact = isExact
  }
}

/// An agent or a group with the tickets that are theirs and not done.
public struct Workload<Entity: Equatable & Sendable>: Equatable, Sendable {
  public var entity: Entity
  public var openTickets: Int

  public init(entity: Entity, openTickets: Int) {
    self.entity = entity
    self.openTickets = openTickets
  }
}

extension CacheReader {
  /// Counting stops here for queries that no counter covers.
  public static let countLimit = 1000

  /// The number at a view's tab. From counters where the query asks for statuses, agents and groups
  /// only; else counted up to `countLimit`.
  public func count(_ query: QueueQuery) throws(SQLiteError) -> ViewCount {
    let statement = QueueStatement(query: query, context: try context(for: query))
    if Self.isCovered(query) {
      let agents = statement.agentValues.map(Set.init)
      let groups = statement.groupValues.map(Set.init)
      var total = 0
      for cell in try cells()
      where query.statuses.isEmpty || query.statuses.contains(cell.status) {
        if let agents, !agents.contains(cell.agent) { continue }
        if let groups, !groups.contains(cell.group) { continue }
        total += query.needsAnswer == true ? cell.needingAnswer : cell.tickets
      }
      return ViewCount(value: total)
    }
    do {
      let found = try boundedCount(query, statement)
      return ViewCount(value: found, isExact: found < Self.countLimit)
    } catch  where error.isRefusedQuery {
      return ViewCount(value: 0)
    }
  }

  private func boundedCount(_ query: QueueQuery, _ statement: QueueStatement)
    throws(SQLiteError) -> Int
  {
    let limit = Self.countLimit
    if !SearchTerms(query.text, prefixes: true).isEmpty {
      return try identifiers(query, limit: limit).count
    }
    if let short = statement.candidates(limit: QueueStatement.candidateLimit + 1),
      try count(short) <= QueueStatement.candidateLimit
    {
      return try count(statement.sorted(short, .init(), limit: limit))
    }
    return try count(statement.ordered(.init(), limit: limit))
  }

  /// Tickets with new customer words, in all views.
  public func needingAnswerCount() throws(SQLiteError) -> Int {
    try cells().reduce(0) { $0 + $1.needingAnswer }
  }

  /// Tickets that any view can show.
  public func ticketCount() throws(SQLiteError) -> Int {
    try cells().reduce(0) { $0 + $1.tickets }
  }

  /// Agents by name with the tickets that wait for them.
  public func agentLoads() throws(SQLiteError) -> [Workload<Agent>] {
    var open: [Int64: Int] = [:]
    for cell in try cells() where !cell.status.isDone {
      open[cell.agent, default: 0] += cell.tickets
    }
    return try directory().agents.map {
      Workload(entity: $0, openTickets: open[$0.id.rawValue] ?? 0)
    }
  }

  public func groupLoads() throws(SQLiteError) -> [Workload<Group>] {
    var open: [Int64: Int] = [:]
    for cell in try cells() where !cell.status.isDone {
      open[cell.group, default: 0] += cell.tickets
    }
    return try directory().groups.map {
      Workload(entity: $0, openTickets: open[$0.id.rawValue] ?? 0)
    }
  }

  private static func isCovered(_ query: QueueQuery) -> Bool {
    query.priorities.isEmpty && query.types.isEmpty && query.tags.isEmpty
      && query.requesterID == nil && query.companyID == nil && query.isOverdue == nil
      && query.conditions.isEmpty && query.needsAnswer != false
      && SearchTerms(query.text, prefixes: true).isEmpty
  }
}
