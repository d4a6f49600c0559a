/// Changes to a ticket's fields. Only what is set is sent; `.some(nil)` clears a field.
public struct TicketChange: Equatable, Sendable {
  public var status: TicketStatus?
  public var priority: TicketPriority?
  public var type: String??
  public var agentID: AgentID??
  public var groupID: GroupID??
  /// The whole new set: helpdesks replace tags as a whole.
  public var tags: [String]?

  public init(
    status: TicketStatus? = nil, priority: TicketPriority? = nil, type: String?? = nil,
    agentID: AgentID?? = nil, groupID: GroupID?? = nil, tags: [String]? = nil
  ) {
    self.status = status
    self.priority = priority
    self.type = type
    self.agentID = agentID
    self.groupID = groupID
    self.tags = tags
  }

  public var isEmpty: Bool { self == TicketChange() }

  /// Takes over every field that another change has.
  public mutating func merge(_ other: TicketChange) {
    status = other.status ?? status
    priority = other.priority ?? priority
    type = other.type ?? type
    agentID = other.agentID ?? agentID
    groupID = other.groupID ?? groupID
    tags = other.tags ?? tags
  }

  /// Whether the ticket already shows every value of this change.
  public func isShown(by ticket: Ticket) -> Bool {
    (status == nil || status == ticket.status)
      && (priority == nil || priority == ticket.priority)
      && (type == nil || type == .some(ticket.type))
      && (agentID == nil || agentID == .some(ticket.agentID))
      && (groupID == nil || groupID == .some(ticket.groupID))
      && (tags == nil || Set(tags ?? []) == Set(ticket.tags))
  }
}

/// Words that go to a customer. A type of its own: nothing turns a private note into one.
public struct OutgoingReply: Equatable, Sendable {
  public var ticketID: TicketID
  public var html: String
  public var ccEmails: [String]
  public var bccEmails: [String]
  public var attachments: [Upload]

  public init(
    ticketID: TicketID, html: String, ccEmails: [String] = [], bccEmails: [String] = [],
    attachments: [Upload] = []
  ) {
    self.ticketID = ticketID
    self.html = html
    self.ccEmails = ccEmails
    self.bccEmails = bccEmails
    self.attachments = attachments
  }
}

/// Words for colleagues only. It has no recipients and no way to become public.
public struct OutgoingPrivateNote: Equatable, Sendable {
  public var ticketID: TicketID
  public var html: String
  public var attachments: [Upload]

  public init(ticketID: TicketID, html: String, attachments: [Upload] = []) {
    self.ticketID = ticketID
    self.html = html
    self.attachments = attachments
  }
}

/// A file on disk that is to be sent along.
public struct OutgoingFile: Equatable, Sendable {
  /// What the receiver sees. Cleaned by `UploadName` from the start, so that what is shown,
  /// confirmed, sent and looked for is the same name.
  public let name: String
  public var path: String
  public var size: Int64
  /// SHA-256 of the bytes when the file was attached, as lower-case hexadecimal. Nil where nobody has
  /// read them yet; with it, other bytes cannot be confirmed.
  public var digest: String?

  public init(name: String, path: String, size: Int64, digest: String? = nil) {
    self.name = UploadName.cleaned(name)
    self.path = path
    self.size = size
    self.digest = digest
  }
}

/// A file as it leaves: its bytes, not a place to read them from.
public struct Upload: Equatable, Sendable {
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = UploadName.cleaned(name)
    self.bytes = bytes
  }
}

/// What the helpdesk answered to a reply or a note.
public struct PostedConversation: Equatable, Sendable {
  public var id: ConversationID
  public var createdAt: Timestamp

  public init(id: ConversationID, createdAt: Timestamp) {
    self.id = id
    self.createdAt = createdAt
  }
}
