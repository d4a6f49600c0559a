/// One case of a customer, as the helpdesk lists it. The words of its thread are `Conversation`s.
public struct Ticket: Equatable, Sendable {
  public var id: TicketID
  public var subject: String
  public var status: TicketStatus
  public var priority: TicketPriority
  public var source: TicketSource
  public var type: String?
  public var requesterID: ContactID
  public var companyID: CompanyID?
  public var agentID: AgentID?
  public var groupID: GroupID?
  public var tags: [String]
  public var ccEmails: [String]
  /// The copies that the helpdesk's own composer would propose; nil where it does not say.
  public var replyCcEmails: [String]?
  /// Mailboxes of the house that the ticket came in by.
  public var supportEmails: [String]
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  /// When the first answer is due; nil where no policy applies or the vendor has not filled it yet.
  public var firstResponseDueAt: Timestamp?
  /// When the ticket is to be resolved; nil as above.
  public var dueAt: Timestamp?
  public var isFirstResponseOverdue: Bool
  public var isOverdue: Bool
  public var isSpam: Bool
  public var isDeleted: Bool
  public var customFields: [String: CustomFieldValue]
  /// The moments that the vendor counts from; nil where they were not asked for.
  public var moments: TicketMoments?
  /// The customer's first words; nil where a list left them out.
  public var description: MessageBody?
  public var attachments: [Attachment]
  /// Who asks, where the answer carried it along.
  public var requester: PersonSummary?

  public init(
    id: TicketID, subject: String, status: TicketStatus = .open, priority: TicketPriority = .low,
    source: TicketSource = .email, type: String? = nil, requesterID: ContactID,
    companyID: CompanyID? = nil, agentID: AgentID? = nil, groupID: GroupID? = nil,
    tags: [String] = [], ccEmails: [String] = [], replyCcEmails: [String]? = nil,
    supportEmails: [String] = [], createdAt: Timestamp, updatedAt: Timestamp,
    firstResponseDueAt: Timestamp? = nil, dueAt: Timestamp? = nil,
    isFirstResponseOverdue: Bool = false, isOverdue: Bool = false, isSpam: Bool = false,
    isDeleted: Bool = false, customFields: [String: CustomFieldValue] = [:],
    moments: TicketMoments? = nil, description: MessageBody? = nil,
    attachments: [Attachment] = [], requester: PersonSummary? = nil
  ) {
    self.id = id
    self.subject = subject
    self.status = status
    self.priority = priority
    self.source = source
    self.type = type
    self.requesterID = requesterID
    self.companyID = companyID
    self.agentID = agentID
    self.groupID = groupID
    self.tags = tags
    self.ccEmails = ccEmails
    self.replyCcEmails = replyCcEmails
    self.supportEmails = supportEmails
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.firstResponseDueAt = firstResponseDueAt
    self.dueAt = dueAt
    self.isFirstResponseOverdue = isFirstResponseOverdue
    self.isOverdue = isOverdue
    self.isSpam = isSpam
    self.isDeleted = isDeleted
    self.customFields = customFields
    self.moments = moments
    self.description = description
    self.attachments = attachments
    self.requester = requester
  }
}

extension Ticket {
  /// The subject as it is shown; a ticket without one has to look like a ticket.
  public var subjectLine: String { Self.subjectLine(subject) }

  public static func subjectLine(_ subject: String) -> String {
    subject.allSatisfy(\.isWhitespace) ? "(no subject)" : subject
  }
}

/// Moments in a ticket's life that service-level clocks run from.
public struct TicketMoments: Equatable, Sendable {
  public var firstRespondedAt: Timestamp?
  public var agentRespondedAt: Timestamp?
  public var requesterRespondedAt: Timestamp?
  public var statusUpdatedAt: Timestamp?
  public var resolvedAt: Timestamp?
  public var closedAt: Timestamp?
  public var pendingSince: Timestamp?

  public init(
    firstRespondedAt: Timestamp? = nil, agentRespondedAt: Timestamp? = nil,
    requesterRespondedAt: Timestamp? = nil, statusUpdatedAt: Timestamp? = nil,
    resolvedAt: Timestamp? = nil, closedAt: Timestamp? = nil, pendingSince: Timestamp? = nil
  ) {
    self.firstRespondedAt = firstRespondedAt
    self.agentRespondedAt = agentRespondedAt
    self.requesterRespondedAt = requesterRespondedAt
    self.statusUpdatedAt = statusUpdatedAt
    self.resolvedAt = resolvedAt
    self.closedAt = closedAt
    self.pendingSince = pendingSince
  }
}

/// A body as the helpdesk keeps it: HTML, and the plain text that it made of it.
public struct MessageBody: Equatable, Sendable {
  public var html: String
  public var text: String

  public init(html: String, text: String) {
    self.html = html
    self.text = text
  }
}

/// A person as a ticket names them in passing.
public struct PersonSummary: Equatable, Sendable {
  public var id: Int64
  public var name: String
  public var email: String?

  public init(id: Int64, name: String, email: String?) {
    self.id = id
    self.name = name
    self.email = email
  }
}

/// The state of a ticket. Helpdesks add their own: the number is the vendor's, the label comes from
/// the account's ticket fields.
public struct TicketStatus: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let open = TicketStatus(rawValue: 2)
  public static let pending = TicketStatus(rawValue: 3)
  public static let resolved = TicketStatus(rawValue: 4)
  public static let closed = TicketStatus(rawValue: 5)
  public static let waitingOnCustomer = TicketStatus(rawValue: 6)
  public static let waitingOnThirdParty = TicketStatus(rawValue: 7)

  /// Resolved or closed: nobody waits, and moving here may mail the customer.
  public var isDone: Bool { self == .resolved || self == .closed }

  /// States in which the service-level clock stands still.
  public var pausesClock: Bool {
    self == .pending || self == .waitingOnCustomer || self == .waitingOnThirdParty
  }

  /// The vendor's own name, used where the account's labels are not known yet.
  public var defaultLabel: String {
    switch self {
    case .open: "Open"
    case .pending: "Pending"
    case .resolved: "Resolved"
    case .closed: "Closed"
    case .waitingOnCustomer: "Waiting on Customer"
    case .waitingOnThirdParty: "Waiting on Third Party"
    default: "Status \(rawValue)"
    }
  }
}

/// How urgent a ticket is, low to urgent.
public enum TicketPriority: Int, CaseIterable, Comparable, Sendable {
  case low = 1
  case medium = 2
  case high = 3
  case urgent = 4

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  public var label: String {
    switch self {
    case .low: "Low"
    case .medium: "Medium"
    case .high: "High"
    case .urgent: "Urgent"
    }
  }
}

/// The channel by which a ticket came in. Open: vendors add channels at any time.
public struct TicketSource: RawRepresentable, Hashable, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let email = TicketSource(rawValue: 1)
  public static let portal = TicketSource(rawValue: 2)
  public static let phone = TicketSource(rawValue: 3)
  public static let chat = TicketSource(rawValue: 7)
  public static let feedbackWidget = TicketSource(rawValue: 9)
  public static let outboundEmail = TicketSource(rawValue: 10)
  public static let webChat = TicketSource(rawValue: 15)

  public var label: String {
    switch rawValue {
    case 1: "email"
    case 2: "portal"
    case 3: "phone"
    case 4: "forum"
    case 5: "twitter"
    case 6: "facebook"
    case 7: "chat"
    case 9: "feedback"
    case 10: "outbound"
    case 11: "e-commerce"
    case 12: "bot"
    case 13: "whatsapp"
    case 15: "web chat"
    default: "channel \(rawValue)"
    }
  }
}

/// What an account's own field holds.
public enum CustomFieldValue: Equatable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([String])
}

/// A file that came with a message or a ticket. Its name was chosen by a stranger.
public struct Attachment: Equatable, Sendable {
  public var id: Int64
  public var name: String
  /// Bytes.
  public var size: Int64
  public var contentType: String?
  /// Short-lived; read the ticket again for a new one.
  public var url: String?

  public init(id: Int64, name: String, size: Int64, contentType: String? = nil, url: String? = nil)
  {
    self.id = id
    self.name = name
    self.size = size
    self.contentType = contentType
    self.url = url
  }
}
