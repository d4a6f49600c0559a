public import Helpdesk
public import SQLite

/// A ticket found by its words.
public struct SearchHit: Equatable, Sendable {
  public var row: QueueRow
  /// The message that was found; nil for the ticket's subject or description.
  public var conversationID: ConversationID?
  /// When the words were written.
  public var at: Timestamp
  /// One line of the text around the hit; a stranger's text, clean it when drawing.
  public var snippet: String

  public init(row: QueueRow, conversationID: ConversationID?, at: Timestamp, snippet: String) {
    self.row = row
    self.conversationID = conversationID
    self.at = at
    self.snippet = snippet
  }
}

/// What a search found.
public struct SearchResult: Equatable, Sendable {
  /// One per ticket, the newest words first.
  public var hits: [SearchHit]
  /// Whether more tickets may match than `hits` shows.
  public var hasMore: Bool

  public init(hits: [SearchHit], hasMore: Bool) {
    self.hits = hits
    self.hasMore = hasMore
  }
}

extension CacheReader {
  /// Messages looked at for one answer: a word in every message is not counted to the end.
  private static let messageLimit = 2000

  /// Full text over subjects and threads, newest first, one hit a ticket. `growing`: the last word
  /// may still be being typed. Under 20 ms with 400,000 messages.
  public func search(_ text: String, limit: Int = 50, growing: Bool = false)
    throws(SQLiteError) -> SearchResult
  {
    let terms = SearchTerms(text, lastIsPrefix: growing)
    guard let expression = terms.expression else { return SearchResult(hits: [], hasMore: false) }
    var hits: [SearchHit] = []
    var seen = Set<Int64>()
    var looked = 0
    var hasMore = false
    try connection.forEach(
      "SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC",
      arguments: [expression]
    ) { found throws(SQLiteError) in
      looked += 1
      if let hit = try hit(found.int64(0), terms, notIn: &seen) {
        if hits.count == limit {
          hasMore = true
          return false
        }
        hits.append(hit)
      }
      hasMore = looked == Self.messageLimit
      return !hasMore
    }
    return SearchResult(hits: hits, hasMore: hasMore)
  }

  /// Nil for a ticket that was found before, or that no view shows.
  private func hit(_ message: Int64, _ terms: SearchTerms, notIn seen: inout Set<Int64>)
    throws(SQLiteError) -> SearchHit?
  {
    let place = try connection.first(
      "SELECT ticket_id, conversation_id FROM messages WHERE id = ?", message
    ) { row throws(SQLiteError) in (try row.int64(0), try row.optionalInt64(1)) }
    guard let (ticket, conversation) = place, seen.insert(ticket).inserted else { return nil }
    let isShown = try connection.first("SELECT stage < 9 FROM tickets WHERE id = ?", ticket) {
      row throws(SQLiteError) in try row.bool(0)
    }
    guard isShown == true, let row = try row(TicketID(ticket)) else { return nil }
    let words = try connection.first(
      "SELECT text, created_at FROM messages WHERE id = ?", message
    ) { row throws(SQLiteError) in (try row.string(0), Timestamp(try row.int64(1))) }
    guard let (text, at) = words else { return nil }
    let whole = conversation == nil ? row.subject + " · " + text : text
    return SearchHit(
      row: row, conversationID: conversation.map(ConversationID.init), at: at,
      snippet: Snippet.cut(whole, around: terms))
  }
}
