public import Helpdesk

/// A clock that only goes forward, whatever is done to the machine's: the wall clock's time when it
/// was made, and the seconds since. Windows of a rate limit are counted on it.
public struct SteadyClock: ConsoleClock {
  private let start: ContinuousClock.Instant
  private let origin: Timestamp

  public init() {
    start = .now
    origin = SystemClock().now
  }

  public var now: Timestamp { origin + start.duration(to: .now).components.seconds }

  public func sleep(until moment: Timestamp) async {
    try? await Task.sleep(until: start + .seconds(moment - origin), clock: .continuous)
  }
}
