/// The fields of a query: the one table from which the parser, Tab, the help page, the manual and
/// the documentation are made.
public enum QueryField: String, CaseIterable, Sendable {
  case status, priority, type, source, tag
  case agent, group, requester, company
  case created, updated, due
  case overdue, unread, unanswered
  case id, sort

  public var name: String { rawValue }

  /// Other names for the same.
  public var aliases: [String] {
    switch self {
    case .agent: ["assignee"]
    case .group: ["team"]
    case .priority: ["prio"]
    case .tag: ["tags"]
    case .requester: ["from", "customer", "contact"]
    case .unread: ["new"]
    case .id: ["ticket", "number"]
    case .sort: ["order"]
    case .status, .type, .source, .company, .created, .updated, .due, .overdue, .unanswered: []
    }
  }

  static func named(_ name: String) -> QueryField? {
    allCases.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// Whether `<`, `>` and their like may stand before a value.
  var isOrdered: Bool {
    switch self {
    case .priority, .created, .updated, .due: true
    case .status, .type, .source, .tag, .agent, .group, .requester, .company, .overdue, .unread,
      .unanswered, .id, .sort:
      false
    }
  }

  /// Values that every account has, for Tab and for refusals.
  public var fixedValues: [String] {
    switch self {
    case .status: ["unresolved", "waiting", "done", "any"]
    case .priority: ["low", "medium", "high", "urgent"]
    case .source: QuerySource.names
    case .agent: ["me", "none", "any"]
    case .group: ["mine", "none", "any"]
    case .created, .updated: ["today", "yesterday", "<7d", ">30d", "2026-11-20", "2026-11"]
    case .due: ["today", "tomorrow", "<4h", "none"]
    case .overdue, .unread, .unanswered: ["yes", "no"]
    case .sort: ["sla", "updated", "created", "priority", "status", "number"]
    case .type, .tag, .requester, .company, .id: []
    }
  }

  /// What the values are.
  public var values: String {
    switch self {
    case .status: "a status of the account, or unresolved, waiting, done, any"
    case .priority: "low, medium, high, urgent; also priority>=high"
    case .type: "a ticket type of the account"
    case .source: QuerySource.names.joined(separator: ", ")
    case .tag: "a tag; of several, all are needed"
    case .agent: "a name or address, or me, none, any"
    case .group: "a name, or mine, none, any"
    case .requester: "the beginning of a name, address or phone number, or a contact's number"
    case .company: "the beginning of a name, or a company's number"
    case .created, .updated:
      "2026-11-20, 2026-11, 2026-11-01..2026-11-20, today, yesterday, <7d, >24h"
    case .due: "today, tomorrow, a date, <4h (in less than 4 hours, or overdue), none"
    case .overdue, .unread, .unanswered: "yes or no"
    case .id: "ticket numbers"
    case .sort: "sla, updated, created, priority, status, number; -key reverses the order"
    }
  }

  /// What a ticket has to be to be found.
  public var meaning: String {
    switch self {
    case .status: "has this status"
    case .priority: "has this priority"
    case .type: "has this type"
    case .source: "came in this way"
    case .tag: "has this tag"
    case .agent: "is assigned to this agent"
    case .group: "is assigned to this group"
    case .requester: "was asked by this customer"
    case .company: "belongs to this company"
    case .created: "was created then"
    case .updated: "was last changed then"
    case .due: "its next SLA target is then"
    case .overdue: "its SLA target has passed"
    case .unread: "has a customer message that you have not opened and nobody has answered"
    case .unanswered: "is unresolved and its last message is the customer's, opened or not"
    case .id: "is one of these tickets"
    case .sort: "(the order of the list)"
    }
  }

  public var example: String {
    switch self {
    case .status: "status:open,pending"
    case .priority: "priority>=high"
    case .type: "type:Incident"
    case .source: "source:phone"
    case .tag: "tag:vip"
    case .agent: "agent:me"
    case .group: "group:\"Team EU\""
    case .requester: "from:wendy"
    case .company: "company:heliotech"
    case .created: "created:<7d"
    case .updated: "updated:>30d"
    case .due: "due:today"
    case .overdue: "overdue:yes"
    case .unread: "unread:yes"
    case .unanswered: "unanswered:yes"
    case .id: "id:305,310"
    case .sort: "sort:-created"
    }
  }
}

/// The channels by the names that a query has for them.
enum QuerySource {
  static let numbers: [(name: String, number: Int)] = [
    ("email", 1), ("portal", 2), ("phone", 3), ("forum", 4), ("twitter", 5), ("facebook", 6),
    ("chat", 7), ("feedback", 9), ("outbound", 10), ("e-commerce", 11), ("bot", 12),
    ("whatsapp", 13), ("webchat", 15),
  ]

  static let names = numbers.map(\.name)
}
