/// A request on its way to the thread, with the task that waits for it.
struct CurlJob: Sendable {
  var id: UInt64
  var request: HTTPRequest
  var continuation: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>
}
