import FoundationEssentials

/// Where everything of one installation is: configuration, accounts, caches, journals, log.
///
/// Either one folder (`--profile DIR` or `TICKET_CONSOLE_PROFILE`), or the folders of the XDG base
/// directory specification.
public struct Profile: Equatable, Sendable {
  /// `config.toml` and `accounts.toml`.
  public let configFolder: String
  /// What must not be lost: journals with outbox, drafts and audit.
  public let dataFolder: String
  /// What may be deleted at any time: caches.
  public let cacheFolder: String
  /// The log and other things of the moment.
  public let stateFolder: String

  /// A profile in one folder, made absolute against `workingDirectory`.
  public init(folder: String, workingDirectory: String) {
    var path = folder.hasPrefix("/") ? folder : workingDirectory + "/" + folder
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.init(config: path, data: path, cache: path, state: path)
  }

  private init(config: String, data: String, cache: String, state: String) {
    configFolder = config
    dataFolder = data
    cacheFolder = cache
    stateFolder = state
  }

  /// The profile that the command line and the environment ask for. An XDG variable that is no
  /// absolute path is ignored, as its specification demands.
  public init(folder: String?, environment: [String: String], workingDirectory: String)
    throws(ConfigurationError)
  {
    let named = folder ?? environment["TICKET_CONSOLE_PROFILE"].flatMap { $0.isEmpty ? nil : $0 }
    if let named {
      self.init(folder: named, workingDirectory: workingDirectory)
      return
    }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    func place(_ variable: String, _ fallback: String) throws(ConfigurationError) -> String {
      if let value = environment[variable], value.hasPrefix("/") {
        return value + "/ticket-console"
      }
      guard let home else { throw .noHome }
      return "\(home)/\(fallback)/ticket-console"
    }
    self.init(
      config: try place("XDG_CONFIG_HOME", ".config"),
      data: try place("XDG_DATA_HOME", ".local/share"),
      cache: try place("XDG_CACHE_HOME", ".cache"),
      state: try place("XDG_STATE_HOME", ".local/state"))
  }

  public var preferencesFile: String { configFolder + "/config.toml" }
  public var accountsFile: String { configFolder + "/accounts.toml" }
  public var logFile: String { stateFolder + "/ticket-console.log" }

  /// The files of one account. Folders are not made yet.
  public func files(of account: String) -> AccountFiles {
    AccountFiles(
      journalFolder: "\(dataFolder)/accounts/\(account)",
      cacheFolder: "\(cacheFolder)/accounts/\(account)",
      keyFile: "\(configFolder)/accounts/\(account)/api-key")
  }

  /// Makes the folders that every account needs, with mode 0700.
  public func makeFolders() throws(ConfigurationError) {
    for folder in Set([configFolder, dataFolder, cacheFolder, stateFolder]).sorted() {
      try PrivateFile.makeFolder(folder)
    }
  }
}

/// The files of one account.
public struct AccountFiles: Equatable, Sendable {
  public let journalFolder: String
  public let cacheFolder: String
  /// The API key, where it is kept in a file.
  public let keyFile: String

  /// May be deleted at any time.
  public var cache: String { cacheFolder + "/cache.db" }
  /// Outbox, drafts and audit: must never be deleted.
  public var journal: String { journalFolder + "/journal.db" }
  /// Held by the one process that syncs this account.
  public var syncLock: String { journalFolder + "/sync.lock" }
  /// Held by the one process that sends.
  public var senderLock: String { journalFolder + "/sender.lock" }
  /// While this file exists nothing is sent.
  public var stopSwitch: String { journalFolder + "/stop" }

  /// Makes the folders with mode 0700.
  public func makeFolders() throws(ConfigurationError) {
    try PrivateFile.makeFolder(journalFolder)
    try PrivateFile.makeFolder(cacheFolder)
  }

  /// Deletes the account's folders with everything in them, the journal too.
  public func remove() throws(ConfigurationError) {
    for folder in Set([cacheFolder, journalFolder]).sorted()
    where FileManager.default.fileExists(atPath: folder) {
      do { try FileManager.default.removeItem(atPath: folder) } catch {
        throw .unwritable(path: folder, reason: "it cannot be removed")
      }
    }
  }
}
