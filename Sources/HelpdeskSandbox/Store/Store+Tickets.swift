import SQLite

/// Which tickets a list shows, and how.
struct TicketQuery: Equatable, Sendable {
  enum Order: String, Sendable {
    case createdAt = "created_at"
    case updatedAt = "updated_at"
    case dueBy = "due_by"
    case status
  }

  var state = TicketRecord.State.normal
  var createdSince: Int64?
  var updatedSince: Int64?
  var requesterID: Int64?
  var companyID: Int64?
  /// Only tickets of this agent, whatever else is asked for.
  var scopeAgentID: Int64?
  /// Only tickets of these groups or of the agent.
  var scopeGroupIDs: [Int64] = []
  /// New ones, and open ones of this agent.
  var newAndOpenOf: Int64?
  var watchedBy: Int64?
  var order = Order.createdAt
  var ascending = false
  var limit = 30
  var offset = 0
}

extension Store {
  func ticket(_ id: Int64) throws(SQLiteError) -> TicketRecord? {
    try connection.first("SELECT \(TicketRecord.columns) FROM tickets WHERE id = ?", id) {
      row throws(SQLiteError) in try TicketRecord(row)
    }
  }

  /// A page is found over an index alone; only its own rows are read.
  func tickets(_ query: TicketQuery) throws(SQLiteError) -> [TicketRecord] {
    // The plus keeps the planner from an index on the state where a person's index is far better.
    let isNarrow = query.requesterID != nil || query.companyID != nil
    var conditions = [isNarrow ? "+state = ?" : "state = ?"]
    var arguments: [any SQLBindable] = [query.state.rawValue]
    func add(_ condition: String, _ values: any SQLBindable...) {
      conditions.append(condition)
      arguments += values
    }
    if let since = query.createdSince { add("created_at >= ?", since) }
    if let since = query.updatedSince { add("updated_at >= ?", since) }
    if let id = query.requesterID { add("requester_id = ?", id) }
    if let id = query.companyID { add("company_id = ?", id) }
    if let id = query.newAndOpenOf {
      add("status = 2 AND (responder_id IS NULL OR responder_id = ?)", id)
    }
    if let id = query.watchedBy {
      add("id IN (SELECT ticket_id FROM watchers WHERE user_id = ?)", id)
    }
    if let id = query.scopeAgentID {
      let groups = query.scopeGroupIDs.map(String.init).joined(separator: ",")
      add("(responder_id = ? OR group_id IN (\(groups)))", id)
    }
    let order = query.order.rawValue
    let direction = query.ascending ? "ASC" : "DESC"
    let ordering = "ORDER BY \(order) \(direction), id \(direction)"
    let found = try connection.query(
      """
      SELECT id FROM tickets WHERE \(conditions.joined(separator: " AND ")) \
      \(ordering) LIMIT ? OFFSET ?
      """, arguments: arguments + [query.limit, query.offset]
    ) { row throws(SQLiteError) in try row.int64(0) }
    var page: [TicketRecord] = []
    page.reserveCapacity(found.count)
    for id in found {
      if let ticket = try ticket(id) { page.append(ticket) }
    }
    return page
  }

  /// Saves a ticket and lets the search index hear of it at `searchableAt`.
  func save(_ ticket: TicketRecord, searchableAt: Int64) throws(SQLiteError) {
    try connection.execute(TicketRecord.insertion, arguments: ticket.values)
    try connection.execute(
      "INSERT OR IGNORE INTO unsearched_tickets VALUES (?, ?)", ticket.id, searchableAt)
  }

  func description(of ticketID: Int64) throws(SQLiteError) -> (body: String, attachments: String) {
    try connection.first(
      "SELECT body, attachments FROM descriptions WHERE ticket_id = ?", ticketID
    ) { row throws(SQLiteError) in
      (try row.string(0), try row.optionalString(1) ?? "[]")
    } ?? ("", "[]")
  }

  func saveDescription(
    of ticketID: Int64, body: String, attachments: String?
  ) throws(SQLiteError) {
    try connection.execute(
      "INSERT OR REPLACE INTO descriptions VALUES (?, ?, ?)", ticketID, body, attachments)
  }

  // Conversations

  func conversation(_ id: Int64) throws(SQLiteError) -> ConversationRecord? {
    try connection.first(
      "SELECT \(ConversationRecord.columns) FROM conversations WHERE id = ?", id
    ) { row throws(SQLiteError) in try ConversationRecord(row) }
  }

  /// A ticket's thread, oldest first.
  func conversations(
    of ticketID: Int64, limit: Int, offset: Int
  ) throws(SQLiteError) -> [ConversationRecord] {
    try connection.query(
      """
      SELECT \(ConversationRecord.columns) FROM conversations WHERE ticket_id = ?
      ORDER BY id LIMIT ? OFFSET ?
      """, ticketID, limit, offset
    ) { row throws(SQLiteError) in try ConversationRecord(row) }
  }

  func save(_ conversation: ConversationRecord) throws(SQLiteError) {
    try connection.execute(ConversationRecord.insertion, arguments: conversation.values)
  }

  func deleteConversation(_ id: Int64) throws(SQLiteError) {
    try connection.execute("DELETE FROM conversations WHERE id = ?", id)
  }

  // Deliveries

  /// Notes a mail that a customer would have got; numbers rise from 1 without gaps.
  func add(_ delivery: DeliveryRecord) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT INTO deliveries
        (at, ticket_id, kind, to_emails, cc_emails, bcc_emails, body, conversation_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      delivery.at, delivery.ticketID, delivery.kind.rawValue, JSONValue(delivery.to).text,
      JSONValue(delivery.cc).text, JSONValue(delivery.bcc).text, delivery.body,
      delivery.conversationID)
  }

  /// Walks the deliveries after number `since`, oldest first.
  func eachDelivery(
    since: Int64, _ visit: (_ n: Int64, _ delivery: DeliveryRecord) -> Void
  ) throws(SQLiteError) {
    try connection.forEach(
      """
      SELECT n, at, ticket_id, kind, to_emails, cc_emails, bcc_emails, body, conversation_id
      FROM deliveries WHERE n > ? ORDER BY n
      """, arguments: [since]
    ) { row throws(SQLiteError) in
      let list = { (text: String) in JSONParser.parse(text)?.strings ?? [] }
      visit(
        try row.int64(0),
        DeliveryRecord(
          at: try row.int64(1), ticketID: try row.int64(2),
          kind: .init(rawValue: try row.string(3)) ?? .reply, to: list(try row.string(4)),
          cc: list(try row.string(5)), bcc: list(try row.string(6)), body: try row.string(7),
          conversationID: try row.optionalInt64(8)))
      return true
    }
  }
}
