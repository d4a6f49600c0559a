import Glibc
import Terminal

/// Reads the terminal's bytes and the wake pipe, without ever blocking in a read.
struct CursesInput {
  /// What a wait ended with.
  struct Arrival: Equatable {
    var reports: [KeyDecoder.Report] = []
    /// The wake pipe holds something: a wake or a signal.
    var isWoken = false
    /// The terminal is gone.
    var isClosed = false
  }

  private let descriptor: Int32
  private let wakeDescriptor: Int32
  private let clock = ContinuousClock()
  private var decoder: KeyDecoder

  init(descriptor: Int32, wakeDescriptor: Int32, escapeDelay: Duration) {
    self.descriptor = descriptor
    self.wakeDescriptor = wakeDescriptor
    decoder = KeyDecoder(escapeDelay: escapeDelay)
  }

  /// Says whether the terminal owes an answer, and whether characters become text.
  mutating func expect(isAnswerAwaited: Bool, isWriting: Bool) {
    decoder.isAnswerAwaited = isAnswerAwaited
    decoder.isWriting = isWriting
  }

  /// Waits for bytes or a wake, at most so long; nil waits without end.
  mutating func wait(_ timeout: Duration?) -> Arrival {
    var arrival = Arrival()
    let patience = decoder.patience(at: clock.now)
    let limit = [timeout, patience].compactMap(\.self).min()
    var descriptors = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wakeDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&descriptors, 2, limit.map(Self.milliseconds) ?? -1)
    if count < 0 {
      // After a signal its byte is in the pipe; anything else means that the terminal is gone.
      arrival.isWoken = errno == EINTR
      arrival.isClosed = !arrival.isWoken
      return arrival
    }
    arrival.isWoken = descriptors[1].revents != 0
    if descriptors[0].revents != 0 {
      readAvailable(into: &arrival)
    } else {
      arrival.reports = decoder.giveUp(at: clock.now)
    }
    return arrival
  }

  /// Reads what has already come, without waiting.
  mutating func readNow() -> Arrival {
    var arrival = Arrival()
    while !arrival.isClosed {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 0) > 0 else { break }
      readAvailable(into: &arrival)
    }
    return arrival
  }

  private mutating func readAvailable(into arrival: inout Arrival) {
    let capacity = 16 * 1024
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      count = read(descriptor, buffer.baseAddress, capacity)
      initialized = max(0, count)
    }
    if count > 0 {
      arrival.reports += decoder.decode(bytes, at: clock.now)
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      arrival.isClosed = true
    }
  }

  /// Rounded up, so that a wait never ends before its time.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let parts = duration.components
    guard parts.seconds < 86_400 else { return 86_400_000 }
    let thousandths = parts.attoseconds / 1_000_000_000_000_000
    let isUneven = parts.attoseconds % 1_000_000_000_000_000 > 0
    return Int32(max(0, parts.seconds * 1000 + thousandths + (isUneven ? 1 : 0)))
  }
}
