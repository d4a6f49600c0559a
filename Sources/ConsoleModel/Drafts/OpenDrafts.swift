import Helpdesk
import SQLite

/// Which window has which draft open. A window that ends without closing its draft leaves its row
/// behind: so the next start knows which words it brought back.
extension DraftTable {
  func setOpen(
    _ key: (ticketID: TicketID, kind: DraftKind)?, by window: ProcessIdentity
  ) throws -> [ProcessIdentity] {
    try connection.execute("DELETE FROM open_drafts WHERE owner = ?", window.text)
    guard let key else { return [] }
    let others = try owners(
      "ticket_id = ? AND kind = ?", [key.ticketID.rawValue, key.kind.rawValue])
    try connection.execute(
      "INSERT INTO open_drafts (owner, account, ticket_id, kind) VALUES (?, ?, ?, ?)",
      window.text, account, key.ticketID.rawValue, key.kind.rawValue)
    return others.filter(\.isAlive)
  }

  /// The drafts whose windows have ended, and forgets these windows.
  func takeAbandoned() throws -> [SavedDraft] {
    var found: [SavedDraft] = []
    for owner in try owners("1", []) where !owner.isAlive {
      let keys = try connection.query(
        "SELECT ticket_id, kind FROM open_drafts WHERE owner = ?", owner.text
      ) { row throws(SQLiteError) in (TicketID(try row.int64(0)), try row.string(1)) }
      try connection.execute("DELETE FROM open_drafts WHERE owner = ?", owner.text)
      for (ticket, kind) in keys {
        guard let kind = DraftKind(rawValue: kind), let draft = try load(ticket, kind),
          !found.contains(draft)
        else { continue }
        found.append(draft)
      }
    }
    return found
  }

  private func owners(
    _ condition: String, _ arguments: [any SQLBindable]
  ) throws -> [ProcessIdentity] {
    try connection.query(
      "SELECT owner FROM open_drafts WHERE account = ? AND \(condition)",
      arguments: [account] + arguments
    ) { row throws(SQLiteError) in try row.string(0) }
    .compactMap(ProcessIdentity.init(text:))
  }
}
