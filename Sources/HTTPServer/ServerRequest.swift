/// One request as it came in: nothing is normalised, so that the handler sees what was sent.
public struct ServerRequest: Equatable, Sendable {
  public var method: String
  /// The path as sent, percent escapes and all.
  public var path: String
  /// What follows the first question mark, as sent; empty without one.
  public var query: String
  public var headers: HeaderFields
  public var body: [UInt8]

  public init(
    method: String, path: String, query: String = "", headers: HeaderFields = HeaderFields(),
    body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }

  /// Splits a request target into path and query; the absolute form (`http://host/path`) loses
  /// its scheme and host.
  init(method: String, target: String, headers: HeaderFields, body: [UInt8]) {
    var rest = Substring(target)
    if !rest.hasPrefix("/"), let scheme = rest.utf8.firstRange(of: "://".utf8) {
      let afterScheme = rest[scheme.upperBound...]
      rest = afterScheme.utf8.firstIndex(of: UInt8(ascii: "/")).map { afterScheme[$0...] } ?? "/"
    }
    let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
    self.init(
      method: method, path: String(mark.map { rest[..<$0] } ?? rest),
      query: mark.map { String(rest[rest.utf8.index(after: $0)...]) } ?? "",
      headers: headers, body: body)
  }

  /// The path's parts between the slashes, decoded one by one, so that an escaped slash stays
  /// inside its part; an empty part stands for a doubled or trailing slash.
  public var pathParts: [String] {
    var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if parts.first?.isEmpty == true { parts.removeFirst() }
    return parts.map { PercentCoding.decode($0, plusIsBlank: false) }
  }

  /// The query's items in the order sent, names and values decoded, repeats kept.
  public var queryItems: [QueryItem] {
    query.utf8.split(separator: UInt8(ascii: "&")).map { piece in
      guard let equals = piece.firstIndex(of: UInt8(ascii: "=")) else {
        return QueryItem(name: PercentCoding.decode(piece, plusIsBlank: true), value: "")
      }
      return QueryItem(
        name: PercentCoding.decode(piece[..<equals], plusIsBlank: true),
        value: PercentCoding.decode(piece[piece.index(after: equals)...], plusIsBlank: true))
    }
  }
}

/// One `name=value` of a query.
public struct QueryItem: Equatable, Sendable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
