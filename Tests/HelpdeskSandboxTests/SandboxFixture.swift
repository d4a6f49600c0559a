import ConsoleTestSupport
import FoundationEssentials
import Synchronization
import Testing

@testable import HelpdeskSandbox

/// A running sandbox with a clock that stands still.
final class SandboxFixture {
  /// Noon of a working day.
  static let start: Int64 = 1_795_262_400

  let server: SandboxServer
  let client: LoopbackClient
  private let now: TestTime

  /// A moment that tests move.
  final class TestTime: Sendable {
    private let seconds: Mutex<Int64>

    init(_ seconds: Int64) { self.seconds = Mutex(seconds) }

    var value: Int64 { seconds.withLock { $0 } }

    func advance(_ by: Int64) { seconds.withLock { $0 += by } }
  }

  init(
    tickets: Int = 40, plan: String = "unlimited",
    _ change: (inout SandboxOptions) -> Void = { _ in }
  ) throws {
    let time = TestTime(Self.start)
    now = time
    var options = SandboxOptions()
    options.tickets = tickets
    options.plan = plan
    options.clock = SandboxClock { time.value }
    options.generatedAt = Self.start
    change(&options)
    server = try SandboxServer(options)
    client = LoopbackClient(url: server.url)
  }

  deinit { server.stop() }

  func advance(_ seconds: Int64) { now.advance(seconds) }

  func key(_ agent: Int = 1) -> String { server.agents[agent - 1].apiKey }

  static func authorization(_ key: String, password: String = "X") -> String {
    "Authorization: Basic " + Data("\(key):\(password)".utf8).base64EncodedString()
  }

  /// One call with a good key and JSON.
  func call(
    _ method: String, _ path: String, _ body: String? = nil, agent: Int = 1,
    headers: [String] = []
  ) -> LoopbackClient.Answer? {
    var headers = headers + [Self.authorization(key(agent))]
    if body != nil, !headers.contains(where: { $0.hasPrefix("Content-Type") }) {
      headers.append("Content-Type: application/json")
    }
    return client.send(
      method, "/api/v2" + path, headers: headers, body: body.map { Array($0.utf8) })
  }

  /// The JSON of a call that has to succeed with that status.
  func json(
    _ method: String, _ path: String, _ body: String? = nil, agent: Int = 1, status: Int = 200,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> JSONValue {
    let answer = try #require(call(method, path, body, agent: agent), sourceLocation: location)
    #expect(answer.status == status, "\(answer.text)", sourceLocation: location)
    return try #require(JSONParser.parse(answer.body), sourceLocation: location)
  }

  func control(_ method: String, _ path: String, _ body: String? = nil) throws -> JSONValue {
    let answer = try #require(
      client.send(method, "/_sandbox" + path, body: body.map { Array($0.utf8) }))
    #expect((200..<300).contains(answer.status), "\(answer.text)")
    return try #require(JSONParser.parse(answer.body))
  }

  func deliveries() throws -> [JSONObject] {
    try control("GET", "/deliveries").array?.compactMap(\.object) ?? []
  }
}

extension JSONValue {
  subscript(key: String) -> JSONValue? { object?[key] }

  subscript(index: Int) -> JSONValue? {
    array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
  }

  /// The ids of an array of objects.
  var ids: [Int64] { array?.compactMap { $0["id"]?.integer } ?? [] }
}
