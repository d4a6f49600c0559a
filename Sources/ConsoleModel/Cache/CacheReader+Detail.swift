public import Helpdesk
public import SQLite

extension CacheReader {
  /// Messages that `detail` reads at once; earlier ones of a giant thread come by `entries`.
  public static let entryLimit = 200

  /// All that the thread and the sidebar show; nil for a ticket that is not cached. Of a thread
  /// longer than `entryLimit`, the description and the newest messages.
  public func detail(_ id: TicketID, entryLimit: Int = CacheReader.entryLimit)
    throws(SQLiteError) -> TicketDetail?
  {
    guard let stored = try StoredTicket.read(id, connection), var row = try row(id) else {
      return nil
    }
    row.hasNewCustomerWords = stored.needsAnswer
    var detail = TicketDetail(ticket: stored.ticket, row: row)
    detail.requester = try contact(stored.ticket.requesterID)
    let companyID = stored.ticket.companyID ?? detail.requester?.companyID
    if let companyID { detail.company = try company(companyID) }
    detail.entries = try newestEntries(of: stored, limit: entryLimit)
    detail.entryCount = try entryCount(of: id)
    detail.isThreadCached = stored.threadFetchedAt != nil
    detail.isGone = stored.isGone
    detail.cachedAt = stored.threadFetchedAt ?? stored.fetchedAt
    detail.ownAddresses = try ownAddresses(of: stored.ticket)
    let requester = stored.ticket.requesterID
    detail.recentTickets = try recentTickets(of: requester, except: id, limit: 10)
    let all = try count(QueueQuery(requesterID: requester))
    detail.requesterTicketCount = all.value
    let unresolved = Set(try directory().statuses.filter { !$0.isDone })
    detail.requesterOpenTicketCount =
      try count(QueueQuery(statuses: unresolved, requesterID: requester)).value
    return detail
  }

  /// The helpdesk's mailboxes as far as they are known, those that this ticket's replies came from,
  /// and the user's own address.
  private func ownAddresses(of ticket: Ticket) throws(SQLiteError) -> Set<String> {
    let directory = try directory()
    var own = try connection.query("SELECT email FROM mailboxes") { row throws(SQLiteError) in
      try row.string(0)
    }
    own += try connection.query(
      """
      SELECT DISTINCT from_email FROM messages
      WHERE ticket_id = ? AND kind = 'reply' AND from_email IS NOT NULL
      """, ticket.id.rawValue
    ) { row throws(SQLiteError) in try row.string(0) }
    own += ticket.supportEmails
    if let me = directory.me, let email = directory.agents.first(where: { $0.id == me })?.email {
      own.append(email)
    }
    return Set(own.map(EmailAddress.key))
  }

  /// The newest conversation that `show` has printed; nil where the thread was never shown.
  public func lastShown(of id: TicketID) throws(SQLiteError) -> ConversationID? {
    try connection.first(
      "SELECT conversation_id FROM shown_threads WHERE ticket_id = ?", id.rawValue
    ) { row throws(SQLiteError) in ConversationID(try row.int64(0)) }
  }

  /// The helpdesk's record alone.
  public func ticket(_ id: TicketID) throws(SQLiteError) -> Ticket? {
    try StoredTicket.read(id, connection)?.ticket
  }

  /// How many messages of a ticket are cached, its description included.
  public func entryCount(of id: TicketID) throws(SQLiteError) -> Int {
    try connection.first(
      "SELECT count(*) FROM messages WHERE ticket_id = ? AND is_repeated = 0", id.rawValue
    ) {
      row throws(SQLiteError) in try row.int(0)
    } ?? 0
  }

  /// A page of a long thread, in order of creation: `limit` messages from number `offset` on, the
  /// description being number 0.
  public func entries(of id: TicketID, offset: Int, limit: Int) throws(SQLiteError)
    -> [ThreadEntry]
  {
    guard let stored = try StoredTicket.read(id, connection) else { return [] }
    return try entries(
      of: stored, "ORDER BY id LIMIT ? OFFSET ?", [limit, offset])
  }

  /// The highest conversation number that is cached on a ticket, for the watermark of a write: 0
  /// where the thread is known and has none, nil where it has not been read.
  public func lastConversation(of id: TicketID) throws(SQLiteError) -> ConversationID? {
    let found = try connection.first(
      """
      SELECT coalesce(
        (SELECT max(conversation_id) FROM messages WHERE ticket_id = ?1),
        (SELECT 0 FROM tickets WHERE id = ?1 AND thread_fetched_at IS NOT NULL))
      """, id.rawValue
    ) { row throws(SQLiteError) in try row.optionalInt64(0) }
    return (found ?? nil).map(ConversationID.init)
  }

  private func newestEntries(of stored: StoredTicket, limit: Int) throws(SQLiteError)
    -> [ThreadEntry]
  {
    let newest = try entries(of: stored, "ORDER BY id DESC LIMIT ?", [limit])
    let ordered = Array(newest.reversed())
    guard newest.count == limit, limit > 1, ordered.first?.id != nil else { return ordered }
    return try entries(of: stored, "ORDER BY id LIMIT ?", [1]) + ordered.dropFirst()
  }

  private func entries(of stored: StoredTicket, _ order: String, _ arguments: [Int])
    throws(SQLiteError) -> [ThreadEntry]
  {
    let directory = try directory()
    var names: [Int64: String] = [:]
    if !stored.requesterName.isEmpty {
      names[stored.ticket.requesterID.rawValue] = stored.requesterName
    }
    var result = try connection.query(
      """
      SELECT conversation_id, kind, author_id, created_at, text, attachments, to_emails,
        cc_emails, from_email, failed_emails
      FROM messages WHERE ticket_id = ? AND is_repeated = 0 \(order)
      """, arguments: [stored.ticket.id.rawValue] + arguments
    ) { row throws(SQLiteError) in
      let kind = ConversationKind(rawValue: try row.string(1)) ?? .other
      let createdAt = Timestamp(try row.int64(3))
      return ThreadEntry(
        id: try row.optionalInt64(0).map(ConversationID.init), kind: kind,
        authorID: try row.int64(2), authorName: try row.optionalString(8) ?? "",
        createdAt: createdAt, text: try row.string(4),
        attachments: StoredText.attachments(try row.optionalString(5)),
        toEmails: StoredText.split(try row.string(6)),
        ccEmails: StoredText.split(try row.string(7)),
        failedEmails: StoredText.split(try row.string(9)),
        isNew: kind == .customer && createdAt.seconds > stored.seenAt && stored.needsAnswer)
    }
    for index in result.indices {
      let author = result[index].authorID
      if names[author] == nil {
        names[author] = directory.name(AgentID(author))
      }
      if names[author] == nil {
        names[author] = try contact(ContactID(author))?.name
      }
      if let name = names[author], !name.isEmpty { result[index].authorName = name }
      if result[index].authorName.isEmpty { result[index].authorName = "unknown sender" }
    }
    // What an agent has answered since is not new, whoever has read it.
    let isAscending =
      (result.first?.createdAt.seconds ?? 0) <= (result.last?.createdAt.seconds ?? 0)
    let answered =
      isAscending
      ? result.lastIndex { $0.kind == .reply }.map { result[...$0].indices }
      : result.firstIndex { $0.kind == .reply }.map { result[$0...].indices }
    for index in answered ?? 0..<0 { result[index].isNew = false }
    return result
  }
}
