/// Why configuration could not be read or written. Never holds a key.
public enum ConfigurationError: Error, Equatable, Sendable {
  /// The file is no TOML, or says something that is not allowed there.
  case invalid(path: String, line: Int, column: Int, problem: String)
  /// `reason` in the system's words.
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  /// A file with a key in it can be read by others.
  case readableByOthers(path: String)
  /// A file or folder belongs to somebody else.
  case foreignOwner(path: String)
  case noHome
  case unknownAccount(name: String, known: [String])
  /// Several accounts and none named.
  case accountNeeded(known: [String])
  case noAccount
  case badAccountName(String)
  /// The account was disconnected; its data is still there.
  case notConnected(name: String)
  /// The command that prints the key did not give one; `problem` is one clause.
  case keyCommandFailed(command: String, problem: String)
  case keyMissing(path: String)

  /// What failed, what was kept, and what to do: plain English, with a full stop.
  public var sentence: String {
    switch self {
    case .invalid(let path, let line, let column, let problem):
      "\(path):\(line):\(column): \(problem). Nothing was changed; correct the line and try again."
    case .unreadable(let path, let reason):
      "\(path) cannot be read (\(reason)). Nothing was changed; check the file and its rights."
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)). What was there before is kept; check space and rights."
    case .readableByOthers(let path):
      "\(path) holds a key and others can read it, so it is not used. "
        + "Make it private with: chmod 600 '\(path)'"
    case .foreignOwner(let path):
      "\(path) belongs to another user, so it is not used. Choose another profile with --profile."
    case .noHome:
      "There is no home directory to keep the configuration in. Set HOME or use --profile DIR."
    case .unknownAccount(let name, let known):
      "There is no account \"\(name)\"."
        + (known.isEmpty
          ? " Connect one with: ticket-console connect"
          : " Known accounts: \(known.joined(separator: ", ")).")
    case .accountNeeded(let known):
      "There are several accounts (\(known.joined(separator: ", "))); say which with --account NAME."
    case .noAccount:
      "No account is connected yet. Connect one with: ticket-console connect --url SUBDOMAIN "
        + "--api-key-stdin, or try: ticket-console demo"
    case .badAccountName(let name):
      "\"\(name)\" cannot name an account. Use up to 64 letters, digits, dots, dashes and underscores."
    case .notConnected(let name):
      "The account \"\(name)\" is disconnected; its cached tickets can still be read. "
        + "Connect it again with: ticket-console connect"
    case .keyCommandFailed(let command, let problem):
      "The API key command (\(command)) gave no key: \(problem). Nothing was sent; run the command "
        + "by hand to see why."
    case .keyMissing(let path):
      "The API key file \(path) is missing or empty. Cached tickets can still be read; give the key "
        + "again with: ticket-console connect"
    }
  }
}
