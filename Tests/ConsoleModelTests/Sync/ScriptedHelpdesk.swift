import ConsoleModel
import Helpdesk
import Synchronization

/// A helpdesk in memory that answers as a test orders: pages, gates, failures, and changes that
/// happen between two pages.
final class ScriptedHelpdesk: HelpdeskReading {
  struct World: Sendable {
    var tickets: [Int64: Ticket] = [:]
    var threads: [Int64: [Conversation]] = [:]
    var deleted: [Ticket] = []
    var spam: [Ticket] = []
    var contacts: [Contact] = []
    var companies: [Company] = []
    var agents: [Agent] = []
    var groups: [Group] = []
    var fields: [TicketField] = []
    var canned: [CannedResponse] = []
    var ratings: [SatisfactionRating] = []
    var me = Agent(id: AgentID(7), name: "You")
    var perPage = 10
    /// The helpdesk's own clock.
    var serverTime = Timestamp(CacheFixture.noon + 1_000_000)
    /// Tickets whose words make any page too large that holds them.
    var largeTickets: Set<Int64> = []
    var ticketCount: Int?
    var lastTicketPage = 300
    /// Whether "since" leaves out the moment itself.
    var sinceIsExclusive = false
    var listsLeaveOutDescriptions = false
    /// Lists that are forbidden, by name.
    var forbidden: Set<String> = []
    /// Errors for calls to come, by name of the call; the first is thrown first.
    var failures: [String: [HelpdeskError]] = [:]
    /// Every call as it came in.
    var calls: [String] = []
    /// Runs before the answer to a call is made.
    var before: @Sendable (String, inout World) -> Void = { _, _ in }

    mutating func put(_ tickets: [Ticket]) {
      for ticket in tickets { self.tickets[ticket.id.rawValue] = ticket }
    }
  }

  private let world: Mutex<World>

  init(_ world: World = World()) { self.world = Mutex(world) }

  func change<Value: Sendable>(_ body: @Sendable (inout World) -> Value) -> Value {
    world.withLock { body(&$0) }
  }

  var calls: [String] { change { $0.calls } }

  var capabilities: HelpdeskCapabilities {
    HelpdeskCapabilities(
      vendor: "Scripted", lastTicketPage: change { $0.lastTicketPage },
      ticketsPerPage: change { $0.perPage }, mailsCustomerOnClose: true)
  }

  private func answer<Value: Sendable>(
    _ call: String, _ name: String, _ body: @Sendable (World) -> Result<Value, HelpdeskError>
  ) throws(HelpdeskError) -> Value {
    if Task.isCancelled { throw .cancelled }
    let result: Result<Value, HelpdeskError> = world.withLock { world in
      world.calls.append(call)
      let hook = world.before
      hook(call, &world)
      if let failure = world.failures[name]?.first {
        world.failures[name]?.removeFirst()
        return .failure(failure)
      }
      if world.forbidden.contains(name) { return .failure(.forbidden(message: "no \(name)")) }
      return body(world)
    }
    return try result.get()
  }

  private static func page<Element>(
    _ all: [Element], _ number: Int, _ world: World, perPage: Int? = nil
  ) -> Page<Element> {
    let perPage = min(perPage ?? world.perPage, world.perPage)
    let rest = all.dropFirst((number - 1) * perPage)
    return Page(
      items: Array(rest.prefix(perPage)), next: rest.count > perPage ? number + 1 : nil,
      serverTime: world.serverTime)
  }

  private static func isSince(_ moment: Timestamp, _ since: Timestamp?, _ world: World) -> Bool {
    guard let since else { return true }
    return world.sinceIsExclusive ? moment > since : moment >= since
  }

  func me(lane: RequestLane) async throws(HelpdeskError) -> Agent {
    try answer("me", "me") { .success($0.me) }
  }

  func agents(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Agent> {
    try answer("agents \(page)", "agents") { .success(Self.page($0.agents, page, $0)) }
  }

  func group(_ id: GroupID, lane: RequestLane) async throws(HelpdeskError) -> Group {
    try answer("group \(id)", "group") { world in
      world.groups.first { $0.id == id }.map { .success($0) } ?? .failure(.notFound)
    }
  }

  func groups(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Group> {
    try answer("groups \(page)", "groups") { .success(Self.page($0.groups, page, $0)) }
  }

  func ticketFields(lane: RequestLane) async throws(HelpdeskError) -> [TicketField] {
    try answer("fields", "fields") { .success($0.fields) }
  }

  func cannedResponses(lane: RequestLane) async throws(HelpdeskError) -> [CannedResponse] {
    try answer("canned", "canned") { .success($0.canned) }
  }

  func companies(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Company>
  {
    try answer("companies \(page)", "companies") { world in
      let found = world.companies.filter { Self.isSince($0.updatedAt, updatedSince, world) }
      return .success(Self.page(found, page, world))
    }
  }

  func contacts(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Contact>
  {
    try answer("contacts \(page)", "contacts") { world in
      let found = world.contacts.filter { Self.isSince($0.updatedAt, updatedSince, world) }
      return .success(Self.page(found, page, world))
    }
  }

  func contact(_ id: ContactID, lane: RequestLane) async throws(HelpdeskError) -> Contact {
    try answer("contact \(id)", "contact") { world in
      world.contacts.first { $0.id == id }.map(Result.success) ?? .failure(.notFound)
    }
  }

  func tickets(updatedSince: Timestamp, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    try await tickets(TicketListing(updatedSince: updatedSince, page: page), lane: lane)
  }

  func tickets(_ listing: TicketListing, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    let call =
      listing.isNewestFirst
      ? "newest tickets \(listing.page)"
      : "tickets \(listing.updatedSince.seconds) \(listing.page)"
        + (listing.perPage.map { " of \($0)" } ?? "")
        + (listing.mayHaveDescriptions ? "" : " without words")
    return try answer(call, "tickets") { world in
      guard listing.page <= world.lastTicketPage else {
        return .failure(.refused(status: 400, message: "beyond the last page", fields: []))
      }
      let found = world.tickets.values
        .filter { Self.isSince($0.updatedAt, listing.updatedSince, world) }
        .sorted { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
        .map { ticket in
          var listed = ticket
          if world.listsLeaveOutDescriptions || !listing.mayHaveDescriptions {
            listed.description = nil
          }
          return listed
        }
      let page = Self.page(
        listing.isNewestFirst ? found.reversed() : found, listing.page, world,
        perPage: listing.perPage)
      let isTooLarge = page.items.contains {
        listing.mayHaveDescriptions && world.largeTickets.contains($0.id.rawValue)
      }
      return isTooLarge
        ? .failure(.answerTooLarge(reason: "the answer is too large")) : .success(page)
    }
  }

  func ticketCount(lane: RequestLane) async throws(HelpdeskError) -> Int? {
    change { $0.ticketCount }
  }

  func removedTickets(
    _ kind: TicketRemoval, updatedSince: Timestamp, page: Int, lane: RequestLane
  ) async throws(HelpdeskError) -> Page<Ticket> {
    try answer("\(kind) \(updatedSince.seconds) \(page)", "removed") { world in
      let found = (kind == .spam ? world.spam : world.deleted)
        .filter { Self.isSince($0.updatedAt, updatedSince, world) }
        .sorted { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
      return .success(Self.page(found, page, world))
    }
  }

  func ticket(_ id: TicketID, lane: RequestLane) async throws(HelpdeskError) -> Ticket {
    try answer("ticket \(id)", "ticket") { world in
      world.tickets[id.rawValue].map(Result.success) ?? .failure(.notFound)
    }
  }

  func conversations(of id: TicketID, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  {
    try answer("conversations \(id) \(page)", "conversations") { world in
      guard world.tickets[id.rawValue] != nil else { return .failure(.notFound) }
      return .success(Self.page(world.threads[id.rawValue] ?? [], page, world))
    }
  }

  func satisfactionRatings(createdSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<SatisfactionRating>
  {
    try answer("ratings \(page)", "ratings") { world in
      let found = world.ratings.filter { Self.isSince($0.createdAt, createdSince, world) }
      return .success(Self.page(found, page, world))
    }
  }
}

/// A clock that jumps ahead instead of waiting.
final class JumpingClock: ConsoleClock {
  private let moment = Mutex(Timestamp(CacheFixture.noon))
  private let waits = Mutex<[Int64]>([])

  var now: Timestamp { moment.withLock { $0 } }
  /// Seconds of each wait.
  var waited: [Int64] { waits.withLock { $0 } }

  func pass(seconds: Int64) { moment.withLock { $0 = $0 + seconds } }

  func sleep(until target: Timestamp) async {
    let start = now
    moment.withLock { $0 = max($0, target) }
    waits.withLock { $0.append(target - start) }
  }
}
