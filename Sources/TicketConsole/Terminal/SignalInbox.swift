import Glibc
import Synchronization

/// What signals have asked for and the console's loop has not done yet.
///
/// Signals belong to the whole process, so this state does too; handlers only set a bit and write
/// one byte.
enum SignalInbox {
  /// The signals a terminal program answers in its loop.
  struct Requests: OptionSet, Sendable {
    let rawValue: UInt32

    static let resize = Requests(rawValue: 1)
    static let terminate = Requests(rawValue: 2)
    static let hangup = Requests(rawValue: 4)
    static let suspend = Requests(rawValue: 8)
    static let resume = Requests(rawValue: 16)
  }

  private static let requests = Atomic<UInt32>(0)
  private static let wakeDescriptor = Atomic<Int32>(-1)
  /// The first signal that asked for the program's end; 0 for none.
  private static let ending = Atomic<Int32>(0)

  /// The signals and what they ask for.
  private static var handled: [Int32] {
    [SIGWINCH, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT]
  }

  /// Installs the handlers, which write to the pipe's end; SIGPIPE is ignored from then on.
  static func open(wakeDescriptor descriptor: Int32) {
    // Both values are touched before any handler can run, so that none of them is ever initialised
    // inside one.
    requests.store(0, ordering: .sequentiallyConsistent)
    ending.store(0, ordering: .sequentiallyConsistent)
    wakeDescriptor.store(descriptor, ordering: .sequentiallyConsistent)
    for signal in handled { install(signal) }
    setDisposition(of: SIGPIPE, to: SIG_IGN)
  }

  /// Gives the signals back to the system's defaults; SIGPIPE stays ignored.
  static func close() {
    for signal in handled { setDisposition(of: signal, to: SIG_DFL) }
    wakeDescriptor.store(-1, ordering: .sequentiallyConsistent)
  }

  /// While another program has the terminal, its keys for interrupting are its own, and the key for
  /// stopping stops both.
  static func lendTerminal() {
    for signal in [SIGINT, SIGQUIT] { setDisposition(of: signal, to: SIG_IGN) }
    setDisposition(of: SIGTSTP, to: SIG_DFL)
  }

  /// Undoes `lendTerminal`.
  static func takeTerminalBack() {
    for signal in [SIGINT, SIGQUIT, SIGTSTP] { install(signal) }
  }

  /// What has been asked for since the last call.
  static func take() -> Requests {
    Requests(rawValue: requests.exchange(0, ordering: .acquiringAndReleasing))
  }

  /// The first signal that asked for the program's end; nil when none has.
  static var endingSignal: Int32? {
    let signal = ending.load(ordering: .acquiring)
    return signal == 0 ? nil : signal
  }

  private static func install(_ signal: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = SA_RESTART
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, nil)
  }

  /// Sets a signal to be ignored or to its default.
  static func setDisposition(of signal: Int32, to disposition: sighandler_t?) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = disposition
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, nil)
  }

  /// Runs inside the signal: atomics and write(2) only.
  private static let handler: sighandler_t = { signal in
    let saved = errno
    let request: Requests =
      switch signal {
      case SIGWINCH: .resize
      case SIGHUP: .hangup
      case SIGTSTP: .suspend
      case SIGCONT: .resume
      default: .terminate
      }
    if request == .terminate || request == .hangup {
      _ = ending.compareExchange(
        expected: 0, desired: signal, ordering: .acquiringAndReleasing)
    }
    requests.bitwiseOr(request.rawValue, ordering: .acquiringAndReleasing)
    let descriptor = wakeDescriptor.load(ordering: .acquiring)
    if descriptor >= 0 {
      var byte: UInt8 = 0x73
      _ = write(descriptor, &byte, 1)
    }
    errno = saved
  }
}
