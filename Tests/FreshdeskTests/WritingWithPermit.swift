import Helpdesk

/// A write with its permit taken right before, for tests that are about the request itself.
extension HelpdeskWriting {
  func update(
    _ id: TicketID, with change: TicketChange, lane: RequestLane
  ) async throws(HelpdeskError) -> Ticket {
    let permit = try await permit(for: .update, lane: lane)
    return try await update(id, with: change, permit: permit)
  }

  func send(
    _ reply: OutgoingReply, lane: RequestLane
  ) async throws(HelpdeskError) -> PostedConversation {
    let permit = try await permit(for: .reply, lane: lane)
    return try await send(reply, permit: permit)
  }

  func post(
    _ note: OutgoingPrivateNote, lane: RequestLane
  ) async throws(HelpdeskError) -> PostedConversation {
    let permit = try await permit(for: .privateNote, lane: lane)
    return try await post(note, permit: permit)
  }
}
