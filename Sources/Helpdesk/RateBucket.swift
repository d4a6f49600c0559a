/// One budget of calls within the window that all budgets of an account share. What the server says
/// wins over what was counted here.
struct RateBucket: Equatable, Sendable {
  /// The longest sleep believed, so that no answer can stop the program for good.
  static let longestSleep: Int64 = 3600

  /// Credits in a window; nil until an answer has told, and then nothing is held back.
  private(set) var limit: Int?
  /// Credits taken in this window, by anybody, as far as known.
  private(set) var used = 0
  private(set) var sleepingUntil: Timestamp?
  /// Calls without an answer yet, oldest first.
  private var unanswered: [Call] = []

  private struct Call: Equatable, Sendable {
    var moment: Timestamp
    var cost: Int
  }

  var remaining: Int? { limit.map { max(0, $0 - used) } }

  var hasOpenCalls: Bool { !unanswered.isEmpty }

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

  /// Wakes up when the time has come, and drops calls that will get no answer any more.
  mutating func settle(at now: Timestamp) {
    unanswered.removeAll { now - $0.moment > 2 * RateBudget.windowSeconds }
    if let until = sleepingUntil, until <= now {
      sleepingUntil = nil
      restart()
    }
  }

  /// A new window; calls still on their way may fall into it.
  mutating func restart() { used = unanswered.reduce(0) { $0 + $1.cost } }

  /// Credits that a lane may take now; nil without a known limit. Call `settle` first.
  func room(for lane: RequestLane) -> Int? {
    guard sleepingUntil == nil else { return 0 }
    guard let limit else { return nil }
    return max(0, limit - used - Self.reserve(of: limit, from: lane))
  }

  /// Nil when the call may go, else when to ask again. Call `settle` first.
  func blockedUntil(cost: Int, lane: RequestLane, windowEnd: Timestamp) -> Timestamp? {
    if let sleepingUntil { return sleepingUntil }
    // A call that costs more than a lane's whole share goes when nothing else has been taken.
    guard let room = room(for: lane), cost > room, used > 0 else { return nil }
    return windowEnd
  }

  mutating func take(cost: Int, now: Timestamp) {
    used += cost
    unanswered.append(Call(moment: now, cost: cost))
  }

  /// The newest open call of this cost is not made after all.
  mutating func giveBack(cost: Int) {
    guard let index = unanswered.lastIndex(where: { $0.cost == cost }) else { return }
    unanswered.remove(at: index)
    used = max(0, used - cost)
  }

  /// An answer has come; the oldest open call is taken for the one it belongs to. Call `learn`
  /// before, with the same answer.
  mutating func answered() {
    if !unanswered.isEmpty { unanswered.removeFirst() }
  }

  /// Takes all open calls for answered; for looking ahead.
  mutating func closeCalls() { unanswered = [] }

  /// Believes the server. Answers may overtake each other, so within a window only more use counts;
  /// many more credits left than that explains mean that the server has begun a new window, and
  /// then the result is true.
  mutating func learn(limit newLimit: Int, remaining: Int) -> Bool {
    limit = newLimit
    let open = unanswered.reduce(0) { $0 + $1.cost }
    let reported = max(0, newLimit - remaining)
    guard reported + open < used - open else {
      used = max(used, reported)
      return false
    }
    used = reported + open - (unanswered.first?.cost ?? 0)
    return true
  }

  mutating func forgetLimit() { limit = nil }

  /// Obeys a refusal: nothing goes until then.
  mutating func sleep(seconds: Int, now: Timestamp) {
    let until = now + min(max(Int64(seconds), 1), Self.longestSleep)
    sleepingUntil = max(until, sleepingUntil ?? until)
  }

  /// Moves every moment; for a wall clock that was set back.
  mutating func shift(by seconds: Int64) {
    sleepingUntil = sleepingUntil.map { $0 + seconds }
    for index in unanswered.indices {
      unanswered[index].moment = unanswered[index].moment + seconds
    }
  }
}
