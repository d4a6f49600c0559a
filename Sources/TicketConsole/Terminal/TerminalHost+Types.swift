import Glibc
import Terminal

extension TerminalHost {
  /// How the terminal is used.
  struct Options {
    var environment: [String: String]
    var input: Int32 = STDIN_FILENO
    var output: Int32 = STDOUT_FILENO
    /// Nil chooses dark or light by the terminal's background.
    var theme: Theme?
    /// False sends no colours, as NO_COLOR does.
    var isColored = true
    /// True shows the cursor also where no text is written.
    var showsCursor = false
    /// Nil draws lines as the locale allows.
    var usesASCIILines: Bool?
    /// How long a lone ESC waits for the rest of a sequence.
    var escapeDelay: Duration
    /// True asks the terminal to report when its window gets or loses the focus.
    var reportsFocus = false
    /// True takes the mouse from the terminal, which then cannot select by itself.
    var usesMouse = false
    /// True catches the process's signals; false for a second terminal in one process.
    var handlesSignals = true
    /// True asks the terminal for its background and for synchronized output.
    var asksTerminal = true

    init(environment: [String: String]) {
      self.environment = environment
      escapeDelay = TerminalQueries.escapeDelay(environment: environment)
    }
  }

  /// What happened.
  enum Event: Equatable {
    case key(Key)
    /// Somebody called `waker.wake()`.
    case wake
    case timeout
    case resized(Size)
    /// The terminal is gone; nothing can be shown any more.
    case hangup
    /// The system or the user asked the program to end.
    case terminate
    /// The program was stopped and goes on; everything has been repainted.
    case resumed
    case focus(Bool)
    case mouse(MouseEvent)
    /// A paste has begun and does not end.
    case stalledPaste
    /// The terminal shows what it was sent before this question of `askForAnswer`.
    case answered(Int)
  }

  /// Why the terminal could not be opened.
  enum Failure: Error, Equatable {
    /// One sentence for the user.
    case refused(String)
  }
}
