import FoundationEssentials
import Helpdesk
import SQLite

/// The drafts inside the journal: at most one current draft per ticket and kind, and any number of
/// parked ones that gave way to it.
struct DraftTable {
  let connection: Connection
  let account: String

  /// Makes the draft the current one of its ticket and kind.
  func save(_ draft: Draft) throws {
    try connection.execute(
      """
      INSERT INTO drafts (account, ticket_id, kind, content, updated_at, parked)
      VALUES (?, ?, ?, ?, ?, 0)
      ON CONFLICT (account, ticket_id, kind) WHERE parked = 0
      DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at
      """,
      account, draft.ticketID.rawValue, draft.kind.rawValue, try StoredDraft.encode(draft),
      draft.updatedAt.seconds)
  }

  /// Keeps words that come back to a ticket. A current draft with other words is never overwritten:
  /// the returning one is parked beside it. Returns whether it was parked.
  func giveBack(_ draft: Draft) throws -> Bool {
    if let current = try load(draft.ticketID, draft.kind), !current.hasSameWords(as: draft),
      !current.text.isEmpty
    {
      try connection.execute(
        """
        INSERT INTO drafts (account, ticket_id, kind, content, updated_at, parked)
        VALUES (?, ?, ?, ?, ?, 1)
        """,
        account, draft.ticketID.rawValue, draft.kind.rawValue, try StoredDraft.encode(draft),
        draft.updatedAt.seconds)
      return true
    }
    try save(draft)
    return false
  }

  func load(_ ticketID: TicketID, _ kind: DraftKind) throws -> Draft? {
    try select("ticket_id = ? AND kind = ? AND parked = 0", [ticketID.rawValue, kind.rawValue])
      .first?.draft
  }

  func list() throws -> [SavedDraft] { try select("1", []) }

  func delete(_ ticketID: TicketID, _ kind: DraftKind) throws {
    try connection.execute(
      "DELETE FROM drafts WHERE account = ? AND ticket_id = ? AND kind = ? AND parked = 0",
      account, ticketID.rawValue, kind.rawValue)
  }

  func delete(_ id: Int64) throws {
    try connection.execute("DELETE FROM drafts WHERE account = ? AND id = ?", account, id)
  }

  /// Makes a parked draft the current one; the current one is parked in its place.
  func swapIn(_ id: Int64) throws {
    guard let parked = try select("id = ? AND parked = 1", [id]).first?.draft else { return }
    // The unique index allows one current draft, so the old one steps back first.
    try connection.execute(
      """
      UPDATE drafts SET parked = 1
      WHERE account = ? AND ticket_id = ? AND kind = ? AND parked = 0
      """, account, parked.ticketID.rawValue, parked.kind.rawValue)
    try connection.execute("UPDATE drafts SET parked = 0 WHERE id = ?", id)
  }

  private func select(_ condition: String, _ arguments: [any SQLBindable]) throws -> [SavedDraft] {
    let rows = try connection.query(
      """
      SELECT id, ticket_id, kind, content, updated_at, parked FROM drafts
      WHERE account = ? AND \(condition) ORDER BY updated_at DESC, id DESC
      """, arguments: [account] + arguments
    ) { row throws(SQLiteError) in
      (
        id: try row.int64(0), ticket: try row.int64(1), kind: try row.string(2),
        content: try row.string(3), at: try row.int64(4), parked: try row.bool(5)
      )
    }
    return rows.compactMap { row in
      guard let kind = DraftKind(rawValue: row.kind),
        let draft = StoredDraft.decode(
          row.content, ticketID: TicketID(row.ticket), kind: kind, at: Timestamp(row.at))
      else { return nil }
      return SavedDraft(id: row.id, draft: draft, isParked: row.parked)
    }
  }
}

extension Draft {
  /// Same words, recipients, files and side change; when it was saved does not matter.
  func hasSameWords(as other: Draft) -> Bool {
    var left = self
    left.updatedAt = other.updatedAt
    left.seenConversationID = other.seenConversationID
    return left == other
  }
}

/// The JSON form of a draft in the journal.
private struct StoredDraft: Codable {
  struct File: Codable {
    var name: String
    var path: String
    var size: Int64
  }

  var text: String
  var cc: [String]
  var bcc: [String]
  var files: [File]
  var thenStatus: Int?
  var seen: Int64?

  static func encode(_ draft: Draft) throws -> String {
    let stored = StoredDraft(
      text: draft.text, cc: draft.ccEmails, bcc: draft.bccEmails,
      files: draft.attachments.map { File(name: $0.name, path: $0.path, size: $0.size) },
      thenStatus: draft.thenStatus?.rawValue, seen: draft.seenConversationID?.rawValue)
    return String(decoding: try JSONEncoder().encode(stored), as: UTF8.self)
  }

  static func decode(
    _ text: String, ticketID: TicketID, kind: DraftKind, at moment: Timestamp
  ) -> Draft? {
    guard let stored = try? JSONDecoder().decode(StoredDraft.self, from: Data(text.utf8)) else {
      return nil
    }
    return Draft(
      ticketID: ticketID, kind: kind, text: stored.text, ccEmails: stored.cc,
      bccEmails: stored.bcc,
      attachments: stored.files.map { OutgoingFile(name: $0.name, path: $0.path, size: $0.size) },
      thenStatus: stored.thenStatus.map(TicketStatus.init(rawValue:)),
      seenConversationID: stored.seen.map { ConversationID($0) }, updatedAt: moment)
  }
}
