import Helpdesk

/// A ticket's thread as it is now, or its end.
struct ThreadReading: Sendable {
  var entries: [Conversation]
  /// The helpdesk's own clock, where it told.
  var serverTime: Timestamp?

  /// The highest conversation id.
  var watermark: ConversationID { entries.map(\.id).max() ?? ConversationID(0) }

  /// A thread that goes on for ever is not read for ever.
  private static let pageLimit = 1000

  /// Entries a page, from the vendor's own number down: a page that is too large is read in pieces.
  private static let pageSizes: [Int?] = [nil, 10, 1]

  /// Reads all pages, because nothing else tells for certain that nothing is new.
  static func read(
    _ ticketID: TicketID, from service: any HelpdeskReading, lane: RequestLane
  ) async throws(HelpdeskError) -> ThreadReading {
    for perPage in pageSizes.dropLast() {
      do {
        return try await read(ticketID, perPage: perPage, from: service, lane: lane)
      } catch .answerTooLarge {
        continue
      }
    }
    return try await read(ticketID, perPage: 1, from: service, lane: lane)
  }

  private static func read(
    _ ticketID: TicketID, perPage: Int?, from service: any HelpdeskReading, lane: RequestLane
  ) async throws(HelpdeskError) -> ThreadReading {
    var reading = ThreadReading(entries: [])
    var next: Int? = 1
    while let page = next, page <= pageLimit {
      let answer = try await service.conversations(
        of: ticketID, page: page, perPage: perPage, lane: lane)
      reading.entries += answer.items
      // The first page's time: an entry that was made while reading is not taken for older.
      reading.serverTime = reading.serverTime ?? answer.serverTime
      next = answer.next
    }
    return reading
  }
}
