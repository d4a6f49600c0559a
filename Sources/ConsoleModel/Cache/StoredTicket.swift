import Helpdesk
import SQLite

/// A ticket as it stands in the cache, with what the cache knows beyond the helpdesk's own record.
struct StoredTicket {
  var ticket: Ticket
  var requesterName: String
  var companyName: String
  var isAnswered: Bool
  var needsAnswer: Bool
  var isGone: Bool
  var seenAt: Int64
  var fetchedAt: Timestamp
  var threadFetchedAt: Timestamp?

  static let columns = """
    id, subject, status, priority, source, type, requester_id, company_id, agent_id, group_id,
    tags, cc_emails, created_at, updated_at, first_response_due_at, due_at, flags, custom_fields,
    moments, requester_name, requester_email, company_name, is_answered, needs_answer, seen_at,
    fetched_at, thread_fetched_at, reply_cc_emails, support_emails
    """

  static func read(_ id: TicketID, _ connection: Connection) throws(SQLiteError) -> StoredTicket? {
    try connection.first("SELECT \(columns) FROM tickets WHERE id = ?", id.rawValue) {
      row throws(SQLiteError) in try StoredTicket(row)
    }
  }

  init(_ row: Row) throws(SQLiteError) {
    let flags = try row.int(16)
    let agent = try row.int64(8)
    let group = try row.int64(9)
    requesterName = try row.string(19)
    companyName = try row.string(21)
    isAnswered = try row.bool(22)
    needsAnswer = try row.bool(23)
    isGone = flags & TicketFlags.gone != 0
    seenAt = try row.int64(24)
    fetchedAt = Timestamp(try row.int64(25))
    threadFetchedAt = try row.optionalInt64(26).map(Timestamp.init)
    ticket = Ticket(
      id: TicketID(try row.int64(0)), subject: try row.string(1),
      status: TicketStatus(rawValue: try row.int(2)),
      priority: TicketPriority(rawValue: try row.int(3)) ?? .low,
      source: TicketSource(rawValue: try row.int(4)), type: try row.optionalString(5),
      requesterID: ContactID(try row.int64(6)),
      companyID: try row.optionalInt64(7).map(CompanyID.init),
      agentID: agent == 0 ? nil : AgentID(agent), groupID: group == 0 ? nil : GroupID(group),
      tags: StoredText.split(try row.string(10)), ccEmails: StoredText.split(try row.string(11)),
      replyCcEmails: try row.optionalString(27).map(StoredText.split),
      supportEmails: StoredText.split(try row.string(28)),
      createdAt: Timestamp(try row.int64(12)), updatedAt: Timestamp(try row.int64(13)),
      firstResponseDueAt: try row.optionalInt64(14).map(Timestamp.init),
      dueAt: try row.optionalInt64(15).map(Timestamp.init),
      isFirstResponseOverdue: flags & TicketFlags.firstResponseOverdue != 0,
      isOverdue: flags & TicketFlags.overdue != 0, isSpam: flags & TicketFlags.spam != 0,
      isDeleted: flags & TicketFlags.deleted != 0,
      customFields: StoredText.customFields(try row.optionalString(17)),
      moments: StoredText.moments(try row.optionalString(18)))
    ticket.requester = PersonSummary(
      id: ticket.requesterID.rawValue, name: requesterName, email: try row.optionalString(20))
  }
}
