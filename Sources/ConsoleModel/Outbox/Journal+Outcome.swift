import Helpdesk
import SQLite

/// What became of one attempt.
enum AttemptOutcome: Equatable, Sendable {
  case accepted(remoteID: Int64?)
  case failed(HelpdeskError)
  /// Nothing was sent: the intent could not be written down in full.
  case neverLeft(reason: String)
}

/// The journal as the dispatcher uses it, from the answer on.
extension Journal {
  /// A write goes back to the queue by itself this often between two decisions of a person.
  static let returnLimit: Int64 = 20

  /// Stores what the helpdesk said, with its audit record.
  func record(
    _ outcome: AttemptOutcome, of attempt: Attempt
  ) async throws(JournalError) {
    try await change { transaction in
      let write = try transaction.writes.find(attempt.write)
      switch outcome {
      case .accepted(let remoteID):
        try transaction.end(
          write, .accepted, outcome: "sent", remoteID: remoteID, problem: nil,
          sentence: "Sent" + (remoteID.map { " as entry \($0)" } ?? ""))
      case .neverLeft(let reason):
        try transaction.returnToQueue(
          write, reason: .helpdesk, after: 30, problem: reason,
          sentence: "Not sent, nothing left this machine")
      case .failed(let error):
        switch error.writeOutcome {
        case .notAppliedRetryLater(let seconds):
          var reason = QueuedWrite.WaitingReason.offline
          if case .rateLimited = error { reason = .limit }
          try transaction.returnToQueue(
            write, reason: reason, after: Int64(seconds ?? 5), problem: error.explanation,
            sentence: "Not sent, it waits (\(error.explanation))")
        case .notApplied:
          try transaction.end(
            write, .refused, outcome: "failed",
            problem: error.labelled(transaction.options.vocabulary.fieldLabel).explanation,
            sentence: "Refused by the helpdesk")
        case .unknown:
          try transaction.end(
            write, .lostTrack, outcome: "unknown", problem: error.explanation,
            sentence: "Outcome unknown (\(error.explanation))")
        }
      }
    }
  }

  /// The attempt that a write's present state comes from.
  func lastAttempt(of id: WriteID) async throws(JournalError) -> Attempt? {
    try await perform { connection in
      try Attempt.select("w.id = ?", [id.rawValue], connection).first
    }
  }

  /// Everything that competes for the same entries of a thread.
  func rivals(of write: QueuedWrite) async throws(JournalError) -> Reconciler.Rivals {
    try await perform { connection in
      let table = WriteTable(connection: connection)
      let attempts = try Attempt.select(
        "w.ticket_id = ? AND w.kind = ? AND w.id > ? AND w.state = 'unknown'",
        [write.ticketID.rawValue, write.payload.kind, write.id.rawValue], connection)
      return Reconciler.Rivals(
        younger: try attempts.map { (try table.find($0.write), $0) },
        claimed: try Self.claimedEntries(of: write, connection))
    }
  }

  /// Entries of the ticket's thread that are known to come from other writes, which were sent.
  func claimedEntries(of write: QueuedWrite) async throws(JournalError) -> Set<Int64> {
    try await perform { try Self.claimedEntries(of: write, $0) }
  }

  private static func claimedEntries(
    of write: QueuedWrite, _ connection: Connection
  ) throws -> Set<Int64> {
    Set(
      try connection.query(
        """
        SELECT remote_id FROM writes
        WHERE ticket_id = ? AND id <> ? AND state = 'sent' AND remote_id IS NOT NULL
        """, write.ticketID.rawValue, write.id.rawValue
      ) { row throws(SQLiteError) in try row.int64(0) })
  }

  /// Up to when the cache was complete as a bulk action was planned.
  func completeUntil(_ batch: BatchID) async throws(JournalError) -> Timestamp? {
    try await perform { connection in
      try connection.first(
        "SELECT complete_until FROM batches WHERE id = ?", batch.rawValue
      ) { row throws(SQLiteError) in try row.optionalInt64(0).map { Timestamp($0) } } ?? nil
    }
  }

  /// Stores what a look at the helpdesk showed for a write with an unknown outcome.
  func record(_ finding: Reconciler.Finding, of id: WriteID) async throws(JournalError) {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      guard write.state == .unknown else { return }
      let phrase = transaction.options.vocabulary.phrase(write)
      switch finding {
      case .applied(let remoteID, let count):
        try transaction.move(
          id, .foundApplied, detail: count > 1 ? "\(count) times" : nil,
          setting: [
            "remote_id": remoteID, "looks_left": 0,
            "problem": count > 1 ? "it stands in the thread \(count) times" : String?.none,
          ])
        try transaction.log(
          .finding,
          "Found at the helpdesk"
            + (count > 1 ? " \(count) times" : "") + ": \(phrase) (write \(id))")
      case .missing:
        let left = max(0, write.looksLeft - 1)
        guard left > 0 else {
          if try transaction.repeats(write) { return }
          try transaction.move(id, .notFound)
          try transaction.log(.finding, "Not found at the helpdesk: \(phrase) (write \(id))")
          return
        }
        let delay = Reconciler.lookDelays[Reconciler.lookDelays.count - left]
        try transaction.writes.set(
          id,
          [
            "looks_left": left, "not_before": transaction.now.seconds + delay,
            "updated_at": transaction.now.seconds,
          ])
      }
    }
  }
}

extension JournalTransaction {
  /// Ends an attempt: the move, the attempt's row and the audit's outcome belong together.
  func end(
    _ write: QueuedWrite, _ event: WriteEvent, outcome: String, remoteID: Int64? = nil,
    problem: String?, sentence: String
  ) throws {
    try move(
      write.id, event, detail: problem,
      setting: ["remote_id": remoteID ?? write.remoteID, "problem": problem])
    let attempt = try writes.integer(
      "SELECT coalesce(attempt, 0) FROM writes WHERE id = ?", write.id)
    try connection.execute(
      "UPDATE attempts SET ended_at = ?, outcome = ? WHERE id = ?", now.seconds, outcome, attempt)
    try log(
      .outcome,
      "\(sentence): \(options.vocabulary.phrase(write)) (write \(write.id), attempt \(attempt))")
  }

  /// Nothing was applied, so it may wait and go again with the same confirmation, but not for ever.
  func returnToQueue(
    _ write: QueuedWrite, reason: QueuedWrite.WaitingReason, after seconds: Int64,
    problem: String, sentence: String
  ) throws {
    try end(write, .postponed, outcome: "not sent", problem: problem, sentence: sentence)
    let returns = try writes.returns(write.id)
    guard returns < Journal.returnLimit else { return }
    try move(
      write.id, .waitBegan, facts: [.mayReturn],
      setting: [
        "returns": returns + 1, "waiting_for": reason.rawValue,
        "not_before": now.seconds + max(1, seconds),
      ])
  }

  /// A repeatable change that a read does not show goes again. Returns whether it does.
  fileprivate func repeats(_ write: QueuedWrite) throws -> Bool {
    guard case .update = write.payload, try !writes.isCustomerFacing(write.id) else {
      return false
    }
    let returns = try writes.returns(write.id)
    guard returns < Journal.returnLimit else { return false }
    try move(
      write.id, .foundMissing, facts: [.isRepeatable, .mayReturn],
      setting: ["returns": returns + 1, "looks_left": 0, "problem": String?.none])
    try log(
      .finding,
      "The helpdesk does not show it, so it goes again: \(options.vocabulary.phrase(write)) "
        + "(write \(write.id))")
    return true
  }
}

extension Attempt {
  fileprivate static func select(
    _ condition: String, _ arguments: [any SQLBindable], _ connection: Connection
  ) throws -> [Attempt] {
    try connection.query(
      """
      SELECT a.id, a.write, a.at, a.agent_id, a.watermark, a.server_time
      FROM attempts AS a JOIN writes AS w ON a.id = w.attempt
      WHERE \(condition) ORDER BY w.id DESC
      """, arguments: arguments
    ) { row throws(SQLiteError) in
      Attempt(
        number: try row.int64(0), write: WriteID(try row.int64(1)),
        at: Timestamp(try row.int64(2)),
        agentID: try row.optionalInt64(3).map { AgentID($0) },
        watermark: ConversationID(try row.int64(4)),
        serverTime: try row.optionalInt64(5).map { Timestamp($0) })
    }
  }
}
