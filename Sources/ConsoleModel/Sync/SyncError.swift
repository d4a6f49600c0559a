public import Helpdesk
public import SQLite

/// Why a sync ended before its end. What was saved so far stays, and the next one goes on there.
public enum SyncError: Error, Equatable, Sendable {
  /// Another process of this account, or another task of this one, is at it.
  case alreadyRunning(SyncOwner?)
  case helpdesk(HelpdeskError, SyncPhase)
  case cache(SQLiteError)
  /// The lock file cannot be made: the folder is not writable.
  case lockUnavailable(path: String)
  case cancelled

  /// One sentence: what failed, what was kept, what to do.
  public var sentence: String {
    switch self {
    case .alreadyRunning(let owner):
      "Another sync of this account is running"
        + (owner.map { " (process \($0.pid), since \($0.startedAt))" } ?? "")
        + "; it goes on, nothing was started."
    case .helpdesk(.notSignedIn, let phase):
      "The sync stopped at \(phase.rawValue): the helpdesk does not accept the API key. What was "
        + "fetched is kept; connect again with a key that is valid."
    case .helpdesk(let error, let phase):
      "The sync stopped at \(phase.rawValue): \(error.explanation). "
        + "What was fetched is kept; sync again to go on from there."
    case .cache(let error):
      "The sync stopped: \(error.explanation). What was saved before is kept."
    case .lockUnavailable(let path):
      "The sync cannot start: \(path) cannot be written. Check the folder's rights."
    case .cancelled: "The sync was stopped. What was fetched is kept; the next one goes on there."
    }
  }
}

/// Who holds the lock of a sync, as its file says.
public struct SyncOwner: Equatable, Sendable {
  public var pid: Int32
  public var startedAt: Timestamp

  public init(pid: Int32, startedAt: Timestamp) {
    self.pid = pid
    self.startedAt = startedAt
  }
}
