import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Synchronization
import Testing

@Suite struct RequestLimiterTests {
  private let clock = ManualClock()

  /// What has got its turn, in order.
  private final class Turns: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0 } }
    func append(_ name: String) { names.withLock { $0.append(name) } }
  }

  private func limiter(limit: Int, remaining: Int) async -> RequestLimiter {
    let limiter = RequestLimiter(clock: clock)
    await limiter.observe(RateReading(family: .account, limit: limit, remaining: remaining))
    return limiter
  }

  /// Starts a task that waits for a turn, and returns once it does wait.
  private func queue(
    _ name: String, _ lane: RequestLane, _ family: RequestFamily = .account,
    at limiter: RequestLimiter, into turns: Turns
  ) async -> Task<Bool, Never> {
    let before = limiter.waitingCount
    let task = Task {
      do throws(HelpdeskError) {
        try await limiter.turn(family, cost: 1, lane: lane)
        turns.append(name)
        return true
      } catch {
        return error != .cancelled
      }
    }
    while limiter.waitingCount == before { await Task.yield() }
    return task
  }

  @Test func lanesGoInOrderAndFirstComeFirstServedWithinOne() async {
    let limiter = await limiter(limit: 10, remaining: 0)
    let turns = Turns()
    var tasks: [Task<Bool, Never>] = []
    tasks.append(await queue("background", .background, at: limiter, into: turns))
    tasks.append(await queue("bulk 1", .bulk, at: limiter, into: turns))
    tasks.append(await queue("bulk 2", .bulk, at: limiter, into: turns))
    tasks.append(await queue("key", .interactive, at: limiter, into: turns))
    // One credit a time, so that the order of the turns shows.
    for remaining in 1...4 {
      let before = turns.all.count
      clock.advance(by: 61)
      await limiter.observe(RateReading(family: .account, limit: 1, remaining: 1))
      while turns.all.count == before { await Task.yield() }
      #expect(turns.all.count == remaining)
      await limiter.observe(RateReading(family: .account, limit: 1, remaining: 0))
    }
    for task in tasks { _ = await task.value }
    #expect(turns.all == ["key", "bulk 1", "bulk 2", "background"])
  }

  @Test func aSleepingFamilyLetsOthersPass() async throws {
    let limiter = await limiter(limit: 100, remaining: 100)
    let turns = Turns()
    await limiter.observe(
      RateReading(family: .ticketUpdates, limit: 80, remaining: 0, retryAfter: 30))
    let held = await queue("update", .interactive, .ticketUpdates, at: limiter, into: turns)
    try await limiter.turn(.account, cost: 1, lane: .background)
    #expect(turns.all == [])
    while clock.sleeperCount == 0 { await Task.yield() }
    clock.advance(by: 30)
    #expect(await held.value)
    #expect(turns.all == ["update"])
  }

  @Test func aCancelledWaiterLeavesTheQueueAndHoldsNobodyUp() async {
    let limiter = await limiter(limit: 10, remaining: 0)
    let turns = Turns()
    let first = await queue("first", .interactive, at: limiter, into: turns)
    let second = await queue("second", .interactive, at: limiter, into: turns)
    first.cancel()
    #expect(await first.value == false)
    #expect(limiter.waitingCount == 1)
    while clock.sleeperCount == 0 { await Task.yield() }
    clock.advance(by: 61)
    #expect(await second.value)
    #expect(turns.all == ["second"])
    #expect(limiter.waitingCount == 0)
  }

  @Test func aTaskCancelledBeforehandGetsNoTurn() async {
    let limiter = RequestLimiter(clock: clock)
    let task = Task { () -> HelpdeskError? in
      while !Task.isCancelled { await Task.yield() }
      do throws(HelpdeskError) {
        try await limiter.turn(.account, cost: 1, lane: .interactive)
        return nil
      } catch {
        return error
      }
    }
    task.cancel()
    #expect(await task.value == .cancelled)
    #expect(limiter.snapshot().account?.resetsAt == nil)
  }

  @Test func theObserverSeesEachChangeOnce() async throws {
    let seen = Mutex<[Int?]>([])
    let limiter = RequestLimiter(clock: clock) { snapshot in
      seen.withLock { $0.append(snapshot.account?.remaining) }
    }
    await limiter.observe(RateReading(family: .account, limit: 50, remaining: 49))
    try await limiter.turn(.account, cost: 2, lane: .interactive)
    await limiter.observe(RateReading(family: .account, limit: 50, remaining: 47))
    #expect(seen.withLock { $0 } == [49, 47])
  }

  @Test func fiftyBulkUpdatesSpreadOverTwoWindowsAndLeaveTheReserve() async throws {
    let limiter = await limiter(limit: 200, remaining: 200)
    await limiter.observe(RateReading(family: .ticketUpdates, limit: 40, remaining: 40))
    let turns = Turns()
    let tasks = (0..<50).map { number in
      Task {
        try? await limiter.turn(.ticketUpdates, cost: 1, lane: .bulk)
        turns.append("\(number)")
      }
    }
    while limiter.waitingCount < 18 || turns.all.count < 32 { await Task.yield() }
    #expect(turns.all.count == 32)
    try await limiter.turn(.ticketUpdates, cost: 1, lane: .interactive)
    while clock.sleeperCount == 0 { await Task.yield() }
    for _ in 0..<33 {
      await limiter.observe(RateReading(family: .ticketUpdates, limit: 40, remaining: 7))
    }
    clock.advance(by: 61)
    for task in tasks { await task.value }
    #expect(turns.all.count == 50)
  }
}
