/// The accounts of a profile, in `accounts.toml`. The file holds no key, only where keys come from.
public struct AccountRegistry: Sendable {
  private let profile: Profile

  public init(profile: Profile) { self.profile = profile }

  /// All accounts by name; none when the file does not exist.
  public func load() throws(ConfigurationError) -> [Account] {
    let path = profile.accountsFile
    guard let text = try PrivateFile.read(path, isSecret: false) else { return [] }
    return try Self.read(text, path: path)
  }

  /// `path` is for error messages only.
  static func read(_ text: String, path: String) throws(ConfigurationError) -> [Account] {
    var accounts: [Account] = []
    for entry in try TOMLDocument.parse(text, path: path) {
      var reader = TOMLReader(path: path)
      guard entry.key == "account", case .array(let tables) = entry.value.content else {
        throw reader.unknown(entry)
      }
      for table in tables { accounts.append(try account(table, &reader)) }
    }
    return accounts.sorted { $0.name < $1.name }
  }

  /// The account that is meant: the named one, or the only one.
  public func account(named name: String?) throws(ConfigurationError) -> Account {
    let accounts = try load()
    let names = accounts.map(\.name)
    if let name {
      guard let account = accounts.first(where: { $0.name == name }) else {
        throw .unknownAccount(name: name, known: names)
      }
      return account
    }
    guard let first = accounts.first else { throw .noAccount }
    let connected = accounts.filter { $0.keySource != .none }
    if connected.count == 1 { return connected[0] }
    guard accounts.count == 1 else { throw .accountNeeded(known: names) }
    return first
  }

  /// Adds the account, or replaces the one with its name.
  public func save(_ account: Account) throws(ConfigurationError) {
    guard Account.isValid(name: account.name) else { throw .badAccountName(account.name) }
    var accounts = try load().filter { $0.name != account.name }
    accounts.append(account)
    try write(accounts)
  }

  public func remove(_ name: String) throws(ConfigurationError) {
    try write(try load().filter { $0.name != name })
  }

  private func write(_ accounts: [Account]) throws(ConfigurationError) {
    try PrivateFile.makeFolder(profile.configFolder)
    try PrivateFile.write(Self.text(of: accounts), to: profile.accountsFile)
  }

  /// The file's text: what `read` reads back as the same accounts.
  static func text(of accounts: [Account]) -> String {
    var writer = TOMLWriter(comment: [
      "Written by ticket-console. Change it with its connect and disconnect commands.",
      "It holds no API key, only where each key comes from.",
    ])
    for account in accounts.sorted(by: { $0.name < $1.name }) {
      writer.arrayTable("account")
      writer.entry("name", account.name)
      writer.entry("url", account.url)
      writer.entry("vendor", account.vendor)
      writer.entry("agent_id", account.agentID)
      writer.entry("agent_name", account.agentName)
      writer.entry("read_only", account.isReadOnly)
      switch account.keySource {
      case .command(let command):
        writer.entry("key", "command")
        writer.entry("key_command", command)
      case .file: writer.entry("key", "file")
      case .none: writer.entry("key", "none")
      }
    }
    return writer.text
  }

  private static func account(_ table: TOMLValue, _ reader: inout TOMLReader)
    throws(ConfigurationError) -> Account
  {
    var account = Account(name: "", url: "", agentID: 0, agentName: "", keySource: .none)
    var command = ""
    var key = "none"
    for entry in try reader.table(table) {
      switch entry.key {
      case "name": account.name = try reader.string(entry)
      case "url": account.url = try reader.string(entry)
      case "vendor": account.vendor = try reader.string(entry)
      case "agent_id": account.agentID = Int64(try reader.integer(entry, in: 0...Int.max))
      case "agent_name": account.agentName = try reader.string(entry)
      case "read_only": account.isReadOnly = try reader.flag(entry)
      case "key": key = try reader.choice(entry, of: ["command", "file", "none"])
      case "key_command": command = try reader.string(entry)
      default: throw reader.unknown(entry)
      }
    }
    guard Account.isValid(name: account.name) else {
      throw reader.problem(table, "an account needs a name of letters, digits, dots and dashes")
    }
    switch key {
    case "command": account.keySource = .command(command)
    case "file": account.keySource = .file
    default: account.keySource = .none
    }
    return account
  }
}
