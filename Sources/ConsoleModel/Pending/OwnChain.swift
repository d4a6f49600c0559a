import Helpdesk

/// A person may change a field that shows an own change which is still on its way. Where that one
/// never reaches the helpdesk, the values below it are what the person's change was made over.
extension WriteTable {
  /// The values before a change, seen through own earlier changes of the ticket that were not applied.
  func base(of write: QueuedWrite) throws -> TicketChange {
    guard case .update(let update) = write.payload else { return TicketChange() }
    return try select(
      "ticket_id = ? AND id < ? AND kind = 'update' AND state <> 'sent'",
      [write.ticketID.rawValue, write.id.rawValue], order: "id DESC LIMIT 100"
    ).reduce(update.before) { before, own in
      guard case .update(let shown) = own.payload else { return before }
      return before.below(shown)
    }
  }
}

extension Journal {
  /// The values before a change, seen through own earlier changes of the ticket that were not applied.
  func base(of write: QueuedWrite) async throws(JournalError) -> TicketChange {
    guard case .update = write.payload else { return TicketChange() }
    return try await perform { try WriteTable(connection: $0).base(of: write) }
  }
}

extension TicketChange {
  /// These values, but the ones below an own change where they are the ones that it wanted.
  fileprivate func below(_ own: UpdateContent) -> TicketChange {
    var result = self
    if let status, status == own.change.status { result.status = own.before.status ?? status }
    if let priority, priority == own.change.priority {
      result.priority = own.before.priority ?? priority
    }
    if let type, own.change.type == .some(type) { result.type = own.before.type ?? type }
    if let agentID, own.change.agentID == .some(agentID) {
      result.agentID = own.before.agentID ?? agentID
    }
    if let groupID, own.change.groupID == .some(groupID) {
      result.groupID = own.before.groupID ?? groupID
    }
    // Tags are merged by what was added and removed, so what lay below does not matter.
    return result
  }
}

extension UpdateContent {
  /// The same change by somebody who also knows the values below: a field that the ticket shows as it
  /// was below has not been changed by anybody else.
  func accepting(_ base: TicketChange, shownBy ticket: Ticket) -> UpdateContent {
    var update = self
    if base.status == ticket.status { update.before.status = base.status }
    if base.priority == ticket.priority { update.before.priority = base.priority }
    if base.type == .some(ticket.type) { update.before.type = base.type }
    if base.agentID == .some(ticket.agentID) { update.before.agentID = base.agentID }
    if base.groupID == .some(ticket.groupID) { update.before.groupID = base.groupID }
    return update
  }
}
