/// One entry in a ticket's thread.
public struct Conversation: Equatable, Sendable {
  public var id: ConversationID
  public var ticketID: TicketID
  public var kind: ConversationKind
  /// The contact or agent who wrote it.
  public var authorID: Int64
  public var body: MessageBody
  public var fromEmail: String?
  public var toEmails: [String]
  public var ccEmails: [String]
  public var bccEmails: [String]
  public var attachments: [Attachment]
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  /// Editing a note moves this and leaves `updatedAt` alone (seen at Freshdesk).
  public var lastEditedAt: Timestamp?
  /// False where the vendor gave no mark of who speaks: an entry by the requester is then theirs.
  public var isKindCertain: Bool
  /// Addresses that the vendor could not deliver this to.
  public var failedEmails: [String]

  public init(
    id: ConversationID, ticketID: TicketID, kind: ConversationKind, authorID: Int64,
    body: MessageBody, fromEmail: String? = nil, toEmails: [String] = [],
    ccEmails: [String] = [], bccEmails: [String] = [], attachments: [Attachment] = [],
    createdAt: Timestamp, updatedAt: Timestamp, lastEditedAt: Timestamp? = nil,
    isKindCertain: Bool = true, failedEmails: [String] = []
  ) {
    self.id = id
    self.ticketID = ticketID
    self.kind = kind
    self.authorID = authorID
    self.body = body
    self.fromEmail = fromEmail
    self.toEmails = toEmails
    self.ccEmails = ccEmails
    self.bccEmails = bccEmails
    self.attachments = attachments
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.lastEditedAt = lastEditedAt
    self.isKindCertain = isKindCertain
    self.failedEmails = failedEmails
  }
}

/// Who speaks to whom in an entry. The raw value is what the cache and the JSON output say.
public enum ConversationKind: String, Sendable, CaseIterable {
  case customer
  case reply
  case privateNote = "private_note"
  case publicNote = "public_note"
  case forward
  case replyToForward = "reply_to_forward"
  case feedback
  case other

  /// Agents only: its words must never be quoted to a customer.
  public var isPrivate: Bool {
    self == .privateNote || self == .forward || self == .replyToForward
  }
}
