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
  public func save(tickets: [Ticket], cursor: SyncCursor? = nil) async throws {
    try await write { writer in
      for ticket in tickets { try writer.save(ticket) }
      if let cursor { try writer.save(cursor) }
    }
  }

  /// Saves a ticket as read just now with its whole thread, which replaces the cached one.
  /// With nil for the ticket only the thread is replaced.
  public func saveThread(of id: TicketID, ticket: Ticket? = nil, conversations: [Conversation])
    async throws
  {
    let messages = conversations.map(PreparedMessage.init)
    try await saveThreads([PreparedThread(id: id, ticket: ticket, messages: messages)])
  }

  func saveThreads(_ threads: [PreparedThread], cursor: SyncCursor? = nil) async throws {
    try await write { writer in
      for thread in threads { try writer.save(thread) }
      if let cursor { try writer.save(cursor) }
    }
  }

  /// The helpdesk no longer knows the ticket: it leaves all views.
  public func markGone(_ id: TicketID) async throws {
    try await write { writer in try writer.markGone(id) }
  }

  /// This person has looked at the thread: its words are no longer new.
  public func markSeen(_ id: TicketID) async throws {
    try await write { writer in try writer.markSeen(id) }
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

/// A fetched thread with its texts made, ready for one transaction.
struct PreparedThread: Sendable {
  var id: TicketID
  var ticket: Ticket?
  var messages: [PreparedMessage]
}

extension CacheWriter {
  mutating func save(_ thread: PreparedThread) throws(SQLiteError) {
    if let ticket = thread.ticket { try save(ticket) }
    try replaceThread(of: thread.id, with: thread.messages)
    guard let known = try KnownTicket.read(thread.id, connection),
      let stored = try StoredTicket.read(thread.id, connection)
    else { return }
    var speech = known.speech.hearing(stored.ticket)
    speech.isThreadKnown = true
    for message in thread.messages {
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
      UPDATE tickets SET thread_fetched_at = ?, thread_version = updated_at WHERE id = ?
      """, now.seconds, thread.id.rawValue)
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
