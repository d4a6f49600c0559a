import Helpdesk
import Testing

@Suite struct RateBudgetTests {
  private let start = Timestamp(1_000_000)

  /// A budget that has seen one answer of the account and one of the ticket updates, as on the
  /// plan with 200 calls a minute.
  private func growth() -> RateBudget {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 200, remaining: 200), now: start)
    budget.observe(RateReading(family: .ticketUpdates, limit: 80, remaining: 80), now: start)
    return budget
  }

  @Test func nothingIsHeldBackBeforeAnAnswerHasTold() {
    let budget = RateBudget()
    #expect(budget.decision(.ticketReads, cost: 5, lane: .background, now: start) == .go)
  }

  @Test func everyCallIsTakenFromTheAccountAndFromItsFamily() {
    var budget = growth()
    budget.take(.ticketUpdates, cost: 3, now: start)
    let snapshot = budget.snapshot(now: start)
    #expect(snapshot.buckets.map(\.family) == [.account, .ticketUpdates])
    #expect(snapshot.buckets.map(\.remaining) == [197, 77])
    #expect(snapshot.buckets.map(\.resetsAt) == [start + 61, start + 61])
  }

  @Test(arguments: [(200, 40), (80, 16), (20, 5), (6, 5), (5, 4), (1, 0)])
  func bulkLeavesAFifthAndAtLeastFive(limit: Int, reserve: Int) {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: limit, remaining: limit), now: start)
    var taken = 0
    while budget.decision(.account, lane: .bulk, now: start) == .go {
      budget.take(.account, now: start)
      taken += 1
    }
    #expect(taken == limit - reserve)
    if reserve > 0 { #expect(budget.decision(.account, lane: .interactive, now: start) == .go) }
  }

  @Test func backgroundWorkStopsAtThreeQuarters() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 200, remaining: 51), now: start)
    #expect(budget.decision(.account, lane: .background, now: start) == .go)
    budget.take(.account, now: start)
    #expect(
      budget.decision(.account, lane: .background, now: start) == .wait(until: start + 61))
    #expect(budget.decision(.account, lane: .bulk, now: start) == .go)
  }

  @Test func interactiveCallsMayUseTheLastCredit() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 50, remaining: 1), now: start)
    #expect(budget.decision(.account, lane: .interactive, now: start) == .go)
    budget.take(.account, now: start)
    #expect(
      budget.decision(.account, lane: .interactive, now: start) == .wait(until: start + 61))
  }

  @Test func aWindowEndsSixtySecondsAfterItsFirstCall() {
    var budget = growth()
    for _ in 0..<64 { budget.take(.ticketUpdates, now: start + 30) }
    #expect(
      budget.decision(.ticketUpdates, lane: .bulk, now: start + 60) == .wait(until: start + 61))
    for _ in 0..<64 {
      budget.observe(
        RateReading(family: .ticketUpdates, limit: 80, remaining: 16), now: start + 40)
    }
    #expect(budget.decision(.ticketUpdates, lane: .bulk, now: start + 61) == .go)
  }

  @Test func anAnswerThatWasOvertakenDoesNotLookLikeANewWindow() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 40, remaining: 30), now: start)
    budget.take(.account, now: start)
    budget.take(.account, now: start)
    budget.observe(RateReading(family: .account, limit: 40, remaining: 28), now: start + 1)
    budget.observe(RateReading(family: .account, limit: 40, remaining: 29), now: start + 1)
    #expect(budget.snapshot(now: start + 1).account?.remaining == 28)
  }

  @Test func manyMoreCreditsThanExpectedMeanANewWindow() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 40, remaining: 2), now: start)
    budget.take(.account, now: start + 20)
    budget.observe(RateReading(family: .account, limit: 40, remaining: 39), now: start + 20)
    let account = budget.snapshot(now: start + 20).account
    #expect(account?.remaining == 39)
    #expect(account?.resetsAt == start + 81)
  }

  @Test func aRefusalPutsOnlyItsOwnBucketToSleep() {
    var budget = growth()
    budget.observe(
      RateReading(family: .ticketUpdates, limit: 80, remaining: 0, retryAfter: 34), now: start)
    #expect(
      budget.decision(.ticketUpdates, lane: .interactive, now: start)
        == .wait(until: start + 34))
    #expect(budget.decision(.ticketReads, lane: .background, now: start) == .go)
    #expect(budget.snapshot(now: start).sleepingUntil == start + 34)
  }

  @Test func aRefusalWithCreditsLeftMeansThatTheAccountIsEmpty() {
    var budget = growth()
    budget.observe(
      RateReading(family: .ticketUpdates, limit: 80, remaining: 40, retryAfter: 10), now: start)
    #expect(
      budget.decision(.contactReads, lane: .interactive, now: start) == .wait(until: start + 10))
  }

  @Test func aRefusalOfACallThatCostsMoreThanIsLeftIsTheFamilys() {
    var budget = growth()
    budget.observe(
      RateReading(family: .ticketReads, limit: 20, remaining: 3, used: 5, retryAfter: 10),
      now: start)
    #expect(budget.decision(.account, lane: .background, now: start) == .go)
    #expect(
      budget.decision(.ticketReads, lane: .interactive, now: start) == .wait(until: start + 10))
  }

  @Test func allBucketsShareOneWindow() {
    var budget = growth()
    budget.take(.account, now: start)
    budget.observe(RateReading(family: .account, limit: 200, remaining: 199), now: start)
    for remaining in (16..<80).reversed() {
      budget.take(.ticketUpdates, now: start + 50)
      budget.observe(
        RateReading(family: .ticketUpdates, limit: 80, remaining: remaining), now: start + 50)
    }
    #expect(
      budget.decision(.ticketUpdates, lane: .bulk, now: start + 50) == .wait(until: start + 61))
    #expect(budget.decision(.ticketUpdates, lane: .bulk, now: start + 61) == .go)
  }

  @Test func aFamilyWithTheAccountsLimitIsTheAccount() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 50, remaining: 49), now: start)
    budget.observe(RateReading(family: .ticketReads, limit: 50, remaining: 20), now: start)
    let snapshot = budget.snapshot(now: start)
    #expect(snapshot.account?.remaining == 20)
    #expect(snapshot.buckets.first { $0.family == .ticketReads }?.limit == nil)
  }

  @Test func noAnswerStopsABucketForGood() {
    var budget = RateBudget()
    budget.observe(
      RateReading(family: .account, limit: 1, remaining: 0, retryAfter: .max), now: start)
    #expect(
      budget.decision(.account, cost: 7, lane: .background, now: start)
        == .wait(until: start + 3600))
    #expect(budget.decision(.account, cost: 7, lane: .background, now: start + 3600) == .go)
  }

  @Test func callsThatNeverGetAnAnswerAreForgotten() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 10, remaining: 10), now: start)
    for _ in 0..<10 { budget.take(.account, now: start) }
    #expect(budget.decision(.account, lane: .interactive, now: start + 200) == .go)
    #expect(budget.snapshot(now: start + 200).account?.remaining == 10)
  }

  @Test func aClockThatIsSetBackDoesNotStretchAWindow() {
    var budget = RateBudget()
    budget.observe(RateReading(family: .account, limit: 10, remaining: 0), now: start)
    budget.take(.account, now: start + 1)
    budget.observe(RateReading(family: .account, limit: 10, remaining: 0), now: start + -5000)
    #expect(
      budget.decision(.account, lane: .interactive, now: start + -5000)
        == .wait(until: start + -4940))
  }

  @Test func theForecastCountsWindowAfterWindow() {
    var budget = growth()
    for _ in 0..<30 { budget.take(.ticketUpdates, now: start) }
    let plan = budget.forecast(count: 50, family: .ticketUpdates, lane: .bulk, now: start + 20)
    #expect(plan == (now: 34, seconds: 41))
    let whole = budget.forecast(count: 34, family: .ticketUpdates, lane: .bulk, now: start + 20)
    #expect(whole == (now: 34, seconds: 0))
    let unknown = RateBudget().forecast(
      count: 500, family: .ticketUpdates, lane: .bulk, now: start)
    #expect(unknown == (now: 500, seconds: 0))
  }

  @Test(arguments: 0..<50) func bulkLaneNeverTakesTheReserve(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var budget = RateBudget()
    var now = start
    let limits: [RequestFamily: Int] = [
      .account: Int.random(in: 10...700, using: &random),
      .ticketUpdates: Int.random(in: 6...280, using: &random),
    ]
    for (family, limit) in limits {
      budget.observe(RateReading(family: family, limit: limit, remaining: limit), now: now)
    }
    for _ in 0..<600 {
      let lane = RequestLane.allCases.randomElement(using: &random) ?? .bulk
      let family: RequestFamily = Bool.random(using: &random) ? .ticketUpdates : .account
      if budget.decision(family, lane: lane, now: now) == .go {
        budget.take(family, now: now)
        if lane != .interactive {
          for bucket in budget.snapshot(now: now).buckets
          where family == .ticketUpdates || bucket.family == .account {
            let limit = bucket.limit ?? 0
            #expect((bucket.remaining ?? 0) >= min(max(5, limit / 5), limit - 1))
          }
        }
      }
      switch Int.random(in: 0..<10, using: &random) {
      case 0: now = now + Int64.random(in: 0...30, using: &random)
      case 1, 2, 3:
        let left = budget.snapshot(now: now).buckets.first { $0.family == family }?.remaining ?? 0
        budget.observe(
          RateReading(family: family, limit: limits[family] ?? 0, remaining: left), now: now)
      default: break
      }
    }
  }
}

/// A small generator of numbers that gives the same ones for the same seed.
private struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
