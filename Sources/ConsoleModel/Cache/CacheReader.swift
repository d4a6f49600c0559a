public import Helpdesk
public import SQLite

/// Reads the cache for a screen, on the thread that owns it, without waiting for anybody: each call
/// takes well under a millisecond at a million tickets, unless it says otherwise.
///
/// Not `Sendable`: make one per thread with `CacheFile.reader`.
public final class CacheReader {
  let connection: Connection
  let calendar: LocalCalendar
  private let clock: @Sendable () -> Timestamp
  private var loaded: Loaded?
  /// Matches of the last filter text, kept while the person scrolls.
  var textMatches: TextMatches?

  /// What is kept between calls until another connection commits.
  private struct Loaded {
    var version: Int64
    var directory: Directory
    var cells: [CountedCell]
    /// The numbers behind names of queries.
    var names = QueueStatement.Resolved()
  }

  public init(
    _ connection: Connection, calendar: LocalCalendar = .utc,
    clock: @escaping @Sendable () -> Timestamp
  ) throws(SQLiteError) {
    self.connection = connection
    self.calendar = calendar
    self.clock = clock
  }

  var now: Timestamp { clock() }

  // Changes

  /// A number that moves when something was saved. Compare it to know when to read again.
  public func version() throws(SQLiteError) -> Int64 { try connection.dataVersion() }

  /// Names of agents, groups, statuses and types, and whose key this is.
  public func directory() throws(SQLiteError) -> Directory { try load().directory }

  func cells() throws(SQLiteError) -> [CountedCell] { try load().cells }

  private func load() throws(SQLiteError) -> Loaded {
    let version = try connection.dataVersion()
    if let loaded, loaded.version == version { return loaded }
    let fresh = Loaded(
      version: version, directory: try Directory.read(connection),
      cells: try CountedCell.readAll(connection))
    loaded = fresh
    return fresh
  }

  func context(for query: QueueQuery) throws(SQLiteError) -> QueueStatement.Context {
    let directory = try directory()
    return QueueStatement.Context(
      me: directory.me, myGroups: directory.myGroups, statuses: directory.statuses, now: now,
      calendar: calendar, resolved: try resolve(query))
  }

  /// What a name of a query stands for, looked up once until another connection commits.
  func kept(_ name: QueueCondition, _ find: () throws(SQLiteError) -> [Int64])
    throws(SQLiteError) -> [Int64]
  {
    if let known = try load().names[name] { return known }
    let found = try find()
    loaded?.names[name] = found
    return found
  }
}

/// One counter: tickets of one agent, group and status.
struct CountedCell {
  var agent: Int64
  var group: Int64
  var status: TicketStatus
  var tickets: Int
  var needingAnswer: Int

  static func readAll(_ connection: Connection) throws(SQLiteError) -> [CountedCell] {
    try connection.query(
      """
      SELECT agent_id, group_id, status, tickets, needing_answer FROM ticket_counts
      WHERE tickets > 0
      """
    ) { row throws(SQLiteError) in
      CountedCell(
        agent: try row.int64(0), group: try row.int64(1),
        status: TicketStatus(rawValue: try row.int(2)), tickets: try row.int(3),
        needingAnswer: try row.int(4))
    }
  }
}
