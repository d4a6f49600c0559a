/// One budget of calls: a fixed window of 60 seconds that starts with its first call, as recorded
/// at Freshdesk. What the server says wins over what was counted here.
struct RateBucket: Equatable, Sendable {
  /// The server's window, and a second because clocks here count whole seconds.
  static let windowSeconds: Int64 = 61
  /// The longest sleep believed, so that no answer can stop the program for good.
  static let longestSleep: Int64 = 3600

  /// Credits in a window; nil until an answer has told, and then nothing is held back.
  private(set) var limit: Int?
  /// Credits taken in this window, by anybody, as far as known.
  private(set) var used = 0
  private(set) var windowStart: Timestamp?
  private(set) var sleepingUntil: Timestamp?
  /// Calls without an answer yet, oldest first.
  private var unanswered: [Call] = []

  private struct Call: Equatable, Sendable {
    var moment: Timestamp
    var cost: Int
  }

  var remaining: Int? { limit.map { max(0, $0 - used) } }

  var windowEnd: Timestamp? { windowStart.map { $0 + Self.windowSeconds } }

  /// Credits that a lane leaves untouched: bulk work a fifth and at least 5, background work a
  /// quarter; never the whole budget, or the lane would stand still.
  static func reserve(of limit: Int, from lane: RequestLane) -> Int {
    let share =
      switch lane {
      case .interactive: 0
      case .bulk: max(5, (limit + 4) / 5)
      case .background: max(5, limit - limit * 3 / 4)
      }
    return min(share, max(0, limit - 1))
  }

  /// Starts a new window where the old one is over, and wakes up.
  mutating func settle(at now: Timestamp) {
    unanswered.removeAll { now - $0.moment > 2 * Self.windowSeconds }
    if let until = sleepingUntil, until <= now {
      sleepingUntil = nil
      restart(at: now)
    }
    if let end = windowEnd, end <= now { restart(at: now) }
  }

  /// Calls still on their way may fall into the new window.
  private mutating func restart(at now: Timestamp) {
    used = unanswered.reduce(0) { $0 + $1.cost }
    windowStart = unanswered.isEmpty ? nil : now
  }

  /// Credits that a lane may take now; nil without a known limit. Call `settle` first.
  func room(for lane: RequestLane) -> Int? {
    guard sleepingUntil == nil else { return 0 }
    guard let limit else { return nil }
    return max(0, limit - used - Self.reserve(of: limit, from: lane))
  }

  /// Nil when the call may go, else when to ask again. Call `settle` first.
  func blockedUntil(cost: Int, lane: RequestLane, now: Timestamp) -> Timestamp? {
    if let sleepingUntil { return sleepingUntil }
    // A call that costs more than a lane's whole share goes when nothing else has been taken.
    guard let room = room(for: lane), cost > room, used > 0 else { return nil }
    return windowEnd ?? now + 1
  }

  mutating func take(cost: Int, now: Timestamp) {
    if windowStart == nil { windowStart = now }
    used += cost
    unanswered.append(Call(moment: now, cost: cost))
  }

  /// An answer has come; the oldest open call is taken for the one it belongs to. Call `learn`
  /// before, with the same answer.
  mutating func answered() {
    if !unanswered.isEmpty { unanswered.removeFirst() }
  }

  /// Believes the server. Answers may overtake each other, so within a window only more use counts;
  /// many more credits left than that explains mean that the server has begun a new window.
  mutating func learn(limit newLimit: Int, remaining: Int, now: Timestamp) {
    limit = newLimit
    let open = unanswered.reduce(0) { $0 + $1.cost }
    let reported = max(0, newLimit - remaining)
    if reported + open < used - open {
      used = reported + open - (unanswered.first?.cost ?? 0)
      windowStart = now
    } else {
      used = max(used, reported)
      if windowStart == nil { windowStart = now }
    }
  }

  /// Takes all open calls for answered; for looking ahead.
  mutating func closeCalls() { unanswered = [] }

  mutating func forgetLimit() { limit = nil }

  /// Obeys a refusal: nothing goes until then.
  mutating func sleep(seconds: Int, now: Timestamp) {
    let until = now + min(max(Int64(seconds), 1), Self.longestSleep)
    sleepingUntil = max(until, sleepingUntil ?? until)
  }

  /// Moves every moment; for a wall clock that was set back.
  mutating func shift(by seconds: Int64) {
    windowStart = windowStart.map { $0 + seconds }
    sleepingUntil = sleepingUntil.map { $0 + seconds }
    for index in unanswered.indices {
      unanswered[index].moment = unanswered[index].moment + seconds
    }
  }
}
