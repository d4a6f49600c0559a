public import ConsoleModel
public import Helpdesk

/// Reads of tickets from the cache.
public struct QueueReads {
  /// The tabs of the queue, in their order; at most nine have a key.
  public var views: () -> [SavedView]
  /// The number of tickets in each saved view and of tickets with new customer words.
  public var counts: () -> QueueCounts
  /// The number of tickets of any query, or the least that there are; nil where nobody can say.
  public var count: (_ query: QueueQuery) -> ViewCount?
  /// Rows after a place, or the first ones, in the order of the query.
  public var rows: (_ query: QueueQuery, _ after: QueuePosition?, _ limit: Int) -> [QueueRow]
  /// Rows that end just before a place, in the order of the query.
  public var rowsBefore: (_ query: QueueQuery, _ before: QueuePosition, _ limit: Int) -> [QueueRow]
  /// The last rows, in the order of the query.
  public var lastRows: (_ query: QueueQuery, _ limit: Int) -> [QueueRow]
  /// Where a ticket stands in a query; nil when it is not in it.
  public var position: (_ ticket: TicketID, _ query: QueueQuery) -> QueuePosition?
  /// Rows of single tickets whatever the query; unknown ones are left out.
  public var rowsOf: (_ tickets: [TicketID]) -> [QueueRow]
  /// The numbers of the tickets of a query, at most `limit`, in its order: for marking many.
  public var identifiers: (_ query: QueueQuery, _ limit: Int) -> [TicketID]
  /// Tickets with all their fields but without their threads, for a plan; unknown ones are left out.
  public var tickets: (_ tickets: [TicketID]) -> [Ticket]
  /// All that the thread and the sidebar show; nil for a ticket that is not in the cache.
  public var detail: (_ ticket: TicketID) -> TicketDetail?
  /// Customers of that name, address or number with their newest tickets; then full text over
  /// subjects and threads, newest first, at most `limit`.
  public var search: (_ words: String, _ limit: Int) -> [SearchLine]
  /// Reads the query language; the failure names the word that is not understood.
  public var parse: (_ text: String) -> Result<QueueQuery, CallFailure>
  /// A query in the words of the query language.
  public var describe: (_ query: QueueQuery) -> String
  /// What a query that is being typed may become, best first.
  public var complete: (_ text: String) -> [QueryCompletion]
  /// Notes that this person has seen the ticket's newest words. Must not block.
  public var markSeen: (_ ticket: TicketID) -> Void

  public init(
    views: @escaping () -> [SavedView], counts: @escaping () -> QueueCounts,
    count: @escaping (QueueQuery) -> ViewCount?,
    rows: @escaping (QueueQuery, QueuePosition?, Int) -> [QueueRow],
    rowsBefore: @escaping (QueueQuery, QueuePosition, Int) -> [QueueRow],
    lastRows: @escaping (QueueQuery, Int) -> [QueueRow],
    position: @escaping (TicketID, QueueQuery) -> QueuePosition?,
    rowsOf: @escaping ([TicketID]) -> [QueueRow],
    identifiers: @escaping (QueueQuery, Int) -> [TicketID],
    tickets: @escaping ([TicketID]) -> [Ticket],
    detail: @escaping (TicketID) -> TicketDetail?,
    search: @escaping (String, Int) -> [SearchLine],
    parse: @escaping (String) -> Result<QueueQuery, CallFailure>,
    describe: @escaping (QueueQuery) -> String,
    complete: @escaping (String) -> [QueryCompletion],
    markSeen: @escaping (TicketID) -> Void
  ) {
    self.views = views
    self.counts = counts
    self.count = count
    self.rows = rows
    self.rowsBefore = rowsBefore
    self.lastRows = lastRows
    self.position = position
    self.rowsOf = rowsOf
    self.identifiers = identifiers
    self.tickets = tickets
    self.detail = detail
    self.search = search
    self.parse = parse
    self.describe = describe
    self.complete = complete
    self.markSeen = markSeen
  }
}

/// How many tickets the tabs show.
public struct QueueCounts: Equatable, Sendable {
  /// One number for each saved view, in their order; nil where it is not known yet.
  public var views: [ViewCount?]
  /// Tickets with customer words that this person has not seen.
  public var newWords: Int

  public init(views: [ViewCount?] = [], newWords: Int = 0) {
    self.views = views
    self.newWords = newWords
  }
}

/// One line of what a search found.
public enum SearchLine: Equatable, Sendable {
  /// A customer; the newest tickets follow.
  case customer(CustomerHit)
  case ticket(TicketHit)

  var ticket: TicketHit? {
    guard case .ticket(let hit) = self else { return nil }
    return hit
  }
}

/// A customer or a company that the search found.
public struct CustomerHit: Equatable, Sendable {
  public var who: FoundCustomer.Who
  public var name: String
  /// Address and phone number, as far as they are known.
  public var details: [String]
  public var ticketCount: Int

  public init(
    who: FoundCustomer.Who, name: String, details: [String] = [], ticketCount: Int
  ) {
    self.who = who
    self.name = name
    self.details = details
    self.ticketCount = ticketCount
  }
}

/// A ticket that the search found.
public struct TicketHit: Equatable, Sendable {
  public var ticketID: TicketID
  public var subject: String
  public var requesterName: String
  public var statusLabel: String
  /// When the words that were found were written.
  public var at: Timestamp
  /// One line around the words that were found; a stranger's text.
  public var snippet: String

  public init(
    ticketID: TicketID, subject: String, requesterName: String, statusLabel: String, at: Timestamp,
    snippet: String
  ) {
    self.ticketID = ticketID
    self.subject = subject
    self.requesterName = requesterName
    self.statusLabel = statusLabel
    self.at = at
    self.snippet = snippet
  }
}
