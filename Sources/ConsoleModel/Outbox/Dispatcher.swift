import Helpdesk

/// Sends what the journal of one account holds. Several processes may each run one: the sender's
/// lock admits one at a time, and another takes over when it ends.
///
/// It looks at the journal after each change of this process, when a hold or a wait is over, and
/// every other second for changes of other processes.
public actor Dispatcher {
  public struct Options: Sendable {
    /// Renews holds that ran out while no sender was there. Off for a person's own "flush".
    public var renewsHolds: Bool
    /// Drawn at random once per process and sender.
    public var token: UInt64
    /// Seconds between looks at what other processes may have done.
    public var pollSeconds: Int64

    public init(
      renewsHolds: Bool = true, token: UInt64 = .random(in: 1...UInt64.max),
      pollSeconds: Int64 = 2
    ) {
      self.renewsHolds = renewsHolds
      self.token = token
      self.pollSeconds = pollSeconds
    }
  }

  /// The longest wait before a line that was down is tried again, in seconds.
  private static let longestSleep: Int64 = 60

  private let journal: Journal
  private let line: HelpdeskLine
  private let options: Options
  private let owner: ProcessIdentity
  private let stopSwitch: StopSwitch
  private let onTicketTouched: @Sendable (TicketID, Ticket?) async -> Void

  /// The list of changed tickets that a bulk action is checked with.
  private struct ChangedList {
    var readAt: Timestamp
    var task: Task<BatchFreshness?, Never>
    /// Tickets that this sender has written to since: the list says nothing about them any more.
    var outdated: Set<TicketID> = []
  }

  /// A delivery that has begun.
  private struct Running {
    var lane: RequestLane
    /// The request limit that it counts against; nil for a look.
    var route: DueWrites.Route?
    var gate: DeliveryGate
    var task: Task<Void, Never>

    /// Ends whatever it waits for, unless its write may have been claimed.
    func recall() {
      if gate.recall() { task.cancel() }
    }
  }

  /// Seconds that a delivery waits for its permit. Before a longer wait, as after a 429, it goes back
  /// to the queue, where it takes no place among those that are worked on.
  private static let longestPermitWait: Int64 = 15

  private var lock: SenderLock?
  private var agentID: AgentID?
  private var running: [TicketID: Running] = [:]
  private var lists: [BatchID: ChangedList] = [:]
  /// What all that waits is marked with; nil before the first pass.
  private var marked: QueuedWrite.WaitingReason??
  /// The machine's clock less the steady one, at the last look.
  private var clockOffset: Int64?
  private var sleepsUntil: Timestamp?
  private var sleepSeconds: Int64 = 0

  private var requested = 0
  private var completed = 0
  private var isStopping = false
  private var paused: CheckedContinuation<Void, Never>?
  private var settling: [CheckedContinuation<Void, Never>] = []

  /// - Parameters:
  ///   - onTicketTouched: a ticket has changed at the helpdesk and wants to be fetched again; with
  ///     the ticket itself where the answer held it.
  public init(
    journal: Journal, line: HelpdeskLine, agentID: AgentID? = nil, options: Options = Options(),
    onTicketTouched: @escaping @Sendable (TicketID, Ticket?) async -> Void = { _, _ in }
  ) {
    self.journal = journal
    self.line = line
    self.agentID = agentID
    self.options = options
    self.onTicketTouched = onTicketTouched
    owner = ProcessIdentity.current(token: options.token)
    stopSwitch = StopSwitch(folder: journal.options.folder)
  }

  private var now: Timestamp { journal.options.clock.now }

  /// Whether this one holds the sender's lock.
  public var isSender: Bool { lock != nil }

  /// Works until `stop` is called, then waits for what is on its way and lets go of the lock.
  public func run() async {
    let token = journal.observe { [weak self] in Task { await self?.poke() } }
    defer { journal.stopObserving(token) }
    while !isStopping {
      let seen = requested
      let wake = await pass()
      completed = seen
      settleIfIdle()
      await pause(until: wake)
    }
    while !running.isEmpty { await pause(until: nil) }
    lock = nil
    completed = requested
    settleIfIdle()
  }

  /// Begins nothing new and takes back what has not left yet; that stays queued. `run` returns when
  /// what is on its way has come to its end.
  public func stop() {
    isStopping = true
    for delivery in running.values { delivery.recall() }
    for list in lists.values { list.task.cancel() }
    poke()
  }

  /// Looks at the journal again, now.
  public func poke() {
    requested += 1
    paused?.resume()
    paused = nil
  }

  /// The line is back: what waits for it goes on at once.
  public func lineIsBack() {
    sleepsUntil = nil
    sleepSeconds = 0
    poke()
  }

  /// Returns when nothing more can happen until the clock moves or somebody acts.
  public func settle() async {
    poke()
    await withCheckedContinuation { settling.append($0) }
  }

  private func settleIfIdle() {
    guard running.isEmpty, completed == requested || isStopping else { return }
    for continuation in settling { continuation.resume() }
    settling = []
  }

  private func pause(until wake: Timestamp?) async {
    guard requested == completed || (isStopping && !running.isEmpty) else { return }
    let clock = journal.options.clock
    let timer = wake.map { wake in
      Task { [weak self] in
        await clock.sleep(until: wake)
        if !Task.isCancelled { await self?.poke() }
      }
    }
    await withCheckedContinuation { paused = $0 }
    timer?.cancel()
  }

  // One pass

  /// Does all that can be done now; returns when to look again.
  private func pass() async -> Timestamp {
    let poll = now + options.pollSeconds
    // A longer wait than there can be: the clock was set back since.
    if let moment = sleepsUntil, moment > now + Self.longestSleep { sleepsUntil = now }
    do {
      guard try await holdsLock() else { return poll }
      let canWrite = line.writing != nil
      let isStopped = stopSwitch.isOn
      try await followClock()
      if canWrite && !isStopped { try await journal.endHolds() }
      let isDown = (sleepsUntil ?? now) > now && sleepSeconds > 0
      let limited = limits()
      try await mark(
        !canWrite ? .readOnly : isStopped ? .stopped : isDown ? .offline : nil, limited)
      recall(limited)
      let due = try await journal.due(
        DueWrites.Situation(
          now: now, running: running.mapValues(\.lane), sends: canWrite && !isStopped,
          sleepsUntil: sleepsUntil,
          closed: Set(limited.keys)))
      if !due.work.isEmpty { await begin(due.work) }
      return min(poll, due.wake ?? poll)
    } catch {
      return poll
    }
  }

  /// Routes without room in the request limit, with the moment at which there may be some. Their
  /// writes are not begun, so that they wait in the outbox, where they can be seen and taken back.
  private func limits() -> [DueWrites.Route: Timestamp] {
    guard let writing = line.writing else { return [:] }
    var moments: [DueWrites.Route: Timestamp] = [:]
    for route in DueWrites.Route.all {
      let seconds = writing.secondsUntilPermit(for: route.kind, lane: route.lane)
      if seconds > 0 { moments[route] = now + Int64(seconds) }
    }
    return moments
  }

  private func recall(_ limited: [DueWrites.Route: Timestamp]) {
    for delivery in running.values {
      guard let route = delivery.route, let moment = limited[route],
        moment - now > Self.longestPermitWait
      else { continue }
      delivery.recall()
    }
  }

  /// Says of everything that waits what it waits for. Costs nothing while there is nothing to say.
  private func mark(
    _ reason: QueuedWrite.WaitingReason?, _ limited: [DueWrites.Route: Timestamp]
  ) async throws(JournalError) {
    let all = reason ?? (limited.isEmpty ? nil : .limit)
    if all == nil, marked == .some(nil) { return }
    if reason != nil || limited.isEmpty {
      try await journal.markWaiting(reason)
    } else {
      for (route, moment) in limited { try await journal.markLimited(route, until: moment) }
    }
    marked = .some(all)
  }

  /// A clock that was set forward, or a machine that slept, shortens no hold.
  private func followClock() async throws(JournalError) {
    let clock = journal.options.clock
    let offset = clock.now.seconds - clock.steadySeconds
    // Both count whole seconds, so that one second of difference means nothing.
    if let known = clockOffset, offset > known + 1 {
      try await journal.lengthenHolds(by: offset - known)
    }
    clockOffset = offset
  }

  private func holdsLock() async throws(JournalError) -> Bool {
    if lock != nil { return true }
    guard let taken = SenderLock(folder: journal.options.folder) else { return false }
    try await journal.becomeSender(owner, renewsHolds: options.renewsHolds)
    lock = taken
    return true
  }

  private func begin(_ work: [DueWrites.Work]) async {
    let agentID: AgentID
    do {
      agentID = try await me()
    } catch {
      lineWentDown()
      for item in work {
        try? await journal.postpone(
          item.write.id, error.isOffline ? .offline : .helpdesk, until: sleepsUntil,
          problem: error.explanation)
      }
      return
    }
    // It may have been stopped while the journal or the helpdesk was asked.
    guard !isStopping else { return }
    for item in work {
      let gate = DeliveryGate()
      let delivery = Delivery(
        journal: journal, line: line, owner: owner, agentID: agentID, stopSwitch: stopSwitch,
        lane: item.lane, gate: gate)
      let task = Task {
        let result: Delivery.Result
        switch item {
        case .send(let write):
          result = await delivery.send(write, freshness: await self.freshness(of: write))
        case .look(let write): result = await delivery.look(for: write)
        }
        await self.finished(item.write, result)
        // Afterwards: a refresh that waits for its turn must not hold up what comes next.
        if case .touched(let ticket) = result {
          await self.onTicketTouched(item.write.ticketID, ticket)
        }
      }
      running[item.write.ticketID] = Running(
        lane: item.lane, route: item.route, gate: gate, task: task)
    }
  }

  private func me() async throws(HelpdeskError) -> AgentID {
    if let agentID { return agentID }
    let agent = try await line.reading.me(lane: .interactive)
    agentID = agent.id
    return agent.id
  }

  private func finished(_ write: QueuedWrite, _ result: Delivery.Result) async {
    running[write.ticketID] = nil
    for batch in lists.keys { lists[batch]?.outdated.insert(write.ticketID) }
    switch result {
    case .lineDown: lineWentDown()
    case .lockLost:
      lock = nil
      sleepsUntil = now + options.pollSeconds
    case .journalFailed:
      sleepsUntil = now + 5
    case .recalled: break
    case .touched, .settled:
      // The helpdesk has answered.
      sleepsUntil = nil
      sleepSeconds = 0
    }
    poke()
  }

  /// Tries again after 5 s, then more and more rarely, at least once a minute.
  private func lineWentDown() {
    sleepSeconds = min(Self.longestSleep, max(5, sleepSeconds * 2))
    sleepsUntil = now + sleepSeconds
  }

  /// The list of changed tickets for a bulk action, where the journal knows since when to ask. Read
  /// once for all that are sent at the same time.
  private func freshness(of write: QueuedWrite) async -> BatchFreshness? {
    guard let batch = write.batch, case .update = write.payload, !isStopping else { return nil }
    // A list from the future was read before the clock was set back, nobody knows how long ago.
    if let known = lists[batch], (0..<BatchFreshness.lifetime).contains(now - known.readAt) {
      return known.outdated.contains(write.ticketID) ? nil : await known.task.value
    }
    let (journal, service, moment) = (journal, line.reading, now)
    let task = Task<BatchFreshness?, Never> {
      guard let since = try? await journal.completeUntil(batch) else { return nil }
      return try? await BatchFreshness.read(since: since, from: service, now: moment)
    }
    lists[batch] = ChangedList(readAt: moment, task: task)
    return await task.value
  }
}

extension HelpdeskError {
  fileprivate var isOffline: Bool {
    if case .offline = self { return true }
    return false
  }
}
