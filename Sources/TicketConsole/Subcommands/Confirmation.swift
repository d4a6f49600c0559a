import Glibc
import Synchronization

/// Asks a person at the terminal. Only `y` is yes.
enum Confirmation {
  /// Whether there is a person to ask: keys come from a terminal, and the question is seen on one.
  static var canAsk: Bool {
    isatty(STDIN_FILENO) == 1 && (isatty(STDERR_FILENO) == 1 || isatty(STDOUT_FILENO) == 1)
  }

  /// Shows the text and waits for one line. Keys typed before the question was seen, and for
  /// `quiet` milliseconds after, do not count. Ctrl-C is a no.
  static func ask(
    _ text: String, prompt: String = "Only y sends it, anything else keeps it as a draft: ",
    quiet: Int, _ output: CommandOutput
  ) -> Bool {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      output.note(String(line))
    }
    let interrupt = InterruptPipe()
    defer { interrupt.close() }
    output.errorText(prompt)
    TerminalAnswer.wait(
      input: STDIN_FILENO, output: isatty(STDERR_FILENO) == 1 ? STDERR_FILENO : STDOUT_FILENO,
      term: getenv("TERM").map { String(cString: $0) } ?? "")
    discardKeys()
    var waiting = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    poll(&waiting, 1, Int32(quiet))
    discardKeys()
    guard interrupt.waitForInput() else {
      output.errorText("\n")
      return false
    }
    return readLine(strippingNewline: true) == "y"
  }

  private static func discardKeys() { tcflush(STDIN_FILENO, TCIFLUSH) }
}

/// Makes Ctrl-C a byte in a pipe while a question is open, so that the answer to it is an answer.
private struct InterruptPipe {
  /// Signals belong to the whole process, so the pipe's end does too.
  private static let writeEnd = Atomic<Int32>(-1)
  private let readEnd: Int32
  private let before: sighandler_t?

  init() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      (readEnd, before) = (-1, nil)
      return
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    readEnd = ends[0]
    Self.writeEnd.store(ends[1], ordering: .sequentiallyConsistent)
    // Atomics and write(2) only inside the signal.
    before = signal(SIGINT) { _ in
      let saved = errno
      var byte: UInt8 = 0x63
      _ = write(InterruptPipe.writeEnd.load(ordering: .acquiring), &byte, 1)
      errno = saved
    }
  }

  /// Returns false when Ctrl-C came before a line.
  func waitForInput() -> Bool {
    guard readEnd >= 0 else { return true }
    while true {
      var waiting = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0),
      ]
      guard poll(&waiting, 2, -1) > 0 else {
        if errno == EINTR { continue }
        return true
      }
      return waiting[1].revents == 0
    }
  }

  func close() {
    guard readEnd >= 0 else { return }
    signal(SIGINT, before)
    Glibc.close(Self.writeEnd.exchange(-1, ordering: .sequentiallyConsistent))
    Glibc.close(readEnd)
  }
}
