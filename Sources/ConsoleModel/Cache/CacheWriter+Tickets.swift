import Helpdesk
import SQLite

extension CacheWriter {
  /// Saves one ticket as the helpdesk has it; own changes that it has not answered yet are laid over
  /// the row in the same step. A copy that is older than the cached one is left alone: pages of a list may
  /// have been fetched before the thread that is already here.
  ///
  /// Returns whether it brought something: a ticket, or a state of one, that was not cached.
  @discardableResult
  mutating func save(_ incoming: Ticket) throws(SQLiteError) -> Bool {
    let known = try KnownTicket.read(incoming.id, connection)
    if let known, known.updatedAt > incoming.updatedAt { return false }
    var ticket = incoming
    ticket.moments = incoming.moments ?? known?.moments
    let speech = (known?.speech ?? TicketStanding.Speech()).hearing(ticket)
    let pending = try pendingChanges(of: ticket.id)
    if !pending.isEmpty { try saveBase(ticket) }
    try write(
      pending.reduce(ticket) { $1.applied(to: $0) }, pending: pending.fields, speech: speech,
      known: known)
    try saveDescription(of: ticket, oldSubject: known?.subject)
    try save(mailboxes: ticket.supportEmails)
    return known.map { $0.updatedAt < incoming.updatedAt } ?? true
  }

  /// Hides a ticket that the helpdesk no longer knows. Its words stay readable by its number.
  mutating func markGone(_ id: TicketID) throws(SQLiteError) {
    guard let known = try KnownTicket.read(id, connection), known.isCounted else { return }
    counts.remove(known.cell, needsAnswer: known.needsAnswer)
    try connection.execute(
      """
      UPDATE tickets SET stage = ?, due_key = ?, needs_answer = 0, flags = flags | ?,
        fetched_at = ?, thread_version = updated_at
      WHERE id = ?
      """, TicketStage.hidden.rawValue, TicketStanding.noDue, TicketFlags.gone, now.seconds,
      id.rawValue)
  }

  /// Works out a ticket's standing again after something about its thread has changed.
  mutating func settle(_ ticket: Ticket, speech: TicketStanding.Speech, known: KnownTicket)
    throws(SQLiteError)
  {
    let standing = TicketStanding(ticket, speech: speech, isGone: !known.isCounted)
    recount(ticket, standing: standing, known: known)
    try connection.execute(
      """
      UPDATE tickets SET stage = ?, due_key = ?, is_answered = ?, needs_answer = ?, seen_at = ?,
        customer_spoke_at = ?, agent_spoke_at = ?
      WHERE id = ?
      """, standing.stage.rawValue, standing.dueKey, standing.isAnswered, standing.needsAnswer,
      speech.seenAt, speech.customerSpokeAt, speech.agentSpokeAt, ticket.id.rawValue)
  }

  private mutating func write(
    _ ticket: Ticket, pending: PendingFields, speech: TicketStanding.Speech, known: KnownTicket?
  ) throws(SQLiteError) {
    let contact = ticket.requester == nil ? try personName(ticket.requesterID) : nil
    let requesterName = ticket.requester?.name ?? contact?.name ?? known?.requesterName ?? ""
    let email = ticket.requester?.email ?? contact?.email ?? known?.requesterEmail
    let company = try companyName(ticket.companyID)
    let standing = TicketStanding(ticket, speech: speech)
    let tags = StoredText.join(ticket.tags)

    recount(ticket, standing: standing, known: known)
    if tags != known?.tags ?? "" { try saveTags(ticket, old: known?.tags) }
    words.replaceQueueText(
      of: ticket.id.rawValue, old: known?.words,
      new: WordChanges.queueText(
        subject: ticket.subject, requester: requesterName, email: email, company: company))
    if let requester = ticket.requester {
      try meet(ticket.requesterID, name: requester.name, email: requester.email)
    }
    try connection.execute(
      Self.upsert,
      arguments: [
        ticket.id.rawValue, ticket.subject, requesterName, company, ticket.status.rawValue,
        standing.stage.rawValue, ticket.priority.rawValue, ticket.agentID?.rawValue ?? 0,
        ticket.groupID?.rawValue ?? 0, ticket.createdAt.seconds, ticket.updatedAt.seconds,
        standing.dueKey, ticket.firstResponseDueAt?.seconds, ticket.dueAt?.seconds,
        standing.isAnswered, standing.needsAnswer, speech.seenAt, speech.customerSpokeAt,
        speech.agentSpokeAt, ticket.requesterID.rawValue, ticket.companyID?.rawValue,
        ticket.source.rawValue, ticket.type, TicketFlags.of(ticket), email, tags,
        StoredText.join(ticket.ccEmails), StoredText.encode(ticket.customFields),
        ticket.moments.map(StoredText.encode), now.seconds, pending.rawValue,
        ticket.replyCcEmails.map(StoredText.join), StoredText.join(ticket.supportEmails),
      ])
  }

  mutating func recount(
    _ ticket: Ticket, standing: TicketStanding, known: KnownTicket?
  ) {
    if let known, known.isCounted { counts.remove(known.cell, needsAnswer: known.needsAnswer) }
    guard standing.stage != .hidden else { return }
    counts.add(
      CountChanges.Cell(
        agent: ticket.agentID?.rawValue ?? 0, group: ticket.groupID?.rawValue ?? 0,
        status: Int64(ticket.status.rawValue)), needsAnswer: standing.needsAnswer)
  }

  func saveTags(_ ticket: Ticket, old: String?) throws(SQLiteError) {
    for tag in StoredText.split(old ?? "") {
      let gone = try connection.execute(
        "DELETE FROM ticket_tags WHERE tag = ? AND ticket_id = ?", tag.lowercased(),
        ticket.id.rawValue)
      if gone > 0 { try countTag(tag, by: -1) }
    }
    for tag in ticket.tags {
      let added = try connection.execute(
        "INSERT OR IGNORE INTO ticket_tags VALUES (?, ?)", tag.lowercased(), ticket.id.rawValue)
      if added > 0 { try countTag(tag, by: 1) }
    }
  }

  private func countTag(_ tag: String, by amount: Int) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT INTO tag_counts VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET tickets = tickets + excluded.tickets, label = excluded.label
      """, tag.lowercased(), tag, amount)
  }

  private static let upsert = """
    INSERT INTO tickets (id, subject, requester_name, company_name, status, stage, priority,
      agent_id, group_id, created_at, updated_at, due_key, first_response_due_at, due_at,
      is_answered, needs_answer, seen_at, customer_spoke_at, agent_spoke_at, requester_id,
      company_id, source, type, flags, requester_email, tags, cc_emails, custom_fields, moments,
      fetched_at, pending, reply_cc_emails, support_emails)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET subject = excluded.subject,
      requester_name = excluded.requester_name, company_name = excluded.company_name,
      status = excluded.status, stage = excluded.stage, priority = excluded.priority,
      agent_id = excluded.agent_id, group_id = excluded.group_id,
      created_at = excluded.created_at, updated_at = excluded.updated_at,
      due_key = excluded.due_key, first_response_due_at = excluded.first_response_due_at,
      due_at = excluded.due_at, is_answered = excluded.is_answered,
      needs_answer = excluded.needs_answer, seen_at = excluded.seen_at,
      customer_spoke_at = excluded.customer_spoke_at, agent_spoke_at = excluded.agent_spoke_at,
      requester_id = excluded.requester_id, company_id = excluded.company_id,
      source = excluded.source, type = excluded.type, flags = excluded.flags,
      requester_email = excluded.requester_email, tags = excluded.tags,
      cc_emails = excluded.cc_emails, custom_fields = excluded.custom_fields,
      moments = excluded.moments, fetched_at = excluded.fetched_at,
      pending = excluded.pending, reply_cc_emails = excluded.reply_cc_emails,
      support_emails = excluded.support_emails
    """
}

/// Yes-or-no facts of a ticket in one column.
enum TicketFlags {
  static let firstResponseOverdue = 1
  static let overdue = 2
  static let spam = 4
  static let deleted = 8
  /// The helpdesk answered 404 for it.
  static let gone = 16

  static func of(_ ticket: Ticket) -> Int {
    (ticket.isFirstResponseOverdue ? firstResponseOverdue : 0) | (ticket.isOverdue ? overdue : 0)
      | (ticket.isSpam ? spam : 0) | (ticket.isDeleted ? deleted : 0)
  }
}
