import Helpdesk

/// One line of the queue: everything that the list draws, read in one go.
public struct QueueRow: Equatable, Sendable {
  public var id: TicketID
  public var subject: String
  public var requesterName: String
  public var companyName: String?
  public var status: TicketStatus
  /// The account's own label of the status.
  public var statusLabel: String
  public var priority: TicketPriority
  public var agentID: AgentID?
  public var agentName: String?
  public var groupName: String?
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  public var clock: ServiceClock
  /// The customer wrote last, and this person has not opened the ticket since.
  public var hasNewCustomerWords: Bool
  /// Own changes in it that the helpdesk has not answered yet.
  public var pending: PendingFields
  /// Where this row stands in the order of its query; hand it back to read on from here.
  public var position: QueuePosition

  public init(
    id: TicketID, subject: String, requesterName: String, companyName: String? = nil,
    status: TicketStatus, statusLabel: String, priority: TicketPriority,
    agentID: AgentID? = nil, agentName: String? = nil, groupName: String? = nil,
    createdAt: Timestamp, updatedAt: Timestamp, clock: ServiceClock = .none,
    hasNewCustomerWords: Bool = false, pending: PendingFields = [], position: QueuePosition
  ) {
    self.id = id
    self.subject = subject
    self.requesterName = requesterName
    self.companyName = companyName
    self.status = status
    self.statusLabel = statusLabel
    self.priority = priority
    self.agentID = agentID
    self.agentName = agentName
    self.groupName = groupName
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.clock = clock
    self.hasNewCustomerWords = hasNewCustomerWords
    self.pending = pending
    self.position = position
  }
}

extension QueueRow {
  /// A value with `~` before it while it is an own change that the helpdesk has not answered yet.
  public func marked(_ value: String, _ field: PendingFields) -> String {
    pending.isDisjoint(with: field) ? value : "~" + value
  }
}

extension QueueRow {
  /// The agent's name, or the number of one whom the account does not list; nil where nobody has it.
  public var agentWords: String? { agentName ?? agentID.map { "agent \($0)" } }
}

/// A place in the order of a query: the sort key's value and the ticket's number. Stays good when
/// rows before it come and go.
public struct QueuePosition: Hashable, Sendable {
  public var key: Int64
  public var id: TicketID

  public init(key: Int64, id: TicketID) {
    self.key = key
    self.id = id
  }
}

/// The service-level clock of a ticket as far as the helpdesk tells it.
public enum ServiceClock: Hashable, Sendable {
  /// No due moment: the policy is unknown.
  case none
  /// Running towards a due moment. `startedAt` is where it began, for the warning at 80 %.
  case running(dueAt: Timestamp, startedAt: Timestamp, isFirstResponse: Bool)
  /// Standing still while somebody else is to act.
  case paused
  /// Resolved or closed.
  case stopped
}
