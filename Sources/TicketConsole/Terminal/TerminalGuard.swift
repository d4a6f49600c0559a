import CNcurses
import Glibc
import Synchronization

/// Looks at the terminal before it is taken, and gives it back whatever becomes of the program.
enum TerminalGuard {
  /// Why the terminal cannot be used, in one sentence; nil when it can.
  static func refusal(
    environment: [String: String], input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO
  ) -> String? {
    let instead = "use ticket-console --plain to read the queue as lines instead."
    guard isatty(input) == 1, isatty(output) == 1 else {
      return "The console needs a terminal for its input and its output; \(instead)"
    }
    guard let term = environment["TERM"], !term.isEmpty else {
      return "The console does not know this terminal because TERM is not set; \(instead)"
    }
    guard usableTerm(term, output: output) != nil else {
      let shown = term.unicodeScalars.filter { $0.value > 0x20 && $0.value < 0x7F }
      return
        "The terminal \"\(String(shown).prefix(40))\" cannot show a full screen; \(instead)"
    }
    return nil
  }

  /// The name under which terminfo knows the terminal; newer terminals that it does not know are
  /// taken for xterm. Nil when the terminal cannot place its cursor.
  static func usableTerm(_ term: String, output: Int32) -> String? {
    guard !term.hasPrefix("dumb") else { return nil }
    switch cn_terminal_kind(term, output) {
    case 1: return term
    case 0: return nil
    default:
      let relatives = [
        "xterm", "kitty", "alacritty", "foot", "wezterm", "ghostty", "tmux", "screen", "rxvt",
      ]
      let isRelative = relatives.contains { term.contains($0) }
      guard isRelative, cn_terminal_kind("xterm-256color", output) == 1 else { return nil }
      return "xterm-256color"
    }
  }

  // Giving back

  private static let descriptor = Atomic<Int32>(-1)
  private static let sequenceAddress = Atomic<UInt>(0)
  private static let sequenceLength = Atomic<Int>(0)
  private static let modesAddress = Atomic<UInt>(0)
  private static let farewellAddress = Atomic<UInt>(0)
  private static let farewellLength = Atomic<Int>(0)

  /// The signals after which a program is no more.
  private static var fatalSignals: [Int32] {
    [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS]
  }

  /// From now on a fatal signal or an `exit` writes the sequence and sets the modes before the
  /// process ends.
  ///
  /// The copies are kept for the life of the process, because a signal may still look at them.
  static func arm(
    output: Int32, restoring sequence: [UInt8], modes: termios, catchingSignals: Bool
  ) {
    let bytes = permanentCopy(of: sequence)
    let farewell = Array(
      "\nticket-console was ended by a fault of its own. What was on disk is kept.\n".utf8)
    farewellAddress.store(
      UInt(bitPattern: permanentCopy(of: farewell)), ordering: .sequentiallyConsistent)
    farewellLength.store(farewell.count, ordering: .sequentiallyConsistent)
    let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    saved.initialize(to: modes)
    sequenceAddress.store(UInt(bitPattern: bytes), ordering: .sequentiallyConsistent)
    sequenceLength.store(sequence.count, ordering: .sequentiallyConsistent)
    modesAddress.store(UInt(bitPattern: saved), ordering: .sequentiallyConsistent)
    descriptor.store(output, ordering: .sequentiallyConsistent)
    guard catchingSignals else { return }
    giveOwnStackToHandlers()
    for signal in fatalSignals { catchFatal(signal) }
    _ = isRegisteredAtExit
  }

  private static func permanentCopy(of bytes: [UInt8]) -> UnsafeMutablePointer<UInt8> {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    copy.initialize(from: bytes, count: bytes.count)
    return copy
  }

  /// Gives the terminal back before this signal ends the process.
  private static func catchFatal(_ signal: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = fatalHandler
    action.sa_flags = SA_ONSTACK | SA_NODEFER
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, nil)
  }

  /// The terminal has been given back in the ordinary way, or is lent to another program.
  static func disarm() { descriptor.store(-1, ordering: .sequentiallyConsistent) }

  /// The terminal is taken again after `disarm`.
  static func rearm(output: Int32) {
    if sequenceLength.load(ordering: .acquiring) > 0 {
      descriptor.store(output, ordering: .sequentiallyConsistent)
    }
  }

  /// Registers once for the life of the process.
  private static let isRegisteredAtExit: Bool = {
    atexit { TerminalGuard.restore() }
    return true
  }()

  /// A stack overflow leaves no room for a handler on the stack itself.
  private static func giveOwnStackToHandlers() {
    let size = 64 * 1024
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    sigaltstack(&stack, nil)
  }

  /// Runs inside signals: atomics, write(2) and tcsetattr(3) only. True when there was something to
  /// give back.
  @discardableResult
  private static func restore() -> Bool {
    let output = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
    guard output >= 0 else { return false }
    writeAll(
      output, sequenceAddress.load(ordering: .acquiring),
      sequenceLength.load(ordering: .acquiring))
    if let modes = UnsafePointer<termios>(bitPattern: modesAddress.load(ordering: .acquiring)) {
      tcsetattr(output, TCSANOW, modes)
    }
    return true
  }

  private static func writeAll(_ output: Int32, _ start: UInt, _ count: Int) {
    var address = start
    var rest = count
    while rest > 0, let bytes = UnsafeRawPointer(bitPattern: address) {
      let written = write(output, bytes, rest)
      if written <= 0 { return }
      rest -= written
      address += UInt(written)
    }
  }

  private static let fatalHandler: sighandler_t = { signal in
    // The runtime's own last words went away with the full screen.
    if restore() {
      writeAll(
        STDERR_FILENO, farewellAddress.load(ordering: .acquiring),
        farewellLength.load(ordering: .acquiring))
    }
    var action = sigaction()
    action.__sigaction_handler.sa_handler = SIG_DFL
    sigemptyset(&action.sa_mask)
    sigaction(signal, &action, nil)
    raise(signal)
  }
}
