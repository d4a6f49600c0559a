import Helpdesk
import SQLite

/// Tickets whose words match a filter text: as few as possible, then as a set.
struct TextMatches {
  var expression: String
  var version: Int64
  var ids: TicketSet
  /// The same as a JSON list, when there are few enough to be sorted on the spot.
  var few: String?
}

/// A set of ticket numbers: one bit each while they are small, which they are at helpdesks that count
/// tickets from 1.
struct TicketSet {
  private static let bitLimit: Int64 = 64_000_000
  private var bits: [UInt64] = []
  private var others = Set<Int64>()

  mutating func insert(_ id: Int64) {
    guard id >= 0, id < Self.bitLimit else {
      others.insert(id)
      return
    }
    let word = Int(id >> 6)
    if word >= bits.count {
      bits.append(contentsOf: repeatElement(0, count: max(word + 1 - bits.count, bits.count)))
    }
    bits[word] |= 1 << UInt64(id & 63)
  }

  func contains(_ id: Int64) -> Bool {
    guard id >= 0, id < Self.bitLimit else { return others.contains(id) }
    let word = Int(id >> 6)
    return word < bits.count && bits[word] & (1 << UInt64(id & 63)) != 0
  }
}

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
