import Synchronization

/// Sends requests through libcurl on one thread of its own, which starts with the first request.
///
/// Reads reuse connections. Every other request gets a fresh HTTP/1.1 connection, because libcurl
/// repeats a request by itself when a reused connection turns out to be dead.
public final class CurlTransport: HTTPTransport {
  private let loop: CurlLoop
  private let nextID = Atomic<UInt64>(1)

  public init(options: CurlOptions = CurlOptions()) { loop = CurlLoop(options: options) }

  deinit { loop.stop() }

  public func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let id = nextID.wrappingAdd(1, ordering: .relaxed).oldValue
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.submit(CurlJob(id: id, request: request, continuation: continuation))
      }
    } onCancel: {
      loop.cancel(id)
    }
    loop.forget(id)
    return try result.get()
  }
}
