import SQLite

/// Which contacts a list shows.
struct ContactQuery: Equatable, Sendable {
  var email: String?
  var phone: String?
  var mobile: String?
  var companyID: Int64?
  var externalID: String?
  /// Without a state: those that are neither deleted nor blocked.
  var state: String?
  var updatedSince: Int64?
  var limit = 30
  var offset = 0
}

extension Store {
  /// Ids of contacts start above those of agents: the vendor has one range for both.
  static let firstContactID: Int64 = 10_001

  func contact(_ id: Int64) throws(SQLiteError) -> ContactRecord? {
    try contacts("id = ?", [id]).first
  }

  /// The contact with that address, which is compared in lower case; deleted ones included.
  func contact(email: String) throws(SQLiteError) -> ContactRecord? {
    try contacts("email = ? LIMIT 1", [email.lowercased()]).first
  }

  /// A page in alphabetical order.
  func contacts(_ query: ContactQuery) throws(SQLiteError) -> [ContactRecord] {
    var conditions: [String] = []
    var arguments: [any SQLBindable] = []
    func add(_ condition: String, _ value: any SQLBindable) {
      conditions.append(condition)
      arguments.append(value)
    }
    if let email = query.email { add("email = ?", email.lowercased()) }
    if let phone = query.phone { add("phone = ?", phone) }
    if let mobile = query.mobile { add("mobile = ?", mobile) }
    if let id = query.companyID { add("company_id = ?", id) }
    if let id = query.externalID { add("unique_external_id = ?", id) }
    if let since = query.updatedSince { add("updated_at >= ?", since) }
    if let state = query.state {
      add("state = ?", state)
    } else {
      conditions.append("state IN ('verified', 'unverified')")
    }
    return try contacts(
      conditions.joined(separator: " AND ") + " ORDER BY name, id LIMIT ? OFFSET ?",
      arguments + [query.limit, query.offset])
  }

  /// Contacts with a word of their name, or their address, beginning with the term.
  func contacts(beginning term: String, limit: Int) throws(SQLiteError) -> [ContactRecord] {
    let escaped = term.replacing("\\", with: "\\\\").replacing("%", with: "\\%")
      .replacing("_", with: "\\_")
    return try contacts(
      """
      (name LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\') \
      AND state IN ('verified', 'unverified') ORDER BY name, id LIMIT ?
      """, [escaped + "%", "% " + escaped + "%", escaped + "%", limit])
  }

  func save(_ contact: ContactRecord) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT OR REPLACE INTO contacts (\(ContactRecord.columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, arguments: contact.values)
  }

  /// Removes a contact for good, and their tickets with all that belongs to them.
  func destroyContact(_ id: Int64) throws(SQLiteError) {
    for table in ["conversations", "descriptions"] {
      try connection.execute(
        "DELETE FROM \(table) WHERE ticket_id IN (SELECT id FROM tickets WHERE requester_id = ?)",
        id)
    }
    try connection.execute(
      "DELETE FROM searched_tickets WHERE id IN (SELECT id FROM tickets WHERE requester_id = ?)",
      id)
    try connection.execute("DELETE FROM tickets WHERE requester_id = ?", id)
    try connection.execute("DELETE FROM contacts WHERE id = ?", id)
  }

  func contacts(
    _ condition: String, _ arguments: [any SQLBindable]
  ) throws(SQLiteError) -> [ContactRecord] {
    try connection.query(
      "SELECT \(ContactRecord.columns) FROM contacts WHERE \(condition)", arguments: arguments
    ) { row throws(SQLiteError) in try ContactRecord(row) }
  }
}

extension Store {
  func watchers(of ticketID: Int64) throws(SQLiteError) -> [Int64] {
    try connection.query(
      "SELECT user_id FROM watchers WHERE ticket_id = ? ORDER BY user_id", ticketID
    ) { row throws(SQLiteError) in try row.int64(0) }
  }

  func watch(_ ticketID: Int64, by userID: Int64) throws(SQLiteError) {
    try connection.execute("INSERT OR IGNORE INTO watchers VALUES (?, ?)", ticketID, userID)
  }

  func unwatch(_ ticketID: Int64, by userID: Int64) throws(SQLiteError) {
    try connection.execute(
      "DELETE FROM watchers WHERE ticket_id = ? AND user_id = ?", ticketID, userID)
  }
}
