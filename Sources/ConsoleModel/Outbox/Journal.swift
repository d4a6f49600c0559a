import Glibc
import Helpdesk
import SQLite
import Synchronization

/// The journal of one account, `journal.db`: every write, draft and audit record, on disk with
/// fsync before anybody is told. Safe to share between tasks; several processes may open one file.
///
/// What a call has returned survives `kill -9` and a power cut.
public final class Journal: Sendable {
  /// Where the journal is and what it needs to know.
  public struct Options: Sendable {
    /// The account's folder; `journal.db`, `audit.log` and the stop file lie in it.
    public var folder: String
    public var account: String
    /// Who confirms, for the audit: the agent's name.
    public var person: String
    /// How long words are held before they leave, in seconds.
    public var holdSeconds: Int64
    /// Whether resolving or closing a ticket mails the customer, so that it is held and checked.
    public var mailsCustomerOnClose: Bool
    public var clock: any ConsoleClock
    public var vocabulary: AuditVocabulary
    /// Up to which moment of the helpdesk's clock the cache is complete (the newest `updatedAt` that
    /// a finished sync has seen). With it one list call checks a whole bulk action before it is
    /// sent; without it each ticket is read.
    public var cacheIsCompleteUntil: @Sendable () async -> Timestamp?
    /// The name of a registered SQLite file system; nil for the system's own.
    public var fileSystem: String?

    public init(
      folder: String, account: String, person: String, holdSeconds: Int64 = 10,
      mailsCustomerOnClose: Bool = true, clock: any ConsoleClock = SystemClock(),
      vocabulary: AuditVocabulary = AuditVocabulary(),
      cacheIsCompleteUntil: @escaping @Sendable () async -> Timestamp? = { nil },
      fileSystem: String? = nil
    ) {
      self.folder = folder
      self.account = account
      self.person = person
      self.holdSeconds = holdSeconds
      self.mailsCustomerOnClose = mailsCustomerOnClose
      self.clock = clock
      self.vocabulary = vocabulary
      self.cacheIsCompleteUntil = cacheIsCompleteUntil
      self.fileSystem = fileSystem
    }
  }

  public let options: Options
  public let drafts: DraftStore
  public let auditLog: AuditLog
  let database: Database

  private struct State {
    var observers: [Int: @Sendable () -> Void] = [:]
    var nextObserver = 0
    var auditProblem: AuditError?
    var storageProblem: JournalError?
    /// Attempts of this process whose outcome is not on disk yet.
    var openAttempts: Set<Int64> = []
  }

  private let state = Mutex(State())

  /// Opens or makes the journal. A damaged file is refused and left as it is; a newer one too.
  public init(_ options: Options) throws(JournalError) {
    self.options = options
    let path = Self.path(in: options.folder)
    auditLog = AuditLog(folder: options.folder)
    if mkdir(options.folder, 0o700) != 0 && errno != EEXIST {
      throw .unavailable(path: path)
    }
    try Self.checkPresence(in: options.folder)
    let caughtUp: Result<Void, any Error>
    do {
      let connection = try Connection(
        path: path,
        options: .init(
          synchronous: .full, cacheKibibytes: 1024, fileSystem: options.fileSystem))
      // A long journal is checked before anything is sent, so that the screen need not wait.
      if try connection.size() < Self.checkedAtOnce {
        try Self.checkHealth(connection, path: path)
      }
      try JournalSchema.migrator.migrate(connection)
      // What a crash kept from the audit's file.
      let log = auditLog
      caughtUp = Result { try log.catchUp(with: connection) }
      database = Database(connection, label: "journal")
    } catch {
      throw Self.failure(error, path: path)
    }
    drafts = DraftStore(database: database, account: options.account)
    _ = keep(caughtUp)
  }

  /// Bytes up to which a journal is checked while it is opened; that takes a few milliseconds.
  private static let checkedAtOnce: Int64 = 2 << 20

  /// A journal that went away is never replaced by an empty one: the audit log tells that there was
  /// one, with words in it that may not have left.
  static func checkPresence(in folder: String) throws(JournalError) {
    func size(_ path: String) -> Int64 {
      var status = stat()
      return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
    let path = path(in: folder)
    guard size(path) == 0, size(AuditLog(folder: folder).path) > 0 else { return }
    throw .gone(path: path)
  }

  static func checkHealth(_ connection: Connection, path: String) throws {
    let health = try connection.first("PRAGMA quick_check(1)") { row throws(SQLiteError) in
      try row.string(0)
    }
    guard health == "ok" else { throw JournalError.damaged(path: path) }
  }

  public static func path(in folder: String) -> String { folder + "/journal.db" }

  var now: Timestamp { options.clock.now }

  /// Why the audit log cannot be kept at the moment; nothing is sent while it is not nil.
  public var auditProblem: AuditError? { state.withLock { $0.auditProblem } }

  /// Why nothing can be written down at the moment, as on a full disk; nil after the next change
  /// that succeeds. Nothing is sent meanwhile.
  public var storageProblem: JournalError? { state.withLock { $0.storageProblem } }

  /// Whether a request is on its way, or was, and what became of it is not on disk yet.
  public var hasOpenAttempt: Bool { state.withLock { !$0.openAttempts.isEmpty } }

  func noteAttempt(_ number: Int64, isOpen: Bool) {
    state.withLock { state in
      if isOpen { state.openAttempts.insert(number) } else { state.openAttempts.remove(number) }
    }
  }

  /// Why sending is held up at the moment, in sentences for people; nil when it is not.
  public var sendingProblem: String? {
    guard let problem = auditProblem?.explanation ?? storageProblem?.explanation else { return nil }
    guard hasOpenAttempt else { return problem }
    return
      "A write is on its way and its outcome cannot be written down yet: do not send it again, "
      + "it is looked for at the helpdesk. \(problem)"
  }

  // Changes

  /// Calls back after each change that this process has made; on any thread, so be quick.
  public func observe(_ body: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.nextObserver += 1
      state.observers[state.nextObserver] = body
      return state.nextObserver
    }
  }

  public func stopObserving(_ token: Int) {
    state.withLock { $0.observers[token] = nil }
  }

  /// A number that moves when another process has changed the journal.
  public func foreignVersion() async throws(JournalError) -> Int64 {
    try await perform { connection in try connection.dataVersion() }
  }

  /// One transaction; then the audit file gets the new records. With `needsAudit` a failure there
  /// is thrown (the transaction stands), without it is kept in `auditProblem`.
  @discardableResult
  func change<Value: Sendable>(
    needsAudit: Bool = false, completeUntil: Timestamp? = nil,
    _ body: @Sendable (JournalTransaction) throws -> Value
  ) async throws(JournalError) -> Value {
    let options = options
    let log = auditLog
    // What an earlier failure kept from the audit's file is tried again each time.
    let isBehind = auditProblem != nil
    let (value, result) = try await perform { connection in
      let records = try AuditTable(connection: connection).count
      let value = try connection.transaction {
        try body(
          JournalTransaction(
            connection: connection, options: options, completeUntil: completeUntil))
      }
      // It is committed: what fails from here on must not read as if it were not.
      let added = (try? AuditTable(connection: connection).count > records) ?? true
      guard isBehind || added else {
        return (value, Result<Void, any Error>?.none)
      }
      return (value, Result { try log.catchUp(with: connection) })
    }
    state.withLock { $0.storageProblem = nil }
    let problem = result.flatMap { keep($0) }
    let observers = state.withLock { Array($0.observers.values) }
    for observer in observers { observer() }
    if needsAudit, let problem { throw .audit(problem) }
    return value
  }

  private func keep(_ result: Result<Void, any Error>) -> AuditError? {
    state.withLock { state in
      switch result {
      case .success: state.auditProblem = nil
      case .failure(let error as AuditError): state.auditProblem = error
      case .failure:
        state.auditProblem = .cannotWrite(path: auditLog.path, reason: "the journal failed")
      }
      return state.auditProblem
    }
  }

  /// Reads, or work with a transaction of its own, on the journal's queue.
  func perform<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) async throws(JournalError) -> Value {
    do {
      return try await database.perform(body)
    } catch {
      let failure = Self.failure(error, path: Self.path(in: options.folder))
      if let error = error as? SQLiteError,
        error.isDiskFull || error.isReadOnly || error.isDiskFailure
      {
        state.withLock { $0.storageProblem = failure }
      }
      throw failure
    }
  }

  static func failure(_ error: any Error, path: String) -> JournalError {
    switch error {
    case let error as JournalError: error
    case let error as WriteMachine.Refusal: .refused(error)
    case let error as AuditError: .audit(error)
    case let error as SQLiteError where error.isDamage || error.contradictsSchema:
      .damaged(path: path)
    case let error as SQLiteError where error.primaryCode == 14: .unavailable(path: path)
    case let error as SQLiteError: .storage(error)
    default: .unreadableRecord
    }
  }
}

extension Connection {
  /// Bytes of the database.
  fileprivate func size() throws(SQLiteError) -> Int64 {
    let pages = try first("PRAGMA page_count") { row throws(SQLiteError) in try row.int64(0) }
    let bytes = try first("PRAGMA page_size") { row throws(SQLiteError) in try row.int64(0) }
    return (pages ?? 0) * (bytes ?? 0)
  }
}
