import ConsoleModel
import ConsoleUI
import Dispatch
import Freshdesk
import Helpdesk
import Synchronization

/// The console's connection to the helpdesk: fetches the key, keeps the cache up to date, sends the
/// outbox, and knows the state of all of it. It works in the background.
final class DeskLink: Sendable {
  let session: AccountSession
  let notify: @Sendable (Notice) -> Void
  private let limiter: RequestLimiter
  let log = LinkLog()
  let clock = SystemClock()
  let state = Mutex(State())
  /// Where the key's command may block.
  private let keyQueue = DispatchQueue(label: "api key")

  struct State {
    var link = DeskStatus.Link.connecting
    var progress: SyncProgress?
    /// What the last sync left unread, for the log and the sync page.
    var unread: [String] = []
    var engine: SyncEngine?
    var dispatcher: Dispatcher?
    var sync: Task<SyncReport, any Error>?
    var work: Task<Void, Never>?
    var brakes: Task<Void, Never>?
    var others: Task<Void, Never>?
    var service: (any HelpdeskReading)?
  }

  /// Seconds between two tries while the helpdesk cannot be reached.
  private static let retrySeconds = 5

  init(session: AccountSession, notify: @escaping @Sendable (Notice) -> Void) {
    self.session = session
    self.notify = notify
    limiter = RequestLimiter(
      onChange: { _ in notify(.statusChanged) }, onWait: { _ in notify(.statusChanged) })
  }

  // How things stand

  /// Everything but what the cache knows.
  func status() -> DeskStatus {
    let budget = limiter.snapshot()
    let (link, progress, unread) = state.withLock { ($0.link, $0.progress, $0.unread) }
    var status = DeskStatus(
      link: link, syncing: progress?.words(at: clock.now), waitsUntil: limiter.waitsUntil,
      unread: unread)
    if let account = budget.account, let limit = account.limit, let remaining = account.remaining {
      status.budget = Budget(remaining: remaining, limit: limit)
    }
    if let until = budget.sleepingUntil, until > clock.now {
      switch link {
      case .connecting, .online, .failing: status.link = .limited(until: until)
      case .offline, .limited, .signedOut: break
      }
    }
    let brakes = Brakes(session.journal)
    status.isStopped = brakes.isStopped
    status.sendingProblem = brakes.problem
    return status
  }

  /// What holds the whole outbox back.
  private struct Brakes: Equatable {
    var isStopped: Bool
    var problem: String?

    init(_ journal: Journal) {
      isStopped = journal.stopSwitch.isOn
      problem = journal.sendingProblem
    }
  }

  func logLines(_ limit: Int) -> [LogLine] { log.newest(limit) }

  func forecast(_ calls: Int) -> Forecast {
    let forecast = limiter.forecast(count: calls, family: .ticketUpdates, lane: .bulk)
    return Forecast(seconds: forecast.seconds, budget: status().budget)
  }

  // Work

  /// Asks for the key and begins to sync and to send. Returns at once.
  func start() {
    let brakes = Task { [self] in await watchBrakes() }
    let others = Task { [self] in
      // Also what the last process had no time for.
      if (try? await session.overlay.checkAll()) == true { notify(.ticketChanged) }
      await watchOthers()
    }
    let work = Task { [self] in
      guard await connect() else { return }
      let dispatcher = state.withLock { $0.dispatcher }
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await dispatcher?.run() }
        group.addTask { await self.keepInSync() }
      }
    }
    state.withLock { state in
      state.work = work
      state.brakes = brakes
      state.others = others
    }
  }

  /// Begins nothing new. What is on its way goes on until the process ends; a write that is being
  /// sent then is looked up at the next start.
  func stop() {
    let (work, brakes, others, sync, dispatcher) = state.withLock {
      ($0.work, $0.brakes, $0.others, $0.sync, $0.dispatcher)
    }
    others?.cancel()
    sync?.cancel()
    work?.cancel()
    brakes?.cancel()
    Task { await dispatcher?.stop() }
  }

  /// Tells the dispatcher to try what waits for the line now.
  func wakeDispatcher() {
    guard let dispatcher = state.withLock({ $0.dispatcher }) else { return }
    Task { await dispatcher.lineIsBack() }
  }

  /// Lays what the journal holds now over the cache, and tells the screen.
  func showOwnChanges() {
    Task { await layOverCache() }
  }

  private func layOverCache() async {
    if (try? await session.overlay.catchUp()) == true { notify(.ticketChanged) }
  }

  /// Reads one ticket again before other work.
  func refresh(_ ticket: TicketID) async throws {
    let engine = try connectedEngine()
    do {
      let refreshed = try await engine.refresh(ticket)
      setLink(.online)
      notify(.ticketChanged)
      if refreshed == .gone { throw HelpdeskError.notFound }
    } catch let error as HelpdeskError {
      note(error)
      throw error
    }
  }

  /// Reads a group with its members into the cache.
  func readGroup(_ id: GroupID) async throws -> Group {
    guard let service = state.withLock({ $0.service }) else {
      throw HelpdeskError.offline(reason: "not connected yet")
    }
    do {
      let group = try await service.group(id, lane: .interactive)
      try await session.cache.save(group: group)
      return group
    } catch let error as HelpdeskError {
      note(error)
      throw error
    }
  }

  /// Starts a sync unless one runs, and returns one sentence when it is over.
  func syncNow() async throws -> String {
    let report = try await sync(with: try connectedEngine())
    if let failure = report.failures.first {
      return "The \(failure.part) could not be read: \(failure.reason). \(failure.advice)"
    }
    return report.tickets == 0
      ? "Up to date." : "\(report.tickets) \(report.tickets == 1 ? "ticket" : "tickets") read."
  }

  /// Gives up the running sync. What was fetched is kept.
  func stopWaiting() { state.withLock { $0.sync }?.cancel() }

  // Connecting

  private func connectedEngine() throws -> SyncEngine {
    guard let engine = state.withLock({ $0.engine }) else {
      throw HelpdeskError.offline(reason: "not connected yet")
    }
    return engine
  }

  private func connect() async -> Bool {
    do {
      let service = try await fetchService()
      let engine = SyncEngine(
        store: session.cache, helpdesk: service, capabilities: FreshdeskService.capabilities,
        lockPath: session.files.syncLock, clock: clock)
      let name = session.account.name
      let line =
        session.account.isReadOnly
        ? HelpdeskLine(readOnly: name, reading: service)
        : HelpdeskLine(account: name, service: service)
      let dispatcher = Dispatcher(journal: session.journal, line: line) { [self] id, ticket in
        // The accepted values become the helpdesk's own first: nothing flickers.
        await layOverCache()
        if let ticket {
          // A change of fields answers with the ticket: no read is needed, which counts for fifty.
          _ = try? await session.cache.save(tickets: [ticket])
          notify(.ticketChanged)
        } else {
          try? await refresh(id)
        }
      }
      state.withLock { state in
        state.engine = engine
        state.service = service
        state.dispatcher = dispatcher
      }
      return true
    } catch {
      setLink(.signedOut)
      say(FailureSentences.sentence(for: error))
      return false
    }
  }

  private func fetchService() async throws -> FreshdeskService {
    try await withCheckedThrowingContinuation { continuation in
      keyQueue.async { [self] in
        continuation.resume(with: Result { try session.connect(limiter: limiter) })
      }
    }
  }

  /// Another window of the account may be the one that sends: what it does shows here as well.
  private func watchOthers() async {
    var seen: Int64?
    while !Task.isCancelled {
      let version = try? await session.journal.foreignVersion()
      if seen != nil, version != seen {
        notify(.outboxChanged)
        await layOverCache()
        notify(.cacheChanged)
      }
      seen = version ?? seen
      await clock.sleep(until: clock.now + 1)
    }
  }

  /// The stop file may be made by anybody, also by hand, and a brake must show without a line.
  private func watchBrakes() async {
    var seen = Brakes(session.journal)
    while !Task.isCancelled {
      await clock.sleep(until: clock.now + 1)
      let brakes = Brakes(session.journal)
      guard brakes != seen else { continue }
      if seen.isStopped, !brakes.isStopped { wakeDispatcher() }
      if let problem = brakes.problem, problem != seen.problem { say(problem) }
      if brakes.isStopped != seen.isStopped {
        log.add(brakes.isStopped ? "all sending was stopped" : "sending goes on", at: clock.now)
      }
      seen = brakes
      notify(.statusChanged)
    }
  }

  // Syncing

  private func keepInSync() async {
    guard let engine = state.withLock({ $0.engine }) else { return }
    while !Task.isCancelled {
      var pause = session.preferences.syncSeconds
      do {
        _ = try await sync(with: engine)
      } catch SyncError.alreadyRunning {
        // Another window of this account does it; its changes show here as well. Whether the line
        // works has to be asked once, as no request is made here.
        await probe()
      } catch SyncError.helpdesk(.offline, _), SyncError.helpdesk(.connectionLost, _) {
        pause = min(pause, Self.retrySeconds)
      } catch {
        // The sentence is in the log and on the status line; the next round tries again.
      }
      await session.cache.releaseMemory()
      guard session.preferences.syncSeconds > 0 else { return }
      await clock.sleep(until: clock.now + Int64(pause))
    }
  }

  /// One cheap request that tells whether the helpdesk answers, while nothing else has told yet.
  private func probe() async {
    guard state.withLock({ $0.link }) != .online, let service = state.withLock({ $0.service })
    else { return }
    do throws(HelpdeskError) {
      _ = try await service.me(lane: .background)
      setLink(.online)
    } catch {
      note(error)
    }
  }

  private func sync(with engine: SyncEngine) async throws -> SyncReport {
    let options = SyncOptions(threadDays: session.preferences.threadDays)
    let task = Task { [self] in try await engine.run(options) { self.show($0) } }
    state.withLock { $0.sync = task }
    defer {
      state.withLock { state in
        state.progress = nil
        state.sync = nil
      }
      notify(.cacheChanged)
      notify(.statusChanged)
    }
    do {
      let report = try await withTaskCancellationHandler {
        try await task.value
      } onCancel: {
        task.cancel()
      }
      take(report)
      return report
    } catch SyncError.helpdesk(let error, let phase) {
      note(error)
      log.add("the sync stopped at \(phase.rawValue): \(error.explanation)", at: clock.now)
      throw SyncError.helpdesk(error, phase)
    }
  }

  /// The link after a sync that came to its end, and words about what it could not read.
  private func take(_ report: SyncReport) {
    let failures = report.failures
    let unread =
      failures.map { "\($0.part): \($0.reason)" }
      + report.unreadThreads.map { "#\($0.ticketID): \($0.reason)" }
    let isNew = state.withLock { state in
      defer { state.unread = unread }
      return state.unread != unread
    }
    if isNew { for words in unread { log.add("not read: \(words)", at: clock.now) } }
    if let failure = failures.first(where: \.concernsTickets) {
      fail(failure)
    } else {
      setLink(.online)
    }
    let words =
      "synced: \(report.tickets) \(report.tickets == 1 ? "ticket" : "tickets"), "
      + "\(report.conversations) \(report.conversations == 1 ? "entry" : "entries")"
    if report.tickets + report.conversations > 0 || isNew { log.add(words, at: clock.now) }
  }

  private func show(_ progress: SyncProgress) {
    let link = state.withLock { state in
      state.progress = progress
      return state.link
    }
    if progress.fetched > 0 {
      switch link {
      case .connecting, .offline, .limited: setLink(.online)
      // Parts of it may be read all the while; the end of the sync says whether all was.
      case .failing, .online, .signedOut: break
      }
    }
    notify(progress.fetched > 0 ? .cacheChanged : .statusChanged)
  }
}
