import FoundationEssentials
import Helpdesk
import SQLite

/// The drafts inside the journal: at most one current draft per ticket and kind, and any number of
/// parked ones that gave way to it. Words are never overwritten by a save that was made without
/// knowing them, and never deleted with another state than the one named.
struct DraftTable {
  let connection: Connection
  let account: String

  /// Saves the words over the state that they were written in, see `DraftStore.save`.
  func save(_ draft: Draft, over known: DraftReference?) throws -> DraftSave {
    guard let known else { return try begin(draft, isRenewed: false) }
    guard let stored = try find(known.id) else { return try begin(draft, isRenewed: true) }
    if stored.reference == known || stored.draft.hasSameWords(as: draft) {
      return try replace(stored, with: draft)
    }
    return try begin(draft, isRenewed: false)
  }

  /// Keeps words that come back to a ticket, or that no window has open. A current draft with other
  /// words stays what it is, and these are parked.
  func keep(_ draft: Draft) throws -> DraftSave {
    guard let current = try load(draft.ticketID, draft.kind) else {
      return try insert(draft, parked: false, .current)
    }
    if current.draft.isEmpty || current.draft.hasSameWords(as: draft) {
      return try replace(current, with: draft)
    }
    return try insert(draft, parked: true, .parked)
  }

  /// Makes the words the current draft; other words that are it are parked.
  private func begin(_ draft: Draft, isRenewed: Bool) throws -> DraftSave {
    guard let current = try load(draft.ticketID, draft.kind) else {
      return try insert(draft, parked: false, isRenewed ? .renewed : .current)
    }
    if current.draft.isEmpty || current.draft.hasSameWords(as: draft) {
      return try replace(current, with: draft)
    }
    // The unique index allows one current draft, so the old one steps back first.
    try connection.execute("UPDATE drafts SET parked = 1 WHERE id = ?", current.id)
    return try insert(draft, parked: false, .otherParked)
  }

  private func replace(_ stored: SavedDraft, with draft: Draft) throws -> DraftSave {
    try connection.execute(
      "UPDATE drafts SET content = ?, updated_at = ?, revision = revision + 1 WHERE id = ?",
      try StoredDraft.encode(draft), draft.updatedAt.seconds, stored.id)
    return DraftSave(
      reference: DraftReference(id: stored.id, revision: stored.reference.revision + 1),
      outcome: stored.isParked ? .parked : .current, savedAt: draft.updatedAt)
  }

  private func insert(
    _ draft: Draft, parked: Bool, _ outcome: DraftSave.Outcome
  ) throws -> DraftSave {
    try connection.execute(
      """
      INSERT INTO drafts (account, ticket_id, kind, content, updated_at, parked)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      account, draft.ticketID.rawValue, draft.kind.rawValue, try StoredDraft.encode(draft),
      draft.updatedAt.seconds, parked)
    return DraftSave(
      reference: DraftReference(id: connection.lastInsertedRowID, revision: 1), outcome: outcome,
      savedAt: draft.updatedAt)
  }

  func load(_ ticketID: TicketID, _ kind: DraftKind) throws -> SavedDraft? {
    try select("ticket_id = ? AND kind = ? AND parked = 0", [ticketID.rawValue, kind.rawValue])
      .first
  }

  func find(_ id: Int64) throws -> SavedDraft? { try select("id = ?", [id]).first }

  func list() throws -> [SavedDraft] { try select("1", []) }

  /// Deletes exactly this state; false when the draft was changed since.
  func delete(_ reference: DraftReference) throws -> Bool {
    try connection.execute(
      "DELETE FROM drafts WHERE account = ? AND id = ? AND revision = ?", account, reference.id,
      reference.revision) > 0
  }

  /// Whether a draft is there, in whatever revision.
  func has(_ id: Int64) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM drafts WHERE account = ? AND id = ?", account, id
    ) { row throws(SQLiteError) in try row.int(0) } != nil
  }

  private func select(_ condition: String, _ arguments: [any SQLBindable]) throws -> [SavedDraft] {
    let rows = try connection.query(
      """
      SELECT id, ticket_id, kind, content, updated_at, parked, revision FROM drafts
      WHERE account = ? AND \(condition) ORDER BY updated_at DESC, id DESC
      """, arguments: [account] + arguments
    ) { row throws(SQLiteError) in
      (
        reference: DraftReference(id: try row.int64(0), revision: try row.int(6)),
        ticket: try row.int64(1), kind: try row.string(2), content: try row.string(3),
        at: try row.int64(4), parked: try row.bool(5)
      )
    }
    return rows.compactMap { row in
      guard let kind = DraftKind(rawValue: row.kind),
        let draft = StoredDraft.decode(
          row.content, ticketID: TicketID(row.ticket), kind: kind, at: Timestamp(row.at))
      else { return nil }
      return SavedDraft(reference: row.reference, draft: draft, isParked: row.parked)
    }
  }
}

extension Draft {
  /// No words and no files.
  var isEmpty: Bool { text.allSatisfy(\.isWhitespace) && attachments.isEmpty }

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
  var text: String
  var cc: [String]
  var bcc: [String]
  var files: [StoredFile]
  var thenStatus: Int?
  var seen: Int64?

  static func encode(_ draft: Draft) throws -> String {
    let stored = StoredDraft(
      text: draft.text, cc: draft.ccEmails, bcc: draft.bccEmails,
      files: draft.attachments.map(StoredFile.init),
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
      attachments: stored.files.map(\.file),
      thenStatus: stored.thenStatus.map(TicketStatus.init(rawValue:)),
      seenConversationID: stored.seen.map { ConversationID($0) }, updatedAt: moment)
  }
}
