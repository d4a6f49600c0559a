import Helpdesk
import SQLite

/// One transaction's writer: saves rows and gathers what the indexes and counters need; `finish`
/// applies that in the same transaction. A value of one transaction, thrown away with it.
struct CacheWriter {
  let connection: Connection
  let now: Timestamp
  var words = WordChanges()
  var counts = CountChanges()
  /// Names of companies looked up in this transaction.
  var companyNames: [Int64: String] = [:]

  init(_ connection: Connection, now: Timestamp) {
    self.connection = connection
    self.now = now
  }

  func finish() throws(SQLiteError) {
    try words.apply(connection)
    try counts.apply(connection)
  }

  mutating func companyName(_ id: CompanyID?) throws(SQLiteError) -> String {
    guard let id else { return "" }
    if let known = companyNames[id.rawValue] { return known }
    let name =
      try connection.first("SELECT name FROM companies WHERE id = ?", id.rawValue) {
        row throws(SQLiteError) in try row.string(0)
      } ?? ""
    companyNames[id.rawValue] = name
    return name
  }

  /// Who asks: a contact, or an agent, who may open tickets as well.
  func personName(_ id: ContactID) throws(SQLiteError) -> (name: String, email: String?)? {
    try connection.first(
      """
      SELECT name, email FROM contacts WHERE id = ?1
      UNION ALL SELECT name, email FROM agents WHERE id = ?1 LIMIT 1
      """, id.rawValue
    ) { row throws(SQLiteError) in (try row.string(0), try row.optionalString(1)) }
  }
}

/// What the cache already knows about a ticket when a newer copy arrives.
struct KnownTicket {
  var subject: String
  var requesterName: String
  var requesterEmail: String?
  var companyName: String
  var updatedAt: Timestamp
  var cell: CountChanges.Cell
  var stage: Int
  var needsAnswer: Bool
  var speech: TicketStanding.Speech
  var moments: TicketMoments?
  var tags: String
  var threadVersion: Int64?

  var words: String {
    WordChanges.queueText(
      subject: subject, requester: requesterName, email: requesterEmail, company: companyName)
  }

  var isCounted: Bool { stage != TicketStage.hidden.rawValue }

  static func read(_ id: TicketID, _ connection: Connection) throws(SQLiteError) -> KnownTicket? {
    try connection.first(
      """
      SELECT subject, requester_name, requester_email, company_name, updated_at, agent_id,
        group_id, status, stage, needs_answer, seen_at, customer_spoke_at, agent_spoke_at,
        thread_fetched_at, moments, tags, thread_version
      FROM tickets WHERE id = ?
      """, id.rawValue
    ) { row throws(SQLiteError) in
      KnownTicket(
        subject: try row.string(0), requesterName: try row.string(1),
        requesterEmail: try row.optionalString(2), companyName: try row.string(3),
        updatedAt: Timestamp(try row.int64(4)),
        cell: CountChanges.Cell(
          agent: try row.int64(5), group: try row.int64(6), status: try row.int64(7)),
        stage: try row.int(8), needsAnswer: try row.bool(9),
        speech: TicketStanding.Speech(
          customerSpokeAt: try row.int64(11), agentSpokeAt: try row.int64(12),
          seenAt: try row.int64(10), isThreadKnown: !row.isNull(13)),
        moments: StoredText.moments(try row.optionalString(14)), tags: try row.string(15),
        threadVersion: try row.optionalInt64(16))
    }
  }
}
