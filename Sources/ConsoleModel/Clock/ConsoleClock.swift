import Glibc
import Helpdesk

/// Tells the time and waits for it, so that tests can move it by hand.
public protocol ConsoleClock: Sendable {
  var now: Timestamp { get }
  /// Returns once `now` has reached the moment, or as soon as the task is cancelled.
  func sleep(until moment: Timestamp) async
}

/// The machine's own clock.
public struct SystemClock: ConsoleClock {
  public init() {}

  public var now: Timestamp { Timestamp(Int64(Glibc.time(nil))) }

  public func sleep(until moment: Timestamp) async {
    while !Task.isCancelled {
      var wall = timespec()
      clock_gettime(CLOCK_REALTIME, &wall)
      let left = Double(moment.seconds - Int64(wall.tv_sec)) - Double(wall.tv_nsec) / 1e9
      guard left > 0 else { return }
      // In slices, because the wall clock may be set while we wait.
      try? await Task.sleep(for: .milliseconds(Int64(min(left, 5) * 1000) + 1))
    }
  }
}
