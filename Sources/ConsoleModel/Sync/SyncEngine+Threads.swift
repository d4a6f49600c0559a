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
    try await ThreadReading.read(id, from: helpdesk, lane: lane).entries
  }

  /// Threads of tickets that have changed since their thread was read, newest first. What is left
  /// to do is worked out from the cache, so this goes on anywhere. One that cannot be read is named,
  /// and tried again later.
  func syncConversations(_ reading: Reading) async throws -> Outcome {
    var run = ThreadRun()
    var left = reading.options.threadLimit ?? Int.max
    var tried = Set<TicketID>()
    let days = reading.options.isFull ? nil : reading.options.threadDays
    let oldest = days.map { clock.now + -Int64($0) * 86_400 }
    run.total = min(
      left,
      try await store.ticketsWantingThread(
        includingDone: reading.options.isFull, changedSince: oldest, except: [], limit: 100_000
      ).count)
    while left > 0 {
      let wanted = try await store.ticketsWantingThread(
        includingDone: reading.options.isFull, changedSince: oldest, except: tried,
        limit: min(left, 200))
      if wanted.isEmpty { break }
      tried.formUnion(wanted.map(\.id))
      left -= wanted.count
      try await fetchThreads(wanted, reading, &run)
      if Task.isCancelled { throw HelpdeskError.cancelled }
    }
    try await store.save(SyncCursor(phase: .conversations, finishedAt: clock.now))
    return run.outcome
  }

  /// How far the reading of threads has come.
  private struct ThreadRun {
    var outcome = Outcome()
    var total = 0
    var done = 0
    /// Failures without a thread that could be read between them.
    var inARow = 0
    /// The number of failures in a row that says that the helpdesk fails, not the threads.
    static let patience = 8
  }

  /// Several at a time; saved a dozen together, because a transaction costs more than a thread.
  private func fetchThreads(
    _ wanted: [WantedThread], _ reading: Reading, _ run: inout ThreadRun
  ) async throws {
    var end: HelpdeskError?
    try await withThrowingTaskGroup(of: Fetched.self) { group in
      var rest = wanted.makeIterator()
      for _ in 0..<max(1, reading.options.threadsInFlight) {
        if let next = rest.next() { group.addTask { await fetch(next, reading) } }
      }
      var batch: [PreparedThread] = []
      for try await one in group {
        if end == nil, let next = rest.next() { group.addTask { await fetch(next, reading) } }
        run.done += 1
        switch one {
        case .thread(let thread):
          batch.append(thread)
          run.outcome.fetched += thread.messages.count
          run.inARow = 0
        case .gone(let id): try await store.markGone(id)
        case .closed: run.inARow = 0
        case .failed(let id, let error):
          if error.concernsAccount {
            end = end ?? error
          } else {
            run.outcome.threads.append(
              ThreadFailure(ticketID: id, reason: error.explanation))
            try await store.note(error, ofThread: id)
            run.inARow += 1
            if run.inARow >= ThreadRun.patience { end = end ?? error }
          }
        }
        if batch.count >= 12 {
          try await store.save(threads: batch)
          batch = []
          reading.report(run.done, of: run.total)
        }
      }
      try await store.save(threads: batch)
      reading.report(run.done, of: run.total)
    }
    // What else was read is saved.
    if let end { throw end }
  }

  private enum Fetched: Sendable {
    case thread(PreparedThread)
    case gone(TicketID)
    /// The key's agent may not read this thread.
    case closed
    case failed(TicketID, HelpdeskError)
  }

  private func fetch(_ wanted: WantedThread, _ reading: Reading) async -> Fetched {
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
      case .offline, .connectionLost, .cancelled, .notSignedIn, .moved, .rateLimited,
        .notChangeable,
        .refused, .serverFailure, .unreadableAnswer, .answerTooLarge:
        return .failed(wanted.id, error)
      }
    }
  }
}
