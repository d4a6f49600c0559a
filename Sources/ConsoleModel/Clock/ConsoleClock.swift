import Glibc
import Helpdesk

/// Tells the time and waits for it, so that tests can move it by hand.
public protocol ConsoleClock: Sendable {
  var now: Timestamp { get }
  /// Seconds that nobody can set, counted from anywhere; they stand still while the machine sleeps.
  var steadySeconds: Int64 { get }
  /// Returns once `now` has reached the moment, once as much time has passed as it lay ahead (the
  /// clock may be set back meanwhile), or as soon as the task is cancelled.
  func sleep(until moment: Timestamp) async
}

extension ConsoleClock {
  public var steadySeconds: Int64 { now.seconds }
}

/// The machine's own clock.
public struct SystemClock: ConsoleClock {
  public init() {}

  public var now: Timestamp { Timestamp(Int64(Glibc.time(nil))) }

  public var steadySeconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec)
  }

  public func sleep(until moment: Timestamp) async {
    let end = ContinuousClock.now.advanced(by: Self.distance(to: moment))
    while !Task.isCancelled {
      let left = min(Self.distance(to: moment), ContinuousClock.now.duration(to: end))
      guard left > .zero else { return }
      // In slices, because the wall clock may be set while we wait.
      try? await Task.sleep(for: min(left, .seconds(5)) + .milliseconds(1))
    }
  }

  private static func distance(to moment: Timestamp) -> Duration {
    var wall = timespec()
    clock_gettime(CLOCK_REALTIME, &wall)
    return .seconds(moment.seconds - Int64(wall.tv_sec)) - .nanoseconds(Int64(wall.tv_nsec))
  }
}
