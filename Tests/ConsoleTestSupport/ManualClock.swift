import ConsoleModel
import Helpdesk
import Synchronization

/// A clock that stands still until the test moves it.
public final class ManualClock: ConsoleClock {
  private struct Sleeper {
    var moment: Timestamp
    var continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var now: Timestamp
    var steady: Int64 = 0
    var nextNumber = 0
    var sleepers: [Int: Sleeper] = [:]
    /// Cancelled before they had begun to wait.
    var cancelled: Set<Int> = []
  }

  private let state: Mutex<State>

  public init(_ now: Timestamp = Timestamp(1_795_258_800)) {
    state = Mutex(State(now: now))
  }

  public var now: Timestamp { state.withLock { $0.now } }

  /// How many tasks wait for the clock at the moment.
  public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  public var steadySeconds: Int64 { state.withLock { $0.steady } }

  /// Sets the clock back, unseen by those who wait for it.
  public func setBack(by seconds: Int64) { state.withLock { $0.now = $0.now + -seconds } }

  /// Sets the clock forward without any time passing.
  public func setForward(by seconds: Int64) { setBack(by: -seconds) }

  /// Moves the clock, backwards too, and wakes those whose moment has come.
  public func advance(by seconds: Int64) {
    let due = state.withLock { state in
      state.now = state.now + seconds
      state.steady += max(0, seconds)
      let due = state.sleepers.filter { $0.value.moment <= state.now }
      for number in due.keys { state.sleepers[number] = nil }
      return due.values.map(\.continuation)
    }
    for continuation in due { continuation.resume() }
  }

  public func sleep(until moment: Timestamp) async {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.now >= moment || state.cancelled.remove(number) != nil { return true }
          state.sleepers[number] = Sleeper(moment: moment, continuation: continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: number)
        if sleeper == nil { state.cancelled.insert(number) }
        return sleeper
      }
      sleeper?.continuation.resume()
    }
    state.withLock { state in _ = state.cancelled.remove(number) }
  }
}
