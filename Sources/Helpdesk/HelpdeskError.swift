/// Why a call to a helpdesk did not succeed. Carries the vendor's words about fields, never a
/// secret, never a body.
public enum HelpdeskError: Error, Equatable, Sendable {
  /// No connection was made; no byte of the request was sent.
  case offline(reason: String)
  /// The key is wrong or was withdrawn (401).
  case notSignedIn
  /// The key's agent may not do this (403), in the vendor's words.
  case forbidden(message: String)
  /// No such ticket, contact or address (404).
  case notFound
  /// The ticket is deleted or spam, so it takes no changes (405).
  case notChangeable
  /// The request was refused as invalid (400, 406, 409, 414, 415, 422), with a reason per field.
  case refused(status: Int, message: String, fields: [FieldProblem])
  /// Too many requests (429); not carried out. Seconds to wait as the server says.
  case rateLimited(retryAfter: Int)
  /// The server failed (5xx) or answered with a redirect; a write may have been applied.
  case serverFailure(status: Int)
  /// The connection broke or timed out after the request began; a write may have been applied.
  case connectionLost(reason: String)
  /// The server said yes but the answer could not be read; a write was probably applied.
  case unreadableAnswer(reason: String)
  /// The caller gave up waiting before the request was sent.
  case cancelled

  /// What a failed write left behind at the helpdesk.
  public enum WriteOutcome: Equatable, Sendable {
    /// Nothing was applied, and trying again later is safe without asking.
    case notAppliedRetryLater(afterSeconds: Int?)
    /// Nothing was applied, and a person has to change something first.
    case notApplied
    /// Nobody knows until the thread is read again.
    case unknown
  }

  public var writeOutcome: WriteOutcome {
    switch self {
    case .offline, .cancelled: .notAppliedRetryLater(afterSeconds: nil)
    case .rateLimited(let seconds): .notAppliedRetryLater(afterSeconds: seconds)
    case .notSignedIn, .forbidden, .notFound, .notChangeable, .refused: .notApplied
    case .serverFailure, .connectionLost, .unreadableAnswer: .unknown
    }
  }

  /// One clause in plain English, without a full stop: "the ticket is deleted or marked as spam".
  public var explanation: String {
    switch self {
    case .offline(let reason): "no connection (\(reason))"
    case .notSignedIn: "the helpdesk does not accept the API key"
    case .forbidden(let message): message.isEmpty ? "your agent has no right to do this" : message
    case .notFound: "the helpdesk does not know it"
    case .notChangeable: "the ticket is deleted or marked as spam"
    case .refused(_, let message, let fields):
      fields.isEmpty
        ? message : fields.map { "\($0.field): \($0.message)" }.joined(separator: "; ")
    case .rateLimited(let seconds): "the request limit is used up, again in \(seconds) s"
    case .serverFailure(let status): "the helpdesk failed with \(status)"
    case .connectionLost(let reason): "the connection broke (\(reason))"
    case .unreadableAnswer(let reason): "the answer could not be read (\(reason))"
    case .cancelled: "it was cancelled"
    }
  }
}

/// What is wrong with one field, in the vendor's words.
public struct FieldProblem: Equatable, Sendable {
  public var field: String
  public var message: String
  public var code: String

  public init(field: String, message: String, code: String) {
    self.field = field
    self.message = message
    self.code = code
  }
}
