public import Helpdesk
public import SQLite

/// A file of a thread and the message that it came with.
public struct TicketAttachment: Equatable, Sendable {
  /// Nil for the ticket's description.
  public var conversation: ConversationID?
  public var at: Timestamp
  public var file: Attachment

  public init(conversation: ConversationID?, at: Timestamp, file: Attachment) {
    self.conversation = conversation
    self.at = at
    self.file = file
  }
}

extension CacheReader {
  public func contact(_ id: ContactID) throws(SQLiteError) -> Contact? {
    try connection.first(
      """
      SELECT id, name, email, other_emails, phone, mobile, job_title, language, time_zone, notes,
        company_id, tags, is_deleted, created_at, updated_at
      FROM contacts WHERE id = ?
      """, id.rawValue
    ) { row throws(SQLiteError) in
      Contact(
        id: ContactID(try row.int64(0)), name: try row.string(1),
        email: try row.optionalString(2), otherEmails: StoredText.split(try row.string(3)),
        phone: try row.optionalString(4), mobile: try row.optionalString(5),
        jobTitle: try row.optionalString(6), language: try row.optionalString(7),
        timeZone: try row.optionalString(8), notes: try row.optionalString(9),
        companyID: try row.optionalInt64(10).map(CompanyID.init),
        tags: StoredText.split(try row.string(11)), isDeleted: try row.bool(12),
        createdAt: Timestamp(try row.int64(13)), updatedAt: Timestamp(try row.int64(14)))
    }
  }

  public func company(_ id: CompanyID) throws(SQLiteError) -> Company? {
    try connection.first(
      """
      SELECT id, name, domains, details, note, health_score, account_tier, industry, renewal_date,
        created_at, updated_at
      FROM companies WHERE id = ?
      """, id.rawValue
    ) { row throws(SQLiteError) in
      Company(
        id: CompanyID(try row.int64(0)), name: try row.string(1),
        domains: StoredText.split(try row.string(2)), details: try row.optionalString(3),
        note: try row.optionalString(4), healthScore: try row.optionalString(5),
        accountTier: try row.optionalString(6), industry: try row.optionalString(7),
        renewalDate: try row.optionalInt64(8).map(Timestamp.init),
        createdAt: Timestamp(try row.int64(9)), updatedAt: Timestamp(try row.int64(10)))
    }
  }

  /// A contact by the main address; for mail that names somebody.
  public func contact(email: String) throws(SQLiteError) -> Contact? {
    let id = try connection.first(
      "SELECT id FROM contacts WHERE email = ? LIMIT 1", email.lowercased()
    ) { row throws(SQLiteError) in ContactID(try row.int64(0)) }
    guard let id else { return nil }
    return try contact(id)
  }

  /// A customer's other tickets, newest first.
  public func recentTickets(of id: ContactID, except ticket: TicketID? = nil, limit: Int)
    throws(SQLiteError) -> [RecentTicket]
  {
    let directory = try directory()
    return try connection.query(
      """
      SELECT id, subject, status, updated_at FROM tickets
      WHERE requester_id = ? AND id <> ? AND +stage < 9 ORDER BY updated_at DESC, id DESC LIMIT ?
      """, id.rawValue, ticket?.rawValue ?? 0, limit
    ) { row throws(SQLiteError) in
      let status = TicketStatus(rawValue: try row.int(2))
      return RecentTicket(
        id: TicketID(try row.int64(0)), subject: try row.string(1), status: status,
        statusLabel: directory.label(status), updatedAt: Timestamp(try row.int64(3)))
    }
  }

  /// Tags in use that begin so, most used first.
  public func tags(beginning start: String, limit: Int) throws(SQLiteError) -> [String] {
    let first = start.lowercased()
    return try connection.query(
      """
      SELECT label FROM tag_counts WHERE tag >= ? AND tag < ? AND tickets > 0
      ORDER BY tickets DESC, tag LIMIT ?
      """, first, first + "\u{10ffff}", limit
    ) { row throws(SQLiteError) in try row.string(0) }
  }

  /// Texts that agents keep ready, by folder and title.
  public func cannedResponses() throws(SQLiteError) -> [CannedResponse] {
    try connection.query(
      """
      SELECT id, title, folder, text, html FROM canned_responses
      ORDER BY folder COLLATE NOCASE, title COLLATE NOCASE, id
      """
    ) { row throws(SQLiteError) in
      CannedResponse(
        id: try row.int64(0), title: try row.string(1), folder: try row.string(2),
        text: try row.string(3), html: try row.string(4))
    }
  }

  /// What the customer thought, newest first.
  public func ratings(of ticket: TicketID) throws(SQLiteError) -> [SatisfactionRating] {
    try connection.query(
      """
      SELECT id, contact_id, score, feedback, created_at FROM ratings WHERE ticket_id = ?
      ORDER BY created_at DESC, id DESC
      """, ticket.rawValue
    ) { row throws(SQLiteError) in
      SatisfactionRating(
        id: try row.int64(0), ticketID: ticket, contactID: ContactID(try row.int64(1)),
        score: try row.int(2), feedback: try row.optionalString(3),
        createdAt: Timestamp(try row.int64(4)))
    }
  }

  /// The files of a ticket's thread, oldest first.
  public func attachments(of ticket: TicketID) throws(SQLiteError) -> [TicketAttachment] {
    try connection.query(
      """
      SELECT conversation_id, created_at, attachments FROM messages
      WHERE ticket_id = ? AND attachments IS NOT NULL ORDER BY created_at, id
      """, ticket.rawValue
    ) { row throws(SQLiteError) in
      let conversation = try row.optionalInt64(0).map(ConversationID.init)
      let at = Timestamp(try row.int64(1))
      return StoredText.attachments(try row.optionalString(2)).map {
        TicketAttachment(conversation: conversation, at: at, file: $0)
      }
    }.flatMap { $0 }
  }

  /// When a phase of the sync last came to its end; nil while it never has.
  public func lastSync(_ phase: SyncPhase = .tickets) throws(SQLiteError) -> Timestamp? {
    try CacheWriter.cursor(phase, connection).finishedAt
  }

  /// Messages in the cache, descriptions included. Walks an index: not for a key press.
  public func messageCount() throws(SQLiteError) -> Int {
    try connection.first("SELECT count(*) FROM messages") { row throws(SQLiteError) in
      try row.int(0)
    } ?? 0
  }
}
