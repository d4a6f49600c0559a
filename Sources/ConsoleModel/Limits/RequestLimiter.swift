public import Helpdesk
import Synchronization

/// Gives turns to requests: a person's own keys first, then bulk, then background work, in order of
/// arrival within a lane. One for each account.
///
/// A request held up by its family's bucket lets requests of other families pass; one held up by
/// the account's bucket holds up its lane and all lower ones.
public final class RequestLimiter: RequestLimiting {
  private let clock: any ConsoleClock
  private let onChange: (@Sendable (BudgetSnapshot) -> Void)?
  private let onWait: (@Sendable (Timestamp?) -> Void)?
  private let state = Mutex(State())

  private struct State {
    var budget = RateBudget()
    var nextNumber: UInt64 = 1
    /// Sorted by lane, then by arrival.
    var waiting: [Waiter] = []
    /// Cancelled before they had begun to wait.
    var cancelled: Set<UInt64> = []
    var alarm: Alarm?
    var lastShown: BudgetSnapshot?
  }

  private struct Waiter {
    var number: UInt64
    var family: RequestFamily
    var cost: Int
    var lane: RequestLane
    /// Resumed with whether the request may go; false means cancelled.
    var continuation: CheckedContinuation<Bool, Never>

    var kind: Kind { Kind(family: family, cost: cost, lane: lane) }
  }

  /// What the budget decides by: waiters of one kind get the same decision.
  private struct Kind: Hashable {
    var family: RequestFamily
    var cost: Int
    var lane: RequestLane
  }

  private struct Alarm {
    var moment: Timestamp
    var task: Task<Void, Never>
  }

  /// - Parameters:
  ///   - onChange: called from any thread, without any lock held, when the budget changes.
  ///   - onWait: called in the same way with the moment until which requests wait, and with nil when
  ///     none does any more.
  public init(
    clock: any ConsoleClock = SteadyClock(), onChange: (@Sendable (BudgetSnapshot) -> Void)? = nil,
    onWait: (@Sendable (Timestamp?) -> Void)? = nil
  ) {
    self.clock = clock
    self.onChange = onChange
    self.onWait = onWait
  }

  deinit { state.withLock { $0.alarm?.task.cancel() } }

  public func turn(_ family: RequestFamily, cost: Int, lane: RequestLane)
    async throws(HelpdeskError)
  {
    let number = state.withLock { state in
      defer { state.nextNumber += 1 }
      return state.nextNumber
    }
    let mayGo = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enqueue(
          Waiter(
            number: number, family: family, cost: cost, lane: lane, continuation: continuation))
      }
    } onCancel: {
      cancel(number)
    }
    state.withLock { state in _ = state.cancelled.remove(number) }
    guard mayGo else { throw .cancelled }
  }

  public func giveBack(_ family: RequestFamily, cost: Int) {
    state.withLock { $0.budget.giveBack(family, cost: cost, now: clock.now) }
    giveTurns()
  }

  public func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int {
    let now = clock.now
    let decision = state.withLock {
      $0.budget.decision(family, cost: cost, lane: lane, now: now)
    }
    guard case .wait(let until) = decision else { return 0 }
    return max(1, Int(until - now))
  }

  public func observe(_ reading: RateReading) async {
    state.withLock { $0.budget.observe(reading, now: clock.now) }
    giveTurns()
  }

  public func snapshot() -> BudgetSnapshot {
    state.withLock { $0.budget.snapshot(now: clock.now) }
  }

  /// See `RateBudget.forecast`.
  public func forecast(count: Int, family: RequestFamily, lane: RequestLane) -> (
    now: Int, seconds: Int
  ) {
    state.withLock {
      $0.budget.forecast(count: count, family: family, lane: lane, now: clock.now)
    }
  }

  /// How many requests wait for their turn.
  public var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Until when the first of the waiting requests is held back; nil when none is.
  public var waitsUntil: Timestamp? { state.withLock { $0.alarm?.moment } }

  private func enqueue(_ waiter: Waiter) {
    let isCancelled = state.withLock { state in
      if state.cancelled.contains(waiter.number) { return true }
      let place = state.waiting.firstIndex { $0.lane > waiter.lane } ?? state.waiting.endIndex
      state.waiting.insert(waiter, at: place)
      return false
    }
    if isCancelled { waiter.continuation.resume(returning: false) } else { giveTurns() }
  }

  private func cancel(_ number: UInt64) {
    let waiter = state.withLock { state -> Waiter? in
      guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
        state.cancelled.insert(number)
        return nil
      }
      return state.waiting.remove(at: index)
    }
    guard let waiter else { return }
    waiter.continuation.resume(returning: false)
    // Whoever stood behind it may be able to go now.
    giveTurns()
  }

  /// Lets go whoever may, sets the alarm for the rest and tells the observer.
  private func giveTurns() {
    let now = clock.now
    let (turns, shown) = state.withLock { state in
      let turns = Self.takeTurns(&state, now)
      let snapshot = state.budget.snapshot(now: now)
      let isNew = snapshot != state.lastShown
      state.lastShown = snapshot
      return (turns, isNew ? snapshot : nil)
    }
    for continuation in turns { continuation.resume(returning: true) }
    if let shown { onChange?(shown) }
    setAlarm(now)
  }

  private static func takeTurns(
    _ state: inout State, _ now: Timestamp
  ) -> [CheckedContinuation<Bool, Never>] {
    var turns: [CheckedContinuation<Bool, Never>] = []
    var held: [Waiter] = []
    var blocked: Set<RequestFamily> = []
    for waiter in state.waiting {
      if blocked.contains(.account) || blocked.contains(waiter.family) {
        held.append(waiter)
      } else if let obstacle = state.budget.obstacle(
        waiter.family, cost: waiter.cost, lane: waiter.lane, now: now)
      {
        blocked.insert(obstacle)
        held.append(waiter)
      } else {
        state.budget.take(waiter.family, cost: waiter.cost, now: now)
        turns.append(waiter.continuation)
      }
    }
    state.waiting = held
    return turns
  }

  /// One task sleeps until the first moment at which somebody may be able to go.
  private func setAlarm(_ now: Timestamp) {
    let changed = state.withLock { state in
      var asked: Set<Kind> = []
      var moment: Timestamp?
      for waiter in state.waiting where asked.insert(waiter.kind).inserted {
        let decision = state.budget.decision(
          waiter.family, cost: waiter.cost, lane: waiter.lane, now: now)
        if case .wait(let until) = decision { moment = min(moment ?? until, until) }
      }
      guard moment != state.alarm?.moment else { return false }
      state.alarm?.task.cancel()
      state.alarm = moment.map { moment in
        Alarm(
          moment: moment,
          task: Task { [clock, weak self] in
            await clock.sleep(until: moment)
            if !Task.isCancelled { self?.alarmRang(moment) }
          })
      }
      return true
    }
    if changed { onWait?(waitsUntil) }
  }

  private func alarmRang(_ moment: Timestamp) {
    state.withLock { state in
      if state.alarm?.moment == moment { state.alarm = nil }
    }
    giveTurns()
  }
}
