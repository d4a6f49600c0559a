import Helpdesk

/// All that the thread and the sidebar show of one ticket, from the cache.
public struct TicketDetail: Equatable, Sendable {
  public var ticket: Ticket
  public var row: QueueRow
  public var requester: Contact?
  public var company: Company?
  /// The description first, then the thread in order of creation. Of a giant thread the description
  /// and the newest messages.
  public var entries: [ThreadEntry]
  /// How many messages are cached, the description included.
  public var entryCount: Int
  /// Whether the thread was ever fetched; if not, `entries` holds the description at most.
  public var isThreadCached: Bool
  /// The helpdesk no longer knows the ticket.
  public var isGone: Bool
  /// When the helpdesk was last asked about this ticket.
  public var cachedAt: Timestamp?
  /// The requester's other tickets, newest first.
  public var recentTickets: [RecentTicket]
  public var requesterTicketCount: Int
  public var requesterOpenTicketCount: Int
  /// Addresses of the helpdesk's mailboxes and of the user, in lower case.
  public var ownAddresses: Set<String>

  public init(
    ticket: Ticket, row: QueueRow, requester: Contact? = nil, company: Company? = nil,
    entries: [ThreadEntry] = [], entryCount: Int = 0, isThreadCached: Bool = false,
    isGone: Bool = false, cachedAt: Timestamp? = nil,
    recentTickets: [RecentTicket] = [], requesterTicketCount: Int = 0,
    requesterOpenTicketCount: Int = 0, ownAddresses: Set<String> = []
  ) {
    self.ticket = ticket
    self.row = row
    self.requester = requester
    self.company = company
    self.entries = entries
    self.entryCount = max(entryCount, entries.count)
    self.isThreadCached = isThreadCached
    self.isGone = isGone
    self.cachedAt = cachedAt
    self.recentTickets = recentTickets
    self.requesterTicketCount = requesterTicketCount
    self.requesterOpenTicketCount = requesterOpenTicketCount
    self.ownAddresses = ownAddresses
  }
}

/// One message of a thread, ready to be laid out.
public struct ThreadEntry: Equatable, Sendable {
  /// Nil for the ticket's description.
  public var id: ConversationID?
  public var kind: ConversationKind
  public var authorID: Int64
  public var authorName: String
  public var createdAt: Timestamp
  /// Plain text with `> ` before quoted lines; still a stranger's text, clean it when drawing.
  public var text: String
  public var attachments: [Attachment]
  public var toEmails: [String]
  public var ccEmails: [String]
  /// Addresses that the helpdesk could not deliver it to.
  public var failedEmails: [String]
  /// Not yet seen by this person.
  public var isNew: Bool

  public init(
    id: ConversationID?, kind: ConversationKind, authorID: Int64, authorName: String,
    createdAt: Timestamp, text: String, attachments: [Attachment] = [],
    toEmails: [String] = [], ccEmails: [String] = [], failedEmails: [String] = [],
    isNew: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.authorID = authorID
    self.authorName = authorName
    self.createdAt = createdAt
    self.text = text
    self.attachments = attachments
    self.toEmails = toEmails
    self.ccEmails = ccEmails
    self.failedEmails = failedEmails
    self.isNew = isNew
  }
}

/// Another ticket of the same customer, in one line.
public struct RecentTicket: Equatable, Sendable {
  public var id: TicketID
  public var subject: String
  public var status: TicketStatus
  public var statusLabel: String
  public var updatedAt: Timestamp

  public init(
    id: TicketID, subject: String, status: TicketStatus, statusLabel: String,
    updatedAt: Timestamp
  ) {
    self.id = id
    self.subject = subject
    self.status = status
    self.statusLabel = statusLabel
    self.updatedAt = updatedAt
  }
}
