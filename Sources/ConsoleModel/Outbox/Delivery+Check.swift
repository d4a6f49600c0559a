import Helpdesk

/// The last look at the helpdesk before a write leaves.
extension Delivery {
  func check(
    _ write: QueuedWrite, _ known: Known, freshness: BatchFreshness?
  ) async throws(HelpdeskError) -> Check {
    switch write.payload {
    case .reply(let reply):
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      var conflict = StaleReplyCheck.conflict(
        in: thread.entries, seen: reply.seenConversationID ?? ConversationID(0), agentID: agentID)
      conflict = WriteConflict.joined(conflict, duplicate(of: write, in: thread, known.claimed))
      if reply.seenStatus != nil {
        let ticket = try await line.reading.ticket(write.ticketID, lane: lane)
        conflict = WriteConflict.joined(
          conflict, StaleReplyCheck.conflict(in: ticket, seenStatus: reply.seenStatus))
      }
      if let conflict { return .stale(conflict) }
      return .go(change: nil, watermark: thread.watermark, serverTime: thread.serverTime)
    case .privateNote:
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      if let conflict = duplicate(of: write, in: thread, known.claimed) { return .stale(conflict) }
      return .go(change: nil, watermark: thread.watermark, serverTime: thread.serverTime)
    case .update(let update): return try await check(update, known.base, of: write, freshness)
    }
  }

  private func check(
    _ update: UpdateContent, _ base: TicketChange, of write: QueuedWrite,
    _ freshness: BatchFreshness?
  ) async throws(HelpdeskError) -> Check {
    let mails = write.payload.isCustomerFacing(
      mailsCustomerOnClose: journal.options.mailsCustomerOnClose)
    var news: WriteConflict?
    if mails || write.follows != nil {
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      news = StaleReplyCheck.conflict(
        in: thread.entries, seen: update.seenConversationID, since: write.createdAt,
        agentID: agentID)
    }
    var ticket: Ticket?
    // Tags leave as a whole set, so they are always merged into what the ticket has now.
    // An own change that never left stands in what the person saw: the list says nothing about it.
    if let freshness, news == nil, update.change.tags == nil, base == update.before {
      ticket = freshness.changed[write.ticketID]
      // Not in the list of changed tickets: it still is what the person saw.
      guard ticket != nil else {
        return .go(change: update.change, watermark: ConversationID(0), serverTime: nil)
      }
    }
    if ticket == nil { ticket = try await line.reading.ticket(write.ticketID, lane: lane) }
    guard let ticket else { return .stale(WriteConflict(reason: "the ticket was not found")) }
    switch UpdateCheck.check(
      update.accepting(base, shownBy: ticket), against: ticket,
      vocabulary: journal.options.vocabulary)
    {
    case .send(let change):
      if let news { return .stale(news) }
      return .go(change: change, watermark: ConversationID(0), serverTime: nil)
    case .conflict(let conflict): return .stale(WriteConflict.joined(news, conflict) ?? conflict)
    }
  }

  private func duplicate(
    of write: QueuedWrite, in thread: ThreadReading, _ claimed: Set<Int64>
  ) -> WriteConflict? {
    DuplicateCheck.conflict(write, in: thread, claimed: claimed, agentID: agentID)
  }
}
