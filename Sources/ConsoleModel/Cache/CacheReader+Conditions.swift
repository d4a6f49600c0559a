import Helpdesk
public import SQLite

extension CacheReader {
  /// The query language with the account's own words.
  public func language() throws(SQLiteError) -> QueryLanguage {
    QueryLanguage(try directory().vocabulary, calendar: calendar)
  }

  /// Reads a query and checks its names. Throws `QueryError` with what would be understood, or the
  /// nearest names, and `SQLiteError`.
  public func query(_ text: String, onto base: QueueQuery = QueueQuery()) throws -> QueueQuery {
    let query = try language().parse(text, onto: base)
    var conditions = query.conditions
    if query.types != base.types { conditions.append(.types(query.types)) }
    if query.tags != base.tags { conditions.append(.tags(query.tags)) }
    for condition in conditions { try check(condition) }
    return query
  }

  private func check(_ condition: QueueCondition) throws {
    switch condition {
    case .requester(.named(let name)):
      guard try customerIDs(name, limit: 1).isEmpty else { return }
      throw QueryError.nobody(
        key: "requester", name, near: try names(near: name, isCompany: false))
    case .company(.named(let name)):
      guard try companyIDs(name, limit: 1).isEmpty else { return }
      throw QueryError.nobody(key: "company", name, near: try names(near: name, isCompany: true))
    case .types(let types):
      for type in types.sorted() { try check(type: type) }
    case .tags(let tags):
      for tag in tags.sorted() { try check(tag: tag) }
    case .not(let inner): try check(inner)
    case .either(let all), .both(let all):
      for inner in all { try check(inner) }
    case .statuses, .priorities, .agent, .group, .sources, .numbers, .requester, .company,
      .isOverdue, .isUnread, .isUnanswered, .moment, .word, .phrase:
      return
    }
  }

  /// A type that the account had once may still be on tickets.
  private func check(type: String) throws {
    let known = try directory().types
    guard !known.contains(where: { $0.lowercased() == type.lowercased() }) else { return }
    let isUsed = try connection.first(
      "SELECT 1 FROM tickets WHERE type = ? COLLATE NOCASE LIMIT 1", type
    ) { row throws(SQLiteError) in try row.int(0) }
    guard isUsed == nil else { return }
    throw QueryError.unknownValue(key: "type", type, known: known)
  }

  private func check(tag: String) throws {
    let isUsed = try connection.first(
      "SELECT 1 FROM tag_counts WHERE tag = ? AND tickets > 0", tag.lowercased()
    ) { row throws(SQLiteError) in try row.int(0) }
    guard isUsed == nil else { return }
    let wanted = Spelling(tag)
    let begun = try tags(beginning: String(tag.prefix(1)), limit: 300)
    let near = (begun.isEmpty ? try tags(beginning: "", limit: 300) : begun)
      .map { (name: $0, distance: wanted.distance(to: $0)) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    throw QueryError.nobody(key: "tag", tag, near: near.prefix(5).map(\.name))
  }

  // Names to numbers

  /// The numbers behind the names of a query, kept until the cache changes.
  func resolve(_ query: QueueQuery) throws(SQLiteError) -> QueueStatement.Resolved {
    var found = QueueStatement.Resolved()
    for condition in query.conditions { try resolve(condition, into: &found) }
    return found
  }

  private func resolve(
    _ condition: QueueCondition, into found: inout QueueStatement.Resolved
  ) throws(SQLiteError) {
    switch condition {
    case .requester(.named(let name)):
      found[condition] = try kept(condition) { () throws(SQLiteError) in
        try customerIDs(name, limit: Self.customerLimit)
      }
    case .company(.named(let name)):
      found[condition] = try kept(condition) { () throws(SQLiteError) in
        try companyIDs(name, limit: Self.customerLimit)
      }
    case .phrase(let text):
      found[condition] = try kept(condition) { () throws(SQLiteError) in try tickets(with: text) }
    case .word(let word):
      guard PhoneNumber.digits(typed: word) != nil else { return }
      found[condition] = try kept(condition) { () throws(SQLiteError) in
        try customerIDs(word, limit: Self.customerLimit)
      }
    case .not(let inner): try resolve(inner, into: &found)
    case .either(let all), .both(let all):
      for inner in all { try resolve(inner, into: &found) }
    case .statuses, .priorities, .agent, .group, .types, .tags, .sources, .numbers, .requester,
      .company, .isOverdue, .isUnread, .isUnanswered, .moment:
      return
    }
  }

  /// Tickets whose queue text has these words one after the other.
  private func tickets(with phrase: String) throws(SQLiteError) -> [Int64] {
    guard let expression = SearchTerms(phrase, prefixes: true).expression else { return [] }
    let wanted = FoldedText(phrase)
    var found: [Int64] = []
    do {
      try connection.forEach(
        """
        SELECT t.id, t.subject || ' \u{1f} ' || t.requester_name || ' \u{1f} ' || t.company_name
        FROM queue_words AS w JOIN tickets AS t ON t.id = w.rowid WHERE queue_words MATCH ?
        """, arguments: [expression]
      ) { row throws(SQLiteError) in
        if FoldedText(try row.string(1)).contains(wanted, atWordStart: true) {
          found.append(try row.int64(0))
        }
        return true
      }
    } catch  where error.isRefusedQuery {
      return []
    }
    return found
  }
}
