import HTTPServer
import SQLite

/// A local helpdesk that answers like the vendor, over real HTTP.
public final class SandboxServer: Sendable {
  /// `http://127.0.0.1:PORT`
  public let url: String
  /// Where the control calls live.
  public var control: String { url + "/_sandbox" }
  public let agents: [SandboxAgent]
  /// Complaints about lines that could not be loaded.
  public let warnings: [String]

  private let listener: HTTPListener
  private let live: LiveCustomers?

  /// Makes the helpdesk's content and starts to serve it.
  public init(_ options: SandboxOptions) throws(SandboxError) {
    guard let plan = Plan(named: options.plan) else { throw .unknownPlan(options.plan) }
    let desk: Desk
    do {
      let store = try Store(path: options.dataFile)
      desk = Desk(
        store: store,
        settings: .init(searchLag: options.searchLag, dueDateLag: options.dueDateLag))
      let filling = Filling(options: options)
      warnings = try filling.fill(store)
      agents = try store.agents().map {
        SandboxAgent(id: $0.id, name: $0.name, role: $0.role, apiKey: $0.key)
      }
    } catch {
      throw .cannotOpenData("\(error)")
    }
    let helpdesk = SandboxHelpdesk(desk: desk, plan: plan, clock: options.clock)
    var listening = ListenerOptions()
    listening.address = options.address
    listening.port = options.port
    if let certificate = options.certificate, let key = options.certificateKey {
      listening.tls = TLSIdentity(certificate: certificate, key: key)
    }
    let scheme = listening.tls == nil ? "http" : "https"
    do {
      listener = try HTTPListener(listening) { request in
        helpdesk.answer(request, base: Self.base(of: request, scheme: scheme))
      }
    } catch {
      throw .cannotListen("\(error)")
    }
    url = listener.url
    live =
      options.isLive
      ? LiveCustomers(seed: options.seed) { body in
        helpdesk.perform { state, now in body(state.desk, now) }
      } : nil
  }

  deinit { stop() }

  /// Ends every connection and frees the port; later calls do nothing.
  public func stop() {
    live?.stop()
    listener.stop()
  }

  /// The one line that tells a script where everything is.
  public var readyLine: String {
    let document: JSONObject = [
      "url": .string(url), "control": .string(control),
      "agents": .array(
        agents.map { agent in
          [
            "id": .integer(agent.id), "name": .string(agent.name), "role": .string(agent.role),
            "api_key": .string(agent.apiKey),
          ]
        }),
    ]
    return JSONValue.object(document).text
  }

  /// The address that a client has used, for links in answers; an odd `Host` is not repeated.
  private static func base(of request: ServerRequest, scheme: String) -> String {
    let host = request.headers["Host"] ?? "127.0.0.1"
    let isPlain = host.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
        true
      default: false
      }
    }
    return "\(scheme)://\(isPlain && !host.isEmpty ? host : "127.0.0.1")"
  }
}
