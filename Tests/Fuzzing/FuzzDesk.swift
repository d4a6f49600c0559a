import SQLite

@testable import HelpdeskSandbox

/// A sandbox's content in memory that is the same before each input.
enum FuzzDesk {
  /// Noon of a working day.
  static let now: Int64 = 1_795_262_400
  static let plan = Plan(named: "unlimited")

  /// The fuzzer has one thread.
  private nonisolated(unsafe) static let connection: Connection? = {
    guard let store = try? Store(path: nil) else { return nil }
    var options = SandboxOptions()
    options.tickets = 5
    options.clock = SandboxClock { now }
    options.generatedAt = now
    return (try? Filling(options: options).fill(store)) == nil ? nil : store.connection
  }()

  /// Keys of the administrator and of an agent who sees only their own tickets.
  static let keys: [String] = {
    guard let connection, let agents = try? Store(connection).agents() else { return [] }
    return agents.map(\.key)
  }()

  private struct Undo: Error {}

  static func undone(_ body: (Store) throws -> Void) throws {
    guard let connection else { fatalError("no sandbox could be made") }
    do {
      try connection.transaction { () throws in
        try body(Store(connection))
        throw Undo()
      }
    } catch is Undo {}
  }
}
