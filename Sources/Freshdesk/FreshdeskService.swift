public import HTTPClient
public import Helpdesk

/// A Freshdesk account through its REST API v2. One call of a method is one request, except
/// `cannedResponses`, which asks for each folder.
public struct FreshdeskService: HelpdeskReading, HelpdeskWriting {
  public static let capabilities = HelpdeskCapabilities(
    vendor: "Freshdesk", lastTicketPage: 300, ticketsPerPage: FreshdeskRequest.perPage,
    mailsCustomerOnClose: true,
    attachmentLimit: FreshdeskRequest.maximumUpload)

  private let address: FreshdeskAddress
  private let key: APIKey
  private let transport: any HTTPTransport
  private let limiter: any RequestLimiting
  private let listIncludes: @Sendable () -> [TicketInclude]

  /// - Parameter listIncludes: what each ticket of a list carries along, asked before each page; two
  ///   credits a page each.
  public init(
    address: FreshdeskAddress, key: APIKey, transport: any HTTPTransport,
    limiter: any RequestLimiting,
    listIncludes: @escaping @Sendable () -> [TicketInclude] = { [.description, .stats] }
  ) {
    self.address = address
    self.key = key
    self.transport = transport
    self.limiter = limiter
    self.listIncludes = listIncludes
  }

  public func me(lane: RequestLane) async throws(HelpdeskError) -> Agent {
    try await one(.me(), lane, Agent.init(payload:))
  }

  public func agents(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Agent> {
    try await list(.agents(page: page), page, lane, Agent.init(payload:))
  }

  public func groups(page: Int, lane: RequestLane) async throws(HelpdeskError) -> Page<Group> {
    try await list(.groups(page: page), page, lane, Group.init(payload:))
  }

  public func group(_ id: GroupID, lane: RequestLane) async throws(HelpdeskError) -> Group {
    try await one(.group(id), lane, Group.init(payload:))
  }

  public func ticketFields(lane: RequestLane) async throws(HelpdeskError) -> [TicketField] {
    try await list(.ticketFields(), 1, lane, TicketField.init(payload:)).items
  }

  public func cannedResponses(lane: RequestLane) async throws(HelpdeskError) -> [CannedResponse] {
    let folders = try await list(.cannedResponseFolders(), 1, lane) { payload in
      payload["id"]?.integer.map { (id: $0, name: payload["name"]?.string ?? "") }
    }
    var responses: [CannedResponse] = []
    for folder in folders.items {
      let found = try await list(.cannedResponses(folder: folder.id), 1, lane) { payload in
        CannedResponse(payload: payload, folder: folder.name)
      }
      responses += found.items
    }
    return responses
  }

  public func companies(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Company>
  {
    try await list(
      .companies(updatedSince: updatedSince, page: page), page, lane, Company.init(payload:))
  }

  public func contacts(updatedSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Contact>
  {
    try await list(
      .contacts(updatedSince: updatedSince, page: page), page, lane, Contact.init(payload:))
  }

  public func contact(_ id: ContactID, lane: RequestLane) async throws(HelpdeskError) -> Contact {
    try await one(.contact(id), lane, Contact.init(payload:))
  }

  public func tickets(updatedSince: Timestamp, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    try await tickets(TicketListing(updatedSince: updatedSince, page: page), lane: lane)
  }

  public func tickets(_ listing: TicketListing, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Ticket>
  {
    try await list(.tickets(listing, includes: includes(of: listing)), listing.page, lane) {
      Ticket(payload: $0)
    }
  }

  /// The first screenful costs little: names, and nothing else. Pages to come carry what the plan
  /// can afford.
  private func includes(of listing: TicketListing) -> [TicketInclude] {
    if listing.isNewestFirst { return listing.wantsRequesters ? [.requester] : [] }
    var includes = listIncludes()
    if listing.wantsRequesters, !includes.isEmpty { includes.append(.requester) }
    if !listing.mayHaveDescriptions { includes.removeAll { $0 == .description } }
    return includes
  }

  public func ticketCount(lane: RequestLane) async throws(HelpdeskError) -> Int? {
    try Self.json(try await call(.ticketCount(), lane))["total"]?.number
  }

  /// Of mail settings and products; an agent without the right to see either gets a refusal.
  public func mailboxes(lane: RequestLane) async throws(HelpdeskError) -> [String] {
    let settings = try await list(.emailConfigs(), 1, lane) { payload in
      [payload["reply_email"]?.string, payload["to_email"]?.string].compactMap(\.self)
    }
    let products = try await list(.products(), 1, lane) { payload in
      payload["primary_email"]?.string
    }
    return settings.items.flatMap(\.self) + products.items
  }

  public func removedTickets(
    _ kind: TicketRemoval, updatedSince: Timestamp, page: Int, lane: RequestLane
  ) async throws(HelpdeskError) -> Page<Ticket> {
    try await list(
      .removedTickets(kind, updatedSince: updatedSince, page: page), page, lane,
      Ticket.init(payload:))
  }

  public func ticket(_ id: TicketID, lane: RequestLane) async throws(HelpdeskError) -> Ticket {
    try await one(.ticket(id, includes: [.requester, .stats]), lane, Ticket.init(payload:))
  }

  public func conversations(of id: TicketID, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  {
    try await conversations(of: id, page: page, perPage: nil, lane: lane)
  }

  public func conversations(of id: TicketID, page: Int, perPage: Int?, lane: RequestLane)
    async throws(HelpdeskError) -> Page<Conversation>
  {
    try await list(.conversations(of: id, page: page, perPage: perPage), page, lane) { payload in
      Conversation(payload: payload, of: id)
    }
  }

  public func satisfactionRatings(createdSince: Timestamp?, page: Int, lane: RequestLane)
    async throws(HelpdeskError) -> Page<SatisfactionRating>
  {
    try await list(
      .satisfactionRatings(createdSince: createdSince, page: page), page, lane,
      SatisfactionRating.init(payload:))
  }

  public var uploadLimit: Int64? { Self.capabilities.attachmentLimit }

  public func permit(
    for kind: WriteKind, lane: RequestLane
  ) async throws(HelpdeskError) -> WritePermit {
    let family = FreshdeskRequest.family(of: kind)
    try await limiter.turn(family, cost: 1, lane: lane)
    return WritePermit { [limiter] in limiter.giveBack(family, cost: 1) }
  }

  public func secondsUntilPermit(for kind: WriteKind, lane: RequestLane) -> Int {
    limiter.secondsUntilTurn(FreshdeskRequest.family(of: kind), cost: 1, lane: lane)
  }

  public func update(
    _ id: TicketID, with change: TicketChange, permit: consuming WritePermit
  ) async throws(HelpdeskError) -> Ticket {
    let request = FreshdeskRequest.update(id, with: change)
    return try Self.one(try await write(request, permit), Ticket.init(payload:))
  }

  public func send(
    _ reply: OutgoingReply, permit: consuming WritePermit
  ) async throws(HelpdeskError) -> PostedConversation {
    try checkSize(reply.attachments)
    return try await posted(.reply(reply), permit)
  }

  public func post(
    _ note: OutgoingPrivateNote, permit: consuming WritePermit
  ) async throws(HelpdeskError) -> PostedConversation {
    try checkSize(note.attachments)
    return try await posted(.privateNote(note), permit)
  }

  private func posted(
    _ request: FreshdeskRequest, _ permit: consuming WritePermit
  ) async throws(HelpdeskError) -> PostedConversation {
    let response = try await write(request, permit)
    let now = Self.serverTime(of: response)
    guard let answer = PostedConversation(payload: try Self.json(response), now: now) else {
      throw .unreadableAnswer(reason: "the answer has no id")
    }
    return answer
  }

  private func checkSize(_ files: [Upload]) throws(HelpdeskError) {
    guard FreshdeskRequest.size(of: files) <= FreshdeskRequest.maximumUpload else {
      throw .refused(
        status: 400, message: "the attachments are larger than 20 MB together", fields: [])
    }
  }

  private func one<Element: Sendable>(
    _ request: FreshdeskRequest, _ lane: RequestLane, _ read: (JSONValue) -> Element?
  ) async throws(HelpdeskError) -> Element {
    try Self.one(try await call(request, lane), read)
  }

  private static func one<Element>(
    _ response: HTTPResponse, _ read: (JSONValue) -> Element?
  ) throws(HelpdeskError) -> Element {
    let payload = try json(response)
    guard payload.kind == .object, let element = read(payload) else {
      throw .unreadableAnswer(reason: "the answer has no id")
    }
    return element
  }

  /// Elements without an id are left out: one damaged record must not hold up a whole list.
  private func list<Element: Sendable>(
    _ request: FreshdeskRequest, _ page: Int, _ lane: RequestLane,
    _ read: (JSONValue) -> Element?
  ) async throws(HelpdeskError) -> Page<Element> {
    let response = try await call(request, lane)
    let payload = try Self.json(response)
    guard payload.kind == .array else { throw .unreadableAnswer(reason: "the answer is no list") }
    return Page(
      items: payload.elements.compactMap(read),
      next: Paging.nextPage(in: response.headers, after: page),
      serverTime: Self.serverTime(of: response))
  }

  private func call(_ request: FreshdeskRequest, _ lane: RequestLane)
    async throws(HelpdeskError) -> HTTPResponse
  {
    try await limiter.turn(request.family, cost: request.cost, lane: lane)
    guard !Task.isCancelled else { throw .cancelled }
    return try await exchange(request)
  }

  private func write(
    _ request: FreshdeskRequest, _ permit: consuming WritePermit
  ) async throws(HelpdeskError) -> HTTPResponse {
    guard !Task.isCancelled else { throw .cancelled }
    permit.use()
    return try await exchange(request)
  }

  /// Sends at once and learns from the answer's headers.
  private func exchange(
    _ request: FreshdeskRequest
  ) async throws(HelpdeskError) -> HTTPResponse {
    let response: HTTPResponse
    do {
      response = try await transport.send(request.request(at: address, key: key))
    } catch {
      if let partial = error.partialAnswer { await observe(partial, request.family) }
      throw Errors.error(for: error, isRead: request.method.isRead)
    }
    await observe(response, request.family)
    if let error = Errors.error(for: response) { throw error }
    return response
  }

  private func observe(_ response: HTTPResponse, _ family: RequestFamily) async {
    guard let reading = Limits.reading(of: response, family: family) else { return }
    await limiter.observe(reading)
  }

  private static func json(_ response: HTTPResponse) throws(HelpdeskError) -> JSONValue {
    do {
      return try JSONDocument(parsing: response.body).root
    } catch {
      throw .unreadableAnswer(reason: Errors.reason(notJSON: response))
    }
  }

  private static func serverTime(of response: HTTPResponse) -> Timestamp? {
    response.headers["Date"].flatMap(HTTPDate.parse)
  }
}
