import HTTPServer

/// One call to the vendor's API, with everything that its handler may look at.
struct APICall {
  let request: ServerRequest
  /// The parts of the path below `/api/v2`.
  let path: [String]
  let query: [QueryItem]
  /// Where the sandbox is reached, without a trailing slash.
  let base: String
  let now: Int64
  let desk: Desk
  /// Whose key it is.
  let agent: AgentRecord
  /// The numbers in the path, in order.
  let ids: [Int64]

  var store: Store { desk.store }

  /// The first number of the path; routes with a `:id` always have one.
  var id: Int64 { ids.first ?? 0 }

  /// The last value given for a query key; clients give keys twice.
  func value(_ key: String) -> String? { query.last { $0.name == key }?.value }

  /// A whole number in the query.
  func number(_ key: String) throws -> Int64? {
    guard let text = value(key) else { return nil }
    guard let number = Int64(text), number >= 0 else {
      throw APIRefusal.invalid(
        .init(
          field: key, message: "It should be a/an Positive Integer", code: "datatype_mismatch"))
    }
    return number
  }

  /// A time in the query.
  func time(_ key: String) throws -> Int64? {
    guard let text = value(key) else { return nil }
    guard let time = WireTime.parse(text) else {
      throw APIRefusal.invalid(
        .init(
          field: key,
          message: "It should be in the 'combined date and time ISO8601' format",
          code: "invalid_value"))
    }
    return time
  }

  /// The comma list of `include`, checked.
  func includes(_ allowed: [String]) throws -> Set<String> {
    guard let text = value("include") else { return [] }
    let wanted = text.split(separator: ",").map(String.init)
    guard !wanted.isEmpty, wanted.allSatisfy(allowed.contains) else {
      throw APIRefusal.invalid(.oneOf("include", allowed))
    }
    return Set(wanted)
  }

  /// Page and size, checked.
  func page() throws -> PageRequest {
    let number = try number("page") ?? 1
    guard number >= 1 else {
      throw APIRefusal.invalid(.value("page", "It should be a Positive Integer"))
    }
    let size = try self.number("per_page") ?? 30
    guard (1...100).contains(size) else {
      throw APIRefusal.invalid(
        .value("per_page", "It should be a Positive Integer less than or equal to 100"))
    }
    return PageRequest(number: Int(clamping: number), size: Int(size))
  }

  /// The `Link` to a page of the same list.
  func link(toPage page: Int) -> String {
    var items = query.filter { $0.name != "page" }
    items.append(QueryItem(name: "page", value: String(page)))
    let text = items.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }
      .joined(separator: "&")
    return "<\(base)\(request.path)?\(text)>; rel=\"next\""
  }

  static func escaped(_ text: String) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ","):
        bytes.append(byte)
      default:
        bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Which page of a list, and how long it may be.
struct PageRequest: Equatable {
  var number: Int
  var size: Int

  /// A page far beyond the end is empty, not wrong.
  var offset: Int {
    (number - 1).multipliedReportingOverflow(by: size).overflow
      ? Int(Int32.max) : min((number - 1) * size, Int(Int32.max))
  }
  /// One more than is shown, to know whether a next page exists.
  var limit: Int { size + 1 }
}

/// What a handler gives back.
struct APIReply {
  var status = 200
  var body: [UInt8] = []
  /// Further header fields: `Link`, `Location`.
  var headers = HeaderFields()

  static let noContent = APIReply(status: 204)

  init(status: Int = 200, body: [UInt8] = []) {
    self.status = status
    self.body = body
  }

  init(status: Int = 200, _ write: (inout JSONWriter) throws -> Void) rethrows {
    var writer = JSONWriter()
    try write(&writer)
    self.init(status: status, body: writer.bytes)
  }

  init(status: Int = 200, object: JSONObject) {
    self.init(status: status) { $0.object(object) }
  }

  /// One page of a list; the items are one more than the page where another page follows.
  init<Item>(
    _ call: APICall, _ page: PageRequest, _ items: [Item],
    _ write: (inout JSONWriter, Item) throws -> Void
  ) rethrows {
    var writer = JSONWriter(capacity: 4096)
    try writer.array { writer in
      for item in items.prefix(page.size) { try write(&writer, item) }
    }
    self.init(body: writer.bytes)
    if items.count > page.size { headers.append("Link", call.link(toPage: page.number + 1)) }
  }

  /// With the address of what was made.
  func located(_ call: APICall, _ path: String) -> APIReply {
    var reply = self
    reply.headers.append("Location", "\(call.base)/api/v2/\(path)")
    return reply
  }
}
