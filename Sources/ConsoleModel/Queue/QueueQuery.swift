import Helpdesk

/// Which tickets a view shows, and in which order. A value: the cache turns it into SQL, the query
/// language into text.
public struct QueueQuery: Hashable, Sendable {
  /// Empty means any status.
  public var statuses: Set<TicketStatus>
  /// Empty means any priority.
  public var priorities: Set<TicketPriority>
  public var agent: AssigneeFilter<Agent>
  public var group: AssigneeFilter<Group>
  /// Empty means any type.
  public var types: Set<String>
  /// Every one of these has to be on the ticket.
  public var tags: Set<String>
  public var requesterID: ContactID?
  public var companyID: CompanyID?
  public var isOverdue: Bool?
  /// Tickets with a customer message that this user has not opened and nobody has answered.
  public var needsAnswer: Bool?
  /// Filter as you type: every word must begin a word of the subject, the requester's name or
  /// address, or the company.
  public var text: String
  /// What else a query asks; all of it has to hold.
  public var conditions: [QueueCondition]
  public var sort: QueueSort

  public init(
    statuses: Set<TicketStatus> = [], priorities: Set<TicketPriority> = [],
    agent: AssigneeFilter<Agent> = .any, group: AssigneeFilter<Group> = .any,
    types: Set<String> = [], tags: Set<String> = [], requesterID: ContactID? = nil,
    companyID: CompanyID? = nil, isOverdue: Bool? = nil, needsAnswer: Bool? = nil,
    text: String = "", conditions: [QueueCondition] = [], sort: QueueSort = QueueSort(.due)
  ) {
    self.statuses = statuses
    self.priorities = priorities
    self.agent = agent
    self.group = group
    self.types = types
    self.tags = tags
    self.requesterID = requesterID
    self.companyID = companyID
    self.isOverdue = isOverdue
    self.needsAnswer = needsAnswer
    self.text = text
    self.conditions = conditions
    self.sort = sort
  }
}

extension QueueQuery {
  /// The same tickets as far as nobody has them; nil when the query wants an agent.
  public var unassignedPart: QueueQuery? {
    guard agent == .any || agent == .unassigned else { return nil }
    var part = self
    part.agent = .unassigned
    return part
  }

  /// The same tickets as far as they are overdue; nil when the query leaves those out.
  public var overduePart: QueueQuery? {
    guard isOverdue != false else { return nil }
    var part = self
    part.isOverdue = true
    return part
  }
}

/// Who a ticket may be assigned to, to be shown.
public enum AssigneeFilter<Entity>: Hashable, Sendable {
  case any
  case unassigned
  /// The agent whose key this is, or that agent's groups.
  case mine
  case only(Set<Identifier<Entity>>)
}

/// The order of a queue. Equal keys are ordered by ticket number, so that every order is total.
public struct QueueSort: Hashable, Sendable {
  public enum Key: String, CaseIterable, Sendable {
    /// The next due moment of a running clock; tickets without one come last.
    case due
    case updated
    case created
    case priority
    case status
    case number
  }

  public var key: Key
  public var isDescending: Bool

  public init(_ key: Key, descending: Bool? = nil) {
    self.key = key
    self.isDescending = descending ?? key.isNaturallyDescending
  }
}

extension QueueSort.Key {
  /// The direction that people expect first: newest and most urgent on top, soonest due on top.
  public var isNaturallyDescending: Bool {
    switch self {
    case .due, .status: false
    case .updated, .created, .priority, .number: true
    }
  }

  /// What the sort menu calls it.
  public var label: String {
    switch self {
    case .due: "SLA"
    case .updated: "updated"
    case .created: "created"
    case .priority: "priority"
    case .status: "status"
    case .number: "number"
    }
  }
}

/// A named query: a tab of the queue.
public struct SavedView: Hashable, Sendable {
  public var name: String
  public var query: QueueQuery

  public init(name: String, query: QueueQuery) {
    self.name = name
    self.query = query
  }
}
