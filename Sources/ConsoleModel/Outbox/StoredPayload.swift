import FoundationEssentials
import Helpdesk

/// The JSON form of a payload in the journal. Keys may be added, never renamed.
struct StoredPayload: Codable {
  var kind: String
  var subject: String
  var to: String?
  var cc: [String]?
  var bcc: [String]?
  var text: String?
  var html: String?
  var files: [StoredFile]?
  var thenStatus: Int?
  var seen: Int64?
  var seenStatus: Int?
  var change: StoredChange?
  var before: StoredChange?
  var undoes: Int64?

  static func encode(_ payload: WritePayload) throws(JournalError) -> String {
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(StoredPayload(payload)), as: UTF8.self)
    } catch {
      throw .unreadableRecord
    }
  }

  static func decode(_ text: String) throws(JournalError) -> WritePayload {
    let stored: StoredPayload
    do {
      stored = try JSONDecoder().decode(StoredPayload.self, from: Data(text.utf8))
    } catch {
      throw .unreadableRecord
    }
    guard let payload = stored.payload else { throw .unreadableRecord }
    return payload
  }

  private init(_ payload: WritePayload) {
    kind = payload.kind
    subject = payload.subject
    switch payload {
    case .reply(let reply):
      to = reply.toEmail
      cc = reply.ccEmails
      bcc = reply.bccEmails
      text = reply.text
      html = reply.html
      files = reply.attachments.map(StoredFile.init)
      thenStatus = reply.thenStatus?.rawValue
      seen = reply.seenConversationID?.rawValue
      seenStatus = reply.seenStatus?.rawValue
    case .privateNote(let note):
      text = note.text
      html = note.html
      files = note.attachments.map(StoredFile.init)
      thenStatus = note.thenStatus?.rawValue
      seen = note.seenConversationID?.rawValue
    case .update(let update):
      change = StoredChange(update.change)
      before = StoredChange(update.before)
      undoes = update.undoes?.rawValue
      seen = update.seenConversationID?.rawValue
    }
  }

  private var payload: WritePayload? {
    let attachments = (files ?? []).map(\.file)
    let status = thenStatus.map(TicketStatus.init(rawValue:))
    switch kind {
    case "reply":
      guard let to, let text, let html else { return nil }
      return .reply(
        ReplyContent(
          toEmail: to, ccEmails: cc ?? [], bccEmails: bcc ?? [], subject: subject, text: text,
          html: html, attachments: attachments, thenStatus: status,
          seenConversationID: seen.map { ConversationID($0) },
          seenStatus: seenStatus.map(TicketStatus.init(rawValue:))))
    case "private_note":
      guard let text, let html else { return nil }
      return .privateNote(
        NoteContent(
          subject: subject, text: text, html: html, attachments: attachments, thenStatus: status,
          seenConversationID: seen.map { ConversationID($0) }))
    case "update":
      guard let change, let before else { return nil }
      return .update(
        UpdateContent(
          subject: subject, change: change.change, before: before.change,
          undoes: undoes.map { WriteID($0) }, seenConversationID: seen.map { ConversationID($0) }))
    default: return nil
    }
  }
}

/// An attached file in the journal: where it is, not what is in it.
struct StoredFile: Codable {
  var name: String
  var path: String
  var size: Int64
  var digest: String?

  init(_ file: OutgoingFile) {
    (name, path, size, digest) = (file.name, file.path, file.size, file.digest)
  }

  var file: OutgoingFile { OutgoingFile(name: name, path: path, size: size, digest: digest) }
}

/// A change of fields in the journal. A missing key leaves a field alone, a null clears it.
struct StoredChange: Codable {
  var change: TicketChange

  private enum Key: String, CodingKey { case status, priority, type, agent, group, tags }

  init(_ change: TicketChange) { self.change = change }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    change = TicketChange(
      status: try fields.decodeIfPresent(Int.self, forKey: .status)
        .map(TicketStatus.init(rawValue:)),
      priority: try fields.decodeIfPresent(Int.self, forKey: .priority)
        .flatMap(TicketPriority.init(rawValue:)),
      type: try Self.clearable(String.self, .type, fields),
      agentID: try Self.clearable(Int64.self, .agent, fields).map { $0.map { AgentID($0) } },
      groupID: try Self.clearable(Int64.self, .group, fields).map { $0.map { GroupID($0) } },
      tags: try fields.decodeIfPresent([String].self, forKey: .tags))
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encodeIfPresent(change.status?.rawValue, forKey: .status)
    try fields.encodeIfPresent(change.priority?.rawValue, forKey: .priority)
    if let type = change.type { try fields.encode(type, forKey: .type) }
    if let agent = change.agentID { try fields.encode(agent?.rawValue, forKey: .agent) }
    if let group = change.groupID { try fields.encode(group?.rawValue, forKey: .group) }
    try fields.encodeIfPresent(change.tags, forKey: .tags)
  }

  private static func clearable<Value: Decodable>(
    _ type: Value.Type, _ key: Key, _ fields: KeyedDecodingContainer<Key>
  ) throws -> Value?? {
    guard fields.contains(key) else { return .none }
    return .some(try fields.decodeIfPresent(type, forKey: key))
  }
}
