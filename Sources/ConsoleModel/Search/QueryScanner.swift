/// One part of a query: a word, or a key with its values.
struct QueryToken: Equatable {
  /// Nil for a plain word, which is then the only value.
  var key: String?
  /// ":" or a comparison.
  var compare = ":"
  var values: [String]

  /// Every field that a query can name.
  static let keys = [
    "status", "agent", "group", "priority", "type", "tag", "requester", "company", "overdue",
    "new", "sort",
  ]
}

/// Cuts a query into its parts.
struct QueryScanner {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  mutating func next() throws(QueryError) -> QueryToken? {
    rest = rest.drop(while: \.isWhitespace)
    guard let first = rest.first else { return nil }
    if first == "\"" { return QueryToken(key: nil, values: [try quoted()]) }
    let name = rest.prefix { $0.isLetter }
    let behind = rest.dropFirst(name.count)
    guard !name.isEmpty, let compare = Self.comparison(behind) else {
      return QueryToken(key: nil, values: [bare(until: \.isWhitespace)])
    }
    let key = name.lowercased()
    rest = behind.dropFirst(compare.count)
    // An address of the web or a time is a word, not a field.
    if compare == ":", rest.first == "/" || rest.first?.isNumber == true && !Self.isKey(key) {
      return QueryToken(key: nil, values: [key + compare + bare(until: \.isWhitespace)])
    }
    return QueryToken(key: key, compare: compare == "=" ? ":" : compare, values: try values(key))
  }

  private static func isKey(_ name: String) -> Bool { QueryToken.keys.contains(name) }

  private static func comparison(_ text: Substring) -> String? {
    [">=", "<=", ":", ">", "<", "="].first { text.hasPrefix($0) }
  }

  private mutating func values(_ key: String) throws(QueryError) -> [String] {
    var values: [String] = []
    while true {
      let value =
        rest.first == "\"" ? try quoted() : bare { $0.isWhitespace || $0 == "," }
      guard !value.isEmpty else { throw .missingValue(key: key) }
      values.append(value)
      guard rest.first == "," else { return values }
      rest.removeFirst()
    }
  }

  private mutating func quoted() throws(QueryError) -> String {
    rest.removeFirst()
    guard let end = rest.firstIndex(of: "\"") else { throw .unclosedQuote }
    let value = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    return value
  }

  private mutating func bare(until isEnd: (Character) -> Bool) -> String {
    let value = rest.prefix { !isEnd($0) }
    rest = rest[value.endIndex...]
    return String(value)
  }
}
