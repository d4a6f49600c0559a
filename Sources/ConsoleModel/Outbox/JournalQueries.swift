import Helpdesk
import SQLite

/// What can be asked of the journal without changing it.
struct JournalQueries {
  let connection: Connection
  let account: String
  let now: Timestamp

  private var writes: WriteTable { WriteTable(connection: connection) }

  /// Everything that has not come to an end and was not given up, oldest first.
  func open() throws -> [QueuedWrite] {
    try writes.select(
      """
      account = ? AND state NOT IN ('sent', 'rejected', 'undone') AND given_up = 0
      """, [account])
  }

  /// The newest items in any state, newest first.
  func recent(_ limit: Int) throws -> [QueuedWrite] {
    try writes.select("account = ?", [account], order: "id DESC LIMIT \(max(0, limit))")
  }

  func find(_ id: WriteID) throws -> QueuedWrite? {
    try writes.select("id = ? AND account = ?", [id.rawValue, account]).first
  }

  func open(of ticketID: TicketID) throws -> [QueuedWrite] {
    try writes.select(
      """
      account = ? AND ticket_id = ? AND state NOT IN ('sent', 'rejected', 'undone')
      AND given_up = 0
      """, [account, ticketID.rawValue])
  }

  func members(of batch: BatchID) throws -> [QueuedWrite] {
    try writes.select("account = ? AND batch = ?", [account, batch.rawValue])
  }

  func progress(of batch: BatchID) throws -> BatchProgress {
    var progress = BatchProgress(
      batch: batch, total: 0, sent: 0, waiting: 0, failed: 0, undone: 0)
    try connection.forEach(
      """
      SELECT state, count(*), state = 'unknown' AND looks_left > 0 AND given_up = 0 AS is_looked_for
      FROM writes WHERE batch = ? GROUP BY state, is_looked_for
      """, arguments: [batch.rawValue]
    ) { row throws(SQLiteError) in
      let count = try row.int(1)
      progress.total += count
      // Its outcome is not known before the last look.
      if try row.bool(2) {
        progress.waiting += count
        return true
      }
      switch WriteState(rawValue: try row.string(0)) {
      case .sent: progress.sent += count
      case .undone, .rejected: progress.undone += count
      case .failed, .conflicted, .unknown, .proposed: progress.failed += count
      case .confirmed, .queued, .sending, nil: progress.waiting += count
      }
      return true
    }
    return progress
  }

  func counts() throws -> OutboxCounts {
    var counts = OutboxCounts()
    try connection.forEach(
      """
      SELECT state, hold_until FROM writes
      WHERE state NOT IN ('sent', 'rejected', 'undone') AND given_up = 0 AND account = ?
      """, arguments: [account]
    ) { row throws(SQLiteError) in
      switch WriteState(rawValue: try row.string(0)) {
      case .confirmed:
        if let end = try row.optionalInt64(1).map({ Timestamp($0) }), end > now {
          counts.held += 1
          counts.nextHoldEnd = min(counts.nextHoldEnd ?? end, end)
        } else {
          counts.waiting += 1
        }
      case .queued: counts.waiting += 1
      case .sending: counts.sending += 1
      case .conflicted: counts.stopped += 1
      case .failed: counts.failed += 1
      case .unknown: counts.unknown += 1
      case .proposed: counts.proposed += 1
      case .sent, .rejected, .undone, nil: break
      }
      return true
    }
    return counts
  }

  func history(of id: WriteID) throws -> [HistoryLine] {
    try connection.query(
      """
      SELECT at, from_state, event, to_state, detail FROM transitions WHERE write = ? ORDER BY id
      """, id.rawValue
    ) { row throws(SQLiteError) in
      guard let state = WriteState(rawValue: try row.string(3)) else {
        throw .decoding(column: "to_state", expected: "a state of a write")
      }
      return HistoryLine(
        at: Timestamp(try row.int64(0)),
        from: try row.optionalString(1).flatMap(WriteState.init(rawValue:)),
        event: try row.string(2), to: state, detail: try row.optionalString(4))
    }
  }

  /// Tickets with a current draft, for the queue's marks.
  func draftedTickets() throws -> Set<TicketID> {
    Set(
      try connection.query(
        "SELECT ticket_id FROM drafts WHERE account = ? AND parked = 0", account
      ) { row throws(SQLiteError) in TicketID(try row.int64(0)) })
  }
}

extension Journal {
  /// Everything that has not come to an end and was not given up, oldest first.
  public func openWrites() async throws(JournalError) -> [QueuedWrite] {
    try await ask { try $0.open() }
  }

  public func openWrites(of ticketID: TicketID) async throws(JournalError) -> [QueuedWrite] {
    try await ask { try $0.open(of: ticketID) }
  }

  /// The newest items in any state, newest first.
  public func recentWrites(limit: Int) async throws(JournalError) -> [QueuedWrite] {
    try await ask { try $0.recent(limit) }
  }

  public func write(_ id: WriteID) async throws(JournalError) -> QueuedWrite? {
    try await ask { try $0.find(id) }
  }

  public func writes(of batch: BatchID) async throws(JournalError) -> [QueuedWrite] {
    try await ask { try $0.members(of: batch) }
  }

  public func progress(of batch: BatchID) async throws(JournalError) -> BatchProgress {
    try await ask { try $0.progress(of: batch) }
  }

  public func counts() async throws(JournalError) -> OutboxCounts {
    try await ask { try $0.counts() }
  }

  public func history(of id: WriteID) async throws(JournalError) -> [HistoryLine] {
    try await ask { try $0.history(of: id) }
  }

  /// Checks the audit's file against the journal.
  public func verifyAudit() async throws(JournalError) -> AuditLog.Verdict {
    let log = auditLog
    return try await perform { try log.verify(against: $0) }
  }

  private func ask<Value: Sendable>(
    _ body: @Sendable (JournalQueries) throws -> Value
  ) async throws(JournalError) -> Value {
    let (account, now) = (options.account, now)
    return try await perform { connection in
      try body(JournalQueries(connection: connection, account: account, now: now))
    }
  }
}
