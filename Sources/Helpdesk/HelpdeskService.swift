/// One page of a list. `next` is nil on the last page.
public struct Page<Element: Sendable>: Sendable {
  public var items: [Element]
  public var next: Int?
  /// The server's own clock when it answered, from the `Date` header.
  public var serverTime: Timestamp?

  public init(items: [Element], next: Int?, serverTime: Timestamp? = nil) {
    self.items = items
    self.next = next
    self.serverTime = serverTime
  }
}

/// Which page of the ticket list is meant, and what it carries along.
public struct TicketListing: Equatable, Sendable {
  public var updatedSince: Timestamp
  public var page: Int
  /// Nil for the largest page that the vendor serves.
  public var perPage: Int?
  /// The newest change first instead of the oldest.
  public var isNewestFirst: Bool
  /// Whether the customer's first words may come along; without them a page is small.
  public var mayHaveDescriptions: Bool
  /// Whether the requesters' names are wanted, because the contacts have not been read yet.
  public var wantsRequesters: Bool

  public init(
    updatedSince: Timestamp, page: Int = 1, perPage: Int? = nil, isNewestFirst: Bool = false,
    mayHaveDescriptions: Bool = true, wantsRequesters: Bool = false
  ) {
    self.updatedSince = updatedSince
    self.page = page
    self.perPage = perPage
    self.isNewestFirst = isNewestFirst
    self.mayHaveDescriptions = mayHaveDescriptions
    self.wantsRequesters = wantsRequesters
  }
}

/// Where a ticket goes that leaves the ordinary lists.
public enum TicketRemoval: String, CaseIterable, Sendable {
  case deleted
  case spam
}

/// Reads at a helpdesk. A vendor implements it; the model layer never learns which one.
///
/// Every call waits for its turn in the given lane and throws `HelpdeskError`. Pages count from 1.
public protocol HelpdeskReading: Sendable {
  /// The agent whose key this is.
  func me(lane: RequestLane) async throws(HelpdeskError) -> Agent
  func agents(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Agent>
  func groups(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Group>
  /// One group with its members, which the list of groups may leave out.
  func group(_ id: GroupID, lane: RequestLane) async throws(HelpdeskError) -> Group
  func ticketFields(lane: RequestLane) async throws(HelpdeskError) -> [TicketField]
  func cannedResponses(lane: RequestLane) async throws(HelpdeskError) -> [CannedResponse]
  func companies(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Company>
  func contacts(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Contact>
  func contact(_ id: ContactID, lane: RequestLane) async throws(HelpdeskError) -> Contact
  /// Tickets changed at or after a moment, ascending by `updatedAt`.
  /// `HelpdeskCapabilities.lastTicketPage` is the last page that may be asked for.
  func tickets(updatedSince: Timestamp, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  /// The same with a page of another size, order or content.
  func tickets(_ listing: TicketListing, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  /// How many tickets there are; nil where the vendor does not tell.
  func ticketCount(lane: RequestLane) async throws(HelpdeskError) -> Int?
  /// Addresses of the helpdesk's own mailboxes, which no reply should be copied to.
  func mailboxes(lane: RequestLane) async throws(HelpdeskError) -> [String]
  /// Tickets that were deleted or marked as spam and changed at or after a moment, ascending by
  /// `updatedAt`. The ordinary list leaves them out without a word.
  func removedTickets(_ kind: TicketRemoval, updatedSince: Timestamp, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  /// The newest state of one ticket, with its description and the requester.
  func ticket(_ id: TicketID, lane: RequestLane) async throws(HelpdeskError) -> Ticket
  /// The thread without the description, ascending by creation.
  func conversations(of id: TicketID, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  /// The same with at most `perPage` entries.
  func conversations(of id: TicketID, page: Int, perPage: Int?, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  func satisfactionRatings(createdSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<SatisfactionRating>
}

/// For vendors, and stand-ins in tests, that cannot do more.
extension HelpdeskReading {
  public func tickets(_ listing: TicketListing, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    try await tickets(updatedSince: listing.updatedSince, page: listing.page, lane: lane)
  }

  public func ticketCount(lane: RequestLane) async throws(HelpdeskError) -> Int? { nil }

  public func mailboxes(lane: RequestLane) async throws(HelpdeskError) -> [String] { [] }

  public func conversations(of id: TicketID, page: Int, perPage: Int?, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  {
    try await conversations(of: id, page: page, lane: lane)
  }
}

/// Writes at a helpdesk. Only the outbox's dispatcher is handed one; in read-only mode nobody is.
///
/// No call repeats itself: one call, one request, which leaves at once. Only `permit` waits.
/// `HelpdeskError.writeOutcome` says what a failure means for the write.
public protocol HelpdeskWriting: Sendable {
  /// The maximum number of bytes of all files of one write together; nil if there is no limit.
  var uploadLimit: Int64? { get }
  /// Waits until the request limit has room for one write of this kind.
  func permit(for kind: WriteKind, lane: RequestLane) async throws(HelpdeskError) -> WritePermit
  /// How many seconds `permit` would wait at least, as far as is known; 0 when it would not.
  func secondsUntilPermit(for kind: WriteKind, lane: RequestLane) -> Int
  func update(_ id: TicketID, with change: TicketChange, permit: consuming WritePermit)
    async throws(HelpdeskError) -> Ticket
  func send(_ reply: OutgoingReply, permit: consuming WritePermit)
    async throws(HelpdeskError) -> PostedConversation
  func post(_ note: OutgoingPrivateNote, permit: consuming WritePermit)
    async throws(HelpdeskError) -> PostedConversation
}

extension HelpdeskWriting {
  public var uploadLimit: Int64? { nil }
}

public typealias HelpdeskService = HelpdeskReading & HelpdeskWriting

/// What a vendor can do, in numbers and switches, so that screens need not know its name.
public struct HelpdeskCapabilities: Equatable, Sendable {
  /// "Freshdesk".
  public var vendor: String
  /// The last page of the ticket list that the vendor serves; the sync restarts its window there.
  public var lastTicketPage: Int
  public var ticketsPerPage: Int
  public var mailsCustomerOnClose: Bool
  /// The most bytes of all files of one ticket together; nil where there is no limit.
  public var attachmentLimit: Int64?

  public init(
    vendor: String, lastTicketPage: Int, ticketsPerPage: Int, mailsCustomerOnClose: Bool,
    attachmentLimit: Int64? = nil
  ) {
    self.vendor = vendor
    self.lastTicketPage = lastTicketPage
    self.ticketsPerPage = ticketsPerPage
    self.mailsCustomerOnClose = mailsCustomerOnClose
    self.attachmentLimit = attachmentLimit
  }
}
