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
    ReplyCommand.command,
    NoteCommand.command,
    FieldCommands.assign,
    FieldCommands.status,
    FieldCommands.priority,
    FieldCommands.tag,
    SandboxEntry.command,
    PathsCommand.command,
    HelpCommand.config,
    HelpCommand.completions,
    HelpCommand.manual,
    HelpCommand.version,
    HelpCommand.help,
    BenchFillCommand.command,
    BenchReadCommand.command,
  ]
}
