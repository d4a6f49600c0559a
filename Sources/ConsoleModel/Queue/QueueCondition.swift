public import Helpdesk

/// What a query asks beyond the plain fields of `QueueQuery`: names, moments, alternatives and
/// negations. A value; `QueueStatement` makes SQL of it and `QueryLanguage` text.
public indirect enum QueueCondition: Hashable, Sendable {
  /// An empty set means any.
  case statuses(Set<TicketStatus>)
  case priorities(Set<TicketPriority>)
  case agent(AssigneeFilter<Agent>)
  case group(AssigneeFilter<Group>)
  case types(Set<String>)
  /// Every one of these has to be on the ticket.
  case tags(Set<String>)
  case sources(Set<TicketSource>)
  case numbers(Set<TicketID>)
  case requester(CustomerFilter)
  case company(CustomerFilter)
  case isOverdue(Bool)
  case isUnread(Bool)
  case isUnanswered(Bool)
  case moment(MomentFilter)
  /// A word that begins one of the subject, the requester or the company.
  case word(String)
  /// Words that stand together there.
  case phrase(String)
  case not(QueueCondition)
  case either([QueueCondition])
  case both([QueueCondition])
}

/// Which customer, or which company, a query means.
public enum CustomerFilter: Hashable, Sendable {
  /// By the helpdesk's number.
  case number(Int64)
  /// Everybody whose name, address or phone number begins so.
  case named(String)
}

/// A range of moments. Relative bounds move with the clock, so that a saved view stays true.
public struct MomentFilter: Hashable, Sendable {
  public enum Field: String, CaseIterable, Sendable {
    case created
    case updated
    case due
  }

  public enum Bound: Hashable, Sendable {
    case at(Timestamp)
    /// Seconds from now; negative ones are in the past.
    case fromNow(Int64)
    /// The beginning of the day that is this number of days from today.
    case day(Int)

    func resolved(now: Timestamp, _ calendar: LocalCalendar) -> Timestamp {
      switch self {
      case .at(let moment): moment
      case .fromNow(let seconds): now + seconds
      case .day(let days): calendar.startOfDay(days, after: now)
      }
    }
  }

  public var field: Field
  /// The value as it is typed, with its comparison.
  public var text: String
  /// The first moment that belongs to it; nil for no bound.
  public var from: Bound?
  /// The first moment that no longer belongs to it; nil for no bound.
  public var until: Bound?
  /// Tickets without such a moment: no clock runs.
  public var isNone = false
}
