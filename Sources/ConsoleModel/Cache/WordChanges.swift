import SQLite

/// Changes to the full-text indexes, gathered while a transaction runs and applied at its end in
/// ascending order: FTS5 starts a new segment whenever a number is lower than the one before.
struct WordChanges {
  private var queue: [Change] = []
  private var messages: [Change] = []

  private struct Change {
    var rowID: Int64
    var text: String
    var isRemoval: Bool
  }

  /// The words by which a ticket is found in filter as you type.
  static func queueText(subject: String, requester: String, company: String) -> String {
    IndexText.prepare("\(subject) \u{1f} \(requester) \u{1f} \(company)")
  }

  /// The words of one message; a description carries the ticket's subject.
  static func messageText(subject: String?, text: String) -> String {
    IndexText.prepare(subject.map { "\($0)\n\(text)" } ?? text)
  }

  mutating func replaceQueueText(of ticket: Int64, old: String?, new: String) {
    guard old != new else { return }
    if let old { queue.append(Change(rowID: ticket, text: old, isRemoval: true)) }
    queue.append(Change(rowID: ticket, text: new, isRemoval: false))
  }

  mutating func replaceMessageText(of message: Int64, old: String?, new: String?) {
    guard old != new else { return }
    if let old { messages.append(Change(rowID: message, text: old, isRemoval: true)) }
    if let new { messages.append(Change(rowID: message, text: new, isRemoval: false)) }
  }

  func apply(_ connection: Connection) throws(SQLiteError) {
    try Self.apply(queue, table: "queue_words", connection)
    try Self.apply(messages, table: "message_words", connection)
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
