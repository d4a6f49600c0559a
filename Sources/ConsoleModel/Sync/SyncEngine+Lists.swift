import Helpdesk
import SQLite

/// Tickets, and the lists that have no order by change.
extension SyncEngine {
  /// Before all else in a first sync: the tickets that were changed last, with the requesters'
  /// names, so that there is something to work on. The list from its beginning follows.
  func readNewestTickets(_ reading: Reading) async throws -> Int {
    let listing = TicketListing(
      updatedSince: Timestamp(0), isNewestFirst: true, mayHaveDescriptions: false,
      wantsRequesters: true)
    let page = try await reading.patiently { () throws(HelpdeskError) in
      try await helpdesk.tickets(listing, lane: reading.lane)
    }
    let count = try await store.save(tickets: page.items)
    reading.report(count)
    return count
  }

  /// While one page is being saved, the next one is already on its way.
  func syncTickets(_ reading: Reading, alreadyRead: Int) async throws -> Outcome {
    let saved = try await store.cursor(.tickets)
    var pager = TicketPager(
      plan.start(saved, isFull: reading.options.isFull), fullPage: ticketsPerPage)
    let isFull = pager.cursor.isFull
    if isFull && !saved.isFull { _ = try await store.fullReadingBegan(clock.now) }
    let began = isFull ? try await store.fullReadingBegan(nil) : nil
    let wantsRequesters = try await store.cursor(.contacts).finishedAt == nil
    var isInclusive = try await store.sinceIsInclusive()
    let total = saved.finishedAt == nil || isFull ? await ticketCount(reading) : nil
    reading.report(alreadyRead, of: total)
    var news = alreadyRead
    var passed = alreadyRead
    var serverTime: Timestamp?
    try await withThrowingTaskGroup(of: Int.self) { saving in
      var isEnd = false
      while !isEnd {
        let request = plan.request(pager.cursor)
        let since = request.since ?? Timestamp(0)
        let listing = TicketListing(
          updatedSince: since, page: request.page, perPage: pager.size.perPage,
          mayHaveDescriptions: pager.size.mayHaveDescriptions, wantsRequesters: wantsRequesters)
        let page: Page<Ticket>
        do {
          page = try await reading.patiently(passed) { () throws(HelpdeskError) in
            try await helpdesk.tickets(listing, lane: reading.lane)
          }
        } catch HelpdeskError.answerTooLarge(let reason) {
          guard pager.shrink() else { throw HelpdeskError.answerTooLarge(reason: reason) }
          continue
        }
        serverTime = page.serverTime ?? serverTime
        let holdsStart = page.items.contains { $0.updatedAt == since }
        if holdsStart, !isInclusive {
          isInclusive = true
          try await store.saveSinceIsInclusive()
        }
        let step = plan.advance(
          pager.cursor,
          past: .init(
            newest: page.items.map(\.updatedAt).max(), hasNext: page.next != nil,
            serverTime: page.serverTime, holdsStart: holdsStart, sinceIsInclusive: isInclusive),
          now: clock.now)
        isEnd = step.isEnd
        pager.advance(to: step.cursor, items: page.items.count)
        // Saved in order: the cursor of a page must not be on disk before the page before it.
        news += try await saving.next() ?? 0
        let (items, place) = (page.items, pager.kept)
        saving.addTask {
          try await store.save(tickets: items, cursor: place)
        }
        passed += items.count
        reading.report(passed, of: total)
        if Task.isCancelled { throw HelpdeskError.cancelled }
      }
      for try await count in saving { news += count }
    }
    news += try await syncRemoved(reading, serverTime: serverTime)
    if isFull { _ = try await lookForMissing(reading) }
    // A full reading counts all that it has read, each once.
    if let began { news = try await store.ticketsHeard(since: began) }
    return Outcome(fetched: news)
  }

  /// How many there are to read; only to be shown, so a failure is none.
  private func ticketCount(_ reading: Reading) async -> Int? {
    do throws(HelpdeskError) {
      return try await helpdesk.ticketCount(lane: reading.lane)
    } catch {
      return nil
    }
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
