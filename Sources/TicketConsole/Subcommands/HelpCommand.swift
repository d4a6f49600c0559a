import ConsoleModel
import FoundationEssentials

/// Commands that explain the program: help, version, completions, manual page, settings.
enum HelpCommand {
  static let help = Command(
    "help", "[COMMAND]", summary: "Explain the program or one command"
  ) { context in
    guard let name = context.invocation.operands.first else {
      context.output.verbatim(HelpText.program(context.commands))
      return
    }
    guard let command = context.commands.first(where: { $0.name == name }) else {
      throw CommandFailure(
        .wrongUsage, "There is no command \"\(name)\". See: ticket-console help")
    }
    context.output.verbatim(HelpText.command(command))
  }

  static let version = Command("version", summary: "Print the version") { context in
    context.output.lines("ticket-console \(ProgramVersion.current)")
  }

  static let completions = Command(
    "completions", "SHELL", summary: "Print the completion script for a shell",
    details: """
      SHELL is bash, zsh or fish. For bash, for the present shell:

      source <(ticket-console completions bash)
      """,
    operandWords: Completions.shells
  ) { context in
    let shell = context.invocation.operands.first ?? ""
    guard let script = Completions.script(for: shell, commands: context.commands) else {
      throw CommandFailure(
        .wrongUsage, "Name a shell: \(Completions.shells.joined(separator: ", ")).")
    }
    context.output.verbatim(script)
  }

  static let manual = Command("manual", "[query]", summary: "Print the manual page", isHidden: true)
  {
    context in
    if context.invocation.operands == ["query"] {
      context.output.verbatim(QueryReference.markdown)
      return
    }
    context.output.verbatim(
      ManualPage.page(
        context.commands, version: ProgramVersion.current, settings: PreferencesFile.defaults))
  }

  static let config = Command(
    "config", "check|defaults", summary: "Check the settings file, or print all settings",
    details: """
      check reads config.toml and names what is wrong: settings, keys that clash, views whose query
      is not understood. The exit code is then 1, and the console would not open. defaults prints
      every setting with its default and meaning, as a file to start from.
      """,
    operandWords: ["check", "defaults"]
  ) { context in
    switch context.invocation.operands.first {
    case "check":
      let preferences = try context.preferences()
      let file = try context.profile().preferencesFile
      guard FileManager.default.fileExists(atPath: file) else {
        context.output.lines("\(file) does not exist; the defaults are in force.")
        return
      }
      let problems = ConfigurationCheck(preferences: preferences, path: file).problems
      guard problems.isEmpty else {
        throw CommandFailure(.failed, problems.map { $0 + "." }.joined(separator: "\n"))
      }
      context.output.lines("\(file): no errors.")
    case "defaults": context.output.verbatim(PreferencesFile.defaults)
    default: throw CommandFailure(.wrongUsage, "Specify check or defaults.")
    }
  }
}
