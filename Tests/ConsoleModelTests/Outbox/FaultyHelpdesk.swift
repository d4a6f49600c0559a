import ConsoleModel
import Helpdesk
import MailText
import Synchronization

/// A helpdesk in memory that does what it is told: it applies or not, and answers or not.
final class FaultyHelpdesk: HelpdeskService {
  /// What happens to the next call of a kind.
  enum Fault: Sendable {
    /// Nothing is applied, and this error comes back.
    case before(HelpdeskError)
    /// It is applied, and this error comes back all the same.
    case after(HelpdeskError)
    /// It is applied only when `arriveLate` is called; this error comes back at once.
    case late(HelpdeskError)
  }

  enum Call: String, Sendable { case send, post, update, conversations, ticket, me, tickets }

  struct State {
    var tickets: [TicketID: Ticket] = [:]
    var threads: [TicketID: [Conversation]] = [:]
    var faults: [Call: [Fault]] = [:]
    var calls: [Call] = []
    var nextID: Int64 = 100
    /// Mails that customers got: ticket and text.
    var mails: [(ticketID: TicketID, html: String)] = []
    /// Files that came with replies and notes.
    var uploads: [Upload] = []
    var appliedUpdates: [(ticketID: TicketID, change: TicketChange)] = []
    var late: [@Sendable () -> Void] = []
    /// Tickets on a page of the list, and what happens after the first page is read.
    var pageSize = 1000
    var afterFirstPage: (@Sendable () -> Void)?
    var inFlight = 0
    var mostInFlight = 0
  }

  /// What the helpdesk holds and has recorded; several connections may share it.
  final class Record: Sendable {
    let state = Mutex(State())
  }

  let record: Record
  /// The process at this end of the line has been killed: nothing gets through any more.
  private let isCut = Mutex(false)
  let clock: any ConsoleClock
  let agent: Agent
  /// Runs inside each write call, before anything is applied.
  let onWrite: @Sendable (TicketID) async -> Void
  /// Gives the permits; `onPermit` runs while a write waits for one.
  let limiter: any RequestLimiting
  let uploadLimit: Int64?
  private let onPermit = Mutex<(@Sendable () async -> Void)?>(nil)

  init(
    clock: any ConsoleClock, agentID: Int64 = 7, record: Record = Record(),
    limiter: any RequestLimiting = UnlimitedRequests(), uploadLimit: Int64? = nil,
    onWrite: @escaping @Sendable (TicketID) async -> Void = { _ in }
  ) {
    self.clock = clock
    self.record = record
    self.onWrite = onWrite
    self.limiter = limiter
    self.uploadLimit = uploadLimit
    agent = Agent(id: AgentID(agentID), name: "Maria")
  }

  func addTicket(_ id: Int64, agent: Int64? = nil, tags: [String] = []) {
    record.state.withLock {
      $0.tickets[TicketID(id)] = Ticket(
        id: TicketID(id), subject: "VPN drops", requesterID: ContactID(1),
        agentID: agent.map { AgentID($0) }, tags: tags, createdAt: clock.now + -9000,
        updatedAt: clock.now + -9000)
    }
  }

  func fail(_ call: Call, _ faults: Fault...) {
    record.state.withLock { $0.faults[call, default: []] += faults }
  }

  @discardableResult
  func customerWrites(_ ticketID: Int64, _ text: String) -> ConversationID {
    add(TicketID(ticketID), .customer, author: 1, html: "<p>\(text)</p>")
  }

  @discardableResult
  func colleagueWrites(_ ticketID: Int64, _ text: String) -> ConversationID {
    add(TicketID(ticketID), .privateNote, author: 8, html: "<p>\(text)</p>")
  }

  func arriveLate() {
    let late = record.state.withLock { state in
      defer { state.late = [] }
      return state.late
    }
    for body in late { body() }
  }

  var uploads: [Upload] { record.state.withLock { $0.uploads } }
  var mails: [String] { record.state.withLock { $0.mails.map(\.html) } }
  var calls: [Call] { record.state.withLock { $0.calls } }

  func thread(_ ticketID: Int64) -> [Conversation] {
    record.state.withLock { $0.threads[TicketID(ticketID)] ?? [] }
  }

  func ticket(_ id: Int64) -> Ticket? { record.state.withLock { $0.tickets[TicketID(id)] } }

  func change(_ id: Int64, _ body: (inout Ticket) -> Void) {
    record.state.withLock { state in
      guard var ticket = state.tickets[TicketID(id)] else { return }
      body(&ticket)
      ticket.updatedAt = clock.now
      state.tickets[TicketID(id)] = ticket
    }
  }

  /// Cuts the line; a write that is inside `onWrite` still arrives.
  func cut() { isCut.withLock { $0 = true } }

  @discardableResult
  private func add(
    _ ticketID: TicketID, _ kind: ConversationKind, author: Int64, html: String,
    files: [Upload] = []
  ) -> ConversationID {
    let now = clock.now
    return record.state.withLock { state in
      state.nextID += 1
      state.uploads += files
      let id = ConversationID(state.nextID)
      state.threads[ticketID, default: []].append(
        Conversation(
          id: id, ticketID: ticketID, kind: kind, authorID: author,
          // A helpdesk wraps and rewrites what it is given.
          body: MessageBody(
            html: "<div style=\"font-size:14px\">\(html)</div>",
            text: MailText.normalized(html)),
          // It may give files other names, too.
          attachments: files.map {
            Attachment(
              id: 1, name: String($0.name.map { $0 == " " ? "_" : $0 }),
              size: Int64($0.bytes.count))
          },
          createdAt: now, updatedAt: now))
      return id
    }
  }

  private func begin(_ call: Call) -> Fault? {
    record.state.withLock { state in
      state.calls.append(call)
      guard var queue = state.faults[call], !queue.isEmpty else { return nil }
      let fault = queue.removeFirst()
      state.faults[call] = queue
      return fault
    }
  }

  private func read<Value>(
    _ call: Call, _ body: (inout State) -> Value?
  ) throws(HelpdeskError) -> Value {
    if isCut.withLock({ $0 }) { throw .offline(reason: "killed") }
    if case .before(let error) = begin(call) { throw error }
    guard let value = record.state.withLock({ body(&$0) }) else { throw .notFound }
    return value
  }

  private func write<Value: Sendable>(
    _ call: Call, _ ticketID: TicketID, _ apply: @escaping @Sendable () -> Value
  ) async throws(HelpdeskError) -> Value {
    if isCut.withLock({ $0 }) { throw .offline(reason: "killed") }
    record.state.withLock {
      $0.inFlight += 1
      $0.mostInFlight = max($0.mostInFlight, $0.inFlight)
    }
    defer { record.state.withLock { $0.inFlight -= 1 } }
    await onWrite(ticketID)
    switch begin(call) {
    case .before(let error): throw error
    case .after(let error):
      _ = apply()
      throw error
    case .late(let error):
      record.state.withLock { $0.late.append { _ = apply() } }
      throw error
    case nil: return apply()
    }
  }

  // Reading

  func me(lane: RequestLane) async throws(HelpdeskError) -> Agent {
    try read(.me) { _ in agent }
  }

  func removedTickets(
    _ kind: TicketRemoval, updatedSince: Timestamp, page: Int, lane: RequestLane
  ) async throws(HelpdeskError) -> Page<Ticket> { Page(items: [], next: nil) }

  func ticket(_ id: TicketID, lane: RequestLane) async throws(HelpdeskError) -> Ticket {
    try read(.ticket) { $0.tickets[id] }
  }

  /// Two entries a page, so that a thread soon has several.
  func conversations(of id: TicketID, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  {
    let entries = try read(.conversations) { $0.threads[id] ?? [] }
    let rest = entries.dropFirst((page - 1) * 2)
    return Page(
      items: Array(rest.prefix(2)), next: rest.count > 2 ? page + 1 : nil, serverTime: clock.now)
  }

  func tickets(updatedSince: Timestamp, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    let tickets = try read(.tickets) { state in
      state.tickets.values.filter { $0.updatedAt >= updatedSince }
        .sorted { ($0.updatedAt, $0.id) < ($1.updatedAt, $1.id) }
    }
    let (size, after) = record.state.withLock { state in
      defer { state.afterFirstPage = nil }
      return (state.pageSize, state.afterFirstPage)
    }
    after?()
    let rest = tickets.dropFirst((page - 1) * size)
    return Page(
      items: Array(rest.prefix(size)), next: rest.count > size ? page + 1 : nil,
      serverTime: clock.now)
  }

  // Writing

  /// Does something while the next write waits for its permit.
  func whileWaiting(_ body: @escaping @Sendable () async -> Void) {
    onPermit.withLock { $0 = body }
  }

  /// Serves the list of tickets in pages, and does something after the first one.
  func listPage(of size: Int, then body: @escaping @Sendable () -> Void) {
    record.state.withLock { ($0.pageSize, $0.afterFirstPage) = (size, body) }
  }

  func permit(
    for kind: WriteKind, lane: RequestLane
  ) async throws(HelpdeskError) -> WritePermit {
    try await limiter.turn(.account, cost: 1, lane: lane)
    let body = onPermit.withLock { body in
      defer { body = nil }
      return body
    }
    await body?()
    return WritePermit { [limiter] in limiter.giveBack(.account, cost: 1) }
  }

  func secondsUntilPermit(for kind: WriteKind, lane: RequestLane) -> Int {
    limiter.secondsUntilTurn(.account, cost: 1, lane: lane)
  }

  func send(_ reply: OutgoingReply, permit: consuming WritePermit)
    async throws(HelpdeskError) -> PostedConversation
  {
    permit.use()
    return try await write(.send, reply.ticketID) { [self] in
      let id = add(
        reply.ticketID, .reply, author: agent.id.rawValue, html: reply.html,
        files: reply.attachments)
      record.state.withLock { $0.mails.append((reply.ticketID, reply.html)) }
      return PostedConversation(id: id, createdAt: clock.now)
    }
  }

  func post(_ note: OutgoingPrivateNote, permit: consuming WritePermit)
    async throws(HelpdeskError) -> PostedConversation
  {
    permit.use()
    return try await write(.post, note.ticketID) { [self] in
      let id = add(
        note.ticketID, .privateNote, author: agent.id.rawValue, html: note.html,
        files: note.attachments)
      return PostedConversation(id: id, createdAt: clock.now)
    }
  }

  func update(_ id: TicketID, with change: TicketChange, permit: consuming WritePermit)
    async throws(HelpdeskError) -> Ticket
  {
    permit.use()
    return try await write(.update, id) { [self] in
      record.state.withLock { state in
        var ticket =
          state.tickets[id]
          ?? Ticket(
            id: id, subject: "", requesterID: ContactID(1), createdAt: clock.now,
            updatedAt: clock.now)
        ticket.status = change.status ?? ticket.status
        ticket.priority = change.priority ?? ticket.priority
        if let type = change.type { ticket.type = type }
        if let agent = change.agentID { ticket.agentID = agent }
        if let group = change.groupID { ticket.groupID = group }
        ticket.tags = change.tags ?? ticket.tags
        ticket.updatedAt = clock.now
        state.tickets[id] = ticket
        state.appliedUpdates.append((id, change))
        return ticket
      }
    }
  }

  // Not needed by the outbox

  func agents(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Agent> {
    Page(items: [agent], next: nil)
  }
  func groups(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Group> {
    Page(items: [], next: nil)
  }
  func group(_ id: GroupID, lane: RequestLane) async throws(HelpdeskError) -> Group {
    throw .notFound
  }
  func ticketFields(lane: RequestLane) async throws(HelpdeskError) -> [TicketField] { [] }
  func cannedResponses(lane: RequestLane) async throws(HelpdeskError) -> [CannedResponse] { [] }
  func companies(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Company>
  { Page(items: [], next: nil) }
  func contacts(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Contact>
  { Page(items: [], next: nil) }
  func contact(_ id: ContactID, lane: RequestLane) async throws(HelpdeskError) -> Contact {
    throw .notFound
  }
  func satisfactionRatings(createdSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<SatisfactionRating>
  { Page(items: [], next: nil) }
}
