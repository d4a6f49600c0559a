/// How a sandbox is set up.
public struct SandboxOptions: Sendable {
  /// A numeric address; loopback unless told otherwise.
  public var address = "127.0.0.1"
  /// 0 takes a free port.
  public var port: UInt16 = 0
  /// The file that everything is kept in; nil keeps it in memory.
  public var dataFile: String?
  /// Generated tickets; nil makes 250, or none where conversations are loaded.
  public var tickets: Int?
  public var seed: UInt64 = 1
  /// Conversations to load, in JSON Lines.
  public var loads: [SandboxLoad] = []
  public var plan = "unlimited"
  /// Certificate and key in PEM, for HTTPS.
  public var certificate: String?
  public var certificateKey: String?
  /// Whether customers write by themselves now and then.
  public var isLive = false
  public var clock = SandboxClock.system
  /// The moment that generated content lies before. nil takes the beginning of the current day in
  /// UTC, so that the same seed gives the same bytes all day long.
  public var generatedAt: Int64?
  /// Seconds until search sees a change.
  public var searchLag: Int64 = 5
  /// Seconds until a new ticket's due dates can be read.
  public var dueDateLag: Int64 = 3

  public init() {}
}

/// An agent of the sandbox and the key that speaks for them.
public struct SandboxAgent: Equatable, Sendable {
  public var id: Int64
  public var name: String
  /// `admin` or `agent`.
  public var role: String
  public var apiKey: String
}

/// Why a sandbox did not start.
public enum SandboxError: Error, Equatable, Sendable, CustomStringConvertible {
  case unknownPlan(String)
  case cannotListen(String)
  /// The data file cannot be used; the words are SQLite's.
  case cannotOpenData(String)

  public var description: String {
    switch self {
    case .unknownPlan(let name):
      "There is no plan \"\(name)\"; plans are \(Plan.names.joined(separator: ", "))."
    case .cannotListen(let words): words
    case .cannotOpenData(let words): "The data file cannot be used: \(words)"
    }
  }
}

extension SandboxOptions {
  /// Sets the moment that generated content lies before; false for what is no time.
  public mutating func setGenerated(before text: String) -> Bool {
    guard let time = WireTime.parse(text) else { return false }
    generatedAt = time
    return true
  }
}
