import Glibc
import Terminal

/// A terminal for a real program: a pseudo-terminal, the program on it, and what its screen shows.
///
/// Blocks the calling thread while it waits. The program is killed and the descriptors are closed
/// with the object.
public final class PseudoTerminal {
  /// What a wait ended with instead of what it waited for.
  public enum Failure: Error, CustomStringConvertible {
    /// The system refused; its error number.
    case system(String, Int32)
    /// The screen did not come to show what was waited for; the screen as it was.
    case timedOut(waitingFor: String, screen: String)

    public var description: String {
      switch self {
      case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
      case .timedOut(let wanted, let screen): "timed out waiting for \(wanted); screen:\n\(screen)"
      }
    }
  }

  /// How a program ended.
  public enum Exit: Equatable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  public private(set) var screen: ScreenEmulator
  /// Every byte the program has written so far.
  public private(set) var output: [UInt8] = []
  /// True answers the program's questions for background, modes and kind, as a terminal does.
  public var answersQuestions = true
  /// The terminal's side for the program: for a driver in the test's own process.
  public let programSide: Int32
  private var master: Int32
  private let path: String
  public private(set) var process: pid_t?

  public init(size: Size) throws {
    screen = ScreenEmulator(size: size)
    // posix_openpt and its companions do not import; this is what they do on Linux.
    let unlock = UInt(0x4004_5431)
    let readNumber = UInt(0x8004_5430)
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw Failure.system("open", errno) }
    var isLocked: Int32 = 0
    var number: Int32 = 0
    guard ioctl(master, unlock, &isLocked) == 0, ioctl(master, readNumber, &number) == 0 else {
      let problem = errno
      close(master)
      throw Failure.system("ioctl", problem)
    }
    path = "/dev/pts/\(number)"
    programSide = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard programSide >= 0 else {
      let number = errno
      close(master)
      throw Failure.system("open", number)
    }
    setWindowSize(size)
  }

  deinit {
    if let process {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(programSide)
    if master >= 0 { close(master) }
  }

  /// Closes the window, as a lost connection does: the program gets a SIGHUP and no more bytes.
  public func hangUp() {
    close(master)
    master = -1
  }

  /// The built `ticket-console`, which lies beside the tests' own executable.
  public static var console: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    let executable = String(decoding: bytes, as: UTF8.self)
    let folder = executable.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(folder)/ticket-console"
  }

  // The program

  /// Starts a program as the leader of a session on this terminal, with exactly this environment
  /// and TERM=xterm-256color, a UTF-8 locale and no crash reports where it says nothing else.
  public func start(
    _ executable: String, arguments: [String] = [], environment: [String: String] = [:]
  ) throws {
    let defaults = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let variables = defaults.merging(SanitizerOptions.variables) { $1 }
      .merging(environment) { $1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a session's leader opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    /// `POSIX_SPAWN_SETSID` of glibc, which does not import.
    let newSession: Int32 = 0x80
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | newSession))
    let argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
    let variablePointers = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + variablePointers { free(pointer) } }
    var child: pid_t = 0
    let problem = posix_spawn(
      &child, executable, &actions, &attributes, argumentPointers, variablePointers)
    guard problem == 0 else { throw Failure.system("posix_spawn", problem) }
    process = child
  }

  public func send(signal: Int32) {
    if let process { kill(process, signal) }
  }

  /// How many bytes that were typed the program has not read yet.
  public var unreadKeys: Int {
    var count: Int32 = 0
    _ = ioctl(programSide, UInt(FIONREAD), &count)
    return Int(count)
  }

  /// Lets the program write until the terminal holds no more, which nobody reads: every `keys` makes
  /// it write, and the last of them are not even read.
  public func fill(with keys: String) throws {
    for _ in 0..<2_000 {
      send(keys)
      // The keys reach the program's side a moment after they were written.
      poll(nil, 0, 3)
      let deadline = ContinuousClock.now.advanced(by: .seconds(2))
      while unreadKeys > 0 {
        if ContinuousClock.now >= deadline { return }
        poll(nil, 0, 2)
      }
    }
    throw Failure.timedOut(waitingFor: "a full terminal", screen: screen.text)
  }

  /// Waits for the program's end, reading what it still writes, or reading nothing.
  public func waitForExit(
    timeout: Duration = .seconds(20), isReading: Bool = true
  ) throws -> Exit {
    guard let process else { throw Failure.system("waitpid", ECHILD) }
    let deadline = ContinuousClock.now.advanced(by: timeout)
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0 { throw Failure.system("waitpid", errno) }
      guard ContinuousClock.now < deadline else {
        throw Failure.timedOut(waitingFor: "the program's end", screen: screen.text)
      }
      // A terminal that is gone has nothing to wait for.
      if master < 0 || !isReading { poll(nil, 0, 10) } else { receive(milliseconds: 10) }
    }
    self.process = nil
    while receive(milliseconds: 0) {}
    let signal = status & 0x7F
    return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
  }

  // Keys and screen

  /// The background colour the terminal answers with.
  public func screenBackground(_ color: RGB) { screen.background = color }

  /// Types: the bytes of a text, such as "j", "\r" or "\u{1B}[A".
  public func send(_ text: String) { send(bytes: Array(text.utf8)) }

  public func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }

  /// Types text as a terminal pastes it.
  public func paste(_ text: String) { send("\u{1B}[200~\(text)\u{1B}[201~") }

  /// Gives the window another size; the program gets a SIGWINCH.
  public func resize(to size: Size) {
    screen.resize(to: size)
    setWindowSize(size)
  }

  private func setWindowSize(_ size: Size) {
    var window = winsize()
    window.ws_col = UInt16(size.width)
    window.ws_row = UInt16(size.height)
    _ = ioctl(master, UInt(TIOCSWINSZ), &window)
  }

  /// Reads until the screen is as wanted; throws with the screen as it is when it never is.
  public func wait(
    for wanted: String, timeout: Duration = .seconds(20),
    until condition: (ScreenEmulator) -> Bool
  ) throws {
    let deadline = ContinuousClock.now.advanced(by: timeout)
    while !condition(screen) {
      guard ContinuousClock.now < deadline else {
        throw Failure.timedOut(waitingFor: wanted, screen: screen.text)
      }
      receive(milliseconds: 20)
    }
  }

  /// Reads until a text stands in some row.
  public func wait(forText text: String, timeout: Duration = .seconds(20)) throws {
    try wait(for: "\"\(text)\"", timeout: timeout) { $0.contains(text) }
  }

  /// Reads until a text stands in no row.
  public func wait(forNoText text: String, timeout: Duration = .seconds(20)) throws {
    try wait(for: "no \"\(text)\"", timeout: timeout) { !$0.contains(text) }
  }

  /// Reads what has come, waiting at most so long for the first byte; false when nothing came.
  @discardableResult
  public func receive(milliseconds: Int32) -> Bool {
    var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard master >= 0, poll(&waiting, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer.prefix(count)
    screen.feed(buffer.prefix(count))
    if !screen.answers.isEmpty {
      let answers = screen.answers
      screen.answers = []
      if answersQuestions { send(bytes: answers) }
    }
    return true
  }
}
