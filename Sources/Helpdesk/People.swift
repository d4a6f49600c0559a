/// A customer.
public struct Contact: Equatable, Sendable {
  public var id: ContactID
  public var name: String
  public var email: String?
  public var otherEmails: [String]
  public var phone: String?
  public var mobile: String?
  public var jobTitle: String?
  public var language: String?
  public var timeZone: String?
  public var notes: String?
  public var companyID: CompanyID?
  public var tags: [String]
  public var isDeleted: Bool
  public var createdAt: Timestamp
  public var updatedAt: Timestamp

  public init(
    id: ContactID, name: String, email: String? = nil, otherEmails: [String] = [],
    phone: String? = nil, mobile: String? = nil, jobTitle: String? = nil,
    language: String? = nil, timeZone: String? = nil, notes: String? = nil,
    companyID: CompanyID? = nil, tags: [String] = [], isDeleted: Bool = false,
    createdAt: Timestamp, updatedAt: Timestamp
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.otherEmails = otherEmails
    self.phone = phone
    self.mobile = mobile
    self.jobTitle = jobTitle
    self.language = language
    self.timeZone = timeZone
    self.notes = notes
    self.companyID = companyID
    self.tags = tags
    self.isDeleted = isDeleted
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// The organisation that a contact belongs to.
public struct Company: Equatable, Sendable {
  public var id: CompanyID
  public var name: String
  public var domains: [String]
  public var details: String?
  public var note: String?
  public var healthScore: String?
  public var accountTier: String?
  public var industry: String?
  public var renewalDate: Timestamp?
  public var createdAt: Timestamp
  public var updatedAt: Timestamp

  public init(
    id: CompanyID, name: String, domains: [String] = [], details: String? = nil,
    note: String? = nil, healthScore: String? = nil, accountTier: String? = nil,
    industry: String? = nil, renewalDate: Timestamp? = nil, createdAt: Timestamp,
    updatedAt: Timestamp
  ) {
    self.id = id
    self.name = name
    self.domains = domains
    self.details = details
    self.note = note
    self.healthScore = healthScore
    self.accountTier = accountTier
    self.industry = industry
    self.renewalDate = renewalDate
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}

/// A person who answers tickets.
public struct Agent: Equatable, Sendable {
  public var id: AgentID
  public var name: String
  public var email: String?
  public var isAvailable: Bool
  public var signature: String?
  public var groupIDs: [GroupID]

  public init(
    id: AgentID, name: String, email: String? = nil, isAvailable: Bool = true,
    signature: String? = nil, groupIDs: [GroupID] = []
  ) {
    self.id = id
    self.name = name
    self.email = email
    self.isAvailable = isAvailable
    self.signature = signature
    self.groupIDs = groupIDs
  }
}

/// A team of agents that tickets are handed to.
public struct Group: Equatable, Sendable {
  public var id: GroupID
  public var name: String
  /// Empty where the vendor's list leaves the members out.
  public var agentIDs: [AgentID]

  public init(id: GroupID, name: String, agentIDs: [AgentID] = []) {
    self.id = id
    self.name = name
    self.agentIDs = agentIDs
  }
}

/// A field of the account's ticket form, with what may be chosen in it.
public struct TicketField: Equatable, Sendable {
  public var id: Int64
  public var name: String
  public var label: String
  public var type: String
  public var isRequiredForClosure: Bool
  public var choices: [Choice]

  /// One choice; `value` is what a request says, `label` what an agent reads.
  public struct Choice: Equatable, Sendable {
    public var value: String
    public var label: String

    public init(value: String, label: String) {
      self.value = value
      self.label = label
    }
  }

  public init(
    id: Int64, name: String, label: String, type: String, isRequiredForClosure: Bool = false,
    choices: [Choice] = []
  ) {
    self.id = id
    self.name = name
    self.label = label
    self.type = type
    self.isRequiredForClosure = isRequiredForClosure
    self.choices = choices
  }
}

/// A text that agents keep ready.
public struct CannedResponse: Equatable, Sendable {
  public var id: Int64
  public var title: String
  public var folder: String
  public var text: String
  public var html: String

  public init(id: Int64, title: String, folder: String, text: String, html: String) {
    self.id = id
    self.title = title
    self.folder = folder
    self.text = text
    self.html = html
  }
}

/// What a customer thought of the help.
public struct SatisfactionRating: Equatable, Sendable {
  public var id: Int64
  public var ticketID: TicketID
  public var contactID: ContactID
  /// The vendor's scale: 103 extremely happy to -103 extremely unhappy at Freshdesk.
  public var score: Int
  public var feedback: String?
  public var createdAt: Timestamp

  public init(
    id: Int64, ticketID: TicketID, contactID: ContactID, score: Int, feedback: String?,
    createdAt: Timestamp
  ) {
    self.id = id
    self.ticketID = ticketID
    self.contactID = contactID
    self.score = score
    self.feedback = feedback
    self.createdAt = createdAt
  }
}
