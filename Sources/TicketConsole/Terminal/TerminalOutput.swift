import Glibc

/// Writes to the terminal, waits while it is slow, and is not stuck in it when the program is to end.
///
/// A terminal whose other side reads no more, such as a hung session, lets a write wait for ever. So
/// the terminal is opened a second time without waiting, which leaves it as it is for all others.
final class TerminalOutput {
  private let descriptor: Int32
  private let isOwn: Bool
  /// Whether the program was asked to end.
  private let isEnding: () -> Bool
  /// The terminal took nothing for a while although the program was to end: nothing is waited for
  /// any more.
  private(set) var isGivenUp = false

  /// How long a terminal that takes nothing holds up an end, in milliseconds.
  private static let patience: Int32 = 500
  private static let step: Int32 = 100

  init(terminal: Int32, isEnding: @escaping () -> Bool) {
    self.isEnding = isEnding
    let own = open(
      "/proc/self/fd/\(terminal)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    isOwn = own >= 0
    descriptor = isOwn ? own : terminal
  }

  deinit { if isOwn { Glibc.close(descriptor) } }

  /// Writes all of it, waiting for a slow terminal; gives up when the terminal is gone, or takes
  /// nothing at the program's end.
  func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var waited: Int32 = 0
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
        waited = 0
        continue
      }
      guard written < 0, errno == EINTR || errno == EAGAIN, !isGivenUp else { return }
      if isEnding() {
        waited += Self.step
        if waited > Self.patience {
          isGivenUp = true
          return
        }
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&waiting, 1, Self.step)
    }
  }

  /// Drops what the terminal has not taken yet, so that there is room for what gives it back.
  func dropUnsent() { tcflush(descriptor, TCOFLUSH) }
}
