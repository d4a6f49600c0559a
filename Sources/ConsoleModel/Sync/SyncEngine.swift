public import Helpdesk
import SQLite

/// Brings the cache up to date with the helpdesk, page by page, each page one transaction together
/// with the place where to go on; so it may be killed at any moment.
public struct SyncEngine: Sendable {
  let store: CacheStore
  let helpdesk: any HelpdeskReading
  let plan: SyncPlan
  let ticketsPerPage: Int
  private let lockPath: String
  let clock: any ConsoleClock

  /// - Parameter lockPath: a file beside the cache that admits one sync at a time.
  public init(
    store: CacheStore, helpdesk: any HelpdeskReading, capabilities: HelpdeskCapabilities,
    lockPath: String, clock: any ConsoleClock
  ) {
    self.store = store
    self.helpdesk = helpdesk
    self.plan = SyncPlan(lastTicketPage: capabilities.lastTicketPage)
    self.ticketsPerPage = capabilities.ticketsPerPage
    self.lockPath = lockPath
    self.clock = clock
  }

  /// Runs the six phases. `progress` is called from any thread, about once a page.
  ///
  /// A phase that fails is noted and left; the others go on. Only what concerns the whole account,
  /// such as no network or a key that is not accepted, ends the sync.
  public func run(
    _ options: SyncOptions = SyncOptions(),
    progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
  ) async throws(SyncError) -> SyncReport {
    let lock = try SyncLock(path: lockPath, now: clock.now)
    defer { withExtendedLifetime(lock) {} }
    let clock = ContinuousClock()
    let start = clock.now
    var report = SyncReport(phases: [], seconds: 0)
    let isFirst = try await isFirstSync()
    let newest = isFirst ? try await newestTickets(options, progress) : 0
    for phase in SyncPhase.allCases {
      let phaseStart = clock.now
      let reading = reading(phase, options, isFirst, progress)
      reading.report(0)
      let outcome = try await run(phase, reading, alreadyRead: newest)
      report.phases.append(
        .init(
          phase: phase, fetched: outcome.fetched, seconds: (clock.now - phaseStart).inSeconds,
          skipped: outcome.skipped, failures: outcome.failures, threads: outcome.threads))
    }
    try? await store.checkpoint()
    report.seconds = (clock.now - start).inSeconds
    return report
  }

  /// What came of one phase.
  struct Outcome {
    var fetched = 0
    var skipped: String?
    var failures: [SyncFailure] = []
    var threads: [ThreadFailure] = []
  }

  private func reading(
    _ phase: SyncPhase, _ options: SyncOptions, _ isFirst: Bool,
    _ progress: @escaping @Sendable (SyncProgress) -> Void
  ) -> Reading {
    Reading(
      options: options, phase: phase, isFirst: isFirst, startedAt: clock.now, clock: clock,
      progress: progress)
  }

  private func isFirstSync() async throws(SyncError) -> Bool {
    do { return try await store.cursor(.tickets).finishedAt == nil } catch {
      throw (error as? SQLiteError).map { .cache($0) } ?? .cancelled
    }
  }

  /// A failure here shows itself again when the tickets' turn comes.
  private func newestTickets(
    _ options: SyncOptions, _ progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws(SyncError) -> Int {
    let reading = reading(.tickets, options, true, progress)
    reading.report(0)
    do {
      return try await readNewestTickets(reading)
    } catch {
      if let error = error as? HelpdeskError, error.concernsAccount {
        throw await failed(error, .tickets)
      }
      return 0
    }
  }

  private func run(_ phase: SyncPhase, _ reading: Reading, alreadyRead: Int)
    async throws(SyncError) -> Outcome
  {
    do {
      let outcome =
        switch phase {
        case .companies: try await syncCompanies(reading)
        case .contacts: try await syncContacts(reading)
        case .agents: try await syncDirectory(reading)
        case .tickets: try await syncTickets(reading, alreadyRead: alreadyRead)
        case .conversations: try await syncConversations(reading)
        case .ratings: try await syncRatings(reading)
        }
      try await store.noteSuccess(of: phase.part)
      return outcome
    } catch let error as HelpdeskError {
      if error.concernsAccount { throw await failed(error, phase) }
      do {
        return Outcome(failures: [try await store.note(error, of: phase.part, in: phase)])
      } catch {
        throw (error as? SQLiteError).map { .cache($0) } ?? .cancelled
      }
    } catch let error as SQLiteError {
      throw .cache(error)
    } catch {
      throw .cancelled
    }
  }

  /// Notes that the queue is not up to date, whichever phase could not go on.
  private func failed(_ error: HelpdeskError, _ phase: SyncPhase) async -> SyncError {
    guard error != .cancelled else { return .cancelled }
    // The cache may be what fails; the error itself is told in any case.
    _ = try? await store.note(error, of: SyncPhase.tickets.part, in: .tickets)
    return .helpdesk(error, phase)
  }
}

extension Duration {
  var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}

/// What every phase is given: options, and how to ask with patience.
struct Reading: Sendable {
  var options: SyncOptions
  var phase: SyncPhase
  var isFirst: Bool
  var startedAt: Timestamp
  var clock: any ConsoleClock
  var progress: @Sendable (SyncProgress) -> Void

  var lane: RequestLane { options.lane }

  func report(_ fetched: Int, of total: Int? = nil, pause: String? = nil) {
    progress(
      SyncProgress(
        phase: phase, fetched: fetched, total: total, isFirst: isFirst, startedAt: startedAt,
        pause: pause))
  }

  /// Waits out what passes by itself: a used-up limit as long as the helpdesk says, a broken line or
  /// a failing server a few seconds. Reads may be repeated freely.
  func patiently<Value: Sendable>(
    _ fetched: Int = 0, _ ask: @Sendable () async throws(HelpdeskError) -> Value
  ) async throws(HelpdeskError) -> Value {
    var attempt = 0
    while true {
      do {
        return try await ask()
      } catch {
        attempt += 1
        let wait: Int
        let words: String
        switch error {
        case .rateLimited(let seconds) where attempt <= 20:
          wait = max(seconds, 1)
          // The error says itself when.
          words = error.explanation
        case .connectionLost, .serverFailure, .unreadableAnswer:
          guard attempt <= 3 else { throw error }
          wait = 1 << (attempt - 1)
          words = "\(error.explanation), again in \(wait) s"
        case .offline, .notSignedIn, .forbidden, .notFound, .notChangeable, .refused, .rateLimited,
          .moved, .answerTooLarge, .cancelled:
          throw error
        }
        report(fetched, pause: words)
        await clock.sleep(until: clock.now + Int64(wait))
        if Task.isCancelled { throw .cancelled }
      }
    }
  }
}
