import Helpdesk
import SQLite

/// Tickets that have left the ordinary lists.
extension SyncEngine {
  /// Seconds between two looks at the lists of removed tickets: each costs two requests.
  public static let removedPause: Int64 = 300

  /// Hides what was deleted or marked as spam since the last look. Tickets that were never cached
  /// are left alone. What is asked for goes by the server's clock; this machine's only tells when it
  /// is time to look again, and may be wrong.
  func syncRemoved(_ reading: Reading, serverTime: Timestamp?) async throws -> Int {
    let until =
      serverTime.map { $0 + -SyncPlan.settling } ?? clock.now + -SyncPlan.clockDoubt
    guard let noted = try await store.removedTicketsReadUntil(nil) else {
      _ = try await store.removedTicketsReadUntil(until)
      _ = try await store.removedTicketsLookedAt(clock.now)
      return 0
    }
    let looked = try await store.removedTicketsLookedAt(nil) ?? Timestamp(0)
    guard abs(clock.now - looked) >= Self.removedPause || reading.options.isFull else { return 0 }
    // A place ahead of the server's clock was noted by a clock that was wrong.
    let since = min(noted, until + -SyncPlan.clockDoubt)
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
    _ = try await store.removedTicketsReadUntil(until)
    _ = try await store.removedTicketsLookedAt(clock.now)
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
