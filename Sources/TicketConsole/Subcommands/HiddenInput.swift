import Glibc

/// Asks for a secret at the terminal without showing it.
enum HiddenInput {
  /// One line from standard input.
  static func ask(_ question: String, _ output: CommandOutput) -> String {
    var normal = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &normal) == 0
    output.errorText(question)
    if isTerminal {
      var hidden = normal
      hidden.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    }
    let line = readLine(strippingNewline: true) ?? ""
    if isTerminal {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &normal)
      output.errorText("\n")
    }
    return line
  }
}
