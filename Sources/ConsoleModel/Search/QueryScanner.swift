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

/// Cuts a query into its parts, scalar by scalar: a mark behind a sign must not hide the sign.
struct QueryScanner {
  private var rest: Substring.UnicodeScalarView

  init(_ text: String) { rest = text[...].unicodeScalars }

  mutating func next() throws(QueryError) -> QueryToken? {
    rest = rest.drop(while: Self.isBlank)
    guard let first = rest.first else { return nil }
    if first == "\"" { return QueryToken(key: nil, values: [try quoted()]) }
    let name = rest.prefix { $0.properties.isAlphabetic }
    let behind = rest[name.endIndex...]
    guard !name.isEmpty, let compare = Self.comparison(behind) else {
      return QueryToken(key: nil, values: [bare(until: Self.isBlank)])
    }
    let key = String(name).lowercased()
    rest = behind.dropFirst(compare.unicodeScalars.count)
    // An address of the web or a time is a word, not a field.
    let isNumber = rest.first?.properties.numericType != nil
    if compare == ":", rest.first == "/" || isNumber && !QueryToken.keys.contains(key) {
      return QueryToken(key: nil, values: [key + compare + bare(until: Self.isBlank)])
    }
    return QueryToken(key: key, compare: compare == "=" ? ":" : compare, values: try values(key))
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

  private static func comparison(_ text: Substring.UnicodeScalarView) -> String? {
    [">=", "<=", ":", ">", "<", "="].first { text.starts(with: $0.unicodeScalars) }
  }

  private mutating func values(_ key: String) throws(QueryError) -> [String] {
    var values: [String] = []
    while true {
      let value =
        rest.first == "\"" ? try quoted() : bare { Self.isBlank($0) || $0 == "," }
      guard !value.isEmpty else { throw .missingValue(key: key) }
      values.append(value)
      guard rest.first == "," else { return values }
      rest.removeFirst()
    }
  }

  /// Reads to the closing quotation mark; two of them in a row stand for one in the text.
  private mutating func quoted() throws(QueryError) -> String {
    var value = String.UnicodeScalarView()
    rest.removeFirst()
    while let scalar = rest.popFirst() {
      if scalar == "\"" {
        guard rest.first == "\"" else { return String(value) }
        rest.removeFirst()
      }
      value.append(scalar)
    }
    throw .unclosedQuote
  }

  private mutating func bare(until isEnd: (Unicode.Scalar) -> Bool) -> String {
    let value = rest.prefix { !isEnd($0) }
    rest = rest[value.endIndex...]
    return String(value)
  }
}
