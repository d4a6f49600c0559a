import FoundationEssentials
import Helpdesk

/// One open write of the journal as it lies over the cached ticket.
struct PendingChange: Equatable, Sendable {
  var write: WriteID
  /// The wanted values.
  var change: TicketChange
  /// The tags that the person saw, so that their change is merged and not put in place of others'.
  var tagsBefore: [String]?
  /// A reply or a note that waits; its words are not shown, only that there are some.
  var words: PendingFields = []

  /// What of a write can be shown on its ticket.
  init(_ id: WriteID, _ payload: WritePayload) {
    write = id
    change = TicketChange()
    switch payload {
    case .reply: words = .reply
    case .privateNote: words = .privateNote
    case .update(let update):
      change = update.change
      tagsBefore = update.before.tags
    }
  }

  /// What it changes.
  var fields: PendingFields {
    var fields = words
    if change.status != nil { fields.insert(.status) }
    if change.priority != nil { fields.insert(.priority) }
    if change.type != nil { fields.insert(.type) }
    if change.agentID != nil { fields.insert(.agent) }
    if change.groupID != nil { fields.insert(.group) }
    if change.tags != nil { fields.insert(.tags) }
    return fields
  }

  /// The ticket with this change, tags merged.
  func applied(to ticket: Ticket) -> Ticket {
    var wanted = change
    wanted.tags = UpdateCheck.mergedTags(
      UpdateContent(subject: "", change: change, before: TicketChange(tags: tagsBefore)),
      ticket.tags)
    return wanted.applied(to: ticket)
  }
}

extension TicketChange {
  /// Every field that a change can set, as the ticket has it.
  init(valuesOf ticket: Ticket) {
    self.init(
      status: ticket.status, priority: ticket.priority, type: .some(ticket.type),
      agentID: .some(ticket.agentID), groupID: .some(ticket.groupID), tags: ticket.tags)
  }

  /// The ticket with the values of this change.
  func applied(to ticket: Ticket) -> Ticket {
    var ticket = ticket
    if let status { ticket.status = status }
    if let priority { ticket.priority = priority }
    if let type { ticket.type = type }
    if let agentID { ticket.agentID = agentID }
    if let groupID { ticket.groupID = groupID }
    if let tags { ticket.tags = tags }
    return ticket
  }
}

/// The JSON form of a pending change, and of the helpdesk's own values, in the cache.
struct StoredPending: Codable {
  var change: StoredChange
  var tagsBefore: [String]?
  var words: Int?

  static func encode(_ pending: PendingChange) -> String {
    text(
      StoredPending(
        change: StoredChange(pending.change), tagsBefore: pending.tagsBefore,
        words: pending.words.isEmpty ? nil : pending.words.rawValue))
  }

  static func encode(_ values: TicketChange) -> String {
    text(StoredPending(change: StoredChange(values)))
  }

  /// Nil for text that is no such form: the journal is read again then.
  static func decode(_ text: String) -> StoredPending? {
    try? JSONDecoder().decode(StoredPending.self, from: Data(text.utf8))
  }

  private static func text(_ stored: StoredPending) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(stored)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension PendingChange {
  init?(_ id: WriteID, stored text: String) {
    guard let stored = StoredPending.decode(text) else { return nil }
    write = id
    change = stored.change.change
    tagsBefore = stored.tagsBefore
    words = PendingFields(rawValue: stored.words ?? 0)
  }
}
