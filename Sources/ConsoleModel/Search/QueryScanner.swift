/// One part of a query.
enum QueryToken: Equatable {
  case word(String)
  case quoted(String)
  /// A field with its values; the comparison is "" where none is written.
  case field(String, compare: String, values: [String])
  case not
  case or
  case and
  case open
  case close
}

/// Cuts a query into its parts, scalar by scalar: a mark behind a sign must not hide the sign.
struct QueryScanner {
  private var rest: Substring.UnicodeScalarView
  /// Open brackets, so that a closing one at the end of a word is known for what it is.
  private var depth = 0

  init(_ text: String) { rest = text[...].unicodeScalars }

  mutating func next() throws(QueryError) -> QueryToken? {
    rest = rest.drop(while: Self.isBlank)
    guard let first = rest.first else { return nil }
    switch first {
    case "\"": return .quoted(try quoted())
    case "(":
      rest.removeFirst()
      depth += 1
      return .open
    case ")" where depth > 0:
      rest.removeFirst()
      depth -= 1
      return .close
    case ")": throw .unbalancedBracket
    case "-":
      // A dash before something negates it; alone, or in a row, it is a word.
      if let second = rest.dropFirst().first, !Self.isBlank(second), second != "-", second != ")" {
        rest.removeFirst()
        return .not
      }
    default: break
    }
    let name = rest.prefix { $0.properties.isAlphabetic }
    let after = rest[name.endIndex...]
    guard !name.isEmpty, let compare = Self.comparison(after) else {
      return word(bare(until: Self.isBlank))
    }
    let key = String(name).lowercased()
    rest = after.dropFirst(compare.unicodeScalars.count)
    // An address of the web is a word, not a field.
    if compare == ":", rest.first == "/" {
      return .word(key + compare + bare(until: Self.isBlank))
    }
    var sign = compare == ":" || compare == "=" ? "" : compare
    if compare == ":", let second = Self.comparison(rest), second != ":" {
      rest = rest.dropFirst(second.unicodeScalars.count)
      sign = second == "=" ? "" : second
    }
    return .field(key, compare: sign, values: try values(key))
  }

  private func word(_ text: String) -> QueryToken {
    switch text.lowercased() {
    case "or": .or
    case "and": .and
    case "not": .not
    default: .word(text)
    }
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }

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

  /// Reads up to an end, and leaves the closing brackets there that close what is open.
  private mutating func bare(until isEnd: (Unicode.Scalar) -> Bool) -> String {
    var value = rest.prefix { !isEnd($0) }
    var open = depth
    while open > 0, value.last == ")", !value.contains("(") {
      value.removeLast()
      open -= 1
    }
    rest = rest[value.endIndex...]
    return String(value)
  }
}
