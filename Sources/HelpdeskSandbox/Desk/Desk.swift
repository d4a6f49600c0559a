/// The helpdesk behind the vendor's face: what happens when customers write and agents act.
final class Desk {
  /// How promptly the helpdesk does what the vendor does in the background.
  struct Settings: Equatable, Sendable {
    /// Seconds until search sees a change.
    var searchLag: Int64 = 5
    /// Seconds until a new ticket's due dates can be read.
    var dueDateLag: Int64 = 3
    /// Seconds that a bulk job takes.
    var jobSeconds: Int64 = 1
  }

  let store: Store
  var settings: Settings

  static let supportEmail = "support@sandbox.example"
  static let accountName = "Sandbox"

  init(store: Store, settings: Settings) {
    self.store = store
    self.settings = settings
  }

  /// Notes a change of a ticket and lets search hear of it later.
  func save(_ ticket: TicketRecord, now: Int64) throws {
    try store.save(ticket, searchableAt: now + settings.searchLag)
  }

  /// Due dates by priority: first response and resolution, in seconds from creation.
  static func serviceLevel(_ priority: Int64) -> (response: Int64, resolution: Int64) {
    switch priority {
    case 4: (3600, 4 * 3600)
    case 3: (4 * 3600, 24 * 3600)
    case 2: (8 * 3600, 3 * 86_400)
    default: (24 * 3600, 5 * 86_400)
    }
  }

  /// Adds a ticket with its description, and the mail about it when an agent opens it for somebody.
  func open(
    _ ticket: TicketRecord, description: String, attachments: String?, now: Int64
  ) throws {
    try save(ticket, now: now)
    try store.saveDescription(of: ticket.id, body: description, attachments: attachments)
  }

  /// A new ticket of a customer, due dates by its priority.
  func newTicket(requester: ContactRecord, priority: Int64, now: Int64) throws -> TicketRecord {
    var ticket = TicketRecord(
      id: try store.nextID("tickets", from: 1), requesterID: requester.id, createdAt: now)
    ticket.priority = priority
    ticket.companyID = requester.companyID
    let level = Self.serviceLevel(priority)
    ticket.firstResponseDueBy = now + level.response
    ticket.dueBy = now + level.resolution
    ticket.dueKnownAt = now + settings.dueDateLag
    return ticket
  }

  func nextConversationID() throws -> Int64 {
    try store.nextID("conversations", from: Self.firstConversationID)
  }

  /// Ids beyond 32 bits, as on old accounts of the vendor.
  static let firstConversationID: Int64 = 15_000_000_001

  /// Somebody writes from outside: the ticket opens again.
  func customerWrites(
    _ text: String, on ticket: TicketRecord, now: Int64
  ) throws -> ConversationRecord {
    var entry = ConversationRecord(
      id: try nextConversationID(), ticketID: ticket.id, userID: ticket.requesterID,
      createdAt: now,
      body: Self.looksLikeHTML(text) ? MailBody.rewritten(text) : MailBody.html(text))
    entry.category = 1
    entry.incoming = true
    entry.fromEmail = try store.contact(ticket.requesterID)?.email
    entry.toEmails = JSONValue([Self.supportEmail]).text
    try store.save(entry)
    var ticket = ticket
    if ticket.status != 2 { ticket.setStatus(2, at: now) }
    ticket.requesterRespondedAt = now
    ticket.updatedAt = now
    try save(ticket, now: now)
    return entry
  }

  /// An agent's answer to the customer: a mail leaves.
  func reply(
    _ reply: OutgoingMail, by agentID: Int64, on ticket: TicketRecord, now: Int64
  ) throws -> ConversationRecord {
    var entry = ConversationRecord(
      id: try nextConversationID(), ticketID: ticket.id, userID: agentID, createdAt: now,
      body: MailBody.rewritten(reply.body))
    entry.source = reply.source
    entry.category = reply.source == ConversationRecord.Source.forward ? 2 : 3
    entry.isPrivate = reply.source == ConversationRecord.Source.forward
    entry.toEmails = JSONValue(reply.to).text
    entry.ccEmails = JSONValue(reply.cc).text
    entry.bccEmails = JSONValue(reply.bcc).text
    entry.fromEmail = reply.from ?? "\"\(Self.accountName)\" <\(Self.supportEmail)>"
    entry.attachments = reply.attachments
    try store.save(entry)
    var ticket = ticket
    if reply.source == ConversationRecord.Source.reply {
      ticket.agentRespondedAt = now
      ticket.firstRespondedAt = ticket.firstRespondedAt ?? now
    }
    ticket.updatedAt = now
    try save(ticket, now: now)
    try store.add(
      DeliveryRecord(
        at: now, ticketID: ticket.id,
        kind: reply.source == ConversationRecord.Source.forward ? .forward : .reply,
        to: reply.to, cc: reply.cc, bcc: reply.bcc, body: reply.body, conversationID: entry.id))
    return entry
  }

  /// An agent's note. A public one reaches the customer.
  func note(
    _ body: String, isPrivate: Bool, incoming: Bool, notify: [String], attachments: String?,
    by userID: Int64, on ticket: TicketRecord, now: Int64
  ) throws -> ConversationRecord {
    var entry = ConversationRecord(
      id: try nextConversationID(), ticketID: ticket.id, userID: userID, createdAt: now,
      body: MailBody.rewritten(body))
    entry.source = ConversationRecord.Source.note
    entry.isPrivate = isPrivate
    entry.incoming = incoming
    entry.category = incoming ? 1 : isPrivate ? 2 : 3
    entry.toEmails = JSONValue(notify).text
    entry.attachments = attachments
    try store.save(entry)
    var changed = ticket
    changed.updatedAt = now
    try save(changed, now: now)
    if !isPrivate, !incoming {
      try store.add(
        DeliveryRecord(
          at: now, ticketID: ticket.id, kind: .publicNote, to: try requesterEmail(ticket),
          body: body, conversationID: entry.id))
    }
    return entry
  }

  /// The customer is told that a ticket was closed.
  func announceClosing(of ticket: TicketRecord, now: Int64) throws {
    try store.add(
      DeliveryRecord(
        at: now, ticketID: ticket.id, kind: .closed, to: try requesterEmail(ticket),
        body: "Your ticket \"\(ticket.subject ?? "")\" has been closed."))
  }

  func requesterEmail(_ ticket: TicketRecord) throws -> [String] {
    try store.contact(ticket.requesterID)?.email.map { [$0] } ?? []
  }

  /// A person by address, made when unknown.
  func contact(email: String, name: String?, now: Int64) throws -> ContactRecord {
    if let known = try store.contact(email: email) { return known }
    let local = email.prefix { $0 != "@" }
    var document = ContactDocument.empty
    document["name"] = .string(name ?? String(local))
    document["email"] = .string(email.lowercased())
    return try add(document, now: now)
  }

  func add(_ document: JSONObject, now: Int64) throws -> ContactRecord {
    let id = try store.nextID("contacts", from: Store.firstContactID)
    var document = document
    document["id"] = .integer(id)
    let contact = ContactRecord(id: id, at: now, document: document)
    try store.save(contact)
    return contact
  }

  private static func looksLikeHTML(_ text: String) -> Bool {
    text.hasPrefix("<") && text.hasSuffix(">")
  }
}

/// A mail to customers that an agent writes.
struct OutgoingMail: Equatable, Sendable {
  /// As received.
  var body: String
  var source = ConversationRecord.Source.reply
  var to: [String]
  var cc: [String] = []
  var bcc: [String] = []
  var from: String?
  /// JSON of stored files.
  var attachments: String?
}

/// The members of a contact that every contact has.
enum ContactDocument {
  static let empty: JSONObject = [
    "active": false, "address": .null, "description": .null, "email": .null, "id": .null,
    "job_title": .null, "language": "en", "mobile": .null, "name": .null, "phone": .null,
    "time_zone": "UTC", "twitter_id": .null, "custom_fields": .object([:]), "facebook_id": .null,
    "csat_rating": .null, "preferred_source": .null, "company_id": .null,
    "unique_external_id": .null, "twitter_profile_status": false,
    "twitter_followers_count": .null, "other_emails": .array([]), "tags": .array([]),
    "avatar": .null, "view_all_tickets": false, "contact_type": "contact",
    "social_handler": .array([]), "devices": .array([]),
  ]

  /// What only the view of one contact shows.
  static let viewOnly: Set<String> = [
    "other_emails", "tags", "avatar", "view_all_tickets", "contact_type", "social_handler",
    "devices",
  ]
}
