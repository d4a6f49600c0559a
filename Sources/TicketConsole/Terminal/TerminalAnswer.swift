import Glibc
import Terminal

/// Waits until the terminal shows what was written to it, for questions of line commands.
enum TerminalAnswer {
  /// How long a terminal that does not answer is waited for.
  private static let patience = Duration.seconds(2)

  /// Asks the terminal behind what was written, and waits for its answer; what is typed meanwhile is
  /// dropped. A terminal that cannot place its cursor is asked nothing.
  static func wait(input: Int32, output: Int32, term: String) {
    guard !term.isEmpty, term != "unknown", !term.hasPrefix("dumb"), isatty(input) == 1,
      isatty(output) == 1
    else { return }
    var saved = termios()
    guard tcgetattr(input, &saved) == 0 else { return }
    var raw = saved
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(input, TCSANOW, &raw) == 0 else { return }
    defer { tcsetattr(input, TCSAFLUSH, &saved) }
    let question = Array(ArrivalQuestions.Question.status.sequence.utf8)
    guard write(output, question, question.count) == question.count else { return }
    var decoder = KeyDecoder()
    decoder.isAnswerAwaited = true
    let deadline = ContinuousClock.now.advanced(by: patience)
    while ContinuousClock.now < deadline {
      var waiting = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 50) >= 0 || errno == EINTR else { return }
      guard waiting.revents & Int16(POLLIN) != 0 else {
        if waiting.revents != 0 { return }
        continue
      }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(input, &buffer, buffer.count)
      guard count > 0 else { return }
      if decoder.decode(buffer.prefix(count), at: .now).contains(.answer(.status)) { return }
    }
  }
}
