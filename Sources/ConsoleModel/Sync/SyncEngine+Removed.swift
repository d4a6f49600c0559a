import Helpdesk
import SQLite

/// Tickets that have left the ordinary lists.
extension SyncEngine {
  /// Seconds between two looks at the lists of removed tickets: each costs two requests.
  public static let removedPause: Int64 = 300

  /// Hides what was deleted or marked as spam since the last look. Tickets that were never cached
  /// are left alone.
  func syncRemoved(_ reading: Reading) async throws -> Int {
    let began = clock.now
    guard let since = try await store.removedTicketsReadUntil(nil) else {
      _ = try await store.removedTicketsReadUntil(began + -SyncPlan.clockDoubt)
      return 0
    }
    guard began - since >= Self.removedPause + SyncPlan.clockDoubt || reading.options.isFull else {
      return 0
    }
    var hidden = 0
    for kind in TicketRemoval.allCases {
      var page: Int? = 1
      while let number = page, number <= plan.lastTicketPage {
        do {
          let answer = try await reading.patiently { () throws(HelpdeskError) in
            try await helpdesk.removedTickets(
              kind, updatedSince: since, page: number, lane: reading.lane)
          }
          hidden += try await store.saveRemoved(answer.items)
          page = answer.next
        } catch let error as HelpdeskError {
          guard Self.reasonToSkip(error) != nil else { throw error }
          page = nil
        }
        if Task.isCancelled { throw HelpdeskError.cancelled }
      }
    }
    _ = try await store.removedTicketsReadUntil(began + -SyncPlan.clockDoubt)
    return hidden
  }

  /// What was destroyed is in no list at all. After everything has been read, an unfinished ticket
  /// that was in no page is asked for by its number.
  func lookForMissing(_ reading: Reading) async throws -> Int {
    guard let began = try await store.fullReadingBegan(nil) else { return 0 }
    let missing = try await store.ticketsUnheard(since: began, limit: 1000)
    for id in missing {
      do {
        let ticket = try await reading.patiently { () throws(HelpdeskError) in
          try await helpdesk.ticket(id, lane: reading.lane)
        }
        try await store.save(tickets: [ticket])
      } catch let error as HelpdeskError {
        switch error {
        case .notFound, .notChangeable: try await store.markGone(id)
        case .forbidden: break
        default: throw error
        }
      }
    }
    return missing.count
  }
}
