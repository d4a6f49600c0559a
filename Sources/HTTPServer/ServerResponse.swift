/// What goes back to the client. `Date`, `Content-Length` and `Connection` are added by the server;
/// a `Date` given here wins.
public struct ServerResponse: Equatable, Sendable {
  public var status: Int
  public var headers: HeaderFields
  public var body: [UInt8]

  public init(status: Int, headers: HeaderFields = HeaderFields(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// How a request is answered, well or badly: the bad ways exist to try out clients.
public enum ServerAnswer: Sendable {
  case respond(ServerResponse)
  /// Waits without occupying a worker thread, then asks again.
  indirect case wait(seconds: Double, then: @Sendable () -> ServerAnswer)
  /// Closes the connection without an answer.
  case drop
  /// Promises the whole body, sends this many bytes of it, closes the connection.
  case truncate(ServerResponse, keeping: Int)
  /// Sends the body a few bytes at a time.
  case drip(ServerResponse, bytesPerSecond: Int)
  /// Keeps the connection open and silent until the server stops.
  case hang
}
