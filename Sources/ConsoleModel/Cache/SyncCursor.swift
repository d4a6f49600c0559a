public import Helpdesk
import SQLite

/// How far one phase of the sync has come. `windowStart` and `page` belong together: the page
/// number means nothing in another window.
public struct SyncCursor: Equatable, Sendable {
  public var phase: SyncPhase
  /// The `updatedSince` of the window that is being read; nil when the phase reads no window.
  public var windowStart: Timestamp?
  /// The next page to read in that window, from 1.
  public var page: Int
  /// The newest `updatedAt` seen so far, where the next window begins.
  public var newestSeen: Timestamp?
  /// When the phase last came to its end; nil while it never has.
  public var finishedAt: Timestamp?
  /// A reading of everything, asked for by a person, is under way.
  public var isFull: Bool

  public init(
    phase: SyncPhase, windowStart: Timestamp? = nil, page: Int = 1, newestSeen: Timestamp? = nil,
    finishedAt: Timestamp? = nil, isFull: Bool = false
  ) {
    self.phase = phase
    self.windowStart = windowStart
    self.page = page
    self.newestSeen = newestSeen
    self.finishedAt = finishedAt
    self.isFull = isFull
  }
}

/// The six phases of a sync, in order: first what the queue needs.
public enum SyncPhase: String, CaseIterable, Sendable {
  /// Agents, groups, ticket fields and canned responses.
  case agents
  case tickets
  case companies
  case contacts
  case conversations
  case ratings = "satisfaction ratings"

  /// What it reads, for a failure. The lists of `agents` are parts of their own.
  var part: String { self == .agents ? "directory" : rawValue }
}

extension CacheWriter {
  func save(_ cursor: SyncCursor) throws(SQLiteError) {
    try connection.execute(
      """
      INSERT INTO sync_cursors VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET window_start = excluded.window_start, page = excluded.page,
        newest_seen = excluded.newest_seen, finished_at = excluded.finished_at,
        is_full = excluded.is_full
      """, cursor.phase.rawValue, cursor.windowStart?.seconds, cursor.page,
      cursor.newestSeen?.seconds, cursor.finishedAt?.seconds, cursor.isFull)
  }

  static func cursor(_ phase: SyncPhase, _ connection: Connection) throws(SQLiteError)
    -> SyncCursor
  {
    try connection.first(
      """
      SELECT window_start, page, newest_seen, finished_at, is_full FROM sync_cursors
      WHERE phase = ?
      """, phase.rawValue
    ) { row throws(SQLiteError) in
      SyncCursor(
        phase: phase, windowStart: try row.optionalInt64(0).map(Timestamp.init),
        page: try row.int(1), newestSeen: try row.optionalInt64(2).map(Timestamp.init),
        finishedAt: try row.optionalInt64(3).map(Timestamp.init), isFull: try row.bool(4))
    } ?? SyncCursor(phase: phase)
  }
}
