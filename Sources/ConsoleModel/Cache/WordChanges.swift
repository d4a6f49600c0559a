import SQLite

/// Changes to the full-text indexes, gathered while a transaction runs and applied at its end in
/// ascending order: FTS5 starts a new segment whenever a number is lower than the one before.
struct WordChanges {
  private var queue: [Change] = []
  private var messages: [Change] = []
  private var customers: [Change] = []
  private var companies: [Change] = []

  private struct Change {
    var rowID: Int64
    var text: String
    var isRemoval: Bool
  }

  /// The words by which a ticket is found in filter as you type.
  static func queueText(
    subject: String, requester: String, email: String?, company: String
  ) -> String {
    IndexText.prepare(
      "\(subject) \u{1f} \(requester) \u{1f} \(company) \u{1f} \(email ?? "")")
  }

  /// The words of one message; a description carries the ticket's subject.
  static func messageText(subject: String?, text: String) -> String {
    IndexText.prepare(subject.map { "\($0)\n\(text)" } ?? text)
  }

  mutating func replaceQueueText(of ticket: Int64, old: String?, new: String) {
    Self.replace(&queue, ticket, old: old, new: new)
  }

  mutating func replaceMessageText(of message: Int64, old: String?, new: String?) {
    Self.replace(&messages, message, old: old, new: new)
  }

  mutating func replaceCustomerText(of customer: Int64, old: String?, new: String) {
    Self.replace(&customers, customer, old: old, new: new)
  }

  mutating func replaceCompanyText(of company: Int64, old: String?, new: String) {
    Self.replace(&companies, company, old: old, new: new)
  }

  private static func replace(
    _ changes: inout [Change], _ id: Int64, old: String?, new: String?
  ) {
    guard old != new else { return }
    if let old { changes.append(Change(rowID: id, text: old, isRemoval: true)) }
    if let new { changes.append(Change(rowID: id, text: new, isRemoval: false)) }
  }

  func apply(_ connection: Connection) throws(SQLiteError) {
    try Self.apply(queue, table: "queue_words", connection)
    try Self.apply(messages, table: "message_words", connection)
    try Self.apply(customers, table: "customer_words", connection)
    try Self.apply(companies, table: "company_words", connection)
  }

  private static func apply(_ changes: [Change], table: String, _ connection: Connection)
    throws(SQLiteError)
  {
    // Stable, so that changes of one row stay in the order in which they happened.
    let ordered = changes.enumerated().sorted {
      ($0.element.rowID, $0.offset) < ($1.element.rowID, $1.offset)
    }
    for (_, change) in ordered {
      if change.isRemoval {
        try connection.execute(
          "INSERT INTO \(table)(\(table), rowid, words) VALUES ('delete', ?, ?)", change.rowID,
          change.text)
      } else {
        try connection.execute(
          "INSERT INTO \(table)(rowid, words) VALUES (?, ?)", change.rowID, change.text)
      }
    }
  }
}
