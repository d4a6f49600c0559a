import ConsoleModel
import ConsoleTestSupport
import FoundationEssentials
import Freshdesk
import HTTPClient
import Helpdesk
import HelpdeskSandbox
import Testing

/// A journal and a dispatcher that talk to a sandbox over loopback, through the real client.
final class SandboxFixture: Sendable {
  let folder = TemporaryFolder()
  let clock: ManualClock
  let server: SandboxServer
  let journal: Journal
  let dispatcher: Dispatcher
  let limiter: RequestLimiter
  let service: FreshdeskService
  private let transport = CurlTransport()
  private let running: Task<Void, Never>

  init(
    plan: String = "unlimited", tickets: Int = 3, deadline: Duration = .seconds(20),
    cacheIsComplete: Bool = false
  ) async throws {
    let clock = ManualClock()
    self.clock = clock
    var options = SandboxOptions()
    options.tickets = tickets
    options.plan = plan
    options.clock = SandboxClock { clock.now.seconds }
    options.generatedAt = clock.now.seconds - 86_400
    server = try SandboxServer(options)
    limiter = RequestLimiter(clock: clock)
    let agent = try #require(server.agents.first)
    service = FreshdeskService(
      address: try FreshdeskAddress(parsing: server.url), key: try #require(APIKey(agent.apiKey)),
      transport: ShortDeadlines(transport: transport, deadline: deadline), limiter: limiter)
    journal = try Journal(
      Journal.Options(
        folder: folder.path, account: "acme", person: agent.name, clock: clock,
        cacheIsCompleteUntil: { cacheIsComplete ? clock.now : nil }))
    let dispatcher = Dispatcher(
      journal: journal, line: HelpdeskLine(account: "acme", service: service))
    self.dispatcher = dispatcher
    running = Task { await dispatcher.run() }
    await dispatcher.settle()
  }

  /// Moves the clock and lets everything happen that follows from it.
  func pass(_ seconds: Int64 = 0) async {
    clock.advance(by: seconds)
    await dispatcher.settle()
  }

  func end() async {
    await dispatcher.stop()
    await running.value
    server.stop()
  }

  /// What a fault does, as the control API names it.
  func order(_ fault: String) async throws {
    let response = try await transport.send(
      HTTPRequest(method: .post, url: server.control + "/faults", body: .bytes(Array(fault.utf8))))
    #expect(response.status == 201)
  }

  /// The mails that customers got since the fixture began.
  func deliveries() async throws -> [Delivered] {
    let response = try await transport.send(HTTPRequest(url: server.control + "/deliveries"))
    return try Self.decoder.decode([Delivered].self, from: Data(response.body))
  }

  func control(_ path: String, _ body: String) async throws {
    let response = try await transport.send(
      HTTPRequest(method: .post, url: server.control + path, body: .bytes(Array(body.utf8))))
    #expect((200..<300).contains(response.status))
  }

  func requests(_ method: String) async throws -> [Received] {
    let response = try await transport.send(HTTPRequest(url: server.control + "/requests"))
    return try Self.decoder.decode([Received].self, from: Data(response.body))
      .filter { $0.method == method }
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  struct Delivered: Decodable, Equatable {
    var ticketId: Int64
    var kind: String
    var to: [String]
    var body: String
  }

  struct Received: Decodable {
    var method: String
    var path: String
    var body: String?
    var status: Int?
  }
}

/// Cuts the time that a request may take, so that a helpdesk that hangs costs a test a second.
private struct ShortDeadlines: HTTPTransport {
  let transport: CurlTransport
  let deadline: Duration

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    var request = request
    request.totalDeadline = min(request.totalDeadline, deadline)
    return try await transport.send(request)
  }
}
