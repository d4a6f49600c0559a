/// Fetches and keeps the API key of an account.
public struct Credentials: Sendable {
  private let profile: Profile
  private let commands: KeyCommand

  public init(profile: Profile, commands: KeyCommand) {
    self.profile = profile
    self.commands = commands
  }

  /// The account's key, read or asked for now. Blocks while a command runs.
  public func secret(of account: Account) throws(ConfigurationError) -> AccountSecret {
    switch account.keySource {
    case .command(let command): return try commands.run(command)
    case .file:
      let path = profile.files(of: account.name).keyFile
      guard let text = try PrivateFile.read(path, isSecret: true), let secret = AccountSecret(text)
      else { throw .keyMissing(path: path) }
      return secret
    case .none: throw .notConnected(name: account.name)
    }
  }

  /// Keeps the key in a file that only its owner can read; returns where.
  public func store(_ secret: AccountSecret, for account: String) throws(ConfigurationError)
    -> String
  {
    let path = profile.files(of: account).keyFile
    try PrivateFile.makeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)))
    try PrivateFile.write(secret.reveal() + "\n", to: path)
    return path
  }

  /// Removes the account's key file, if it has one.
  public func forget(_ account: String) throws(ConfigurationError) {
    try PrivateFile.remove(profile.files(of: account).keyFile)
  }
}
