/// Makes help from the table of commands.
enum HelpText {
  private static let width = 80

  /// Help of the whole program.
  static func program(_ commands: [Command]) -> String {
    let shown = commands.filter { !$0.isHidden }
    let column = (shown.map(\.name.count).max() ?? 0) + 2
    var text = """
      Usage: ticket-console [OPTIONS] [COMMAND]

      A keyboard-driven console for helpdesk tickets. Without a command it opens the
      console on the screen.

      Commands:

      """
    for command in shown {
      text += entry(command.name, command.summary, column: column)
    }
    text += "\nOptions, before or after the command:\n" + options(CommandOption.global)
    return text + """

      Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not signed in, 4 refused,
      5 outcome unknown, 6 offline and not cached.
      More on a command: ticket-console help COMMAND

      """
  }

  /// Help of one command.
  static func command(_ command: Command) -> String {
    var text = wrap("Usage: \(synopsis(command))", indent: 7) + "\n\n\(command.summary).\n"
    if !command.options.isEmpty { text += "\nOptions:\n" + options(command.options) }
    if !command.details.isEmpty {
      for paragraph in paragraphs(command.details) { text += "\n" + wrap(paragraph) + "\n" }
    }
    return text
  }

  /// `ticket-console note ID [--body-file FILE]`.
  static func synopsis(_ command: Command) -> String {
    let operands = command.operands.isEmpty ? "" : " " + command.operands
    return "ticket-console \(command.name)\(operands)"
      + command.options.map { " [\($0.synopsis)]" }.joined()
  }

  /// The paragraphs of a text, each on one line.
  static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [String] = []
    var current: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
      if line.isEmpty {
        if !current.isEmpty { paragraphs.append(current.joined(separator: " ")) }
        current = []
      } else {
        current.append(line)
      }
    }
    return paragraphs
  }

  private static func options(_ options: [CommandOption]) -> String {
    let column = min((options.map(\.synopsis.count).max() ?? 0) + 2, 30)
    return options.map { entry($0.synopsis, help(of: $0), column: column) }.joined()
  }

  static func help(of option: CommandOption) -> String {
    option.choices.isEmpty
      ? option.help : "\(option.help): \(option.choices.joined(separator: ", "))"
  }

  private static func entry(_ name: String, _ help: String, column: Int) -> String {
    let padding = String(repeating: " ", count: max(2, column - name.count))
    return wrap("  " + name + padding + help, indent: column + 2) + "\n"
  }

  /// Breaks a line between words; the lines after the first begin with `indent` blanks.
  private static func wrap(_ text: String, indent: Int = 0) -> String {
    var lines: [String] = []
    var line = String(text.prefix { $0 == " " })
    // The gap between a name and its help is part of the first word, so that it stays.
    var words = text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false)
    while !words.isEmpty {
      let word = words.removeFirst()
      let isFirst = line.allSatisfy { $0 == " " } && line.count <= max(indent, 2)
      if !isFirst, line.count + 1 + word.count > width, !word.isEmpty {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += isFirst ? String(word) : " " + word
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n")
  }
}
