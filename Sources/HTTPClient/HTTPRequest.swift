/// The verb of a request.
public enum HTTPMethod: String, Sendable, CaseIterable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case put = "PUT"
  case patch = "PATCH"
  case delete = "DELETE"

  /// Reads change nothing at the server, so a transport may repeat them by itself.
  public var isRead: Bool { self == .get || self == .head }
}

/// One request, complete: what is sent, where, and how long it may take.
public struct HTTPRequest: Equatable, Sendable {
  public var method: HTTPMethod
  /// Absolute, `http` or `https`.
  public var url: String
  public var headers: HTTPHeaders
  public var body: Body
  /// Time for name lookup, connection and TLS together.
  public var connectDeadline: Duration
  /// Time for everything, from the start to the last byte of the answer.
  public var totalDeadline: Duration

  /// What a request carries.
  public enum Body: Equatable, Sendable {
    case none
    case bytes([UInt8])
    /// `multipart/form-data`; the transport writes the content type with its boundary.
    case multipart([MultipartPart])
  }

  public init(
    method: HTTPMethod = .get, url: String, headers: HTTPHeaders = HTTPHeaders(),
    body: Body = .none, connectDeadline: Duration = .seconds(10),
    totalDeadline: Duration = .seconds(30)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.connectDeadline = connectDeadline
    self.totalDeadline = totalDeadline
  }
}

/// One part of an upload.
public struct MultipartPart: Equatable, Sendable {
  public var name: String
  public var content: Content

  /// Where a part's bytes come from.
  public enum Content: Equatable, Sendable {
    case text(String)
    /// `name` is what the receiver sees; one with quotes or control characters is refused.
    case file(name: String, bytes: [UInt8])
  }

  public init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}
