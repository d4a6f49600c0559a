import Helpdesk

/// The small language of `--query`, of a view's query and of saved views. `QueryReference` says how
/// it is written, `QueryField` which fields it has.
public struct QueryLanguage: Sendable {
  let vocabulary: QueryVocabulary
  let calendar: LocalCalendar

  public init(_ vocabulary: QueryVocabulary, calendar: LocalCalendar = .utc) {
    self.vocabulary = vocabulary
    self.calendar = calendar
  }

  /// Reads a query. Fields that it does not name keep the value they have in `base`. Names of
  /// customers, companies, types and tags are taken as they are; `CacheReader.query` checks them.
  public func parse(_ text: String, onto base: QueueQuery = QueueQuery()) throws(QueryError)
    -> QueueQuery
  {
    var parser = try QueryParser(text, self)
    var query = base
    query.text = ""
    var named = Named()
    for condition in try parser.conditions() { Self.add(condition, to: &query, &named) }
    if let sort = parser.sort { query.sort = sort }
    return query
  }

  /// The words of a text; blanks between them mean nothing.
  static func words(of text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: QueryScanner.isBlank).map { String($0) }
  }

  /// Fields of the query that this text has already set: a second condition on one of them must hold
  /// as well.
  private struct Named {
    var fields = Set<QueryField>()

    mutating func isFirst(_ field: QueryField) -> Bool { fields.insert(field).inserted }
  }

  /// Puts a condition where the indexes of the queue serve it best.
  private static func add(
    _ condition: QueueCondition, to query: inout QueueQuery, _ named: inout Named
  ) {
    switch condition {
    case .word(let word):
      query.text += query.text.isEmpty ? word : " " + word
      return
    case .statuses([]):
      if !named.fields.contains(.status) { query.statuses = [] }
      return
    case .agent(.any):
      if !named.fields.contains(.agent) { query.agent = .any }
      return
    case .group(.any):
      if !named.fields.contains(.group) { query.group = .any }
      return
    case .tags(let tags):
      query.tags = named.isFirst(.tag) ? tags : query.tags.union(tags)
      return
    case .statuses(let found) where named.isFirst(.status): query.statuses = found
    case .priorities(let found) where named.isFirst(.priority): query.priorities = found
    case .agent(let found) where named.isFirst(.agent): query.agent = found
    case .group(let found) where named.isFirst(.group): query.group = found
    case .types(let found) where named.isFirst(.type): query.types = found
    case .requester(.number(let id)) where named.isFirst(.requester):
      query.requesterID = ContactID(id)
    case .company(.number(let id)) where named.isFirst(.company): query.companyID = CompanyID(id)
    case .isOverdue(let flag) where named.isFirst(.overdue): query.isOverdue = flag
    case .isUnread(let flag) where named.isFirst(.unread): query.needsAnswer = flag
    // The second condition on a field, and what has no index of its own.
    case .statuses, .priorities, .agent, .group, .types, .requester, .company, .isOverdue,
      .isUnread, .sources, .numbers, .isUnanswered, .moment, .phrase, .not, .either, .both:
      query.conditions.append(condition)
    }
  }

  /// Names together are one set; `me`, `none` and the like among them are each a set of their own.
  private static func either(
    _ values: [String], _ condition: ([String]) throws(QueryError) -> QueueCondition
  ) throws(QueryError) -> QueueCondition {
    let isSpecial = { (value: String) in QueryVocabulary.specialNames.contains(value.lowercased()) }
    guard values.count > 1, values.contains(where: isSpecial) else { return try condition(values) }
    var parts: [QueueCondition] = []
    for value in values { parts.append(try condition([value])) }
    return .either(parts)
  }

  /// What a field asks for.
  func condition(_ field: QueryField, _ compare: String, _ values: [String])
    throws(QueryError) -> QueueCondition
  {
    switch field {
    case .status:
      var found = Set<TicketStatus>()
      for value in values { found.formUnion(try vocabulary.statuses(value)) }
      return .statuses(found)
    case .priority: return .priorities(try Self.priorities(compare, values))
    case .agent:
      return try Self.either(values) { one throws(QueryError) in .agent(try vocabulary.agent(one)) }
    case .group:
      return try Self.either(values) { one throws(QueryError) in .group(try vocabulary.group(one)) }
    case .type: return .types(Set(values.map(vocabulary.type)))
    case .tag: return .tags(Set(values))
    case .source: return .sources(try Self.sources(values))
    case .id: return .numbers(try Self.numbers(values))
    case .requester: return try Self.customer(values) { .requester($0) }
    case .company: return try Self.customer(values) { .company($0) }
    case .created: return try moment(.created, compare, values, field)
    case .updated: return try moment(.updated, compare, values, field)
    case .due: return try moment(.due, compare, values, field)
    case .overdue: return .isOverdue(try Self.flag(field, values))
    case .unread: return .isUnread(try Self.flag(field, values))
    case .unanswered: return .isUnanswered(try Self.flag(field, values))
    case .sort: throw .misplaced(key: field.name)
    }
  }

  /// Several values of one field are alternatives.
  private static func either(_ conditions: [QueueCondition]) -> QueueCondition {
    conditions.count == 1 ? conditions[0] : .either(conditions)
  }

  private static func customer(
    _ values: [String], _ condition: (CustomerFilter) -> QueueCondition
  ) throws(QueryError) -> QueueCondition {
    either(
      values.map { value in
        if let number = Int64(value), number > 0 { return condition(.number(number)) }
        return condition(.named(words(of: value).joined(separator: " ")))
      })
  }

  private func moment(
    _ moment: MomentFilter.Field, _ compare: String, _ values: [String], _ field: QueryField
  ) throws(QueryError) -> QueueCondition {
    var found: [QueueCondition] = []
    for value in values {
      guard let filter = QueryMoment(field: moment, calendar: calendar).filter(compare, value)
      else {
        throw .unknownValue(key: field.name, compare + value, known: [field.values])
      }
      found.append(.moment(filter))
    }
    return Self.either(found)
  }

  private static func priorities(_ compare: String, _ values: [String]) throws(QueryError)
    -> Set<TicketPriority>
  {
    var found = Set<TicketPriority>()
    for value in values {
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
          switch compare {
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

  private static func sources(_ values: [String]) throws(QueryError) -> Set<TicketSource> {
    var found = Set<TicketSource>()
    for value in values {
      let typed = value.lowercased()
      let named =
        QuerySource.numbers.first { $0.name == typed || String($0.number) == typed }
        ?? QuerySource.numbers.first { $0.name.hasPrefix(typed) }
      guard let named else {
        throw .unknownValue(key: "source", value, known: QuerySource.names)
      }
      found.insert(TicketSource(rawValue: named.number))
    }
    return found
  }

  private static func numbers(_ values: [String]) throws(QueryError) -> Set<TicketID> {
    var found = Set<TicketID>()
    for value in values {
      guard let number = Int64(value.hasPrefix("#") ? String(value.dropFirst()) : value),
        number > 0
      else { throw .unknownValue(key: "id", value, known: ["a ticket number"]) }
      found.insert(TicketID(number))
    }
    return found
  }

  private static func flag(_ field: QueryField, _ values: [String]) throws(QueryError) -> Bool {
    switch values.joined(separator: ",").lowercased() {
    case "yes", "y", "true", "1": return true
    case "no", "n", "false", "0": return false
    case let value: throw .unknownValue(key: field.name, value, known: ["yes", "no"])
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
}
