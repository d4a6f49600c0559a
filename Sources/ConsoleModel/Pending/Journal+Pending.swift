import Helpdesk
import SQLite

extension Journal {
  /// What is pending, as far as it has moved since a mark; all of it without a mark, or where the
  /// mark is another journal's. Nil when nothing has moved.
  func pending(since known: JournalMark?) async throws(JournalError) -> PendingSnapshot? {
    let account = options.account
    return try await perform { connection in
      try connection.transaction(.deferred) {
        try PendingQueries(connection: connection, account: account).snapshot(since: known)
      }
    }
  }
}

/// The reads behind `Journal.pending`.
private struct PendingQueries {
  let connection: Connection
  let account: String

  /// A write counts while it may still reach the helpdesk, or may have. One that follows another
  /// counts while that one has not been stopped or refused.
  private static let isPending = """
    w.state NOT IN ('sent', 'rejected', 'undone') AND w.given_up = 0
    AND w.state IN ('confirmed', 'queued', 'sending', 'unknown')
    AND (w.follows IS NULL OR EXISTS (
      SELECT 1 FROM writes AS p WHERE p.id = w.follows
      AND p.state IN ('confirmed', 'queued', 'sending', 'unknown', 'sent')))
    """

  func snapshot(since known: JournalMark?) throws -> PendingSnapshot? {
    let newest = try newestMark()
    if newest == known { return nil }
    let isKnown = try known.map { try $0 == .empty || mark($0.number) == $0 } ?? false
    var snapshot = PendingSnapshot(
      mark: newest, isWhole: !isKnown, replacesMark: known != nil && !isKnown, tickets: [:],
      sent: [])
    guard isKnown, let known else {
      try read("1", [], into: &snapshot)
      return snapshot
    }
    var tickets: [Int64] = []
    try connection.forEach(
      """
      SELECT DISTINCT w.id, w.ticket_id, w.state FROM transitions AS t
      JOIN writes AS w ON w.id = t.write WHERE t.id > ? AND w.account = ?
      """, arguments: [known.number, account]
    ) { row throws(SQLiteError) in
      let ticket = TicketID(try row.int64(1))
      if snapshot.tickets.updateValue([], forKey: ticket) == nil { tickets.append(ticket.rawValue) }
      if try row.string(2) == WriteState.sent.rawValue {
        snapshot.sent.insert(WriteID(try row.int64(0)))
      }
      return true
    }
    for ticket in tickets { try read("w.ticket_id = ?", [ticket], into: &snapshot) }
    return snapshot
  }

  private func read(
    _ condition: String, _ arguments: [any SQLBindable], into snapshot: inout PendingSnapshot
  ) throws {
    let rows = try connection.query(
      """
      SELECT w.id, w.ticket_id, w.payload FROM writes AS w
      WHERE w.account = ? AND \(condition) AND \(Self.isPending) ORDER BY w.id
      """, arguments: [account] + arguments
    ) { row throws(SQLiteError) in
      (WriteID(try row.int64(0)), TicketID(try row.int64(1)), try row.string(2))
    }
    for (id, ticket, payload) in rows {
      snapshot.tickets[ticket, default: []].append(
        PendingChange(id, try StoredPayload.decode(payload)))
    }
  }

  private func newestMark() throws -> JournalMark {
    let number = try connection.first("SELECT max(id) FROM transitions") {
      row throws(SQLiteError) in try row.optionalInt64(0)
    }
    return try (number ?? nil).flatMap(mark) ?? .empty
  }

  private func mark(_ number: Int64) throws -> JournalMark? {
    try connection.first(
      "SELECT write, at, event, to_state FROM transitions WHERE id = ?", number
    ) { row throws(SQLiteError) in
      JournalMark(
        number: number,
        signature: "\(try row.int64(0))/\(try row.int64(1))/\(try row.string(2))/"
          + (try row.string(3)))
    }
  }
}
