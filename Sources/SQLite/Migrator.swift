/// Brings a file to the newest format: named steps, each in its own transaction, applied in order
/// and never edited after a release. A current file costs one read.
public struct Migrator: Sendable {
  public struct Migration: Sendable {
    public var name: String
    /// Statements, separated by semicolons.
    public var script: String
    /// What statements alone cannot do; runs after the script, in the same transaction.
    public var work: (@Sendable (Connection) throws -> Void)?

    public init(
      _ name: String, _ script: String, then work: (@Sendable (Connection) throws -> Void)? = nil
    ) {
      self.name = name
      self.script = script
      self.work = work
    }
  }

  /// Written into the file's header, so that a stranger's database is not touched. Not 0.
  public var applicationID: Int32
  public var migrations: [Migration]

  public init(applicationID: Int32, migrations: [Migration]) {
    self.applicationID = applicationID
    self.migrations = migrations
  }

  /// Throws `SQLiteError.newerFile` without touching a file that knows more steps than this list,
  /// and `.foreignFile` for another program's database. Returns the steps that were taken.
  @discardableResult
  public func migrate(_ connection: Connection) throws -> [String] {
    var taken: [String] = []
    while let name = try step(connection) { taken.append(name) }
    return taken
  }

  /// Checks without changing: throws as `migrate` does; false where steps are missing.
  public func isCurrent(_ connection: Connection) throws(SQLiteError) -> Bool {
    let version = try number("PRAGMA user_version", connection)
    let found = try number("PRAGMA application_id", connection)
    guard version <= migrations.count else {
      throw .newerFile(found: version, known: migrations.count)
    }
    guard found == Int(applicationID) || (found == 0 && version == 0) else { throw .foreignFile }
    return version == migrations.count
  }

  private func step(_ connection: Connection) throws -> String? {
    guard try !isCurrent(connection) else { return nil }
    return try connection.transaction(.immediate) {
      // Another process may have taken the step while this one waited for the lock.
      guard try !isCurrent(connection) else { return nil }
      let version = try number("PRAGMA user_version", connection)
      let migration = migrations[version]
      if version == 0 { try connection.execute("PRAGMA application_id = \(applicationID)") }
      try connection.executeScript(migration.script)
      try migration.work?(connection)
      try connection.execute("PRAGMA user_version = \(version + 1)")
      return migration.name
    }
  }

  private func number(_ pragma: String, _ connection: Connection) throws(SQLiteError) -> Int {
    try connection.first(pragma) { row throws(SQLiteError) in try row.int(0) } ?? 0
  }
}
