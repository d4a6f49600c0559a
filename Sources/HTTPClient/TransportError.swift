/// Why there is no complete answer, and whether the server may have seen the request.
public struct TransportError: Error, Equatable, Sendable {
  public var reason: Reason
  /// False only when it is certain that no byte of the request left this machine.
  public var mayHaveBeenSent: Bool
  /// What had arrived of the answer when it broke off: nil, or a status with its headers and as
  /// much of the body as came.
  public var partialAnswer: HTTPResponse?
  /// A few words from the network library: hosts and numbers, never headers or bodies.
  public var detail: String

  /// What went wrong.
  public enum Reason: String, Equatable, Sendable, CaseIterable {
    /// The address is not one, or a file to be sent is missing, changed or unreadable.
    case unusableRequest
    case nameNotResolved
    case cannotConnect
    /// The other side could not prove who it is, or did not speak TLS.
    case insecure
    case connectTimedOut
    case timedOut
    /// Closed or reset before a complete answer.
    case connectionLost
    /// The answer ended before its announced length.
    case truncated
    /// The answer is larger than the transport accepts.
    case tooLarge
    /// The answer is not HTTP or cannot be decompressed.
    case garbled
    case cancelled
  }

  public init(
    _ reason: Reason, mayHaveBeenSent: Bool, partialAnswer: HTTPResponse? = nil,
    detail: String = ""
  ) {
    self.reason = reason
    self.mayHaveBeenSent = mayHaveBeenSent
    self.partialAnswer = partialAnswer
    self.detail = detail
  }

  /// One clause in plain English, without a full stop.
  public var explanation: String {
    let words =
      switch reason {
      case .unusableRequest: "the request cannot be made"
      case .nameNotResolved: "the server's name was not found"
      case .cannotConnect: "the server does not answer"
      case .insecure: "no secure connection"
      case .connectTimedOut: "no connection in time"
      case .timedOut: "no answer in time"
      case .connectionLost: "the connection was closed before an answer"
      case .truncated: "the answer broke off"
      case .tooLarge: "the answer is too large"
      case .garbled: "the answer is not HTTP"
      case .cancelled: "cancelled"
      }
    return detail.isEmpty ? words : "\(words): \(detail)"
  }
}
