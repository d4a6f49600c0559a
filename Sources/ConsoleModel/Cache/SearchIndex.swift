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
  /// Messages looked at for one answer while the person types; rare words in quotes may stand in
  /// older ones.
  private static let growingLimit = 1000
  /// The same for a search that may take its time.
  private static let patientLimit = 50_000

  /// Full text over subjects and threads, newest first, one hit a ticket. `growing`: the last word
  /// may still be being typed. Under 20 ms with 400,000 messages.
  public func search(_ text: String, limit: Int = 50, growing: Bool = false)
    throws(SQLiteError) -> SearchResult
  {
    let terms = SearchTerms(text, lastIsPrefix: growing)
    do {
      // The index gathers all messages of a long beginning before it gives the first one, but has
      // those of a short one ready: enough of them usually hold the long one.
      if let short = terms.shortened {
        let result = try search(short, limit: limit, looking: 3 * limit + 100)
        if result.hits.count == limit || !result.hasMore { return result }
      }
      return try search(
        terms, limit: limit, looking: growing ? Self.growingLimit : Self.patientLimit)
    } catch  where error.isRefusedQuery {
      // Letters younger than SQLite's tables: the index cannot have them.
      return SearchResult(hits: [], hasMore: false)
    }
  }

  private func search(_ terms: SearchTerms, limit: Int, looking messageLimit: Int)
    throws(SQLiteError) -> SearchResult
  {
    guard let expression = terms.expression else { return SearchResult(hits: [], hasMore: false) }
    let phrases = PhraseMatch(terms)
    var hits: [SearchHit] = []
    var seen = Set<Int64>()
    var looked = 0
    var hasMore = false
    try connection.forEach(
      "SELECT rowid FROM message_words WHERE message_words MATCH ? ORDER BY rowid DESC",
      arguments: [expression]
    ) { found throws(SQLiteError) in
      looked += 1
      if let hit = try hit(found.int64(0), terms, phrases, notIn: &seen) {
        if hits.count == limit {
          hasMore = true
          return false
        }
        hits.append(hit)
      }
      hasMore = looked == messageLimit
      return !hasMore
    }
    return SearchResult(hits: hits, hasMore: hasMore)
  }

  /// Nil for a ticket that was found before, that no view shows, or whose words do not stand
  /// together as they should.
  private func hit(
    _ message: Int64, _ terms: SearchTerms, _ phrases: PhraseMatch, notIn seen: inout Set<Int64>
  ) throws(SQLiteError) -> SearchHit? {
    let found = try connection.first(
      "SELECT ticket_id, conversation_id, created_at, text FROM messages WHERE id = ?", message
    ) { row throws(SQLiteError) in
      let ticket = try row.int64(0)
      // The text of a ticket that is already among the hits is not read.
      return seen.contains(ticket)
        ? nil
        : (ticket, try row.optionalInt64(1), Timestamp(try row.int64(2)), try row.string(3))
    }
    guard let (ticket, conversation, at, text) = found ?? nil,
      let (row, isShown) = try shownRow(TicketID(ticket))
    else { return nil }
    let whole = conversation == nil ? row.subject + " · " + text : text
    guard phrases.isIn(whole) else { return nil }
    seen.insert(ticket)
    guard isShown else { return nil }
    return SearchHit(
      row: row, conversationID: conversation.map(ConversationID.init), at: at,
      snippet: Snippet.cut(whole, around: terms))
  }

  private func shownRow(_ id: TicketID) throws(SQLiteError) -> (QueueRow, Bool)? {
    let stage = try connection.first("SELECT stage FROM tickets WHERE id = ?", id.rawValue) {
      row throws(SQLiteError) in try row.int(0)
    }
    guard let stage, let row = try row(id) else { return nil }
    return (row, stage != TicketStage.hidden.rawValue)
  }
}
