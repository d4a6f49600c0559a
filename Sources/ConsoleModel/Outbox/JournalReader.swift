import Helpdesk
import SQLite

/// The journal for one thread that must not wait: a connection of its own that only reads, for
/// drawing and for commands that change nothing. Open the `Journal` first; it makes the file.
public final class JournalReader {
  private let connection: Connection
  private let account: String
  private let path: String
  private let clock: any ConsoleClock

  public init(
    folder: String, account: String, clock: any ConsoleClock = SystemClock()
  ) throws(JournalError) {
    path = Journal.path(in: folder)
    self.account = account
    self.clock = clock
    try Journal.checkPresence(in: folder)
    do {
      connection = try Connection(
        path: path, options: .init(isReadOnly: true, creates: false, cacheKibibytes: 512))
      guard try JournalSchema.migrator.isCurrent(connection) else {
        throw JournalError.unavailable(path: path)
      }
    } catch {
      throw Journal.failure(error, path: path)
    }
  }

  /// A number that moves when the journal has changed: read again only then.
  public func version() throws(JournalError) -> Int64 {
    try ask { _ in try connection.dataVersion() }
  }

  /// Everything that has not come to an end and was not given up, oldest first.
  public func openWrites() throws(JournalError) -> [QueuedWrite] { try ask { try $0.open() } }

  public func openWrites(of ticketID: TicketID) throws(JournalError) -> [QueuedWrite] {
    try ask { try $0.open(of: ticketID) }
  }

  /// The newest items in any state, newest first.
  public func recentWrites(limit: Int) throws(JournalError) -> [QueuedWrite] {
    try ask { try $0.recent(limit) }
  }

  public func write(_ id: WriteID) throws(JournalError) -> QueuedWrite? {
    try ask { try $0.find(id) }
  }

  public func writes(of batch: BatchID) throws(JournalError) -> [QueuedWrite] {
    try ask { try $0.members(of: batch) }
  }

  public func progress(of batch: BatchID) throws(JournalError) -> BatchProgress {
    try ask { try $0.progress(of: batch) }
  }

  public func counts() throws(JournalError) -> OutboxCounts { try ask { try $0.counts() } }

  public func history(of id: WriteID) throws(JournalError) -> [HistoryLine] {
    try ask { try $0.history(of: id) }
  }

  public func draft(_ ticketID: TicketID, _ kind: DraftKind) throws(JournalError) -> SavedDraft? {
    try ask { _ in
      try DraftTable(connection: connection, account: account).load(ticketID, kind)
    }
  }

  /// All drafts, newest first, parked ones included.
  public func drafts() throws(JournalError) -> [SavedDraft] {
    try ask { _ in try DraftTable(connection: connection, account: account).list() }
  }

  /// Tickets with a current draft, for the queue's marks.
  public func draftedTickets() throws(JournalError) -> Set<TicketID> {
    try ask { try $0.draftedTickets() }
  }

  /// Records of the audit before a number, newest first; without one the newest of all.
  public func auditRecords(before number: Int?, limit: Int) throws(JournalError) -> [AuditRecord] {
    try ask { _ in
      try AuditTable(connection: connection).records(before: number ?? .max, limit: limit)
    }
  }

  /// Checks the audit's file against the journal; writes nothing.
  public func verifyAudit(_ log: AuditLog) throws(JournalError) -> AuditLog.Verdict {
    try ask { _ in try log.verify(against: connection) }
  }

  private func ask<Value>(
    _ body: (JournalQueries) throws -> Value
  ) throws(JournalError) -> Value {
    do {
      return try body(
        JournalQueries(connection: connection, account: account, now: clock.now))
    } catch {
      throw Journal.failure(error, path: path)
    }
  }
}
