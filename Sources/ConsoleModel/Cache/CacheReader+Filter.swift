import Helpdesk
import SQLite

extension CacheReader {
  /// Filter as you type. Few matches are sorted on the spot; with many, the view's own index is
  /// walked and each row looked up among the matches, so that a window is full after a few steps.
  func matching(
    _ text: String, _ statement: QueueStatement, _ window: QueueStatement.Window, limit: Int
  ) throws(SQLiteError) -> [QueuePosition] {
    let matches = try matches(text)
    if let few = matches.few {
      let candidates = QueueStatement.Fragment(
        sql: "SELECT value FROM json_each(?)", arguments: [few])
      return try places(statement.sorted(candidates, window, limit: limit))
    }
    let all = statement.ordered(window, limit: nil)
    var found: [QueuePosition] = []
    try connection.forEach(all.sql, arguments: all.arguments) { row throws(SQLiteError) in
      let id = try row.int64(1)
      if matches.ids.contains(id) {
        found.append(QueuePosition(key: try row.int64(0), id: TicketID(id)))
      }
      return found.count < limit
    }
    return found
  }

  /// Forgets the matches of the last filter text, which are kept while the person scrolls.
  public func forgetFilter() { textMatches = nil }

  /// Whether a ticket's words match a filter text.
  func isMatch(_ id: TicketID, of text: String) throws(SQLiteError) -> Bool {
    guard let expression = SearchTerms(text, prefixes: true).expression else { return true }
    let isFound = try connection.first(
      "SELECT 1 FROM queue_words WHERE queue_words MATCH ? AND rowid = ?", expression,
      id.rawValue
    ) { row throws(SQLiteError) in try row.bool(0) }
    if isFound == true { return true }
    return try ticketsOfPhone(text).contains(id.rawValue)
  }

  /// Tickets of those whose phone number has these digits; none for a text that is no number.
  private func ticketsOfPhone(_ text: String) throws(SQLiteError) -> [Int64] {
    guard PhoneNumber.digits(typed: text) != nil else { return [] }
    let customers = try customerIDs(text, limit: Self.customerLimit)
    return try connection.query(
      "SELECT id FROM tickets WHERE requester_id IN (SELECT value FROM json_each(?))",
      QueueStatement.json(customers)
    ) { row throws(SQLiteError) in try row.int64(0) }
  }

  private func matches(_ text: String) throws(SQLiteError) -> TextMatches {
    let version = try connection.dataVersion()
    if let kept = textMatches, kept.text == text, kept.version == version {
      return kept
    }
    var ids = TicketSet()
    var first: [Int64] = []
    let expression = SearchTerms(text, prefixes: true).expression
    try connection.forEach(
      "SELECT rowid FROM queue_words WHERE queue_words MATCH ?", arguments: [expression]
    ) { row throws(SQLiteError) in
      let id = try row.int64(0)
      ids.insert(id)
      if first.count <= QueueStatement.candidateLimit { first.append(id) }
      return true
    }
    for id in try ticketsOfPhone(text) where !ids.contains(id) {
      ids.insert(id)
      if first.count <= QueueStatement.candidateLimit { first.append(id) }
    }
    let isShort = first.count <= QueueStatement.candidateLimit
    let few = isShort ? QueueStatement.json(first) : nil
    let fresh = TextMatches(text: text, version: version, ids: ids, few: few)
    textMatches = fresh
    return fresh
  }
}
