import Helpdesk

/// One list call instead of a read per ticket: which tickets of a bulk action have changed since
/// the cache was complete. Good for half a minute.
struct BatchFreshness: Sendable {
  var readAt: Timestamp
  var changed: [TicketID: Ticket]

  /// How long an answer is used, in seconds.
  static let lifetime: Int64 = 30
  /// How much further back the list begins, in seconds: the plan was on screen for a while.
  static let overlap: Int64 = 900
  /// More requests than this cost more than reading the tickets one by one.
  static let requestLimit = 3

  /// Nil when too much has changed for the list to be worth it.
  static func read(
    since moment: Timestamp, from service: any HelpdeskReading, now: Timestamp
  ) async throws(HelpdeskError) -> BatchFreshness? {
    var freshness = BatchFreshness(readAt: now, changed: [:])
    var since = moment + -overlap
    for _ in 0..<requestLimit {
      // Always the first page, from the last ticket on: a ticket that changes meanwhile moves to
      // the end of the list, and on numbered pages another one would slip through.
      let answer = try await service.tickets(updatedSince: since, page: 1, lane: .bulk)
      for ticket in answer.items { freshness.changed[ticket.id] = ticket }
      guard answer.next != nil else { return freshness }
      guard let last = answer.items.map(\.updatedAt).max(), last > since else { return nil }
      since = last
    }
    return nil
  }
}
