import HTTPClient
import Helpdesk
import HelpdeskSandbox
import Testing

@testable import Freshdesk

/// A sandbox with forty generated tickets, the client for each of its agents, and its controls.
struct TestDesk {
  let server: SandboxServer
  private let transport = CurlTransport()

  init(tickets: Int = 40, plan: String = "unlimited") throws {
    var options = SandboxOptions()
    options.tickets = tickets
    options.plan = plan
    options.dueDateLag = 0
    server = try SandboxServer(options)
  }

  /// The key of the first agent with a role, `admin` or `agent`.
  func key(_ role: String) throws -> APIKey {
    let agent = try #require(server.agents.first { $0.role == role })
    return try #require(APIKey(agent.apiKey))
  }

  /// The client over real HTTP.
  func service(
    _ role: String = "admin", key: APIKey? = nil, deadline: Duration? = nil,
    limiter: any RequestLimiting = UnlimitedRequests()
  ) throws -> FreshdeskService {
    FreshdeskService(
      address: try FreshdeskAddress(parsing: server.url), key: try key ?? self.key(role),
      transport: HurriedTransport(transport: transport, deadline: deadline), limiter: limiter)
  }

  /// Calls the sandbox's controls and gives back what it says.
  @discardableResult
  func control(
    _ method: HTTPMethod, _ path: String, _ body: String? = nil
  ) async throws -> JSONValue {
    let response = try await transport.send(
      HTTPRequest(
        method: method, url: server.control + path,
        headers: ["Content-Type": "application/json"],
        body: body.map { .bytes(Array($0.utf8)) } ?? .none))
    try #require((200...299).contains(response.status))
    return try JSONDocument(parsing: response.body).root
  }

  /// Orders one fault for replies.
  func fault(_ words: String) async throws {
    try await control(
      .post, "/faults",
      "{\"method\":\"POST\",\"path\":\"/tickets/.*/reply\",\"times\":1,\(words)}")
  }

  /// The mails that customers got.
  func deliveries() async throws -> [JSONValue] {
    try await control(.get, "/deliveries").elements
  }

  /// All tickets, page by page.
  func allTickets() async throws -> [Ticket] {
    let service = try service()
    var tickets: [Ticket] = []
    var next: Int? = 1
    while let page = next {
      let answer = try await service.tickets(
        updatedSince: Timestamp(0), page: page, lane: .background)
      tickets += answer.items
      next = answer.next
    }
    return tickets
  }
}

/// Cuts the time a request may take, so that tests of silence are short.
private struct HurriedTransport: HTTPTransport {
  let transport: CurlTransport
  let deadline: Duration?

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    var request = request
    if let deadline { request.totalDeadline = deadline }
    return try await transport.send(request)
  }
}
