import Helpdesk

/// The last look at a thread before words or a closing leave: whatever is new in it and not the
/// writer's own stops them.
enum StaleReplyCheck {
  /// - Parameters:
  ///   - seen: the newest conversation that the writer had seen; nil when none.
  ///   - since: used instead where it is not known what was seen.
  static func conflict(
    in entries: [Conversation], seen: ConversationID?, since: Timestamp? = nil, agentID: AgentID
  ) -> WriteConflict? {
    let fresh = entries.filter { entry in
      let isNew: Bool
      if let seen {
        isNew = entry.id > seen
      } else if let since {
        // Moments are whole seconds: what came in the same one may not have been seen.
        isNew = entry.createdAt >= since
      } else {
        isNew = true
      }
      return isNew && !isOwn(entry, agentID)
    }
    guard !fresh.isEmpty else { return nil }
    return WriteConflict(
      entries: fresh.map(WriteConflict.NewEntry.init),
      newestConversationID: entries.map(\.id).max())
  }

  /// A customer's entry is never the agent's own, whatever number it carries.
  private static func isOwn(_ entry: Conversation, _ agentID: AgentID) -> Bool {
    entry.kind != .customer && entry.authorID == agentID.rawValue
  }

  /// The ticket itself against what the writer of a reply saw of it.
  static func conflict(in ticket: Ticket, seenStatus: TicketStatus?) -> WriteConflict? {
    if ticket.isDeleted { return WriteConflict(reason: "the ticket was deleted") }
    if ticket.isSpam { return WriteConflict(reason: "the ticket was marked as spam") }
    guard let seenStatus, ticket.status != seenStatus else { return nil }
    return WriteConflict(
      fields: [
        WriteConflict.FieldDifference(
          field: "status", seen: seenStatus.defaultLabel, now: ticket.status.defaultLabel,
          wanted: "--")
      ], current: TicketChange(status: ticket.status))
  }
}
