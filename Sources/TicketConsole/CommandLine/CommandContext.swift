import ConsoleModel
import Glibc

/// What a command gets from outside.
struct CommandContext: Sendable {
  let invocation: Invocation
  /// Every command there is, for those that explain the program.
  let commands: [Command]
  let environment: [String: String]
  let workingDirectory: String
  let output: CommandOutput
  let clock: any ConsoleClock

  /// The profile that the command line and the environment ask for.
  func profile() throws(CommandFailure) -> Profile {
    try configured { () throws(ConfigurationError) in
      try Profile(
        folder: invocation.value("profile"), environment: environment,
        workingDirectory: workingDirectory)
    }
  }

  /// The account that is meant, with `--read-only` applied.
  func account() throws(CommandFailure) -> Account {
    let profile = try profile()
    var account = try configured { () throws(ConfigurationError) in
      try AccountRegistry(profile: profile).account(named: invocation.value("account"))
    }
    if invocation.has("read-only") { account.isReadOnly = true }
    return account
  }

  func preferences() throws(CommandFailure) -> Preferences {
    let profile = try profile()
    return try configured { () throws(ConfigurationError) in
      try PreferencesFile(profile: profile).load()
    }
  }

  func credentials() throws(CommandFailure) -> Credentials {
    Credentials(profile: try profile(), commands: KeyCommand(environment: environment))
  }

  /// Runs a step of configuration and turns its failure into a command's.
  func configured<Value>(_ body: () throws(ConfigurationError) -> Value) throws(CommandFailure)
    -> Value
  {
    do { return try body() } catch { throw CommandFailure(error.exitCode, error.sentence) }
  }

  /// The same surroundings for another command line.
  func with(_ invocation: Invocation) -> CommandContext {
    CommandContext(
      invocation: invocation, commands: commands, environment: environment,
      workingDirectory: workingDirectory,
      output: output, clock: clock)
  }

  /// The log that the command line asks for: without a word about it, failures go to the profile's.
  /// Nil when there is no place for it.
  var log: EventLog? {
    let level = invocation.value("log-level").flatMap(EventLog.Level.init(word:))
    if let path = invocation.value("log-file") {
      return EventLog(path: path, level: level ?? .info, clock: clock)
    }
    guard let path = try? profile().logFile else { return nil }
    return EventLog(path: path, level: level ?? .warning, clock: clock)
  }

  var wantsJSON: Bool { invocation.has("json") }

  /// Colours only where a person looks at them and has not refused them.
  var usesColor: Bool {
    output.isTerminal && !invocation.has("no-color")
      && environment["NO_COLOR"].map(\.isEmpty) ?? true && environment["TERM"] != "dumb"
  }

  /// A value that has to be a whole number in a range.
  func number(_ option: String, in range: ClosedRange<Int>) throws(CommandFailure) -> Int? {
    guard let text = invocation.value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw CommandFailure(
        .wrongUsage,
        "--\(option) has to be a whole number between \(range.lowerBound) and "
          + "\(range.upperBound).")
    }
    return number
  }

  /// All of standard input, at most `limit` bytes.
  func standardInput(limit: Int) throws(CommandFailure) -> String {
    try InputFile.read(descriptor: STDIN_FILENO, name: "standard input", limit: limit)
  }
}

extension ConfigurationError {
  var exitCode: ExitCode {
    switch self {
    case .noAccount, .notConnected, .keyCommandFailed, .keyMissing: .notSignedIn
    case .accountNeeded, .unknownAccount, .badAccountName: .wrongUsage
    case .readableByOthers, .foreignOwner: .refused
    case .invalid, .unreadable, .unwritable, .noHome: .failed
    }
  }
}
