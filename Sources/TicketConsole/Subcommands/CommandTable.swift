/// Every command of the program, in the order of its help.
enum CommandTable {
  static let all: [Command] = [
    ConnectCommand.command,
    DisconnectCommand.command,
    AccountsCommand.command,
    SyncCommand.command,
    ListCommand.command,
    ShowCommand.command,
    SearchCommand.command,
    SandboxEntry.command,
    PathsCommand.command,
    HelpCommand.config,
    HelpCommand.completions,
    HelpCommand.manual,
    HelpCommand.version,
    HelpCommand.help,
  ]
}
