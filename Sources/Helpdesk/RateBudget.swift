/// Decides when a request may leave, from what the server said about its limits.
///
/// Two levels, as recorded at Freshdesk: every call is taken from the account's bucket, and calls
/// of a narrower family from that family's bucket as well. A person's own keys may use everything;
/// bulk and background work leave a reserve. Pure: the caller brings the time.
public struct RateBudget: Equatable, Sendable {
  private var buckets: [RequestFamily: RateBucket] = [.account: RateBucket()]
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
    let budget = settled(at: now)
    let moments = Self.keys(of: family).compactMap {
      budget.buckets[$0]?.blockedUntil(cost: cost, lane: lane, now: now)
    }
    return moments.max().map { .wait(until: $0) } ?? .go
  }

  /// Counts a call that leaves now.
  public mutating func take(_ family: RequestFamily, cost: Int = 1, now: Timestamp) {
    settle(at: now)
    for key in Self.keys(of: family) {
      buckets[key, default: RateBucket()].take(cost: cost, now: now)
    }
  }

  /// Learns from an answer's headers.
  public mutating func observe(_ reading: RateReading, now: Timestamp) {
    settle(at: now)
    let key = bucketMeant(by: reading)
    if reading.limit > 0 {
      buckets[key, default: RateBucket()].learn(
        limit: reading.limit, remaining: reading.remaining, now: now)
    }
    for key in Self.keys(of: reading.family) { buckets[key, default: RateBucket()].answered() }
    if let seconds = reading.retryAfter {
      // Refused although the family has credits left: then it is the account that has none.
      let empty = reading.limit > 0 && reading.remaining > 0 ? .account : key
      buckets[empty, default: RateBucket()].sleep(seconds: seconds, now: now)
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
      for key in Self.keys(of: family) where step > 0 {
        budget.buckets[key, default: RateBucket()].take(cost: step, now: moment)
        budget.buckets[key]?.closeCalls()
      }
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
        resetsAt: bucket.windowEnd, sleepingUntil: bucket.sleepingUntil)
    }
    return BudgetSnapshot(buckets: states)
  }

  /// Which bucket of a request's is the one that makes it wait longest; nil when it may go.
  public func obstacle(
    _ family: RequestFamily, cost: Int = 1, lane: RequestLane, now: Timestamp
  ) -> RequestFamily? {
    let budget = settled(at: now)
    return Self.keys(of: family)
      .compactMap { key in
        budget.buckets[key]?.blockedUntil(cost: cost, lane: lane, now: now).map { ($0, key) }
      }
      .max { $0.0 < $1.0 }?.1
  }

  private static func keys(of family: RequestFamily) -> [RequestFamily] {
    family == .account ? [.account] : [.account, family]
  }

  /// Calls of one credit that may leave at once.
  private func room(_ family: RequestFamily, _ lane: RequestLane) -> Int {
    let rooms = Self.keys(of: family).compactMap { buckets[$0]?.room(for: lane) }
    return rooms.min() ?? .max
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
    let setBack = lastSeen.map { now < $0 ? now - $0 : 0 } ?? 0
    for key in buckets.keys {
      if setBack != 0 { buckets[key]?.shift(by: setBack) }
      buckets[key]?.settle(at: now)
    }
    lastSeen = now
  }
}
