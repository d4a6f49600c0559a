import ConsoleModel
import FoundationEssentials
import Freshdesk
import HTTPClient
import Helpdesk
import HelpdeskSandbox
import Testing

/// The sync through the real client against a sandbox, over loopback.
@Suite struct SandboxSyncTests {
  private struct World {
    let fixture: CacheFixture
    let server: SandboxServer
    let transport: CurlTransport
    let service: FreshdeskService
    let engine: SyncEngine
    let clock = JumpingClock()

    init(
      tickets: Int, plan: String = "unlimited", limiter: any RequestLimiting = UnlimitedRequests(),
      maximumAnswer: Int = 64 << 20
    ) throws {
      transport = CurlTransport(options: CurlOptions(maximumAnswer: maximumAnswer))
      fixture = try CacheFixture()
      var options = SandboxOptions()
      options.tickets = tickets
      options.plan = plan
      options.generatedAt = CacheFixture.noon
      server = try SandboxServer(options)
      let agent = try #require(server.agents.first)
      service = FreshdeskService(
        address: try FreshdeskAddress(parsing: server.url),
        key: try #require(APIKey(agent.apiKey)), transport: transport, limiter: limiter)
      engine = SyncEngine(
        store: fixture.store, helpdesk: service, capabilities: FreshdeskService.capabilities,
        lockPath: fixture.folder.appending(path: "sync.lock").path, clock: clock)
    }

    /// Every ticket as the helpdesk itself tells it, read in one window.
    func served() async throws -> [TicketID: Ticket] {
      var tickets: [TicketID: Ticket] = [:]
      var page = 1
      while true {
        let answer = try await service.tickets(
          updatedSince: Timestamp(0), page: page, lane: .background)
        for ticket in answer.items { tickets[ticket.id] = ticket }
        guard let next = answer.next else { return tickets }
        page = next
      }
    }

    func control(_ path: String, _ body: String) async throws {
      let response = try await transport.send(
        HTTPRequest(
          method: .post, url: server.control + path, body: .bytes(Array(body.utf8))))
      #expect((200..<300).contains(response.status))
    }
  }

  @Test func everyTicketAndOpenThreadArrives() async throws {
    let world = try World(tickets: 350, limiter: UnlimitedRequests())
    defer { world.server.stop() }
    let report = try await world.engine.run()
    let served = try await world.served()
    let reader = try world.fixture.reader()
    let cached = try reader.rows(QueueQuery(sort: QueueSort(.number)), limit: 1000)
    #expect(Set(cached.map(\.id)) == Set(served.keys))
    for row in cached {
      let ticket = try #require(served[row.id])
      #expect(row.subject == ticket.subject)
      #expect(row.status == ticket.status)
      #expect(row.agentID == ticket.agentID)
      #expect(row.updatedAt == ticket.updatedAt)
    }
    #expect(report.conversations > 0)
    let open = try #require(cached.first { !$0.status.isDone })
    #expect(try reader.detail(open.id)?.isThreadCached == true)
    #expect(try reader.directory().me != nil)
    #expect(try reader.directory().agents.count == world.server.agents.count)
  }

  @Test func aCustomersNewWordsArriveWithTheNextSync() async throws {
    let world = try World(tickets: 40, limiter: UnlimitedRequests())
    defer { world.server.stop() }
    _ = try await world.engine.run()
    let reader = try world.fixture.reader()
    let open = QueueQuery(statuses: [.open], sort: QueueSort(.number))
    let id = try #require(try reader.rows(open, limit: 1).first?.id)
    try await world.fixture.store.markSeen(id)
    #expect(try reader.row(id)?.hasNewCustomerWords == false)

    try await world.control(
      "/tickets/\(id)/customer_reply", #"{"body":"<p>Kaleidoscope &amp; umbrella</p>"}"#)
    let report = try await world.engine.run()
    #expect(report.tickets < 10)
    #expect(try reader.row(id)?.hasNewCustomerWords == true)
    #expect(try reader.detail(id)?.entries.last?.text == "Kaleidoscope & umbrella")
    #expect(try reader.search("kaleidoscope").hits.map(\.row.id) == [id])
  }

  @Test(arguments: ["deleted", "spam"])
  func aTicketThatWasRemovedLeavesTheQueueAndComesBack(_ removal: String) async throws {
    let world = try World(tickets: 40, limiter: UnlimitedRequests())
    defer { world.server.stop() }
    _ = try await world.engine.run()
    let reader = try world.fixture.reader()
    let open = QueueQuery(statuses: [.open], sort: QueueSort(.number))
    let count = try reader.count(open).value
    let id = try #require(try reader.rows(open, limit: 1).first?.id)
    let agent = try #require(world.server.agents.last?.id)

    try await world.control(
      "/agents/\(agent)/act", #"{"ticket_id":\#(id),"update":{"\#(removal)":true}}"#)
    world.clock.pass(seconds: SyncEngine.removedPause)
    _ = try await world.engine.run()
    #expect(try reader.rows(open, limit: 100).contains { $0.id == id } == false)
    #expect(try reader.count(open).value == count - 1)

    try await world.control(
      "/agents/\(agent)/act", #"{"ticket_id":\#(id),"update":{"\#(removal)":false}}"#)
    _ = try await world.engine.run()
    #expect(try reader.rows(open, limit: 100).contains { $0.id == id })
  }

  @Test func answersThatBreakAreReadAgain() async throws {
    let world = try World(tickets: 250, limiter: UnlimitedRequests())
    defer { world.server.stop() }
    for action in ["truncate", "garbage", "drop_before", "drop_after"] {
      try await world.control(
        "/faults", #"{"method":"GET","path":"/tickets","action":"\#(action)","times":1}"#)
    }
    try await world.control(
      "/faults",
      #"{"method":"GET","path":"/tickets","action":"status","code":429,"retry_after":7,"times":1}"#)
    var reached = false
    for _ in 0..<5 where !reached {
      do {
        _ = try await world.engine.run()
        reached = true
      } catch {
        // Too many in a row for one sync: the next one goes on where it was.
      }
    }
    #expect(reached)
    let served = try await world.served()
    let cached = try world.fixture.reader().identifiers(QueueQuery(), limit: 1000)
    #expect(Set(cached) == Set(served.keys))
  }

  /// A page of the list is larger than what this program takes.
  @Test func largeMailsComeWithTheirThreads() async throws {
    let world = try World(tickets: 30, maximumAnswer: 400_000)
    defer { world.server.stop() }
    for number in 1...4 {
      let words = String(repeating: "many words ", count: 13_000)
      try await world.control(
        "/tickets",
        #"{"email":"big@example.com","subject":"big \#(number)","description":"\#(words)"}"#)
    }
    let report = try await world.engine.run()
    #expect(report.failures == [])
    #expect(report.unreadThreads == [])
    let reader = try world.fixture.reader()
    #expect(try reader.ticketCount() == 34)
    let big = try #require(
      try reader.rows(QueueQuery(sort: QueueSort(.number)), limit: 100).filter {
        $0.subject.hasPrefix("big")
      }.first)
    #expect((try reader.detail(big.id)?.entries.first?.text.utf8.count ?? 0) > 100_000)

    try await world.control(
      "/tickets", #"{"email":"late@example.com","subject":"late","description":"small"}"#)
    #expect(try await world.engine.run().tickets == 1)
    #expect(try reader.ticketCount() == 35)
  }

  @Test func aListThatFailsAtTheHelpdeskIsNamedAndTheRestIsRead() async throws {
    let world = try World(tickets: 20)
    defer { world.server.stop() }
    try await world.control(
      "/faults", #"{"path":"/contacts","action":"status","code":500,"body":"<html>oops</html>"}"#)
    try await world.control("/faults", #"{"path":"/companies","action":"garbage"}"#)
    let report = try await world.engine.run()
    #expect(report.failures.map(\.part) == ["companies", "contacts"])
    let reader = try world.fixture.reader()
    #expect(try reader.ticketCount() == 20)
    // The names came with the tickets.
    let rows = try reader.rows(QueueQuery(sort: QueueSort(.number)), limit: 100)
    #expect(!rows.contains { $0.requesterName.isEmpty })
  }
}
