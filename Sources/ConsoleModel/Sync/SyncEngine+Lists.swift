import Helpdesk
import SQLite

/// Tickets, and the lists that have no order by change.
extension SyncEngine {
  /// While one page is being saved, the next one is already on its way.
  func syncTickets(_ reading: Reading) async throws -> Outcome {
    let saved = try await store.cursor(.tickets)
    var cursor = plan.start(saved, isFull: reading.options.isFull)
    if cursor.isFull && !saved.isFull { _ = try await store.fullReadingBegan(clock.now) }
    let isFull = cursor.isFull
    var fetched = 0
    try await withThrowingTaskGroup(of: Void.self) { saving in
      while true {
        let request = plan.request(cursor)
        let page = try await reading.patiently(fetched) { () throws(HelpdeskError) in
          try await helpdesk.tickets(
            updatedSince: request.since ?? Timestamp(0), page: request.page, lane: reading.lane)
        }
        let isLast = page.next == nil
        cursor = plan.advance(
          cursor,
          past: .init(newest: page.items.map(\.updatedAt).max(), hasNext: !isLast),
          now: clock.now)
        // Saved in order: the cursor of a page must not be on disk before the page before it.
        try await saving.next()
        let (items, place) = (page.items, cursor)
        saving.addTask { try await store.save(tickets: items, cursor: place) }
        fetched += items.count
        reading.report(fetched)
        if isLast { break }
        if Task.isCancelled { throw HelpdeskError.cancelled }
      }
      try await saving.waitForAll()
    }
    fetched += try await syncRemoved(reading)
    if isFull { fetched += try await lookForMissing(reading) }
    return Outcome(fetched: fetched)
  }

  func syncCompanies(_ reading: Reading) async throws -> Outcome {
    try await syncList(reading) { request throws(HelpdeskError) in
      try await helpdesk.companies(
        updatedSince: request.since, page: request.page, lane: reading.lane)
    } save: {
      try await store.save(companies: $0, cursor: $1)
    }
  }

  func syncContacts(_ reading: Reading) async throws -> Outcome {
    try await syncList(reading) { request throws(HelpdeskError) in
      try await helpdesk.contacts(
        updatedSince: request.since, page: request.page, lane: reading.lane)
    } save: {
      try await store.save(contacts: $0, cursor: $1)
    }
  }

  func syncRatings(_ reading: Reading) async throws -> Outcome {
    try await syncList(reading) { request throws(HelpdeskError) in
      try await helpdesk.satisfactionRatings(
        createdSince: request.since, page: request.page, lane: reading.lane)
    } save: {
      try await store.save(ratings: $0, cursor: $1)
    }
  }

  /// A list that the key's agent may not read is left out with the vendor's reason; the rest of the
  /// sync goes on.
  private func syncList<Element: Sendable>(
    _ reading: Reading,
    fetch: @Sendable (SyncPlan.Request) async throws(HelpdeskError) -> Page<Element>,
    save: @escaping @Sendable ([Element], SyncCursor) async throws -> Void
  ) async throws -> Outcome {
    var cursor = plan.start(try await store.cursor(reading.phase), isFull: reading.options.isFull)
    var fetched = 0
    do {
      try await withThrowingTaskGroup(of: Void.self) { saving in
        while true {
          let request = plan.request(cursor)
          let page = try await reading.patiently(fetched) { () throws(HelpdeskError) in
            try await fetch(request)
          }
          cursor = plan.advance(
            cursor, nextPage: page.next, serverTime: page.serverTime, now: clock.now)
          try await saving.next()
          let (items, place) = (page.items, cursor)
          saving.addTask { try await save(items, place) }
          fetched += items.count
          reading.report(fetched)
          if cursor.page == 1 { break }
          if Task.isCancelled { throw HelpdeskError.cancelled }
        }
        try await saving.waitForAll()
      }
    } catch let error as HelpdeskError {
      guard let reason = Self.reasonToSkip(error) else { throw error }
      return Outcome(fetched: fetched, skipped: reason)
    }
    return Outcome(fetched: fetched)
  }

  /// Why a list is left out, where that is no failure: no right to it, or not part of the plan.
  static func reasonToSkip(_ error: HelpdeskError) -> String? {
    switch error {
    case .forbidden(let message): message.isEmpty ? "no right to read this" : message
    case .notFound: "the helpdesk does not offer this"
    default: nil
    }
  }
}
