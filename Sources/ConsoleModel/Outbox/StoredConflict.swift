import FoundationEssentials
import Helpdesk

/// The JSON form of what stopped a write.
struct StoredConflict: Codable {
  private struct Entry: Codable {
    var id: Int64
    var kind: String
    var author: Int64
    var at: Int64
    var text: String
  }

  private struct Field: Codable {
    var field: String
    var seen: String
    var now: String
    var wanted: String
  }

  private var entries: [Entry]
  private var fields: [Field]
  private var current: StoredChange?
  private var newest: Int64?
  private var reason: String?

  static func encode(_ conflict: WriteConflict) throws(JournalError) -> String {
    let stored = StoredConflict(
      entries: conflict.entries.map {
        Entry(
          id: $0.id.rawValue, kind: $0.kind.rawValue, author: $0.authorID,
          at: $0.createdAt.seconds, text: $0.text)
      },
      fields: conflict.fields.map {
        Field(field: $0.field, seen: $0.seen, now: $0.now, wanted: $0.wanted)
      },
      current: StoredChange(conflict.current),
      newest: conflict.newestConversationID?.rawValue, reason: conflict.reason)
    do {
      return String(decoding: try JSONEncoder().encode(stored), as: UTF8.self)
    } catch {
      throw .unreadableRecord
    }
  }

  static func decode(_ text: String) throws(JournalError) -> WriteConflict {
    guard let stored = try? JSONDecoder().decode(StoredConflict.self, from: Data(text.utf8))
    else { throw .unreadableRecord }
    return WriteConflict(
      entries: stored.entries.map {
        WriteConflict.NewEntry(
          id: ConversationID($0.id), kind: ConversationKind(rawValue: $0.kind) ?? .other,
          authorID: $0.author, createdAt: Timestamp($0.at), text: $0.text)
      },
      fields: stored.fields.map {
        WriteConflict.FieldDifference(
          field: $0.field, seen: $0.seen, now: $0.now, wanted: $0.wanted)
      },
      current: stored.current?.change ?? TicketChange(),
      newestConversationID: stored.newest.map { ConversationID($0) }, reason: stored.reason)
  }
}
