import ConsoleUI

/// Makes the manual page from the tables of commands and keys.
enum ManualPage {
  static func page(
    _ commands: [Command], version: String, settings: String, keys: KeyTable = KeyTable()
  ) -> String {
    var text = """
      .TH TICKET-CONSOLE 1 "\(ProgramVersion.date)" "ticket-console \(version)" "User Commands"
      .SH NAME
      ticket\\-console \\- keyboard\\-driven console for helpdesk tickets
      .SH SYNOPSIS
      .B ticket\\-console
      .RI [ OPTIONS ]
      .RI [ COMMAND ]
      .SH DESCRIPTION
      Without a command the console opens on the screen; press ? there for its keys.
      The screen reads from a local cache and never waits for the network. A change is
      first written to a journal on disk, then sent. Nothing is sent to a customer until you
      have confirmed that exact text, and it is sent at most once.
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
    text += queries + commandLine(keys) + legend + Self.keys(of: keys) + keyMaps
    text += output + exitStatus + environment + files + examples
    text += """
      .SH CONFIGURATION
      The file config.toml, with its defaults:
      .PP
      .nf

      """
    return text
      + settings.split(separator: "\n", omittingEmptySubsequences: false).map {
        escaped(String($0))
      }.joined(separator: "\n") + "\n.fi\n" + end
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
      case "…": "..."
      default: String(character)
      }
    }.joined()
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
