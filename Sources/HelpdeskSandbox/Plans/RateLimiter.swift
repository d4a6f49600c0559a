/// Two levels of fixed windows of a minute: one for the account, one for each family of calls. The
/// windows of both levels begin together, with the first call after the previous ones have ended.
struct RateLimiter: Equatable, Sendable {
  /// What the answer's headers say, and whether the call may go on.
  struct Verdict: Equatable, Sendable {
    /// `account` or the family's name.
    var bucket: String
    var total: Int
    var remaining: Int
    var cost: Int
    /// Seconds until the window ends, for a refused call; nil for an admitted one.
    var retryAfter: Int64?
  }

  static let windowSeconds: Int64 = 60

  var plan: Plan { didSet { windowStart = nil } }
  private var windowStart: Int64?
  private var accountUsed = 0
  private var used: [CallFamily: Int] = [:]

  init(plan: Plan) { self.plan = plan }

  /// Takes a call from its buckets; nil on a plan without limits.
  mutating func take(_ family: CallFamily?, cost: Int, now: Int64) -> Verdict? {
    guard let total = plan.account else { return nil }
    let start = openWindow(now)
    let accountLeft = total - accountUsed
    let limited = family.flatMap { family in plan.limit(of: family).map { (family, $0) } }
    let familyLeft = limited.map { family, limit in limit - used[family, default: 0] }
    let isRefused = accountLeft < cost || (familyLeft.map { $0 < cost } ?? false)
    if isRefused {
      let retryAfter = max(start + Self.windowSeconds - now, 1)
      if let (family, limit) = limited, let familyLeft, familyLeft < cost || familyLeft <= 0 {
        return Verdict(
          bucket: family.rawValue, total: limit, remaining: max(familyLeft, 0), cost: cost,
          retryAfter: retryAfter)
      }
      return Verdict(
        bucket: "account", total: total, remaining: max(accountLeft, 0), cost: cost,
        retryAfter: retryAfter)
    }
    accountUsed += cost
    guard let (family, limit) = limited, let familyLeft else {
      return Verdict(bucket: "account", total: total, remaining: accountLeft - cost, cost: cost)
    }
    used[family, default: 0] += cost
    return Verdict(
      bucket: family.rawValue, total: limit, remaining: familyLeft - cost, cost: cost)
  }

  /// One line for each bucket: name, total, remaining, seconds until the window ends.
  func levels(now: Int64) -> [(name: String, total: Int, remaining: Int, resetsIn: Int64)] {
    guard let total = plan.account else { return [] }
    let isOpen = windowStart.map { now < $0 + Self.windowSeconds } ?? false
    let rest = isOpen ? (windowStart ?? now) + Self.windowSeconds - now : 0
    let families = CallFamily.allCases.compactMap { family in
      plan.limit(of: family).map {
        (family.rawValue, $0, $0 - (isOpen ? used[family, default: 0] : 0), rest)
      }
    }
    return [("account", total, total - (isOpen ? accountUsed : 0), rest)] + families
  }

  private mutating func openWindow(_ now: Int64) -> Int64 {
    if let windowStart, now >= windowStart, now < windowStart + Self.windowSeconds {
      return windowStart
    }
    windowStart = now
    accountUsed = 0
    used = [:]
    return now
  }
}
