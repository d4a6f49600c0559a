import Glibc

/// Asks a person at the terminal. Only `y` is yes.
enum Confirmation {
  /// Whether there is a person to ask: keys come from a terminal, and the question is seen on one.
  static var canAsk: Bool {
    isatty(STDIN_FILENO) == 1 && (isatty(STDERR_FILENO) == 1 || isatty(STDOUT_FILENO) == 1)
  }

  /// Shows the text and waits for one line. Keys typed before the question was seen, and for
  /// `quiet` milliseconds after, do not count.
  static func ask(
    _ text: String, prompt: String = "Only y sends it, anything else keeps it as a draft: ",
    quiet: Int, _ output: CommandOutput
  ) -> Bool {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      output.note(String(line))
    }
    output.errorText(prompt)
    TerminalAnswer.wait(
      input: STDIN_FILENO, output: isatty(STDERR_FILENO) == 1 ? STDERR_FILENO : STDOUT_FILENO,
      term: getenv("TERM").map { String(cString: $0) } ?? "")
    discardKeys()
    var waiting = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    poll(&waiting, 1, Int32(quiet))
    discardKeys()
    return readLine(strippingNewline: true) == "y"
  }

  private static func discardKeys() { tcflush(STDIN_FILENO, TCIFLUSH) }
}
