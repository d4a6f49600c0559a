import Helpdesk
import SQLite

/// What the sender needs to know about one attempt, to find out later what became of it.
struct Attempt: Equatable, Sendable {
  var number: Int64
  var write: WriteID
  var at: Timestamp
  var agentID: AgentID?
  /// The highest conversation id on the ticket before the attempt.
  var watermark: ConversationID
  /// The helpdesk's own clock before the attempt.
  var serverTime: Timestamp?
}

/// What is on disk before the first byte leaves.
struct SendingFacts: Equatable, Sendable {
  var revision: Int
  var owner: ProcessIdentity
  var lineAccount: String
  var mayWrite: Bool
  /// Of the bytes of each attached file that will leave.
  var fileDigests: [String] = []
  var agentID: AgentID?
  var watermark = ConversationID(0)
  var serverTime: Timestamp?
}

/// The journal as the dispatcher uses it, before and up to sending.
extension Journal {
  /// Notes who sends now. What an owner that is gone had on its way becomes unknown. With
  /// `renewsHolds` a hold that ran out while nobody was there begins anew, so that nothing leaves
  /// unseen. Call only while holding the sender's lock.
  func becomeSender(
    _ owner: ProcessIdentity, renewsHolds: Bool
  ) async throws(JournalError) {
    try await perform { try Self.checkHealth($0, path: Self.path(in: options.folder)) }
    try await change { transaction in
      try transaction.connection.execute(
        """
        INSERT INTO sender (id, owner, since) VALUES (1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, since = excluded.since
        """, owner.text, transaction.now.seconds)
      try transaction.abandonOrphans(of: owner)
      guard renewsHolds else { return }
      for write in try transaction.writes.select(
        "state = 'confirmed' AND hold_until <= ?", [transaction.now.seconds])
      {
        let hold = try transaction.writes.holdSeconds(write.id)
        try transaction.writes.set(write.id, ["hold_until": transaction.now.seconds + hold])
      }
    }
  }

  /// Who was the last to become the sender; it may have ended since.
  public func sender() async throws(JournalError) -> ProcessIdentity? {
    try await perform { connection in
      try connection.first("SELECT owner FROM sender WHERE id = 1") { row throws(SQLiteError) in
        ProcessIdentity(text: try row.string(0))
      } ?? nil
    }
  }

  /// Moves the ends of all holds that lay ahead before the clock was set forward.
  func lengthenHolds(by seconds: Int64) async throws(JournalError) {
    try await change { transaction in
      try transaction.connection.execute(
        "UPDATE writes SET hold_until = hold_until + ? WHERE state = 'confirmed' AND hold_until > ?",
        seconds, transaction.now.seconds - seconds)
    }
  }

  /// Moves on what is held no longer. A hold that seems longer than it can be (the clock was set
  /// back) is cut to its length.
  func endHolds() async throws(JournalError) {
    let now = now
    let isNeeded = try await perform { connection in
      try connection.first(
        """
        SELECT 1 FROM writes AS w WHERE state = 'confirmed'
        AND (hold_until IS NULL OR hold_until <= ? OR hold_until > ? + hold_seconds)
        AND (follows IS NULL
          OR EXISTS (SELECT 1 FROM writes AS p WHERE p.id = w.follows AND p.state = 'sent'))
        LIMIT 1
        """, now.seconds, now.seconds
      ) { row throws(SQLiteError) in try row.int(0) } != nil
    }
    guard isNeeded else { return }
    try await change { transaction in
      try transaction.connection.execute(
        """
        UPDATE writes SET hold_until = ? + hold_seconds
        WHERE state = 'confirmed' AND hold_until > ? + hold_seconds
        """, now.seconds, now.seconds)
      for write in try transaction.writes.select(
        """
        state = 'confirmed' AND (hold_until IS NULL OR hold_until <= ?)
        AND (follows IS NULL
          OR (SELECT p.state FROM writes AS p WHERE p.id = writes.follows) = 'sent')
        """, [transaction.now.seconds])
      {
        try transaction.move(
          write.id, .holdEnded, facts: [.holdIsOver, .mayWrite],
          setting: ["hold_until": Int64?.none])
      }
    }
  }

  /// Says why a write waits, and until when.
  func postpone(
    _ id: WriteID, _ reason: QueuedWrite.WaitingReason, until moment: Timestamp?,
    problem: String? = nil
  ) async throws(JournalError) {
    try await change { transaction in
      // Only what waits: a person may have taken it back meanwhile.
      let write = try transaction.writes.find(id)
      guard write.state == .queued || write.state == .unknown else { return }
      try transaction.writes.set(
        id,
        [
          "waiting_for": write.state == .queued ? reason.rawValue : String?.none,
          "not_before": moment?.seconds, "problem": problem ?? write.problem,
          "updated_at": transaction.now.seconds,
        ])
    }
  }

  /// What a sender may begin now, and when to look again.
  func due(_ situation: DueWrites.Situation) async throws(JournalError) -> DueWrites {
    let account = options.account
    return try await perform { try DueWrites($0, account: account, situation) }
  }

  /// Marks all that waits with one reason, where it is not marked yet. Without a reason the marks
  /// that hold for all are taken away.
  func markWaiting(_ reason: QueuedWrite.WaitingReason?) async throws(JournalError) {
    let ended = """
      waiting_for IN ('stopped', 'read_only', 'offline')
      OR (waiting_for = 'limit' AND not_before <= \(now.seconds))
      """
    try await mark(
      reason, until: nil,
      reason.map { "waiting_for IS NOT '\($0.rawValue)'" } ?? "(\(ended))")
  }

  /// Marks what has no room in the request limit, with the moment at which there may be some.
  func markLimited(
    _ route: DueWrites.Route, until moment: Timestamp
  ) async throws(JournalError) {
    try await mark(
      .limit, until: moment,
      """
      kind = '\(route.kind.rawValue)' AND batch IS \(route.lane == .bulk ? "NOT " : "")NULL
      AND (waiting_for IS NOT 'limit' OR not_before IS NULL OR not_before <= \(now.seconds))
      """)
  }

  private func mark(
    _ reason: QueuedWrite.WaitingReason?, until moment: Timestamp?, _ condition: String
  ) async throws(JournalError) {
    let isNeeded = try await perform { connection in
      try connection.first(
        "SELECT 1 FROM writes WHERE state = 'queued' AND \(condition) LIMIT 1"
      ) { row throws(SQLiteError) in try row.int(0) } != nil
    }
    guard isNeeded else { return }
    try await change { transaction in
      try transaction.connection.execute(
        """
        UPDATE writes SET waiting_for = ?, not_before = coalesce(?, not_before), updated_at = ?
        WHERE state = 'queued' AND \(condition)
        """, reason?.rawValue, moment?.seconds, transaction.now.seconds)
    }
  }

  /// The check before sending has found something.
  func stop(_ id: WriteID, _ conflict: WriteConflict) async throws(JournalError) {
    try await change { transaction in
      try transaction.move(
        id, .foundStale, facts: [.isSender], detail: conflict.summary,
        setting: [
          "conflict": try StoredConflict.encode(conflict), "problem": conflict.summary,
        ])
    }
  }

  /// The compare-and-swap to `sending`. On disk when it returns: state, attempt, owner, watermark,
  /// server time, and the audit's intent, also in its file. Only then may a byte leave.
  func claim(
    _ id: WriteID, _ facts: SendingFacts
  ) async throws(JournalError) -> (attempt: Attempt, write: QueuedWrite) {
    try await change(needsAudit: true) { transaction in
      let write = try transaction.writes.find(id)
      guard write.revision == facts.revision else {
        throw WriteMachine.Refusal.missing(.digestMatches)
      }
      let confirmed = try transaction.writes.confirmedDigest(id)
      let digest = WriteDigest(
        account: write.account, ticketID: write.ticketID, payload: write.payload,
        fileDigests: facts.fileDigests)
      var known: Set<WriteFact> = [.isItsTurn]
      if let confirmed, confirmed == digest?.hex { known.insert(.digestMatches) }
      if try transaction.isSender(facts.owner) { known.insert(.isSender) }
      if facts.mayWrite { known.insert(.mayWrite) }
      if write.account == facts.lineAccount { known.insert(.isRightAccount) }
      try transaction.connection.execute(
        """
        INSERT INTO attempts (write, at, owner, digest, agent_id, watermark, server_time)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, id.rawValue, transaction.now.seconds, facts.owner.text, confirmed ?? "",
        facts.agentID?.rawValue, facts.watermark.rawValue, facts.serverTime?.seconds)
      let number = transaction.connection.lastInsertedRowID
      let moved = try transaction.move(
        id, .claimed, facts: known, detail: "attempt \(write.attempts + 1)",
        setting: [
          "attempts": write.attempts + 1, "attempt": number, "problem": String?.none,
        ])
      try transaction.log(
        .intent,
        "\(transaction.options.person) sends \(transaction.options.vocabulary.phrase(write)) "
          + "(write \(id), attempt \(number), digest \((confirmed ?? "").prefix(16)))")
      let attempt = Attempt(
        number: number, write: id, at: transaction.now, agentID: facts.agentID,
        watermark: facts.watermark, serverTime: facts.serverTime)
      return (attempt, moved.write)
    }
  }
}

extension JournalTransaction {
  /// Whether the journal's sender is still this one: another that has taken over in between is not
  /// raced.
  func isSender(_ owner: ProcessIdentity) throws -> Bool {
    try connection.first("SELECT owner FROM sender WHERE id = 1") {
      row throws(SQLiteError) in try row.string(0)
    } == owner.text
  }

  /// Nobody else can hold the lock now, so an owner that is not alive never will record an outcome.
  fileprivate func abandonOrphans(of owner: ProcessIdentity) throws {
    for write in try writes.select("state = 'sending'") {
      let holder = try connection.first(
        "SELECT a.owner FROM attempts AS a JOIN writes AS w ON a.id = w.attempt WHERE w.id = ?",
        write.id.rawValue
      ) { row throws(SQLiteError) in try row.string(0) }
      let identity = holder.flatMap(ProcessIdentity.init(text:))
      guard identity != owner else { continue }
      // Alive in another process although the lock is ours: a file system that loses locks.
      if let identity, identity.pid != owner.pid, identity.isAlive { continue }
      try end(
        write, .ownerGone, outcome: "unknown",
        problem: "the program ended while it was sending",
        sentence: "Outcome unknown, the sending program was gone")
    }
  }
}
