public import ConsoleModel
public import Helpdesk

/// A change of one field, before it is known what each ticket has in it.
public enum FieldChange: Equatable, Sendable {
  case agent(AgentID?, name: String)
  case group(GroupID?, name: String)
  /// The tickets go to these agents in turn.
  case roundRobin([AgentID], names: [String], group: String)
  case status(TicketStatus, label: String)
  case priority(TicketPriority)
  case type(String?)
  case tags(add: [String], remove: [String])
  /// A macro: changes that leave in one request.
  indirect case several(name: String, [FieldChange])

  /// What the ticket at a place of the list gets; nil when it is so already.
  func update(of ticket: Ticket, at index: Int) -> UpdateContent? {
    var (change, before) = (TicketChange(), TicketChange())
    switch self {
    case .agent(let id, _):
      change.agentID = .some(id)
      before.agentID = .some(ticket.agentID)
    case .roundRobin(let ids, _, _):
      guard !ids.isEmpty else { return nil }
      change.agentID = .some(ids[index % ids.count])
      before.agentID = .some(ticket.agentID)
    case .group(let id, _):
      change.groupID = .some(id)
      before.groupID = .some(ticket.groupID)
    case .status(let status, _):
      change.status = status
      before.status = ticket.status
    case .priority(let priority):
      change.priority = priority
      before.priority = ticket.priority
    case .type(let type):
      change.type = .some(type)
      before.type = .some(ticket.type)
    case .tags(let add, let remove):
      var tags = ticket.tags.filter { !remove.contains($0) }
      for tag in add where !tags.contains(tag) { tags.append(tag) }
      change.tags = tags
      before.tags = ticket.tags
    case .several(_, let parts):
      for content in parts.compactMap({ $0.update(of: ticket, at: index) }) {
        change.merge(content.change)
        before.merge(content.before)
      }
    }
    guard !change.isShown(by: ticket) else { return nil }
    return UpdateContent(subject: ticket.subject, change: change, before: before)
  }

  /// "assigned to Maria Keller", for the status line.
  var done: String {
    switch self {
    case .agent(nil, _): "no longer assigned"
    case .agent(_, let name): "assigned to \(name)"
    case .group(nil, _): "without a group"
    case .group(_, let name): "given to #\(name)"
    case .roundRobin(_, _, let group): "shared out in #\(group)"
    case .status(let status, let label): status == .resolved ? "resolved" : "set to \(label)"
    case .priority(let priority): "priority \(priority.label)"
    case .type(let type): "type \(type ?? "none")"
    case .tags(let add, let remove):
      "tags " + (add.map { "+" + $0 } + remove.map { "-" + $0 }).joined(separator: " ")
    case .several(let name, _): "changed by \(name)"
    }
  }

  /// Whether the request itself may mail customers.
  func mailsCustomer(_ account: AccountInfo) -> Bool {
    switch self {
    case .status(let status, _): account.mailsCustomerOnClose && status.isDone
    case .several(_, let parts): parts.contains { $0.mailsCustomer(account) }
    default: false
    }
  }
}

/// A change that was asked for, with the tickets it is meant for; fixed at the key press.
public struct ChangeRequest: Equatable, Sendable {
  public var change: FieldChange
  public var tickets: [TicketID]
  /// Whether it was asked for on marks, so that it goes through a plan.
  public var isForMarks: Bool
  /// Whether to go to the next ticket afterwards.
  public var movesOn: Bool
  /// Whether it takes what another agent has.
  public var isTaking: Bool
  /// Whether it does again what was undone.
  public var isRedo = false

  init(
    _ change: FieldChange, tickets: [TicketID], isForMarks: Bool, movesOn: Bool = false,
    isTaking: Bool = false
  ) {
    self.change = change
    self.tickets = tickets
    self.isForMarks = isForMarks
    self.movesOn = movesOn
    self.isTaking = isTaking
  }
}

/// What has to be known before a change can be asked about.
public struct ChangeMaterial: Equatable, Sendable {
  /// The tickets as the cache has them.
  public var tickets: [Ticket]
  /// Names of the agents that have them.
  public var holders: [TicketID: String]
  /// Requesters' names.
  public var requesters: [TicketID: String]
  /// For a change that may mail customers: the newest entry of each thread that is in the cache.
  public var seen: [TicketID: ConversationID]
  public var forecast: Forecast
}

/// What a submission was for, so that its outcome can be told.
public struct SubmissionContext: Equatable, Sendable {
  /// "#48207 assigned to Maria Keller".
  public var words: String
  public var tickets: [TicketID]
  public var isBulk = false
  public var isRedo = false
  public var movesOn = false
  /// What was submitted, to be done again after an undo.
  public var request: ChangeRequest?
  public var kind: DraftKind?
  /// The draft that the words were written in; a reply's may be submitted as a private note.
  public var draftKey: DraftKey?
  /// The state of the draft that the words were taken from.
  public var draft: DraftReference?
}
