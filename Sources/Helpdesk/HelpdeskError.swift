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
  /// The request was refused as invalid (400, 406, 409, 413, 414, 415, 422), with a reason per
  /// field.
  case refused(status: Int, message: String, fields: [FieldProblem])
  /// Too many requests (429); not carried out. Seconds to wait as the server says.
  case rateLimited(retryAfter: Int)
  /// The server failed (5xx); a write may have been applied.
  case serverFailure(status: Int)
  /// The server answered with a redirect, which is never followed; the address it named, as text.
  case moved(to: String)
  /// The connection broke or timed out after the request began; a write may have been applied.
  case connectionLost(reason: String)
  /// The server said yes but the answer could not be read; a write was probably applied.
  case unreadableAnswer(reason: String)
  /// The answer is larger than this program takes; a smaller page may fit. As above for a write.
  case answerTooLarge(reason: String)
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
    case .serverFailure, .moved, .connectionLost, .unreadableAnswer, .answerTooLarge: .unknown
    }
  }

  /// Whether it is about the account as a whole, so that asking for something else is no use.
  public var concernsAccount: Bool {
    switch self {
    case .offline, .notSignedIn, .rateLimited, .moved, .cancelled: true
    case .forbidden, .notFound, .notChangeable, .refused, .serverFailure, .connectionLost,
      .unreadableAnswer, .answerTooLarge:
      false
    }
  }

  /// One clause in plain English, without a full stop: "the ticket is deleted or marked as spam".
  public var explanation: String {
    switch self {
    case .offline(let reason): "no connection (\(reason))"
    case .notSignedIn: "the helpdesk does not accept the API key"
    case .forbidden(let message):
      message.isEmpty ? "your agent has no right to do this" : Self.clause(message)
    case .notFound: "the helpdesk does not know it"
    case .notChangeable: "the ticket is deleted or marked as spam"
    case .refused(let status, let message, let fields):
      Self.refusal(status, message, fields)
    case .rateLimited(let seconds): "the request limit is used up, again in \(seconds) s"
    case .serverFailure(let status): "the helpdesk failed with \(status)"
    case .moved(let address):
      address.isEmpty
        ? "the helpdesk has moved and does not say where"
        : "the helpdesk has moved to \(address); connect again with that address"
    case .connectionLost(let reason): "the connection broke (\(reason))"
    case .unreadableAnswer(let reason), .answerTooLarge(let reason):
      "the answer could not be read (\(reason))"
    case .cancelled: "it was cancelled"
    }
  }

  /// The same with the account's own labels in place of the vendor's names of fields, where they are
  /// known: "Asset" for "custom_fields.cf_asset".
  public func labelled(_ label: (String) -> String?) -> HelpdeskError {
    guard case .refused(let status, let message, let fields) = self else { return self }
    return .refused(
      status: status, message: message,
      fields: fields.map { problem in
        let prefix = "custom_fields."
        let name =
          problem.field.hasPrefix(prefix)
          ? String(problem.field.dropFirst(prefix.count)) : problem.field
        return FieldProblem(
          field: label(name) ?? name, message: problem.message, code: problem.code)
      })
  }

  /// The vendor's words about fields; its general words where it gave none.
  private static func refusal(_ status: Int, _ message: String, _ fields: [FieldProblem]) -> String
  {
    let words = fields.map(\.words).filter { !$0.isEmpty }
    if !words.isEmpty { return words.joined(separator: "; ") }
    return message.isEmpty ? "the helpdesk refused it with \(status)" : clause(message)
  }

  /// A vendor's sentence as a clause: its full stop would meet the one of the sentence around it.
  fileprivate static func clause(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
    return String(text)
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

  /// "priority: It should be a number"; what is missing is left out with its punctuation.
  public var words: String {
    let said = HelpdeskError.clause(message.isEmpty ? code : message)
    if field.isEmpty { return said }
    return said.isEmpty ? "\(field) is not accepted" : "\(field): \(said)"
  }
}
