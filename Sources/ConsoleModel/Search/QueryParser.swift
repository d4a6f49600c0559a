import Helpdesk

/// Makes conditions of a query's parts.
struct QueryParser {
  /// The most parts of a query; far more than anybody types.
  static let tokenLimit = 200

  private let language: QueryLanguage
  private var tokens: [QueryToken] = []
  private var position = 0
  /// The order that is asked for; nil where none is.
  private(set) var sort: QueueSort?
  /// How deep in brackets, alternatives and negations the reading is.
  private var depth = 0

  init(_ text: String, _ language: QueryLanguage) throws(QueryError) {
    self.language = language
    var scanner = QueryScanner(text)
    while let token = try scanner.next() {
      tokens.append(token)
      guard tokens.count <= Self.tokenLimit else { throw .tooLong }
    }
  }

  /// All conditions, each of which must hold.
  mutating func conditions() throws(QueryError) -> [QueueCondition] {
    let found = try terms()
    guard position == tokens.count else { throw .unbalancedBracket }
    return found
  }

  private var token: QueryToken? { tokens.indices.contains(position) ? tokens[position] : nil }

  private mutating func terms() throws(QueryError) -> [QueueCondition] {
    var found: [QueueCondition] = []
    var needsMore: String?
    var mayContinue = false
    while let token, token != .close {
      switch token {
      case .and, .or:
        let word = token == .or ? "or" : "and"
        position += 1
        guard mayContinue else { throw .missingCondition(word) }
        needsMore = word
        mayContinue = false
        guard token == .or else { continue }
        guard let condition = try alternative(), let last = found.popLast() else {
          throw .missingCondition(word)
        }
        if case .either(let others) = last {
          found.append(.either(others + [condition]))
        } else {
          found.append(.either([last, condition]))
        }
      default:
        guard let condition = try condition() else { continue }
        found.append(condition)
      }
      needsMore = nil
      mayContinue = true
    }
    if let needsMore { throw .missingCondition(needsMore) }
    return found
  }

  private mutating func alternative() throws(QueryError) -> QueueCondition? {
    guard let token, token != .close, token != .or, token != .and else { return nil }
    depth += 1
    defer { depth -= 1 }
    return try condition()
  }

  /// One condition; nil for an order or an empty text.
  private mutating func condition() throws(QueryError) -> QueueCondition? {
    guard let token else { return nil }
    position += 1
    switch token {
    case .not:
      guard let condition = try alternative() else { throw .missingCondition("not") }
      return .not(condition)
    case .open:
      depth += 1
      defer { depth -= 1 }
      let inner = try terms()
      guard self.token == .close, !inner.isEmpty else { throw .unbalancedBracket }
      position += 1
      return inner.count == 1 ? inner[0] : .both(inner)
    case .word(let word): return .word(word)
    case .quoted(let text):
      let words = QueryLanguage.words(of: text)
      guard let first = words.first else { return nil }
      return words.count == 1 ? .word(first) : .phrase(words.joined(separator: " "))
    case .field(let key, let compare, let values):
      guard let field = QueryField.named(key) else {
        throw .unknownKey(key, known: QueryField.allCases.map(\.name))
      }
      guard compare.isEmpty || field.isOrdered else { throw .comparison(key: field.name) }
      if field == .sort {
        // An alternative is known by what follows it, too.
        guard depth == 0, self.token != .or else { throw .misplaced(key: field.name) }
        sort = try QueryLanguage.sort(values.joined(separator: ","))
        return nil
      }
      return try language.condition(field, compare, values)
    case .or, .and, .close: throw .missingCondition("or")
    }
  }
}
