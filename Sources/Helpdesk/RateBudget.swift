/// Decides when a request may leave, from what the server said about its limits.
///
/// Two levels, as recorded at Freshdesk: every call is taken from the account's bucket, and calls
/// of a narrower family from that family's bucket as well. All buckets share one fixed window of 60
/// seconds that starts with its first call. A person's own keys may use everything; bulk and
/// background work leave a reserve. Pure: the caller brings the time.
public struct RateBudget: Equatable, Sendable {
  /// The server's window, and a second because clocks here count whole seconds.
  static let windowSeconds: Int64 = 61

  private var buckets: [RequestFamily: RateBucket] = [.account: RateBucket()]
  private var windowStart: Timestamp?
  private var lastSeen: Timestamp?

  /// Whether a call may leave.
  public enum Decision: Equatable, Sendable {
    case go
    /// Ask again at this moment; it may then have to wait on.
    case wait(until: Timestamp)
  }

  public init() {}

  public func decision(
    _ family: RequestFamily, cost: Int = 1, lane: RequestLane, now: Timestamp
  ) -> Decision {
    settled(at: now).obstacles(family, cost, lane, now).map(\.until).max()
      .map { .wait(until: $0) } ?? .go
  }

  /// Which bucket of a request's is the one that makes it wait longest; nil when it may go.
  public func obstacle(
    _ family: RequestFamily, cost: Int = 1, lane: RequestLane, now: Timestamp
  ) -> RequestFamily? {
    settled(at: now).obstacles(family, cost, lane, now).max { $0.until < $1.until }?.family
  }

  /// Counts a call that leaves now.
  public mutating func take(_ family: RequestFamily, cost: Int = 1, now: Timestamp) {
    settle(at: now)
    if windowStart == nil { windowStart = now }
    for key in Self.keys(of: family) {
      buckets[key, default: RateBucket()].take(cost: cost, now: now)
    }
  }

  /// A call that was counted is not made after all.
  public mutating func giveBack(_ family: RequestFamily, cost: Int = 1, now: Timestamp) {
    settle(at: now)
    for key in Self.keys(of: family) { buckets[key]?.giveBack(cost: cost) }
  }

  /// Learns from an answer's headers.
  public mutating func observe(_ reading: RateReading, now: Timestamp) {
    settle(at: now)
    if windowStart == nil { windowStart = now }
    let key = bucketMeant(by: reading)
    if reading.limit > 0,
      buckets[key, default: RateBucket()].learn(
        limit: reading.limit, remaining: reading.remaining)
    {
      windowStart = now
      for other in buckets.keys where other != key { buckets[other]?.restart() }
    }
    for key in Self.keys(of: reading.family) { buckets[key, default: RateBucket()].answered() }
    if let seconds = reading.retryAfter {
      // Refused although the family has credits left: then it is the account that has none.
      let isPaidFor = reading.limit > 0 && reading.remaining >= max(reading.used, 1)
      buckets[isPaidFor ? .account : key, default: RateBucket()].sleep(seconds: seconds, now: now)
    }
  }

  /// How many of `count` calls of one credit could leave at once, and after how many seconds the
  /// last one may.
  public func forecast(
    count: Int, family: RequestFamily, lane: RequestLane, now: Timestamp
  ) -> (now: Int, seconds: Int) {
    var budget = self
    var moment = now
    var left = count
    var atOnce: Int?
    for key in buckets.keys { budget.buckets[key]?.closeCalls() }
    while left > 0 {
      budget.settle(at: moment)
      let step = min(left, budget.room(family, lane))
      if step > 0 { budget.take(family, cost: step, now: moment) }
      for key in Self.keys(of: family) { budget.buckets[key]?.closeCalls() }
      left -= step
      if atOnce == nil { atOnce = step }
      guard left > 0 else { break }
      if case .wait(let until) = budget.decision(family, lane: lane, now: moment) {
        moment = max(until, moment + 1)
      } else {
        moment = moment + 1
      }
    }
    return (atOnce ?? 0, Int(moment - now))
  }

  /// What the status line shows.
  public func snapshot(now: Timestamp) -> BudgetSnapshot {
    let budget = settled(at: now)
    let states = budget.buckets.map { family, bucket in
      BudgetSnapshot.Bucket(
        family: family, limit: bucket.limit, remaining: bucket.remaining,
        resetsAt: budget.windowEnd, sleepingUntil: bucket.sleepingUntil)
    }
    return BudgetSnapshot(buckets: states)
  }

  private var windowEnd: Timestamp? { windowStart.map { $0 + Self.windowSeconds } }

  private static func keys(of family: RequestFamily) -> [RequestFamily] {
    family == .account ? [.account] : [.account, family]
  }

  private func obstacles(
    _ family: RequestFamily, _ cost: Int, _ lane: RequestLane, _ now: Timestamp
  ) -> [(family: RequestFamily, until: Timestamp)] {
    let end = windowEnd ?? now + 1
    return Self.keys(of: family).compactMap { key in
      buckets[key]?.blockedUntil(cost: cost, lane: lane, windowEnd: end).map { (key, $0) }
    }
  }

  /// Calls of one credit that may leave at once.
  private func room(_ family: RequestFamily, _ lane: RequestLane) -> Int {
    Self.keys(of: family).compactMap { buckets[$0]?.room(for: lane) }.min() ?? .max
  }

  /// A family without a limit of its own shows the account's: then that is what was read.
  private mutating func bucketMeant(by reading: RateReading) -> RequestFamily {
    guard reading.family != .account, reading.limit > 0,
      reading.limit == buckets[.account]?.limit
    else { return reading.family }
    buckets[reading.family]?.forgetLimit()
    return .account
  }

  private func settled(at now: Timestamp) -> RateBudget {
    var copy = self
    copy.settle(at: now)
    return copy
  }

  private mutating func settle(at now: Timestamp) {
    if let last = lastSeen, now < last {
      windowStart = windowStart.map { $0 + (now - last) }
      for key in buckets.keys { buckets[key]?.shift(by: now - last) }
    }
    lastSeen = now
    for key in buckets.keys { buckets[key]?.settle(at: now) }
    if let end = windowEnd, end <= now {
      for key in buckets.keys { buckets[key]?.restart() }
      windowStart = buckets.values.contains(where: \.hasOpenCalls) ? now : nil
    }
  }
}
