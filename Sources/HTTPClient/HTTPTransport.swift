/// Carries one request to a server and its answer back.
///
/// One call to `send` puts a request that is not a read on the wire at most once. A cancelled task
/// ends the transfer at once and throws `TransportError` with the reason `cancelled`.
public protocol HTTPTransport: Sendable {
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
