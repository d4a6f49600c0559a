import SQLite

/// The vendor's search language, turned into a condition: `"status:2 AND (tag:'x' OR agent_id:null)"`.
struct SearchQuery {
  /// A field that can be searched for: its column, and what its values are.
  struct Field: Sendable {
    enum Kind: Sendable {
      case number
      case text
      case time
      case flag
      /// An array of texts in JSON.
      case list
      /// A member of a JSON column.
      case member(String)
    }

    var column: String
    var kind: Kind
  }

  private(set) var condition = ""
  private(set) var arguments: [any SQLBindable] = []

  private let fields: [String: Field]
  private var rest: Substring
  private var depth = 0

  /// nil for what is no query: no double quotes around it, an unknown field, a broken expression.
  init?(_ text: String, fields: [String: Field]) {
    guard text.count <= 514, text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      return nil
    }
    self.fields = fields
    rest = text.dropFirst().dropLast()
    guard let condition = any(), skipBlanks(), rest.isEmpty else { return nil }
    self.condition = condition
  }

  private mutating func any() -> String? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 20, var left = every() else { return nil }
    while take(word: "OR") {
      guard let right = every() else { return nil }
      left = "(\(left) OR \(right))"
    }
    return left
  }

  private mutating func every() -> String? {
    guard var left = atom() else { return nil }
    while take(word: "AND") {
      guard let right = atom() else { return nil }
      left = "(\(left) AND \(right))"
    }
    return left
  }

  private mutating func atom() -> String? {
    _ = skipBlanks()
    if take("(") {
      guard let inner = any(), skipBlanks(), take(")") else { return nil }
      return inner
    }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(name.count)
    guard let field = fields[String(name)], take(":") else { return nil }
    var comparison = "="
    if take(">") { comparison = ">=" } else if take("<") { comparison = "<=" }
    guard let value = value() else { return nil }
    return condition(field, comparison, value)
  }

  private enum Value {
    case quoted(String)
    case bare(String)
  }

  private mutating func value() -> Value? {
    if take("'") {
      guard let end = rest.firstIndex(of: "'") else { return nil }
      let text = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      return .quoted(text)
    }
    let word = rest.prefix { !$0.isWhitespace && $0 != ")" && $0 != "(" }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : .bare(String(word))
  }

  private mutating func condition(
    _ field: Field, _ comparison: String, _ value: Value
  ) -> String? {
    if case .bare("null") = value {
      if case .list = field.kind { return "\(field.column) = '[]'" }
      if case .member(let name) = field.kind {
        return "json_extract(\(field.column), '$.\(name)') IS NULL"
      }
      return "\(field.column) IS NULL"
    }
    switch (field.kind, value) {
    case (.number, .bare(let word)):
      guard let number = Int64(word) else { return nil }
      arguments.append(number)
    case (.flag, .bare(let word)):
      guard word == "true" || word == "false" else { return nil }
      arguments.append(word == "true")
    case (.text, .quoted(let text)), (.text, .bare(let text)):
      arguments.append(text)
    case (.list, .quoted(let text)), (.list, .bare(let text)):
      arguments.append(text)
      return "EXISTS (SELECT 1 FROM json_each(\(field.column)) WHERE value = ? COLLATE NOCASE)"
    case (.time, .quoted(let text)):
      return time(field.column, comparison, text)
    case (.member(let name), let value):
      arguments.append(Self.plain(value))
      return "json_extract(\(field.column), '$.\(name)') \(comparison) ?"
    default: return nil
    }
    return "\(field.column) \(comparison) ?"
  }

  /// A day stands for its whole length.
  private mutating func time(_ column: String, _ comparison: String, _ text: String) -> String? {
    guard let start = WireTime.parse(text) else { return nil }
    let end = text.utf8.count == 10 ? start + 86_399 : start
    switch comparison {
    case ">=":
      arguments.append(start)
      return "\(column) >= ?"
    case "<=":
      arguments.append(end)
      return "\(column) <= ?"
    default:
      arguments += [start, end]
      return "\(column) BETWEEN ? AND ?"
    }
  }

  private static func plain(_ value: Value) -> any SQLBindable {
    switch value {
    case .quoted(let text): text
    case .bare("true"): true
    case .bare("false"): false
    case .bare(let word): Int64(word).map { $0 as any SQLBindable } ?? word
    }
  }

  private mutating func skipBlanks() -> Bool {
    rest = rest.drop(while: \.isWhitespace)
    return true
  }

  private mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func take(word: String) -> Bool {
    let before = rest
    _ = skipBlanks()
    guard rest.hasPrefix(word),
      rest.dropFirst(word.count).first.map({ $0 == " " || $0 == "(" }) ?? false
    else {
      rest = before
      return false
    }
    rest = rest.dropFirst(word.count)
    return true
  }
}
