public import Helpdesk
import SQLite

/// Threads: one ticket on demand, and those of changed tickets in the background.
extension SyncEngine {
  /// What a refresh of one ticket found.
  public enum Refreshed: Equatable, Sendable {
    case current
    /// The helpdesk no longer knows the ticket; it has left the views, its words can still be read.
    case gone
  }

  /// Reads a ticket and its whole thread again and saves both in one transaction. Needs no lock: it
  /// may run beside a sync. Throws `HelpdeskError`, or `SQLiteError` when the cache cannot be written.
  @discardableResult
  public func refresh(_ id: TicketID, lane: RequestLane = .interactive) async throws -> Refreshed {
    do {
      // The ticket first: words that come in between then belong to an older version of the ticket,
      // and are read again rather than missed.
      let ticket = try await helpdesk.ticket(id, lane: lane)
      let thread = try await conversations(of: id, lane: lane)
      try await store.saveThread(of: ticket, conversations: thread)
      return .current
    } catch HelpdeskError.notFound {
      try await store.markGone(id)
      return .gone
    }
  }

  /// All pages of a thread.
  func conversations(of id: TicketID, lane: RequestLane) async throws(HelpdeskError)
    -> [Conversation]
  {
    var all: [Conversation] = []
    var page = 1
    // Ten thousand pages at most, so that a server that always names a next one does not hold us.
    while page <= 10_000 {
      let answer = try await helpdesk.conversations(of: id, page: page, lane: lane)
      all += answer.items
      guard let next = answer.next, next > page else { break }
      page = next
    }
    return all
  }

  /// Threads of tickets that have changed since their thread was read, newest first. What is left
  /// to do is worked out from the cache, so this goes on anywhere.
  func syncConversations(_ reading: Reading) async throws -> Outcome {
    var outcome = Outcome()
    var left = reading.options.threadLimit ?? Int.max
    var tried = Set<TicketID>()
    let days = reading.options.isFull ? nil : reading.options.threadDays
    let oldest = days.map { clock.now + -Int64($0) * 86_400 }
    while left > 0 {
      let wanted = try await store.ticketsWantingThread(
        includingDone: reading.options.isFull, changedSince: oldest, except: tried,
        limit: min(left, 200))
      if wanted.isEmpty { break }
      tried.formUnion(wanted.map(\.id))
      left -= wanted.count
      outcome.fetched = try await fetchThreads(wanted, reading, fetched: outcome.fetched)
      if Task.isCancelled { throw HelpdeskError.cancelled }
    }
    try await store.save(SyncCursor(phase: .conversations, finishedAt: clock.now))
    return outcome
  }

  /// Several at a time; saved a dozen together, because a transaction costs more than a thread.
  private func fetchThreads(
    _ wanted: [WantedThread], _ reading: Reading, fetched start: Int
  ) async throws -> Int {
    var fetched = start
    try await withThrowingTaskGroup(of: Fetched.self) { group in
      var rest = wanted.makeIterator()
      for _ in 0..<max(1, reading.options.threadsInFlight) {
        if let next = rest.next() { group.addTask { try await fetch(next, reading) } }
      }
      var batch: [PreparedThread] = []
      for try await one in group {
        if let next = rest.next() { group.addTask { try await fetch(next, reading) } }
        switch one {
        case .thread(let thread):
          batch.append(thread)
          fetched += thread.messages.count
        case .gone(let id): try await store.markGone(id)
        case .closed: break
        }
        if batch.count >= 12 {
          try await store.save(threads: batch)
          batch = []
          reading.report(fetched)
        }
      }
      try await store.save(threads: batch)
      reading.report(fetched)
    }
    return fetched
  }

  private enum Fetched: Sendable {
    case thread(PreparedThread)
    case gone(TicketID)
    /// The key's agent may not read this thread.
    case closed
  }

  private func fetch(_ wanted: WantedThread, _ reading: Reading) async throws(HelpdeskError)
    -> Fetched
  {
    do {
      var ticket: Ticket?
      if wanted.lacksDescription {
        let found = try await reading.patiently { () throws(HelpdeskError) in
          try await helpdesk.ticket(wanted.id, lane: reading.lane)
        }
        ticket = BodyText.prepare(found)
      }
      let found = try await reading.patiently { () throws(HelpdeskError) in
        try await conversations(of: wanted.id, lane: reading.lane)
      }
      return .thread(
        PreparedThread(
          id: wanted.id, ticket: ticket, version: ticket?.updatedAt ?? wanted.version,
          messages: found.map(PreparedMessage.init)))
    } catch {
      switch error {
      case .notFound: return .gone(wanted.id)
      case .forbidden: return .closed
      default: throw error
      }
    }
  }
}
