import Helpdesk
import SQLite

@testable import ConsoleModel

/// A cache in memory that is as empty after each input as before.
enum FuzzCache {
  static let now = Timestamp(1_790_000_000)

  /// The fuzzer has one thread.
  private nonisolated(unsafe) static let connection: Connection? = {
    guard let connection = try? Connection.inMemory() else { return nil }
    do { try CacheSchema.migrator.migrate(connection) } catch { return nil }
    return connection
  }()

  private struct Undo: Error {}

  static func undone(_ body: (Connection) throws -> Void) throws {
    guard let connection else { fatalError("no cache could be made") }
    do {
      try connection.transaction { () throws in
        try body(connection)
        throw Undo()
      }
    } catch is Undo {}
  }
}
