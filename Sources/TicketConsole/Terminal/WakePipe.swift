import Glibc
import Synchronization

/// Wakes the console's loop from any thread: one byte in a pipe, however often it is rung.
final class WakePipe: Sendable {
  /// The end the loop polls.
  let readDescriptor: Int32
  /// The end that is written to; also by signal handlers.
  let writeDescriptor: Int32
  private let isRung = Atomic<Bool>(false)

  /// Nil when the process has no descriptors left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  deinit {
    close(readDescriptor)
    close(writeDescriptor)
  }

  /// Wakes the loop; may be called from any thread, at any rate.
  func wake() {
    guard !isRung.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte: UInt8 = 0x77
    _ = write(writeDescriptor, &byte, 1)
  }

  /// Empties the pipe; true when somebody called `wake` since the last time.
  func drain() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64)
    while read(readDescriptor, &buffer, buffer.count) > 0 {}
    return isRung.exchange(false, ordering: .acquiringAndReleasing)
  }
}
