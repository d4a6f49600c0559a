public import Helpdesk
public import SQLite

/// Writes the cache: each call is one transaction in which rows, counters, full-text indexes and
/// the sync's cursor move together. Shared by any number of tasks.
public struct CacheStore: Sendable {
  let database: Database
  /// Seconds of the wall clock, for "fetched at".
  let clock: @Sendable () -> Timestamp

  public init(database: Database, clock: @escaping @Sendable () -> Timestamp) {
    self.database = database
    self.clock = clock
  }

  /// Runs one transaction with a fresh writer. Throws `SQLiteError`.
  func write<Value: Sendable>(
    _ body: @Sendable (inout CacheWriter) throws -> Value
  ) async throws -> Value {
    let now = clock()
    return try await database.write { connection in
      var writer = CacheWriter(connection, now: now)
      let value = try body(&writer)
      try writer.finish()
      return value
    }
  }

  // Tickets

  /// Saves a page of tickets and, in the same transaction, how far the sync has come.
  /// Returns how many of them brought something new.
  @discardableResult
  public func save(tickets: [Ticket], cursor: SyncCursor? = nil) async throws -> Int {
    let tickets = tickets.map(BodyText.prepare)
    return try await write { writer in
      var count = 0
      for ticket in tickets where try writer.save(ticket) { count += 1 }
      if let cursor { try writer.save(cursor) }
      return count
    }
  }

  /// Saves a ticket as read just now with its whole thread, which replaces the cached one.
  public func saveThread(of ticket: Ticket, conversations: [Conversation]) async throws {
    try await saveThreads([(ticket, conversations)])
  }

  /// The same for several tickets in one transaction.
  public func saveThreads(_ threads: [(ticket: Ticket, conversations: [Conversation])])
    async throws
  {
    try await save(
      threads: threads.map { thread in
        PreparedThread(
          id: thread.ticket.id, ticket: BodyText.prepare(thread.ticket),
          version: thread.ticket.updatedAt,
          messages: thread.conversations.map(PreparedMessage.init))
      })
  }

  func save(threads: [PreparedThread]) async throws {
    try await write { writer in
      for thread in threads { try writer.save(thread) }
    }
  }

  /// Tickets whose thread is not the newest in the cache, newest first: those that are not done,
  /// or all.
  ///
  /// One that failed is left out until its time has come again, except in a full reading.
  func ticketsWantingThread(
    includingDone: Bool, changedSince: Timestamp?, except: Set<TicketID>, limit: Int
  ) async throws -> [WantedThread] {
    let now = clock().seconds
    return try await database.perform { connection in
      var found: [WantedThread] = []
      try connection.forEach(
        """
        SELECT id, updated_at, EXISTS (
          SELECT 1 FROM messages
          WHERE ticket_id = tickets.id AND conversation_id IS NULL AND text = '')
        FROM tickets
        WHERE thread_version IS NOT updated_at AND stage < \(includingDone ? 9 : 2)
          AND updated_at >= ?
          AND (? OR NOT EXISTS (
            SELECT 1 FROM thread_failures AS failure WHERE failure.ticket_id = tickets.id
              AND failure.failed_at + \(ThreadFailure.pause) > ?))
        ORDER BY stage, updated_at DESC
        """, arguments: [changedSince?.seconds ?? Int64.min, includingDone, now]
      ) { row throws(SQLiteError) in
        let id = TicketID(try row.int64(0))
        if !except.contains(id) {
          found.append(
            WantedThread(
              id: id, version: Timestamp(try row.int64(1)), lacksDescription: try row.bool(2)))
        }
        return found.count < limit
      }
      return found
    }
  }

  /// The helpdesk no longer knows the ticket: it leaves all views.
  public func markGone(_ id: TicketID) async throws {
    try await write { writer in try writer.markGone(id) }
  }

  /// The thread was printed up to this conversation; what comes later was not seen there.
  public func markShown(_ id: TicketID, upTo last: ConversationID) async throws {
    try await write { writer in
      _ = try writer.connection.execute(
        """
        INSERT INTO shown_threads VALUES (?, ?)
        ON CONFLICT DO UPDATE SET conversation_id = excluded.conversation_id
        """, id.rawValue, last.rawValue)
    }
  }

  /// This person has looked at the thread: its words are no longer new.
  public func markSeen(_ id: TicketID) async throws {
    try await write { writer in try writer.markSeen(id) }
  }

  /// Notes when a reading of everything began; nil reads what was noted.
  func fullReadingBegan(_ moment: Timestamp?) async throws -> Timestamp? {
    try await noted("full reading began", moment)
  }

  /// Notes up to when the lists of removed tickets have been read; nil reads what was noted.
  func removedTicketsReadUntil(_ moment: Timestamp?) async throws -> Timestamp? {
    try await noted("removed tickets read", moment)
  }

  /// Notes when, by this machine's clock, those lists were last looked at; nil reads what was noted.
  func removedTicketsLookedAt(_ moment: Timestamp?) async throws -> Timestamp? {
    try await noted("removed tickets looked at", moment)
  }

  /// Whether the vendor's "updated since" was seen to include the moment itself.
  func sinceIsInclusive() async throws -> Bool {
    try await noted("since is inclusive", nil) != nil
  }

  func saveSinceIsInclusive() async throws { _ = try await noted("since is inclusive", clock()) }

  /// Notes when the own mailboxes were last read; nil reads what was noted.
  func mailboxesReadAt(_ moment: Timestamp?) async throws -> Timestamp? {
    try await noted("mailboxes read", moment)
  }

  private func noted(_ name: String, _ moment: Timestamp?) async throws -> Timestamp? {
    try await write { writer in
      if let moment { try writer.saveFact(name, String(moment.seconds)) }
      let noted = try writer.connection.first(
        "SELECT value FROM account_facts WHERE name = ?", name
      ) { row throws(SQLiteError) in Int64(try row.string(0)) }
      return (noted ?? nil).map(Timestamp.init)
    }
  }

  /// Saves tickets of the trash or of spam as far as they are cached, and returns how many.
  func saveRemoved(_ tickets: [Ticket]) async throws -> Int {
    try await write { writer in
      var count = 0
      for ticket in tickets where try KnownTicket.read(ticket.id, writer.connection) != nil {
        try writer.save(ticket)
        count += 1
      }
      return count
    }
  }

  /// Unfinished tickets that nothing was heard of since a moment.
  func ticketsUnheard(since moment: Timestamp, limit: Int) async throws -> [TicketID] {
    try await database.perform { connection in
      try connection.query(
        "SELECT id FROM tickets WHERE stage < 2 AND fetched_at < ? LIMIT ?", moment.seconds, limit
      ) { row throws(SQLiteError) in TicketID(try row.int64(0)) }
    }
  }

  /// How many tickets were heard of since a moment; walks the table.
  func ticketsHeard(since moment: Timestamp) async throws -> Int {
    try await database.perform { connection in
      try connection.first("SELECT count(*) FROM tickets WHERE fetched_at >= ?", moment.seconds) {
        row throws(SQLiteError) in try row.int(0)
      } ?? 0
    }
  }

  /// Gives back the memory that writing took, for a program that stays open all day.
  public func releaseMemory() async {
    _ = try? await database.perform { connection in connection.releaseMemory() }
  }

  /// Brings the write-ahead log into the file and empties it, as far as readers let it, so that the
  /// next start has nothing to recover. Called at the end of long writing.
  public func checkpoint() async throws {
    _ = try await database.perform { connection in
      try connection.query("PRAGMA wal_checkpoint(TRUNCATE)") { row throws(SQLiteError) in
        row.value(0)
      }
    }
  }

  // Facts about the account

  /// Remembers whose key this is, so that "mine" works offline.
  public func save(me: Agent) async throws {
    try await write { writer in
      try writer.save(me)
      try writer.saveFact("me", me.id.description)
    }
  }
}

/// A ticket whose thread is to be read.
struct WantedThread: Sendable {
  var id: TicketID
  /// The ticket's `updatedAt` in the cache.
  var version: Timestamp
  /// Lists have left out the customer's first words: they come with the ticket itself.
  var lacksDescription: Bool
}

/// A fetched thread with its texts made, ready for one transaction.
struct PreparedThread: Sendable {
  var id: TicketID
  /// The ticket as read with it; nil leaves the cached one as it is.
  var ticket: Ticket?
  /// The ticket's `updatedAt` at the time of reading: a later one means that the thread is stale.
  var version: Timestamp
  var messages: [PreparedMessage]
}

extension CacheWriter {
  mutating func save(_ thread: PreparedThread) throws(SQLiteError) {
    if let ticket = thread.ticket { try save(ticket) }
    try connection.execute("DELETE FROM thread_failures WHERE ticket_id = ?", thread.id.rawValue)
    guard let stored = try StoredTicket.read(thread.id, connection) else {
      try replaceThread(of: thread.id, with: thread.messages)
      return
    }
    let messages = thread.messages.map { $0.attributed(toRequester: stored.ticket.requesterID) }
    try replaceThread(of: thread.id, with: messages)
    try markRepeatedDescription(of: stored.ticket)
    guard let known = try KnownTicket.read(thread.id, connection) else { return }
    var speech = known.speech.hearing(stored.ticket)
    speech.isThreadKnown = true
    for message in messages {
      let moment = message.conversation.createdAt.seconds
      switch message.conversation.kind {
      case .customer, .feedback: speech.customerSpokeAt = max(speech.customerSpokeAt, moment)
      case .reply, .publicNote: speech.agentSpokeAt = max(speech.agentSpokeAt, moment)
      case .privateNote, .forward, .replyToForward, .other: break
      }
    }
    try settle(stored.ticket, speech: speech, known: known)
    try connection.execute(
      """
      UPDATE tickets SET thread_fetched_at = ?, thread_version = ? WHERE id = ?
      """, now.seconds, thread.version.seconds, thread.id.rawValue)
  }

  mutating func markSeen(_ id: TicketID) throws(SQLiteError) {
    guard let known = try KnownTicket.read(id, connection),
      let stored = try StoredTicket.read(id, connection)
    else { return }
    var speech = known.speech
    // By the helpdesk's clock where it is ahead of this machine's.
    speech.seenAt = max(now.seconds, speech.customerSpokeAt)
    try settle(stored.ticket, speech: speech, known: known)
  }

  func saveFact(_ name: String, _ value: String) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT INTO account_facts VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value
      """, name, value)
  }
}
