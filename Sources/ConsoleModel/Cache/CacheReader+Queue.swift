public import Helpdesk
public import SQLite

extension CacheReader {
  /// Rows of a view after a place, in the view's order; from its beginning with nil.
  public func rows(_ query: QueueQuery, after place: QueuePosition? = nil, limit: Int)
    throws(SQLiteError) -> [QueueRow]
  {
    try window(query, .init(from: place), limit: limit)
  }

  /// The rows just before a place, in the view's order; the view's last rows with nil.
  public func rows(_ query: QueueQuery, before place: QueuePosition?, limit: Int)
    throws(SQLiteError) -> [QueueRow]
  {
    try window(query, .init(from: place, isBackward: true), limit: limit).reversed()
  }

  /// The numbers of the first tickets of a view, in its order: for marking many.
  public func identifiers(_ query: QueueQuery, limit: Int) throws(SQLiteError) -> [TicketID] {
    try places(query, .init(), limit: limit).map(\.id)
  }

  /// Where a ticket stands in a view; nil when it is not in it.
  public func position(of id: TicketID, in query: QueueQuery) throws(SQLiteError)
    -> QueuePosition?
  {
    let statement = QueueStatement(query: query, context: try context(for: query))
    let found: QueuePosition?
    do { found = try places(statement.membership(of: id)).first } catch
      where error.isRefusedQuery
    { return nil }
    guard found != nil, !SearchTerms(query.text, prefixes: true).isEmpty else { return found }
    return try isMatch(id, of: query.text) ? found : nil
  }

  /// One row, whatever view it is in; nil for a ticket that is not cached.
  public func row(_ id: TicketID) throws(SQLiteError) -> QueueRow? {
    let directory = try directory()
    return try connection.first(
      "SELECT \(Self.rowColumns) FROM tickets WHERE id = ?", id.rawValue
    ) { row throws(SQLiteError) in
      try Self.row(row, key: 0, directory)
    }
  }

  // Within

  private func window(_ query: QueueQuery, _ window: QueueStatement.Window, limit: Int)
    throws(SQLiteError) -> [QueueRow]
  {
    let found = try places(query, window, limit: limit)
    let directory = try directory()
    var rows: [QueueRow] = []
    rows.reserveCapacity(found.count)
    for place in found {
      let row = try connection.first(
        "SELECT \(Self.rowColumns) FROM tickets WHERE id = ?", place.id.rawValue
      ) { row throws(SQLiteError) in try Self.row(row, key: place.key, directory) }
      if let row { rows.append(row) }
    }
    return rows
  }

  private func places(_ query: QueueQuery, _ window: QueueStatement.Window, limit: Int)
    throws(SQLiteError) -> [QueuePosition]
  {
    guard limit > 0 else { return [] }
    let statement = QueueStatement(query: query, context: try context(for: query))
    do {
      if SearchTerms(query.text, prefixes: true).expression != nil {
        return try matching(query.text, statement, window, limit: limit)
      }
      if let short = try shortCandidates(statement) {
        return try places(statement.sorted(short, window, limit: limit))
      }
      return try places(statement.ordered(window, limit: limit))
    } catch  where error.isRefusedQuery {
      return []
    }
  }

  /// The candidates of another index, when there are few enough to be sorted on the spot.
  private func shortCandidates(_ statement: QueueStatement) throws(SQLiteError)
    -> QueueStatement.Fragment?
  {
    let limit = QueueStatement.candidateLimit
    guard let candidates = statement.candidates(limit: limit + 1),
      try count(candidates) <= limit
    else { return nil }
    return candidates
  }

  func count(_ rows: QueueStatement.Fragment) throws(SQLiteError) -> Int {
    try connection.first("SELECT count(*) FROM (\(rows.sql))", arguments: rows.arguments) {
      row throws(SQLiteError) in try row.int(0)
    } ?? 0
  }

  func places(_ fragment: QueueStatement.Fragment) throws(SQLiteError) -> [QueuePosition] {
    try connection.query(fragment.sql, arguments: fragment.arguments) { row throws(SQLiteError) in
      QueuePosition(key: try row.int64(0), id: TicketID(try row.int64(1)))
    }
  }

  static let rowColumns = """
    id, subject, requester_name, company_name, status, priority, agent_id, group_id, created_at,
    updated_at, first_response_due_at, due_at, is_answered, needs_answer, stage, pending
    """

  private static func row(_ row: Row, key: Int64, _ directory: Directory) throws(SQLiteError)
    -> QueueRow
  {
    let id = TicketID(try row.int64(0))
    let status = TicketStatus(rawValue: try row.int(4))
    let agent = try row.int64(6)
    let group = try row.int64(7)
    let company = try row.string(3)
    let createdAt = Timestamp(try row.int64(8))
    let isHidden = try row.int(14) == TicketStage.hidden.rawValue
    return QueueRow(
      id: id, subject: Ticket.subjectLine(try row.string(1)), requesterName: try row.string(2),
      companyName: company.isEmpty ? nil : company, status: status,
      statusLabel: directory.label(status),
      priority: TicketPriority(rawValue: try row.int(5)) ?? .low,
      agentID: agent == 0 ? nil : AgentID(agent),
      agentName: agent == 0 ? nil : directory.name(AgentID(agent)) ?? "agent \(agent)",
      groupName: group == 0 ? nil : directory.name(GroupID(group)) ?? "group \(group)",
      createdAt: createdAt,
      updatedAt: Timestamp(try row.int64(9)),
      clock: isHidden
        ? .stopped
        : TicketStanding.clock(
          status: status, createdAt: createdAt,
          firstResponseDueAt: try row.optionalInt64(10).map(Timestamp.init),
          dueAt: try row.optionalInt64(11).map(Timestamp.init),
          isAnswered: try row.bool(12)),
      hasNewCustomerWords: try row.bool(13), pending: PendingFields(rawValue: try row.int(15)),
      position: QueuePosition(key: key, id: id))
  }
}
