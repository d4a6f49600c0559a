import CSQLite
import Glibc

/// One connection to one SQLite file. Not `Sendable`: it belongs to the queue or thread that made
/// it. Use `Database` to share a writer between tasks.
public final class Connection {
  private let database: OpaquePointer
  private var statements: [String: Statement] = [:]
  /// Statements in order of first use, for eviction.
  private var statementOrder: [String] = []
  private static let statementLimit = 80
  private var transactionDepth = 0

  /// Called when a statement finds the file damaged, before the error is thrown.
  public var whenDamaged: (() -> Void)?

  /// How a file is opened.
  public struct Options: Sendable {
    public var isReadOnly: Bool
    /// Whether a missing file is made.
    public var creates: Bool
    /// How long a locked file is waited for, in milliseconds.
    public var busyTimeout: Int
    public var synchronous: Synchronous
    /// Page cache in kibibytes.
    public var cacheKibibytes: Int
    /// Bytes of the file that are read through memory mapping; 0 for none.
    public var mappedBytes: Int64
    /// The name of a registered SQLite file system; nil for the system's own.
    public var fileSystem: String?

    public enum Synchronous: String, Sendable {
      /// Survives a crash of the program; the last transactions may go with a power cut.
      case normal = "NORMAL"
      /// Every transaction is on the disk before it is acknowledged.
      case full = "FULL"
    }

    public init(
      isReadOnly: Bool = false, creates: Bool = true, busyTimeout: Int = 5000,
      synchronous: Synchronous = .normal, cacheKibibytes: Int = 4096, mappedBytes: Int64 = 0,
      fileSystem: String? = nil
    ) {
      self.isReadOnly = isReadOnly
      self.creates = creates
      self.busyTimeout = busyTimeout
      self.synchronous = synchronous
      self.cacheKibibytes = cacheKibibytes
      self.mappedBytes = mappedBytes
      self.fileSystem = fileSystem
    }
  }

  /// Opens a file; a new one gets mode 0600, which SQLite hands on to its side files. WAL, foreign
  /// keys on, extended result codes.
  public convenience init(path: String, options: Options = Options()) throws(SQLiteError) {
    if !options.isReadOnly && options.creates {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      if descriptor >= 0 { close(descriptor) }
    }
    try self.init(name: path, options: options)
    if !options.isReadOnly {
      try execute("PRAGMA journal_mode = WAL")
      // The kept log is emptied when the last connection closes.
      try execute("PRAGMA journal_size_limit = 4194304")
    }
  }

  /// A database that lives as long as its connection.
  public static func inMemory() throws(SQLiteError) -> Connection {
    try Connection(name: ":memory:", options: Options())
  }

  private init(name: String, options: Options) throws(SQLiteError) {
    var opened: OpaquePointer?
    let mode = options.isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
    // Confined to one thread at a time, so SQLite's own mutexes are not needed.
    let code = sqlite3_open_v2(
      name, &opened, mode | SQLITE_OPEN_NOMUTEX, options.fileSystem)
    guard code == SQLITE_OK, let opened else {
      let error = Self.error(code, opened)
      sqlite3_close_v2(opened)
      throw error
    }
    database = opened
    sqlite3_extended_result_codes(database, 1)
    sqlite3_busy_timeout(database, Int32(clamping: options.busyTimeout))
    _ = csqlite_set_defensive(database)
    // So that what is there can be read on a full disk.
    _ = csqlite_keep_side_files(database)
    try execute("PRAGMA foreign_keys = ON")
    try execute("PRAGMA synchronous = \(options.synchronous.rawValue)")
    try execute("PRAGMA cache_size = -\(options.cacheKibibytes)")
    try execute("PRAGMA temp_store = MEMORY")
    try execute("PRAGMA trusted_schema = OFF")
    if options.mappedBytes > 0 { try execute("PRAGMA mmap_size = \(options.mappedBytes)") }
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(database)
  }

  // Statements

  /// Runs one statement to its end. Returns how many rows it changed.
  @discardableResult
  public func execute(_ sql: String, _ arguments: any SQLBindable...) throws(SQLiteError) -> Int {
    try execute(sql, arguments: arguments)
  }

  @discardableResult
  public func execute(_ sql: String, arguments: [any SQLBindable]) throws(SQLiteError) -> Int {
    try forEach(sql, arguments: arguments) { _ in true }
    return Int(sqlite3_changes(database))
  }

  /// Runs several statements without arguments, as a schema needs them.
  public func executeScript(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(database, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw Self.error(code, database) }
  }

  /// The rows of a query, each read by `read`.
  public func query<Value>(
    _ sql: String, _ arguments: any SQLBindable...,
    read: (Row) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> [Value] {
    try query(sql, arguments: arguments, read: read)
  }

  public func query<Value>(
    _ sql: String, arguments: [any SQLBindable], read: (Row) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> [Value] {
    var values: [Value] = []
    try forEach(sql, arguments: arguments) { row throws(SQLiteError) in
      values.append(try read(row))
      return true
    }
    return values
  }

  /// The first row of a query, or nil.
  public func first<Value>(
    _ sql: String, _ arguments: any SQLBindable...,
    read: (Row) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value? {
    try first(sql, arguments: arguments, read: read)
  }

  public func first<Value>(
    _ sql: String, arguments: [any SQLBindable], read: (Row) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value? {
    var value: Value?
    try forEach(sql, arguments: arguments) { row throws(SQLiteError) in
      value = try read(row)
      return false
    }
    return value
  }

  /// Walks a query's rows until `visit` returns false.
  public func forEach(
    _ sql: String, arguments: [any SQLBindable], visit: (Row) throws(SQLiteError) -> Bool
  ) throws(SQLiteError) {
    do {
      let statement = try borrow(sql)
      defer { statement.reset() }
      try statement.bind(arguments, database: database)
      let row = Row(handle: statement.handle)
      while try statement.step(database: database) {
        guard try visit(row) else { return }
      }
    } catch {
      if error.isDamage || error.contradictsSchema { whenDamaged?() }
      throw error
    }
  }

  public var lastInsertedRowID: Int64 { sqlite3_last_insert_rowid(database) }

  // Transactions

  public enum TransactionKind: String, Sendable {
    /// Takes the write lock at once, so that nothing fails half-way for want of it.
    case immediate = "IMMEDIATE"
    /// Reads of one moment.
    case deferred = "DEFERRED"
  }

  /// Runs `body` as one change: all of it or nothing. Its first error rolls back and is the one
  /// that is thrown. Inside another transaction it takes part in that one.
  public func transaction<Value>(
    _ kind: TransactionKind = .immediate, _ body: () throws -> Value
  ) throws -> Value {
    if transactionDepth > 0 { return try body() }
    try execute("BEGIN \(kind.rawValue)")
    transactionDepth = 1
    defer { transactionDepth = 0 }
    do {
      let value = try body()
      try execute("COMMIT")
      return value
    } catch {
      // SQLite has rolled back by itself after some errors; then this one has nothing to do.
      if sqlite3_get_autocommit(database) == 0 { _ = try? execute("ROLLBACK") }
      throw error
    }
  }

  public var isInTransaction: Bool { sqlite3_get_autocommit(database) == 0 }

  // Changes

  /// A number that moves when another connection has committed to the file. A microsecond's read.
  public func dataVersion() throws(SQLiteError) -> Int64 {
    try first("PRAGMA data_version") { row throws(SQLiteError) in try row.int64(0) } ?? 0
  }

  /// Rows changed through this connection since it was opened.
  public var totalChanges: Int64 { Int64(sqlite3_total_changes(database)) }

  /// Gives back memory that the page cache can do without.
  public func releaseMemory() { sqlite3_db_release_memory(database) }

  // Within

  private func borrow(_ sql: String) throws(SQLiteError) -> Statement {
    if let cached = statements[sql], !cached.isRunning {
      cached.isRunning = true
      return cached
    }
    let statement = try Statement(sql, database: database)
    statement.isRunning = true
    if statements[sql] == nil {
      if statementOrder.count >= Self.statementLimit {
        statements[statementOrder.removeFirst()] = nil
      }
      statements[sql] = statement
      statementOrder.append(sql)
    }
    return statement
  }

  static func error(_ code: Int32, _ database: OpaquePointer?) -> SQLiteError {
    let words =
      database.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
      ?? String(cString: sqlite3_errstr(code))
    // The full-text module quotes the words that were searched for; those are arguments.
    let message = words.hasPrefix("fts5:") ? SQLiteError.refusedQuery : words
    let extended = database.map { sqlite3_extended_errcode($0) } ?? code
    return .failed(code: Int(extended == SQLITE_OK ? code : extended), message: message)
  }
}
