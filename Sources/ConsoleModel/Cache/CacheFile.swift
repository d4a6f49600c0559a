import FoundationEssentials
public import Helpdesk
import SQLite

/// Opens `cache.db`: makes it, brings it to the newest format, or puts a damaged one aside and
/// starts an empty one. A file of a newer version is refused and left untouched.
public struct CacheFile: Sendable {
  public let path: String
  private let calendar: LocalCalendar
  private let clock: @Sendable () -> Timestamp

  /// `calendar` says where the days of a query begin.
  public init(
    path: String, calendar: LocalCalendar = .utc, clock: @escaping @Sendable () -> Timestamp
  ) {
    self.path = path
    self.calendar = calendar
    self.clock = clock
  }

  /// What opening found.
  public enum Outcome: Equatable, Sendable {
    case opened
    /// There was none; the first sync fills it.
    case created
    /// The file was damaged. It was moved aside and an empty one made; nothing but time is lost,
    /// because all of the cache comes from the helpdesk.
    case rebuilt(damagedFile: String)
    /// The file cannot be used at the moment, and what is done does without it.
    case bypassed
  }

  /// The writer, and what was found. Throws `SQLiteError`: `.newerFile` for a file of a newer
  /// version, or why the file cannot be opened at all.
  public func open() throws -> (store: CacheStore, outcome: Outcome) {
    let isNew = !FileManager.default.fileExists(atPath: path)
    if FileManager.default.fileExists(atPath: verdict) {
      let aside = try setAside()
      return (try openStore(), .rebuilt(damagedFile: aside))
    }
    do {
      return (try openStore(), isNew ? .created : .opened)
    } catch let error as SQLiteError
      where error.isDamage || error.isUnusableFile || error == .foreignFile
    {
      let aside = try setAside()
      return (try openStore(), .rebuilt(damagedFile: aside))
    }
  }

  /// A reader for the thread that calls this. The file has to exist: open the writer first.
  public func reader() throws -> CacheReader {
    let connection = try Connection(
      path: path,
      options: .init(isReadOnly: true, busyTimeout: 2000, cacheKibibytes: 2048))
    connection.whenDamaged = condemning
    return try CacheReader(connection, calendar: calendar, clock: clock)
  }

  /// Moves a damaged file and its side files away, and returns where to. Close all connections to
  /// it before; then `open` makes an empty cache.
  @discardableResult
  public func setAside() throws -> String {
    let base = path + ".damaged-" + String(clock().seconds)
    var target = base
    var attempt = 1
    while FileManager.default.fileExists(atPath: target) {
      attempt += 1
      target = base + "-\(attempt)"
    }
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.moveItem(atPath: path, toPath: target)
    }
    for suffix in ["-wal", "-shm", ".is-damaged"]
    where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.removeItem(atPath: path + suffix)
    }
    return target
  }

  /// A file whose presence says that damage was found deep in the cache while it was in use. It
  /// cannot be replaced under the feet of its readers, so the next `open` does it.
  private var verdict: String { path + ".is-damaged" }

  private var condemning: @Sendable () -> Void {
    let verdict = verdict
    return {
      _ = FileManager.default.createFile(
        atPath: verdict, contents: nil, attributes: [.posixPermissions: 0o600])
    }
  }

  /// An empty cache in memory, for work that needs none when the file cannot be used.
  public func standIn() throws -> CacheStore {
    let connection = try Connection.inMemory()
    try CacheSchema.migrator.migrate(connection)
    return CacheStore(database: Database(connection, label: "cache in memory"), clock: clock)
  }

  private func openStore() throws -> CacheStore {
    let connection = try Connection(
      path: path,
      options: .init(busyTimeout: 10_000, synchronous: .normal, cacheKibibytes: 8192))
    try CacheSchema.migrator.migrate(connection)
    // A look at the tables that every screen needs: a damaged schema shows itself here.
    _ = try connection.first("SELECT id FROM tickets LIMIT 1") { row throws(SQLiteError) in
      try row.int64(0)
    }
    connection.whenDamaged = condemning
    return CacheStore(database: Database(connection, label: "cache writer"), clock: clock)
  }
}
