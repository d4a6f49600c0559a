import Helpdesk

/// The small language of `--query`, of the filter line and of saved views.
///
///     query    = *( term / word )            ; all of them are needed
///     term     = key ":" value *( "," value ) / "priority" compare value / flag
///     key      = "status" / "agent" / "group" / "priority" / "type" / "tag"
///              / "requester" / "company" / "overdue" / "new" / "sort"
///     compare  = ">=" / "<=" / ">" / "<" / "="
///     value    = a word, or text in double quotes, where "" stands for one of them
///     word     = the beginning of a word of subject, requester or company
///
/// `status` takes the account's labels, the vendor's, numbers, `unresolved`, `waiting` and `done`;
/// `agent` takes names, addresses, numbers, `me`, `none` and `any`, and `group` likewise, `mine` for
/// one's own groups; `requester` and `company` take numbers; `overdue` and `new` take `yes` or `no`;
/// `sort` takes `sla`, `updated`, `created`, `priority`, `status` and `number`, with `-` before it for
/// the other direction. Names match without regard to case, by their beginning where that is
/// unambiguous. Several values of one key are alternatives, but every tag is needed.
public struct QueryLanguage: Sendable {
  let vocabulary: QueryVocabulary

  public init(_ vocabulary: QueryVocabulary) { self.vocabulary = vocabulary }

  /// Reads a query. Terms that it does not name keep the value they have in `base`.
  public func parse(_ text: String, onto base: QueueQuery = QueueQuery()) throws(QueryError)
    -> QueueQuery
  {
    var query = base
    var words: [String] = []
    for token in try Self.tokens(text) {
      guard let key = token.key else {
        words += Self.words(of: token.values[0])
        continue
      }
      try apply(key, token, to: &query)
    }
    query.text = words.joined(separator: " ")
    return query
  }

  /// The words of a filter; blanks between them mean nothing, in quotes or not.
  static func words(of text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
  }

  private func apply(_ key: String, _ token: QueryToken, to query: inout QueueQuery)
    throws(QueryError)
  {
    if token.compare != ":", key != "priority" { throw .comparison(key: key) }
    switch key {
    case "status":
      query.statuses = []
      for value in token.values { query.statuses.formUnion(try vocabulary.statuses(value)) }
    case "agent", "assignee": query.agent = try vocabulary.agent(token.values)
    case "group", "team": query.group = try vocabulary.group(token.values)
    case "priority", "prio": query.priorities = try Self.priorities(token)
    case "type": query.types = Set(token.values.map(vocabulary.type))
    case "tag", "tags": query.tags = Set(token.values)
    case "requester", "contact": query.requesterID = ContactID(try Self.number(key, token))
    case "company": query.companyID = CompanyID(try Self.number(key, token))
    case "overdue": query.isOverdue = try Self.flag(key, token)
    case "new": query.needsAnswer = try Self.flag(key, token)
    case "sort", "order": query.sort = try Self.sort(token)
    default: throw .unknownKey(key, known: QueryToken.keys)
    }
  }

  private static func priorities(_ token: QueryToken) throws(QueryError) -> Set<TicketPriority> {
    var found = Set<TicketPriority>()
    for value in token.values {
      let named = TicketPriority.allCases.filter {
        String($0.rawValue) == value
          || (!value.isEmpty && $0.label.lowercased().hasPrefix(value.lowercased()))
      }
      guard let priority = named.first, named.count == 1 else {
        throw .unknownValue(
          key: "priority", value, known: TicketPriority.allCases.map { $0.label.lowercased() })
      }
      found.formUnion(
        TicketPriority.allCases.filter {
          switch token.compare {
          case ">=": $0 >= priority
          case "<=": $0 <= priority
          case ">": $0 > priority
          case "<": $0 < priority
          default: $0 == priority
          }
        })
    }
    return found
  }

  private static func number(_ key: String, _ token: QueryToken) throws(QueryError) -> Int64 {
    guard token.values.count == 1, let number = Int64(token.values[0]), number > 0 else {
      throw .unknownValue(key: key, token.values.joined(separator: ","), known: ["a number"])
    }
    return number
  }

  private static func flag(_ key: String, _ token: QueryToken) throws(QueryError) -> Bool {
    switch token.values.joined(separator: ",").lowercased() {
    case "yes", "y", "true", "1": return true
    case "no", "n", "false", "0": return false
    case let value: throw .unknownValue(key: key, value, known: ["yes", "no"])
    }
  }

  /// Reads the value of `sort:` alone, as `--sort` gives it.
  public static func sort(_ value: String) throws(QueryError) -> QueueSort {
    let name = (value.hasPrefix("-") ? value.dropFirst() : value[...]).lowercased()
    let key =
      QueueSort.Key.allCases.first { $0.label.lowercased() == name || $0.rawValue == name }
    guard let key else {
      throw .unknownValue(
        key: "sort", value, known: QueueSort.Key.allCases.map { $0.label.lowercased() })
    }
    let descending = key.isNaturallyDescending != value.hasPrefix("-")
    return QueueSort(key, descending: descending)
  }

  private static func sort(_ token: QueryToken) throws(QueryError) -> QueueSort {
    try sort(token.values.joined(separator: ","))
  }

  // Words to tokens

  private static func tokens(_ text: String) throws(QueryError) -> [QueryToken] {
    var scanner = QueryScanner(text)
    var tokens: [QueryToken] = []
    while let token = try scanner.next() { tokens.append(token) }
    return tokens
  }
}
