import ConsoleUI

/// Makes the manual page from the tables of commands and keys.
enum ManualPage {
  static func page(
    _ commands: [Command], version: String, settings: String, keys: KeyTable = KeyTable()
  ) -> String {
    var text = """
      .TH TICKET-CONSOLE 1 "" "ticket-console \(version)" "User Commands"
      .SH NAME
      ticket\\-console \\- keyboard\\-driven console for helpdesk tickets
      .SH SYNOPSIS
      .B ticket\\-console
      .RI [ OPTIONS ]
      .RI [ COMMAND ]
      .SH DESCRIPTION
      Without a command the console opens on the screen; press ? there for its keys.
      The screen reads from a local cache and never waits for the network. A change is
      first written to a journal on disk, then sent. Words to a customer leave only after
      a person has confirmed exactly those words, and they leave at most once.
      .SH OPTIONS

      """
    text += options(CommandOption.global) + ".SH COMMANDS\n"
    for command in commands where !command.isHidden {
      text += ".SS \(escaped(command.name + (command.operands.isEmpty ? "" : " ")))"
      text += "\(escaped(command.operands))\n\(escaped(command.summary)).\n"
      text += options(command.options)
      for paragraph in HelpText.paragraphs(command.details) {
        text += ".PP\n\(escaped(paragraph))\n"
      }
    }
    text += Self.keys(of: keys) + keyMaps + queries
    text += """
      .SH EXIT STATUS
      0 done, 1 failed, 2 wrong usage, 3 not signed in, 4 refused by policy or by the
      person, 5 outcome unknown, 6 offline and not in the cache.
      .SH ENVIRONMENT
      .TP
      .B TICKET_CONSOLE_PROFILE
      The same as \\-\\-profile.
      .TP
      .B NO_COLOR
      The same as \\-\\-no\\-color when it is not empty.
      .TP
      .BR VISUAL ", " EDITOR
      The editor for longer texts.
      .TP
      .BR XDG_CONFIG_HOME ", " XDG_DATA_HOME ", " XDG_CACHE_HOME ", " XDG_STATE_HOME
      Where configuration, journals, caches and the log are without a profile.
      .SH CONFIGURATION
      The file config.toml, with its defaults:
      .PP
      .nf

      """
    return text
      + settings.split(separator: "\n", omittingEmptySubsequences: false).map {
        escaped(String($0))
      }.joined(separator: "\n") + "\n.fi\n"
  }

  private static func options(_ options: [CommandOption]) -> String {
    options.map { option in
      ".TP\n.B \(escaped(option.synopsis))\n\(escaped(HelpText.help(of: option))).\n"
    }.joined()
  }

  /// Keeps the formatter from taking text for a request.
  static func escaped(_ text: String) -> String {
    let safe = text.map { character in
      switch character {
      case "\\": "\\e"
      case "-": "\\-"
      default: String(character)
      }
    }.joined()
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
