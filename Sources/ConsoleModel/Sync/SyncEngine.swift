public import Helpdesk
import SQLite

/// Brings the cache up to date with the helpdesk, page by page, each page one transaction together
/// with the place where to go on; so it may be killed at any moment.
public struct SyncEngine: Sendable {
  let store: CacheStore
  let helpdesk: any HelpdeskReading
  let plan: SyncPlan
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
    self.lockPath = lockPath
    self.clock = clock
  }

  /// Runs the six phases. `progress` is called from any thread, about once a page.
  public func run(
    _ options: SyncOptions = SyncOptions(),
    progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
  ) async throws(SyncError) -> SyncReport {
    let lock = try SyncLock(path: lockPath, now: clock.now)
    defer { withExtendedLifetime(lock) {} }
    let clock = ContinuousClock()
    let start = clock.now
    var report = SyncReport(phases: [], seconds: 0)
    for phase in SyncPhase.allCases {
      let phaseStart = clock.now
      progress(SyncProgress(phase: phase, fetched: 0))
      let outcome = try await run(phase, options, progress)
      report.phases.append(
        .init(
          phase: phase, fetched: outcome.fetched, seconds: (clock.now - phaseStart).inSeconds,
          skipped: outcome.skipped))
    }
    try? await store.checkpoint()
    report.seconds = (clock.now - start).inSeconds
    return report
  }

  /// What came of one phase.
  struct Outcome {
    var fetched = 0
    var skipped: String?
  }

  private func run(
    _ phase: SyncPhase, _ options: SyncOptions,
    _ progress: @escaping @Sendable (SyncProgress) -> Void
  ) async throws(SyncError) -> Outcome {
    let reading = Reading(options: options, phase: phase, clock: clock, progress: progress)
    do {
      switch phase {
      case .companies: return try await syncCompanies(reading)
      case .contacts: return try await syncContacts(reading)
      case .agents: return try await syncDirectory(reading)
      case .tickets: return try await syncTickets(reading)
      case .conversations: return try await syncConversations(reading)
      case .ratings: return try await syncRatings(reading)
      }
    } catch let error as HelpdeskError {
      throw error == .cancelled ? .cancelled : .helpdesk(error, phase)
    } catch let error as SQLiteError {
      throw .cache(error)
    } catch {
      throw .cancelled
    }
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
  var clock: any ConsoleClock
  var progress: @Sendable (SyncProgress) -> Void

  var lane: RequestLane { options.lane }

  func report(_ fetched: Int) { progress(SyncProgress(phase: phase, fetched: fetched)) }

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
        switch error {
        case .rateLimited(let seconds) where attempt <= 20: wait = max(seconds, 1)
        case .connectionLost, .serverFailure, .unreadableAnswer:
          guard attempt <= 3 else { throw error }
          wait = 1 << (attempt - 1)
        default: throw error
        }
        progress(
          SyncProgress(
            phase: phase, fetched: fetched, pause: "\(error.explanation); again in \(wait) s"))
        await clock.sleep(until: clock.now + Int64(wait))
        if Task.isCancelled { throw .cancelled }
      }
    }
  }
}
