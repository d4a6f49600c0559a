import HTTPServer
import Synchronization

/// Request in, answer out: log, limits, faults, then the vendor's API or the control calls. One
/// request is handled at a time; waiting happens outside.
final class SandboxHelpdesk: Sendable {
  private let state: Mutex<SandboxState>
  private let clock: SandboxClock

  init(desk: sending Desk, plan: Plan, clock: SandboxClock) {
    state = Mutex(SandboxState(desk: desk, limiter: RateLimiter(plan: plan)))
    self.clock = clock
  }

  /// Runs something between two requests: a customer who writes, a colleague who acts.
  func perform<Value: Sendable>(
    _ body: (inout SandboxState, _ now: Int64) throws -> Value
  ) rethrows -> Value {
    try state.withLock { state in
      try body(&state, clock.now() + state.clockShift)
    }
  }

  /// The answer to a request that came in over an address such as `http://127.0.0.1:8080`.
  func answer(_ request: ServerRequest, base: String) -> ServerAnswer {
    let parts = request.pathParts
    switch parts.first {
    case "_sandbox":
      return .respond(
        perform { state, now in
          ControlAPI.answer(request, path: Array(parts.dropFirst()), state: &state, now: now)
        })
    case "api" where parts.dropFirst().first == "v2":
      return call(request, path: Array(parts.dropFirst(2)), base: base)
    case "attachments" where parts.count == 2:
      return .respond(
        perform { state, _ in AttachmentDownloads.answer(request, id: parts[1], state.desk.store) })
    default:
      return .respond(ServerResponse(status: 404))
    }
  }

  /// One call to the vendor's API: logged and counted first, then helped or hindered.
  private func call(_ request: ServerRequest, path: [String], base: String) -> ServerAnswer {
    perform { state, now in
      let agent = try? FreshdeskAPI.agent(of: request, in: state.desk.store)
      let kept = request.body.prefix(RequestLog.mostBodyBytes)
      let n = state.log.add(
        .init(
          n: 0, at: now, method: request.method, path: request.path, query: request.query,
          agentID: agent?.id, body: String(decoding: kept, as: UTF8.self),
          cutBytes: request.body.count - kept.count))
      let family = CallFamily(
        method: request.method, path: path, listCoversViews: state.limiter.plan.listCoversViews)
      let verdict = state.limiter.take(
        family, cost: CallCost.of(request, path: path), now: now)
      state.log.update(n) { $0.bucket = verdict?.bucket }
      if let verdict, let wait = verdict.retryAfter {
        var reply = APIReply(
          status: 429, object: ["message": "You have exceeded the limit of requests per minute"])
        reply.headers.append("Retry-After", String(wait))
        return .respond(Self.finish(reply, n, verdict, &state, now))
      }
      let fault = state.faults.take(
        method: request.method, path: "/" + path.joined(separator: "/"))
      let apply = { @Sendable (state: inout SandboxState, now: Int64) in
        FreshdeskAPI().answer(request, path: path, base: base, now: now, desk: state.desk)
      }
      guard let fault else {
        return .respond(Self.finish(apply(&state, now), n, verdict, &state, now))
      }
      state.log.update(n) { $0.fault = fault.name }
      if case .delay(let seconds) = fault.action, fault.apply == .after {
        return .wait(seconds: seconds) { [self] in
          perform { state, now in
            .respond(Self.finish(apply(&state, now), n, verdict, &state, now))
          }
        }
      }
      let reply = fault.apply == .before ? apply(&state, now) : nil
      return Self.hinder(fault, reply, n, verdict, &state, now)
    }
  }

  /// The answer that a fault leaves of a reply, which is nil where nothing was applied.
  private static func hinder(
    _ fault: Fault, _ reply: APIReply?, _ n: Int64, _ verdict: RateLimiter.Verdict?,
    _ state: inout SandboxState, _ now: Int64
  ) -> ServerAnswer {
    let whole = reply ?? FreshdeskAPI.breakdown(503)
    switch fault.action {
    case .delay(let seconds):
      let response = finish(whole, n, verdict, &state, now)
      return .wait(seconds: seconds) { .respond(response) }
    case .status(let code, let retryAfter, let answer):
      var reply = Self.refusal(code, answer.body)
      if let location = answer.location { reply.headers.append("Location", location) }
      if let retryAfter { reply.headers.append("Retry-After", String(retryAfter)) }
      return .respond(finish(reply, n, verdict, &state, now))
    case .dropBefore, .dropAfter:
      return .drop
    case .truncate:
      let response = finish(whole, n, verdict, &state, now)
      return .truncate(response, keeping: response.body.count / 2)
    case .garbage:
      var page = FreshdeskAPI.breakdown(200)
      page.body = Array("<html><body><h1>We will be right back</h1></body></html>".utf8)
      return .respond(finish(page, n, verdict, &state, now))
    case .drip(let rate):
      return .drip(finish(whole, n, verdict, &state, now), bytesPerSecond: rate)
    case .hang:
      return .hang
    }
  }

  private static func refusal(_ code: Int, _ body: JSONValue?) -> APIReply {
    if let object = body?.object { return APIReply(status: code, object: object) }
    if let text = body?.string {
      var page = FreshdeskAPI.breakdown(code)
      page.body = Array(text.utf8)
      return page
    }
    return (400...499).contains(code)
      ? APIReply(status: code, object: ["message": "Refused by order"])
      : FreshdeskAPI.breakdown(code)
  }

  /// Adds the vendor's header fields and notes the status.
  private static func finish(
    _ reply: APIReply, _ n: Int64, _ verdict: RateLimiter.Verdict?, _ state: inout SandboxState,
    _ now: Int64
  ) -> ServerResponse {
    state.log.update(n) { $0.status = reply.status }
    return ServerResponse(
      status: reply.status, headers: WireHeaders.of(reply, verdict, n: n, now: now),
      body: reply.body)
  }
}
