public import Helpdesk
import SQLite

extension CacheStore {
  public func save(companies: [Company], cursor: SyncCursor? = nil) async throws {
    try await write { writer in
      for company in companies { try writer.save(company) }
      if let cursor { try writer.save(cursor) }
    }
  }

  public func save(contacts: [Contact], cursor: SyncCursor? = nil) async throws {
    try await write { writer in
      for contact in contacts { try writer.save(contact) }
      if let cursor { try writer.save(cursor) }
    }
  }

  /// Replaces the whole list: the helpdesk does not say which agents are gone.
  public func replace(agents: [Agent]) async throws {
    try await write { writer in
      try writer.connection.execute("DELETE FROM agents")
      for agent in agents { try writer.save(agent) }
    }
  }

  /// Replaces the whole list. Members that were read before stay where the list does not name any.
  public func replace(groups: [Group]) async throws {
    try await write { writer in
      let known = try writer.connection.query("SELECT id, agent_ids FROM groups") {
        row throws(SQLiteError) in (GroupID(try row.int64(0)), try row.string(1))
      }
      try writer.connection.execute("DELETE FROM groups")
      for var group in groups {
        if group.agentIDs.isEmpty, let members = known.first(where: { $0.0 == group.id })?.1 {
          group.agentIDs = StoredText.ids(members)
        }
        try writer.save(group)
      }
    }
  }

  /// Keeps one group with its members.
  public func save(group: Group) async throws {
    try await write { writer in try writer.save(group) }
  }

  public func replace(ticketFields: [TicketField]) async throws {
    try await write { writer in
      try writer.connection.execute("DELETE FROM ticket_fields")
      for field in ticketFields {
        try writer.connection.execute(
          "INSERT OR REPLACE INTO ticket_fields VALUES (?, ?, ?, ?, ?, ?)", field.id, field.name,
          field.label, field.type, field.isRequiredForClosure, StoredText.encode(field.choices))
      }
    }
  }

  public func replace(cannedResponses: [CannedResponse]) async throws {
    try await write { writer in
      try writer.connection.execute("DELETE FROM canned_responses")
      for response in cannedResponses {
        try writer.connection.execute(
          "INSERT OR REPLACE INTO canned_responses VALUES (?, ?, ?, ?, ?)", response.id,
          response.title, response.folder, response.text, response.html)
      }
    }
  }

  /// Adds addresses of the helpdesk's own mailboxes. One that was closed stays: no reply should be
  /// copied to it either.
  public func save(mailboxes: [String]) async throws {
    try await write { writer in try writer.save(mailboxes: mailboxes) }
  }

  public func save(ratings: [SatisfactionRating], cursor: SyncCursor? = nil) async throws {
    try await write { writer in
      for rating in ratings {
        try writer.connection.execute(
          "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?)", rating.id,
          rating.ticketID.rawValue, rating.contactID.rawValue, rating.score, rating.feedback,
          rating.createdAt.seconds)
      }
      if let cursor { try writer.save(cursor) }
    }
  }

  /// Notes that the tickets are complete up to a moment, for a cache that was filled without a sync.
  public func markSynced(tickets moment: Timestamp) async throws {
    try await save(
      SyncCursor(
        phase: .tickets, windowStart: moment, newestSeen: moment, finishedAt: clock()))
  }

  func save(_ cursor: SyncCursor) async throws {
    try await write { writer in try writer.save(cursor) }
  }

  /// Up to which moment of the helpdesk's clock every ticket's change is in the cache; nil while no
  /// sync of the tickets has come to its end.
  public func ticketsAreCompleteUntil() async -> Timestamp? {
    guard let cursor = try? await cursor(.tickets), cursor.finishedAt != nil else { return nil }
    return cursor.newestSeen
  }

  func cursor(_ phase: SyncPhase) async throws -> SyncCursor {
    try await database.perform { connection in try CacheWriter.cursor(phase, connection) }
  }
}

extension CacheWriter {
  func save(mailboxes: [String]) throws(SQLiteError) {
    for address in mailboxes where !address.isEmpty {
      try connection.execute(
        "INSERT OR IGNORE INTO mailboxes VALUES (?)", EmailAddress.key(address))
    }
  }

  func save(_ group: Group) throws(SQLiteError) {
    try connection.execute(
      "INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", group.id.rawValue, group.name,
      StoredText.join(group.agentIDs))
  }

  mutating func save(_ agent: Agent) throws(SQLiteError) {
    try connection.execute(
      "INSERT OR REPLACE INTO agents VALUES (?, ?, ?, ?, ?, ?)", agent.id.rawValue, agent.name,
      agent.email, agent.isAvailable, agent.signature, StoredText.join(agent.groupIDs))
    try rename(
      "requester_id", agent.id.rawValue, column: "requester_name", name: agent.name,
      guardedBy: "requester_name = '' AND")
  }

  mutating func save(_ company: Company) throws(SQLiteError) {
    let old = try connection.first("SELECT name FROM companies WHERE id = ?", company.id.rawValue) {
      row throws(SQLiteError) in IndexText.prepare(try row.string(0))
    }
    words.replaceCompanyText(
      of: company.id.rawValue, old: old, new: IndexText.prepare(company.name))
    try connection.execute(
      """
      INSERT OR REPLACE INTO companies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, company.id.rawValue, company.name, StoredText.join(company.domains), company.details,
      company.note, company.healthScore, company.accountTier, company.industry,
      company.renewalDate?.seconds, company.createdAt.seconds, company.updatedAt.seconds)
    companyNames[company.id.rawValue] = company.name
    try rename(
      "company_id", company.id.rawValue, column: "company_name", name: company.name,
      guardedBy: "company_id IS NOT NULL AND")
  }

  mutating func save(_ contact: Contact) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT OR REPLACE INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, contact.id.rawValue, contact.name, contact.email, StoredText.join(contact.otherEmails),
      contact.phone, contact.mobile, contact.jobTitle, contact.language, contact.timeZone,
      contact.notes, contact.companyID?.rawValue, StoredText.join(contact.tags),
      contact.isDeleted, contact.createdAt.seconds, contact.updatedAt.seconds)
    try saveCustomer(contact)
    try rename(
      "requester_id", contact.id.rawValue, column: "requester_name", name: contact.name,
      guardedBy: "")
    if let email = contact.email {
      try rename(
        "requester_id", contact.id.rawValue, column: "requester_email", name: email, guardedBy: "")
    }
  }

  /// Carries a new name into the tickets that show it and into their words.
  private mutating func rename(
    _ key: String, _ id: Int64, column: String, name: String, guardedBy condition: String
  ) throws(SQLiteError) {
    let tickets = try connection.query(
      "SELECT id FROM tickets WHERE \(condition) \(key) = ? AND \(column) IS NOT ?", id,
      name
    ) { row throws(SQLiteError) in TicketID(try row.int64(0)) }
    for ticket in tickets {
      guard let old = try KnownTicket.read(ticket, connection) else { continue }
      try connection.execute(
        "UPDATE tickets SET \(column) = ? WHERE id = ?", name, ticket.rawValue)
      guard let new = try KnownTicket.read(ticket, connection) else { continue }
      words.replaceQueueText(of: ticket.rawValue, old: old.words, new: new.words)
    }
  }
}
