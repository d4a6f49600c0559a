/// One option of a command: `--name` or `--name VALUE`.
struct CommandOption: Equatable, Sendable {
  /// Without the dashes.
  var name: String
  /// What help calls the value; nil for a switch.
  var value: String?
  /// One sentence without a full stop.
  var help: String
  /// The only values there are; empty when anything goes.
  var choices: [String]

  /// A switch.
  init(_ name: String, _ help: String) {
    self.init(name, value: nil, choices: [], help)
  }

  /// An option with a value.
  init(_ name: String, _ value: String, choices: [String] = [], _ help: String) {
    self.init(name, value: value, choices: choices, help)
  }

  private init(_ name: String, value: String?, choices: [String], _ help: String) {
    self.name = name
    self.value = value
    self.choices = choices
    self.help = help
  }

  /// As it is typed: `--limit N`.
  var synopsis: String { "--\(name)" + (value.map { " " + $0 } ?? "") }

  /// Options that every command takes, before or after its name.
  static let global = [
    CommandOption(
      "profile", "DIR", "Keep all configuration, cache and journal under DIR"),
    CommandOption("account", "NAME", "Use this account; needed when there are several"),
    CommandOption(
      "plain", "Print the queue as lines and end; takes the options of list after it"),
    CommandOption("read-only", "Send no change to the helpdesk"),
    CommandOption("no-color", "Use no colours; so does the environment variable NO_COLOR"),
    CommandOption("log-file", "FILE", "Write the log to FILE"),
    CommandOption(
      "log-level", "LEVEL", choices: ["error", "warning", "info", "debug"],
      "How much is logged"),
    CommandOption("version", "Print the version"),
    CommandOption("help", "Explain the command"),
  ]

  static let json = CommandOption("json", "Print one JSON document")
}
