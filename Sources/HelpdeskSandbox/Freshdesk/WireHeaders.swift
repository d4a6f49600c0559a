import HTTPServer
import SQLite

/// The header fields that the vendor's answers carry.
enum WireHeaders {
  static func of(
    _ reply: APIReply, _ verdict: RateLimiter.Verdict?, n: Int64, now: Int64
  ) -> HeaderFields {
    var headers: HeaderFields = ["Date": WireTime.httpDate(now)]
    if reply.headers["Content-Type"] == nil, reply.status != 204 {
      headers.append("Content-Type", "application/json; charset=utf-8")
    }
    headers.append("Status", "\(reply.status) \(reason(reply.status))")
    if reply.status < 300 {
      headers.append("Pragma", "no-cache")
      headers.append(
        "Cache-Control", "must-revalidate, no-cache, no-store, private, max-age=0")
      headers.append("Expires", "Wed, 13 Oct 2010 00:00:00 UTC")
    } else {
      headers.append("Cache-Control", "no-cache")
    }
    headers.append("X-Request-Id", requestID(n))
    headers.append("X-Freshdesk-Api-Version", "latest=v2; requested=v2")
    headers.append("X-Content-Type-Options", "nosniff")
    if let verdict {
      headers.append("X-Fw-Ratelimiting-Managed", "true")
      headers.append("X-Ratelimit-Total", String(verdict.total))
      headers.append("X-Ratelimit-Remaining", String(verdict.remaining))
      headers.append("X-Ratelimit-Used-Currentrequest", String(verdict.cost))
    }
    for field in reply.headers.fields { headers.append(field.name, field.value) }
    return headers
  }

  private static func requestID(_ n: Int64) -> String {
    let digits = String(n, radix: 16)
    let padding = String(repeating: "0", count: max(0, 12 - digits.utf8.count))
    return "5a4db0c5-0000-4000-8000-\(padding)\(digits)"
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 409: "Conflict"
    case 415: "Unsupported Media Type"
    case 429: "Too Many Requests"
    default: status >= 500 ? "Server Error" : "Refused"
    }
  }
}

/// What a call costs from its buckets.
enum CallCost {
  /// 1, and more for what a ticket call includes: 1 each on a view, 2 each on a list.
  static func of(_ request: ServerRequest, path: [String]) -> Int {
    guard request.method == "GET", path.first == "tickets", path.count <= 2, !request.query.isEmpty
    else { return 1 }
    let includes = request.queryItems.last { $0.name == "include" }?.value ?? ""
    let known =
      path.count == 1 ? TicketRoutes.includesOfList : TicketRoutes.includesOfView
    let wanted = Set(includes.split(separator: ",").map(String.init)).intersection(known)
    return 1 + wanted.count * (path.count == 1 ? 2 : 1)
  }
}

/// Files that need no key, but refuse one, as the vendor's store does.
enum AttachmentDownloads {
  static func answer(_ request: ServerRequest, id: String, _ store: Store) -> ServerResponse {
    guard request.headers["Authorization"] == nil else { return ServerResponse(status: 400) }
    guard request.method == "GET", let id = Int64(id) else { return ServerResponse(status: 404) }
    let found = try? store.attachment(id)
    guard let (type, content) = found ?? nil else { return ServerResponse(status: 404) }
    return ServerResponse(status: 200, headers: ["Content-Type": type], body: content)
  }
}

extension Store {
  /// A file's type and bytes; generated files have text that depends on their id alone.
  func attachment(_ id: Int64) throws -> (type: String, content: [UInt8])? {
    if id < Attachments.firstID {
      let line = "Sample file \(id) of the sandbox.\n"
      return id > 0 ? ("text/plain", Array(line.utf8)) : nil
    }
    return try connection.first("SELECT content_type, content FROM attachments WHERE id = ?", id) {
      row throws(SQLiteError) in (try row.string(0), try row.blob(1))
    }
  }
}
