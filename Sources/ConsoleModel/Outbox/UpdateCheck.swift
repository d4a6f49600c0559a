import Helpdesk

/// The comparison of a change of fields with the ticket as it is now, right before it leaves.
enum UpdateCheck {
  enum Answer: Equatable, Sendable {
    /// What is to be sent: the change, with tags merged into the present ones.
    case send(TicketChange)
    case conflict(WriteConflict)
  }

  /// A field counts as changed by somebody else when it is neither what the person saw nor what
  /// they want. Tags never conflict: what was added and removed is merged.
  static func check(
    _ update: UpdateContent, against ticket: Ticket, vocabulary: AuditVocabulary
  ) -> Answer {
    if ticket.isDeleted { return .conflict(WriteConflict(reason: "the ticket was deleted")) }
    if ticket.isSpam { return .conflict(WriteConflict(reason: "the ticket was marked as spam")) }
    let current = present(update.change, of: ticket)
    let moved = differences(update, current)
    guard moved.isEmpty else {
      let words = Dictionary(
        uniqueKeysWithValues: vocabulary.changes(
          UpdateContent(subject: "", change: current, before: update.before)
        ).map { (String($0.prefix { $0 != " " }), $0) })
      let wanted = Dictionary(
        uniqueKeysWithValues: vocabulary.changes(
          UpdateContent(subject: "", change: update.change, before: TicketChange())
        ).map { (String($0.prefix { $0 != " " }), $0) })
      return .conflict(
        WriteConflict(
          fields: moved.map { field in
            WriteConflict.FieldDifference(
              field: field, seen: value(words[field], before: true), now: value(words[field]),
              wanted: value(wanted[field]))
          }, current: current))
    }
    var change = update.change
    change.tags = mergedTags(update, ticket.tags)
    return .send(change)
  }

  /// Whether the ticket shows the change, tags merged.
  static func isApplied(_ update: UpdateContent, to ticket: Ticket) -> Bool {
    var change = update.change
    change.tags = mergedTags(update, ticket.tags)
    return change.isShown(by: ticket)
  }

  /// The present tags with what the person removed and added.
  static func mergedTags(_ update: UpdateContent, _ present: [String]) -> [String]? {
    guard let wanted = update.change.tags else { return nil }
    guard let before = update.before.tags else { return wanted }
    let removed = Set(before).subtracting(wanted)
    let kept = present.filter { !removed.contains($0) }
    return kept + wanted.filter { !before.contains($0) && !kept.contains($0) }
  }

  private static func present(_ change: TicketChange, of ticket: Ticket) -> TicketChange {
    TicketChange(
      status: change.status == nil ? nil : ticket.status,
      priority: change.priority == nil ? nil : ticket.priority,
      type: change.type == nil ? nil : .some(ticket.type),
      agentID: change.agentID == nil ? nil : .some(ticket.agentID),
      groupID: change.groupID == nil ? nil : .some(ticket.groupID))
  }

  private static func differences(_ update: UpdateContent, _ now: TicketChange) -> [String] {
    var fields: [String] = []
    func compare<Value: Equatable>(_ name: String, _ seen: Value?, _ now: Value?, _ new: Value?) {
      guard let seen, let now, now != seen, now != new else { return }
      fields.append(name)
    }
    compare("status", update.before.status, now.status, update.change.status)
    compare("priority", update.before.priority, now.priority, update.change.priority)
    compare("type", update.before.type, now.type, update.change.type)
    compare("agent", update.before.agentID, now.agentID, update.change.agentID)
    compare("group", update.before.groupID, now.groupID, update.change.groupID)
    return fields
  }

  /// One side of "agent Tom -> Maria".
  private static func value(_ line: String?, before: Bool = false) -> String {
    guard let line, let arrow = line.firstRange(of: " -> ") else { return "--" }
    return before
      ? String(line[..<arrow.lowerBound].drop { $0 != " " }.dropFirst())
      : String(line[arrow.upperBound...])
  }
}
