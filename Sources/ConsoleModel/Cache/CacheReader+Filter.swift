import Helpdesk
import SQLite

extension CacheReader {
  /// Filter as you type. Few matches are sorted on the spot; with many, the view's own index is
  /// walked and each row looked up among the matches, so that a window is full after a few steps.
  func matching(
    _ expression: String, _ statement: QueueStatement, _ window: QueueStatement.Window, limit: Int
  ) throws(SQLiteError) -> [QueuePosition] {
    let matches = try matches(expression)
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
    return try connection.first(
      "SELECT 1 FROM queue_words WHERE queue_words MATCH ? AND rowid = ?", expression,
      id.rawValue
    ) { row throws(SQLiteError) in try row.bool(0) } ?? false
  }

  private func matches(_ expression: String) throws(SQLiteError) -> TextMatches {
    let version = try connection.dataVersion()
    if let kept = textMatches, kept.expression == expression, kept.version == version {
      return kept
    }
    var ids = TicketSet()
    var first: [Int64] = []
    try connection.forEach(
      "SELECT rowid FROM queue_words WHERE queue_words MATCH ?", arguments: [expression]
    ) { row throws(SQLiteError) in
      let id = try row.int64(0)
      ids.insert(id)
      if first.count <= QueueStatement.candidateLimit { first.append(id) }
      return true
    }
    let isShort = first.count <= QueueStatement.candidateLimit
    let few = isShort ? "[" + first.map(String.init).joined(separator: ",") + "]" : nil
    let fresh = TextMatches(expression: expression, version: version, ids: ids, few: few)
    textMatches = fresh
    return fresh
  }
}
