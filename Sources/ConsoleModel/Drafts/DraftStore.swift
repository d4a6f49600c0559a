import Helpdesk
import SQLite

/// A draft as the journal keeps it.
public struct SavedDraft: Equatable, Sendable {
  public var id: Int64
  public var draft: Draft
  /// It gave way to a newer draft of the same ticket and kind and waits beside it.
  public var isParked: Bool
}

/// Words being written, on disk. A save that has returned survives `kill -9` and a power cut.
///
/// Call `save` while the person types, at most every half second, and once more when they stop.
public struct DraftStore: Sendable {
  private let database: Database
  private let account: String

  public init(database: Database, account: String) {
    self.database = database
    self.account = account
  }

  /// Makes the draft the current one of its ticket and kind.
  public func save(_ draft: Draft) async throws(SQLiteError) {
    try await write { try $0.save(draft) }
  }

  public func load(_ ticketID: TicketID, _ kind: DraftKind) async throws(SQLiteError) -> Draft? {
    try await write { try $0.load(ticketID, kind) }
  }

  /// All drafts of the account, newest first, parked ones included.
  public func list() async throws(SQLiteError) -> [SavedDraft] {
    try await write { try $0.list() }
  }

  /// Throws the current draft of a ticket away.
  public func delete(_ ticketID: TicketID, _ kind: DraftKind) async throws(SQLiteError) {
    try await write { try $0.delete(ticketID, kind) }
  }

  /// Throws one draft away, a parked one too.
  public func delete(_ id: Int64) async throws(SQLiteError) {
    try await write { try $0.delete(id) }
  }

  /// Takes a parked draft up again; the current one of its ticket and kind is parked instead.
  public func takeUp(_ id: Int64) async throws(SQLiteError) {
    try await write { try $0.swapIn(id) }
  }

  private func write<Value: Sendable>(
    _ body: @Sendable (DraftTable) throws -> Value
  ) async throws(SQLiteError) -> Value {
    do {
      return try await database.write { connection in
        try body(DraftTable(connection: connection, account: account))
      }
    } catch let error as SQLiteError {
      throw error
    } catch {
      // Only the JSON encoder is left, and a draft always has a JSON form.
      throw .decoding(column: "content", expected: "a draft")
    }
  }
}
