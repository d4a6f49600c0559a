import SQLite

/// An entry of a ticket's thread as the store keeps it; JSON columns hold arrays as text.
struct ConversationRecord: Equatable, Sendable {
  /// The vendor's numbers for how an entry came about.
  enum Source {
    static let reply: Int64 = 0
    static let note: Int64 = 2
    static let forward: Int64 = 8
  }

  var id: Int64
  var ticketID: Int64
  var userID: Int64
  var source = Source.reply
  /// 1 the customer's message, 2 private note and forward, 3 an agent's public message, 6 reply to
  /// a forward.
  var category: Int64 = 3
  var incoming = false
  var isPrivate = false
  var createdAt: Int64
  var updatedAt: Int64
  var lastEditedAt: Int64?
  var lastEditedUserID: Int64?
  var toEmails: String?
  var ccEmails: String?
  var bccEmails: String?
  var fromEmail: String?
  /// HTML as served.
  var body: String
  var attachments: String?

  init(id: Int64, ticketID: Int64, userID: Int64, createdAt: Int64, body: String) {
    self.id = id
    self.ticketID = ticketID
    self.userID = userID
    self.createdAt = createdAt
    self.body = body
    updatedAt = createdAt
  }

  static let columns = """
    id, ticket_id, user_id, source, category, incoming, private, created_at, updated_at, \
    last_edited_at, last_edited_user_id, to_emails, cc_emails, bcc_emails, from_email, body, \
    attachments
    """

  static let insertion =
    "INSERT OR REPLACE INTO conversations (\(columns)) VALUES ("
    + repeatElement("?", count: 17).joined(separator: ",") + ")"

  init(_ row: Row) throws(SQLiteError) {
    id = try row.int64(0)
    ticketID = try row.int64(1)
    userID = try row.int64(2)
    source = try row.int64(3)
    category = try row.int64(4)
    incoming = try row.bool(5)
    isPrivate = try row.bool(6)
    createdAt = try row.int64(7)
    updatedAt = try row.int64(8)
    lastEditedAt = try row.optionalInt64(9)
    lastEditedUserID = try row.optionalInt64(10)
    toEmails = try row.optionalString(11)
    ccEmails = try row.optionalString(12)
    bccEmails = try row.optionalString(13)
    fromEmail = try row.optionalString(14)
    body = try row.string(15)
    attachments = try row.optionalString(16)
  }

  /// The values of `columns`, in their order.
  var values: [any SQLBindable] {
    [
      id, ticketID, userID, source, category, incoming, isPrivate, createdAt, updatedAt,
      lastEditedAt, lastEditedUserID, toEmails, ccEmails, bccEmails, fromEmail, body, attachments,
    ]
  }
}

/// A mail that a customer would have got.
struct DeliveryRecord: Equatable, Sendable {
  enum Kind: String, Sendable {
    case reply
    case publicNote = "public_note"
    case forward
    case outboundEmail = "outbound_email"
    case newTicket = "new_ticket"
    case closed
  }

  var at: Int64
  var ticketID: Int64
  var kind: Kind
  var to: [String]
  var cc: [String] = []
  var bcc: [String] = []
  /// As received, before any rewriting.
  var body: String
  var conversationID: Int64?
}
