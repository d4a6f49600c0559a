import Freshdesk
import HTTPClient
import Helpdesk
import Synchronization

/// Answers each request with the next answer of a list, and keeps the requests.
final class ScriptedTransport: HTTPTransport {
  private let answers: Mutex<[Result<HTTPResponse, TransportError>]>
  private let received = Mutex<[HTTPRequest]>([])

  init(_ answers: [Result<HTTPResponse, TransportError>]) { self.answers = Mutex(answers) }

  convenience init(
    _ status: Int = 200, _ body: String, headers: HTTPHeaders = HTTPHeaders()
  ) {
    self.init([.success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))])
  }

  var requests: [HTTPRequest] { received.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    received.withLock { $0.append(request) }
    let answer = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
    guard let answer else { throw TransportError(.cannotConnect, mayHaveBeenSent: false) }
    return try answer.get()
  }

  /// A service in front of this transport, without limits unless given.
  func service(
    limiter: any RequestLimiting = UnlimitedRequests(),
    listIncludes: [TicketInclude] = []
  ) -> FreshdeskService {
    FreshdeskService(
      address: .acme, key: .test, transport: self, limiter: limiter, listIncludes: { listIncludes })
  }
}

extension FreshdeskAddress {
  static var acme: FreshdeskAddress {
    // Proven by `FreshdeskAddressTests`.
    try! FreshdeskAddress(parsing: "acme")
  }
}

extension APIKey {
  static var test: APIKey { APIKey("k3y-of-an-agent")! }
}

/// What a call came to.
func result<Value: Sendable>(
  _ call: () async throws(HelpdeskError) -> Value
) async -> Result<Value, HelpdeskError> {
  do throws(HelpdeskError) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}

extension Result where Failure == HelpdeskError {
  var failure: HelpdeskError? {
    if case .failure(let error) = self { error } else { nil }
  }
}
