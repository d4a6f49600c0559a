import SQLite

/// The search index lags behind the tickets: changes reach it when their time has come.
extension Store {
  /// Brings the index up to date at once.
  func fillSearch() throws(SQLiteError) {
    try connection.execute("DELETE FROM unsearched_tickets")
    try connection.execute("DELETE FROM searched_tickets")
    try connection.execute("\(Self.indexing) WHERE state = 0")
  }

  /// Takes over the changes that are due.
  func refreshSearch(now: Int64) throws(SQLiteError) {
    let due = try connection.query(
      "SELECT ticket_id FROM unsearched_tickets WHERE ready_at <= ?", now
    ) { row throws(SQLiteError) in try row.int64(0) }
    for id in due {
      try connection.execute("DELETE FROM searched_tickets WHERE id = ?", id)
      try connection.execute("\(Self.indexing) WHERE id = ? AND state = 0", id)
      try connection.execute("DELETE FROM unsearched_tickets WHERE ticket_id = ?", id)
    }
  }

  private static let indexing = """
    INSERT INTO searched_tickets
    SELECT id, responder_id, group_id, priority, status, type, tags, due_by, fr_due_by,
      created_at, updated_at, custom_fields
    FROM tickets
    """
}
