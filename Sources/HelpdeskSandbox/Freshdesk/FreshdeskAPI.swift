import HTTPServer

/// The vendor's REST API v2 below `/api/v2`: finds the route of a call, checks what every route
/// asks for, and runs its handler.
struct FreshdeskAPI {
  /// The whole answer to a call; no error leaves here.
  func answer(_ request: ServerRequest, path: [String], base: String, now: Int64, desk: Desk)
    -> APIReply
  {
    do {
      return try desk.store.connection.transaction(.immediate) {
        try handle(request, path: path, base: base, now: now, desk: desk)
      }
    } catch let refusal as APIRefusal {
      return reply(to: refusal)
    } catch {
      return Self.breakdown(500)
    }
  }

  /// The agent of a call's key; nil without a good one.
  static func agent(of request: ServerRequest, in store: Store) throws -> AgentRecord? {
    guard let authorization = request.headers["Authorization"] else { return nil }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "basic",
      let decoded = Base64.decode(String(parts[1]))
    else { return nil }
    // Whatever follows the colon is ignored: the key alone counts.
    let key = String(decoding: decoded.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    return key.isEmpty ? nil : try store.agent(key: key)
  }

  private func handle(
    _ request: ServerRequest, path: [String], base: String, now: Int64, desk: Desk
  ) throws -> APIReply {
    guard let agent = try Self.agent(of: request, in: desk.store) else {
      throw APIRefusal.notSignedIn
    }
    if path.contains("") { throw APIRefusal.invalid(.unknown("ticket")) }
    let fitting = Route.all.compactMap { route in
      route.numbers(in: path).map { (route, $0) }
    }
    if fitting.isEmpty { throw APIRefusal.notFound }
    guard let (route, ids) = fitting.first(where: { $0.0.method == request.method }) else {
      throw APIRefusal.wrongVerb(allow: fitting.map(\.0.method))
    }
    try checkForm(request)
    if route.needsAdmin, !agent.isAdmin { throw APIRefusal.accessDenied }
    let query = request.queryItems
    let strangers = query.map(\.name).filter { !route.query.contains($0) }
    if !strangers.isEmpty { throw APIRefusal.invalid(strangers.map { .unknown($0) }) }
    let takesBody = request.method == "POST" || request.method == "PUT"
    if !route.hasBody, takesBody, !request.body.isEmpty, !Self.isEmptyObject(request.body) {
      throw APIRefusal.noContentAllowed
    }
    return try route.handler(
      APICall(
        request: request, path: path, query: query, base: base, now: now, desk: desk,
        agent: agent, ids: ids))
  }

  /// Content types in and out.
  private func checkForm(_ request: ServerRequest) throws {
    if let accept = request.headers["Accept"]?.lowercased() {
      let fits = accept.split(separator: ",").contains { range in
        let type = range.split(separator: ";").first.map(String.init) ?? ""
        let bare = type.filter { !$0.isWhitespace }
        return ["*/*", "application/json", "application/*"].contains(bare)
      }
      if !fits, !accept.allSatisfy(\.isWhitespace) { throw APIRefusal.notAcceptable }
    }
    guard !request.body.isEmpty, let type = request.headers["Content-Type"]?.lowercased() else {
      return
    }
    guard type.hasPrefix("application/json") || type.hasPrefix("multipart/form-data") else {
      throw APIRefusal.wrongContentType
    }
  }

  private static func isEmptyObject(_ body: [UInt8]) -> Bool {
    JSONParser.parse(body) == .object([:])
  }

  private func reply(to refusal: APIRefusal) -> APIReply {
    var reply = APIReply(status: refusal.status)
    if let body = refusal.body { reply = APIReply(status: refusal.status, object: body) }
    if let allow = refusal.allow { reply.headers.append("Allow", allow) }
    return reply
  }

  /// What a gateway sends when nothing works: no JSON.
  static func breakdown(_ status: Int) -> APIReply {
    var reply = APIReply(
      status: status,
      body: Array(
        "<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>".utf8))
    reply.headers.append("Content-Type", "text/html; charset=utf-8")
    return reply
  }
}

/// Standard base64, as Basic authorization uses it.
enum Base64 {
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      bits = (bits << 6 | UInt32(value)) & 0xFFFFFF
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
