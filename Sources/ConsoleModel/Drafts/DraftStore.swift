public import Helpdesk
public import SQLite

/// Words being written, on disk. A save that has returned survives `kill -9` and a power cut.
///
/// Call `save` while the user types, at most every half second, and once more when they stop. No save
/// overwrites words that the saving window has not seen: these are parked.
public struct DraftStore: Sendable {
  private let database: Database
  private let account: String

  public init(database: Database, account: String) {
    self.database = database
    self.account = account
  }

  /// Saves the words over the state of the draft that they were written in; nil for a draft that
  /// begins. Other words that are the draft by now are parked.
  @discardableResult
  public func save(
    _ draft: Draft, over known: DraftReference? = nil
  ) async throws(SQLiteError) -> DraftSave {
    try await write { try $0.save(draft, over: known) }
  }

  /// Keeps words as a draft of their own: the ticket's where there is none, else parked next to it.
  @discardableResult
  public func keep(_ draft: Draft) async throws(SQLiteError) -> DraftSave {
    try await write { try $0.keep(draft) }
  }

  /// The current draft of a ticket and kind; nil when there is none.
  public func load(_ ticketID: TicketID, _ kind: DraftKind) async throws(SQLiteError) -> SavedDraft?
  {
    try await write { try $0.load(ticketID, kind) }
  }

  /// One draft, a parked one too; nil when there is none of this number.
  public func find(_ id: Int64) async throws(SQLiteError) -> SavedDraft? {
    try await write { try $0.find(id) }
  }

  /// All drafts of the account, newest first, parked ones included.
  public func list() async throws(SQLiteError) -> [SavedDraft] {
    try await write { try $0.list() }
  }

  /// Deletes exactly this state of a draft. Returns false when it was changed since, and is kept.
  @discardableResult
  public func delete(_ reference: DraftReference) async throws(SQLiteError) -> Bool {
    try await write { try $0.delete(reference) }
  }

  /// Says which draft a window has open; nil for none. Returns the other windows of this machine
  /// that have it open as well.
  @discardableResult
  public func setOpen(
    _ key: (ticketID: TicketID, kind: DraftKind)?, by window: ProcessIdentity
  ) async throws(SQLiteError) -> [ProcessIdentity] {
    try await write { try $0.setOpen(key, by: window) }
  }

  /// The drafts that windows had open which have ended since, each reported once.
  public func takeAbandoned() async throws(SQLiteError) -> [SavedDraft] {
    try await write { try $0.takeAbandoned() }
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
