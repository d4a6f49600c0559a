import ConsoleTestSupport
import FoundationEssentials
import HTTPClient
import HelpdeskSandbox
import Testing

/// A sandbox and a profile for tests of the built program.
final class CommandDesk: Sendable {
  let folder = TemporaryFolder()
  let server: SandboxServer
  private let transport = CurlTransport()

  var profile: String { folder.file("profile") }

  init(tickets: Int = 30, plan: String = "unlimited") throws {
    var options = SandboxOptions()
    options.tickets = tickets
    options.seed = 7
    options.plan = plan
    server = try SandboxServer(options)
  }

  /// A desk whose account is connected and, unless told otherwise, synced. Nothing is held.
  static func ready(tickets: Int = 30, isSynced: Bool = true) throws -> CommandDesk {
    let desk = try CommandDesk(tickets: tickets)
    let connected = try desk.run(
      "connect", "--url", desk.server.url, "--name", "acme", "--api-key-stdin", input: desk.key)
    #expect(connected.code == 0, "\(connected.errors)")
    desk.folder.write("profile/config.toml", Array("hold_seconds = 0\n".utf8))
    if isSynced {
      let synced = try desk.run("sync")
      #expect(synced.code == 0, "\(synced.errors)")
    }
    return desk
  }

  var key: String { server.agents[0].apiKey + "\n" }

  func run(_ arguments: String..., input: String = "") throws -> ProgramRun {
    try ProgramRun(["--profile", profile] + arguments, input: input)
  }

  /// Runs a command whose output is one JSON document.
  func read<Value: Decodable>(_ type: Value.Type, _ arguments: String...) throws -> Value {
    let run = try ProgramRun(["--profile", profile] + arguments + ["--json"])
    #expect(run.code == 0, "\(run.errors)")
    return try Self.decoder.decode(type, from: Data(run.output.utf8))
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// A control call of the sandbox; its answer.
  @discardableResult
  func control(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> [UInt8] {
    try await transport.send(
      HTTPRequest(
        method: method, url: server.control + path,
        body: body.isEmpty ? .none : .bytes(Array(body.utf8)))
    ).body
  }

  /// Every mail that a customer would have got.
  func deliveries() async throws -> [Delivery] {
    try Self.decoder.decode(
      [Delivery].self, from: Data(try await control(.get, "/deliveries")))
  }

  struct Delivery: Decodable, Equatable {
    var ticketId: Int64
    var kind: String
    var body: String
  }

  /// A ticket as `list` and `show` print it.
  struct Ticket: Decodable {
    struct Named: Decodable {
      var id: Int64
      var name: String?
      var email: String?
    }
    var account: String
    var id: Int64
    var subject: String
    var status: String
    var priority: String
    var type: String?
    var source: String
    var requester: Named
    var company: Named?
    var agent: Named?
    var group: Named?
    var tags: [String]
    var createdAt: String
    var updatedAt: String
    var firstResponseDueAt: String?
    var dueAt: String?
    var unread: Bool
  }

  /// What `show` prints.
  struct Shown: Decodable {
    struct Entry: Decodable {
      struct Author: Decodable {
        var id: Int64
        var name: String
      }
      var id: Int64?
      var kind: String
      var author: Author
      var createdAt: String
      var text: String
      var attachments: [Attachment]
    }
    struct Attachment: Decodable {
      var name: String
      var size: Int64
    }
    var ticket: Ticket
    var conversations: [Entry]
    var contact: Ticket.Named?
    var company: Ticket.Named?
    var cachedAt: String?
  }

  /// What `outbox` prints.
  struct Item: Decodable, Equatable {
    var id: Int64
    var batch: Int64?
    var ticketId: Int64
    var kind: String
    var state: String
    var attempts: Int
    var createdAt: String
    var holdUntil: String?
    var remoteId: Int64?
    var error: String?
  }
}
