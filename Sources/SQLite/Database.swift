import Dispatch

/// One connection on a serial queue of its own, shared by any number of tasks, so that waiting for
/// a disk or a lock never holds up Swift's task pool.
public actor Database {
  private let executor: QueueExecutor
  private let connection: Connection

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Takes over a connection; nobody else may keep it.
  public init(_ connection: sending Connection, label: String) {
    self.executor = QueueExecutor(label: label)
    self.connection = connection
  }

  /// Opens a file, see `Connection`. Done on the caller's thread: it takes about a millisecond.
  public init(path: String, options: Connection.Options = .init(), label: String)
    throws(SQLiteError)
  {
    let connection = try Connection(path: path, options: options)
    self.init(connection, label: label)
  }

  /// Runs `body` alone on the connection, inside one `IMMEDIATE` transaction.
  public func write<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try connection.transaction(.immediate) { try body(connection) }
  }

  /// Runs `body` alone on the connection, without a transaction around it.
  public func perform<Value: Sendable>(
    _ body: @Sendable (Connection) throws -> Value
  ) throws -> Value {
    try body(connection)
  }
}

/// Runs an actor's work on one serial dispatch queue.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
