import Helpdesk
import SQLite

extension CacheStore {
  /// Up to which move of the journal its changes lie over the tickets; nil before the first.
  func pendingMark() async throws -> JournalMark? {
    try await database.perform { connection in
      try connection.first(
        "SELECT value FROM account_facts WHERE name = ?", CacheWriter.pendingFact
      ) { row throws(SQLiteError) in try row.string(0) }
    }.flatMap(JournalMark.init(text:))
  }

  /// Lays open writes over their tickets, and takes away what is open no longer, in one transaction.
  /// A reading that is older than another process's is dropped. True when a ticket has changed.
  func lay(_ snapshot: PendingSnapshot) async throws -> Bool {
    try await write { writer in try writer.lay(snapshot) }
  }
}

extension CacheWriter {
  static let pendingFact = "pending changes"

  fileprivate mutating func lay(_ snapshot: PendingSnapshot) throws(SQLiteError) -> Bool {
    let known = try connection.first(
      "SELECT value FROM account_facts WHERE name = ?", Self.pendingFact
    ) { row throws(SQLiteError) in try row.string(0) }.flatMap(JournalMark.init(text:))
    if !snapshot.replacesMark, let known, known.number > snapshot.mark.number { return false }
    var hasChanged = false
    var tickets = snapshot.tickets
    if snapshot.isWhole {
      for ticket in try connection.query(
        "SELECT DISTINCT ticket_id FROM pending_changes",
        read: { row throws(SQLiteError) in TicketID(try row.int64(0)) })
      where tickets[ticket] == nil {
        tickets[ticket] = []
      }
    }
    for (ticket, changes) in tickets {
      if try setPending(changes, on: ticket, sent: snapshot.sent) { hasChanged = true }
    }
    if known != snapshot.mark { try saveFact(Self.pendingFact, snapshot.mark.text) }
    return hasChanged
  }

  /// The pending changes of a ticket, oldest first.
  func pendingChanges(of ticket: TicketID) throws(SQLiteError) -> [PendingChange] {
    try connection.query(
      "SELECT write_id, change FROM pending_changes WHERE ticket_id = ? ORDER BY write_id",
      ticket.rawValue
    ) { row throws(SQLiteError) in
      (WriteID(try row.int64(0)), try row.string(1))
    }.compactMap { PendingChange($0.0, stored: $0.1) }
  }

  /// Keeps the helpdesk's own values of a ticket apart from what lies over them.
  func saveBase(_ ticket: Ticket) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT INTO pending_bases VALUES (?, ?)
      ON CONFLICT (ticket_id) DO UPDATE SET fields = excluded.fields
      """, ticket.id.rawValue, StoredPending.encode(TicketChange(valuesOf: ticket)))
  }

  private mutating func setPending(
    _ changes: [PendingChange], on id: TicketID, sent: Set<WriteID>
  ) throws(SQLiteError) -> Bool {
    let old = try pendingChanges(of: id)
    guard old != changes else { return false }
    try connection.execute("DELETE FROM pending_changes WHERE ticket_id = ?", id.rawValue)
    for change in changes {
      try connection.execute(
        "INSERT OR REPLACE INTO pending_changes VALUES (?, ?, ?)", change.write.rawValue,
        id.rawValue, StoredPending.encode(change))
    }
    guard let stored = try StoredTicket.read(id, connection),
      let known = try KnownTicket.read(id, connection)
    else { return false }
    var base = try readBase(of: id)?.applied(to: stored.ticket) ?? stored.ticket
    // What the helpdesk has accepted is its own value from now on, before anything is read again.
    for change in old where sent.contains(change.write) { base = change.applied(to: base) }
    if changes.isEmpty {
      try connection.execute("DELETE FROM pending_bases WHERE ticket_id = ?", id.rawValue)
    } else {
      try saveBase(base)
    }
    try relay(changes.reduce(base) { $1.applied(to: $0) }, pending: changes.fields, known: known)
    return true
  }

  private func readBase(of id: TicketID) throws(SQLiteError) -> TicketChange? {
    try connection.first("SELECT fields FROM pending_bases WHERE ticket_id = ?", id.rawValue) {
      row throws(SQLiteError) in try row.string(0)
    }.flatMap(StoredPending.decode)?.change.change
  }

  /// Saves what a change of fields touches of a ticket: the values, what is worked out of them, and
  /// the counters.
  private mutating func relay(_ ticket: Ticket, pending: PendingFields, known: KnownTicket)
    throws(SQLiteError)
  {
    let standing = TicketStanding(ticket, speech: known.speech, isGone: !known.isCounted)
    recount(ticket, standing: standing, known: known)
    let tags = StoredText.join(ticket.tags)
    if tags != known.tags { try saveTags(ticket, old: known.tags) }
    try connection.execute(
      """
      UPDATE tickets SET status = ?, stage = ?, priority = ?, agent_id = ?, group_id = ?,
        due_key = ?, is_answered = ?, needs_answer = ?, type = ?, tags = ?, pending = ?
      WHERE id = ?
      """, ticket.status.rawValue, standing.stage.rawValue, ticket.priority.rawValue,
      ticket.agentID?.rawValue ?? 0, ticket.groupID?.rawValue ?? 0, standing.dueKey,
      standing.isAnswered, standing.needsAnswer, ticket.type, tags, pending.rawValue,
      ticket.id.rawValue)
  }
}

extension [PendingChange] {
  /// All that they change.
  var fields: PendingFields { reduce(into: []) { $0.formUnion($1.fields) } }
}
