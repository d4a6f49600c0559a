import Terminal

/// What is asked of a terminal, and what its answers and its environment say.
enum TerminalQueries {
  /// The questions for the background colour and for synchronized output; empty for terminals that
  /// might print them.
  static func questions(environment: [String: String], asksBackground: Bool) -> String {
    guard understandsQuestions(environment) else { return "" }
    var text = asksBackground ? "\u{1B}]11;?\u{1B}\\" : ""
    // Apple's terminal prints the last letter of this question.
    if environment["TERM_PROGRAM"] != "Apple_Terminal" { text += "\u{1B}[?2026$p" }
    return text
  }

  private static func understandsQuestions(_ environment: [String: String]) -> Bool {
    let families = ["xterm", "tmux", "screen", "foot", "alacritty", "kitty", "wezterm", "ghostty"]
    let term = environment["TERM"] ?? ""
    return families.contains { term.contains($0) }
  }

  /// True when the terminal's window has a title that can be set and restored.
  static func hasTitle(environment: [String: String]) -> Bool { understandsQuestions(environment) }

  /// The theme for a background: light from the middle of the scale of perceived light on.
  static func theme(on background: RGB) -> Theme {
    let light =
      299 * Int(background.red) + 587 * Int(background.green) + 114 * Int(background.blue)
    return light > 127_500 ? .light : .dark
  }

  /// The theme before the terminal has said its background: by COLORFGBG, which some terminals set to
  /// colour numbers. Multiplexers often say nothing, so they begin with what can be read on both.
  static func guessedTheme(environment: [String: String]) -> Theme {
    if let last = environment["COLORFGBG"]?.split(separator: ";").last, let index = Int(last) {
      return index == 7 || index == 15 ? .light : .dark
    }
    let term = environment["TERM"] ?? ""
    return ["screen", "tmux"].contains { term.hasPrefix($0) } ? .neutral : .dark
  }

  /// The theme when the terminal has been asked for its background and did not say it.
  static func themeWithoutAnswer(environment: [String: String]) -> Theme {
    guard environment["COLORFGBG"] == nil, understandsQuestions(environment) else {
      return guessedTheme(environment: environment)
    }
    return .neutral
  }

  /// How long a lone ESC waits for the rest of a sequence: ESCDELAY in milliseconds, as for other
  /// programs, or 100.
  static func escapeDelay(environment: [String: String]) -> Duration {
    guard let value = environment["ESCDELAY"].flatMap({ Int($0) }), value >= 0 else {
      return .milliseconds(100)
    }
    return .milliseconds(min(value, 5_000))
  }

  /// Whether the user's locale says that the terminal shows UTF-8.
  static func isUTF8(environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
      .first { !$0.isEmpty }
    let codeset = (locale ?? "").lowercased().filter { $0 != "-" }
    return codeset.contains("utf8")
  }

  /// A capability without the `$<ms>` marks for padding.
  static func withoutPadding(_ capability: String) -> String {
    var result = ""
    var rest = capability[...]
    while let mark = rest.firstIndex(of: "$") {
      let tail = rest[mark...]
      result += rest[..<mark]
      if tail.hasPrefix("$<"), let end = tail.firstIndex(of: ">") {
        rest = tail[tail.index(after: end)...]
      } else {
        result += "$"
        rest = tail.dropFirst()
      }
    }
    return result + rest
  }
}
