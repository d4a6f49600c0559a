import CNcurses
import Glibc

/// What takes the terminal's modes and gives them back.
enum TerminalSequences {
  /// Bracketed paste on, and what else was asked for.
  static func entering(_ options: TerminalHost.Options) -> String {
    "\u{1B}[?2004h" + (options.reportsFocus ? "\u{1B}[?1004h" : "")
      + (options.usesMouse ? "\u{1B}[?1000h\u{1B}[?1006h" : "")
  }

  /// What takes the full screen again.
  static func enteringAgain(_ options: TerminalHost.Options) -> String {
    capability("smcup") + entering(options)
  }

  static func leaving(restoresTitle: Bool) -> String {
    "\u{1B}[?2026l\u{1B}[?1006l\u{1B}[?1000l\u{1B}[?1004l\u{1B}[?2004l"
      + (restoresTitle ? "\u{1B}[23;2t" : "")
  }

  /// What gives the terminal back in one go, after a crash too.
  static func restoring() -> String {
    leaving(restoresTitle: false) + ["sgr0", "cnorm", "rmcup"].map(capability).joined()
  }

  /// What makes room for the shell's prompt on a terminal without a second screen.
  static var clearingLastRow: String {
    capability("rmcup").isEmpty ? "\r" + capability("el") : ""
  }

  /// A sequence of the terminal's description; empty when it has none.
  private static func capability(_ name: String) -> String {
    guard let text = cn_capability(name) else { return "" }
    return TerminalQueries.withoutPadding(String(cString: text))
  }

  /// ncurses and `wcwidth` speak UTF-8 only in a UTF-8 locale, which a remote login may lack.
  static func useUTF8() {
    setlocale(LC_CTYPE, "")
    let codeset = nl_langinfo(codesetItem).map { String(cString: $0) }
    if codeset != "UTF-8" {
      if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "en_US.UTF-8") }
    }
  }

  /// `CODESET`, whose enumerator glibc declares without a name.
  private static let codesetItem: nl_item = 14
}
