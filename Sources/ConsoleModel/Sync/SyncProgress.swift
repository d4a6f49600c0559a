public import Helpdesk
public import SQLite

/// How far a running sync has come.
public struct SyncProgress: Equatable, Sendable {
  public var phase: SyncPhase
  /// Records of this phase that were fetched and saved so far.
  public var fetched: Int
  /// A few words on why nothing moves: "limit reached, again in 34 s".
  public var pause: String?

  public init(phase: SyncPhase, fetched: Int, pause: String? = nil) {
    self.phase = phase
    self.fetched = fetched
    self.pause = pause
  }
}

/// What a sync did.
public struct SyncReport: Equatable, Sendable {
  public var phases: [Phase]
  public var seconds: Double

  public struct Phase: Equatable, Sendable {
    public var phase: SyncPhase
    public var fetched: Int
    public var seconds: Double
    /// Why the phase, or a part of it, was left out; nil when it was not.
    public var skipped: String?
  }

  /// Tickets saved, those that were read twice counted once a reading.
  public var tickets: Int { fetched(.tickets) }
  public var conversations: Int { fetched(.conversations) }

  private func fetched(_ phase: SyncPhase) -> Int {
    phases.first { $0.phase == phase }?.fetched ?? 0
  }
}

/// Why a sync ended before its end. What was saved so far stays, and the next one goes on there.
public enum SyncError: Error, Equatable, Sendable {
  /// Another process of this account, or another task of this one, is at it.
  case alreadyRunning(SyncLock.Owner?)
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

/// What a sync is asked to do.
public struct SyncOptions: Equatable, Sendable {
  /// Reads everything again instead of what has changed, and the threads of finished tickets too.
  public var isFull: Bool
  /// At most so many threads in the conversations phase; nil for all that are wanted.
  public var threadLimit: Int?
  /// Threads that are fetched at the same time.
  public var threadsInFlight: Int
  public var lane: RequestLane

  public init(
    isFull: Bool = false, threadLimit: Int? = nil, threadsInFlight: Int = 4,
    lane: RequestLane = .background
  ) {
    self.isFull = isFull
    self.threadLimit = threadLimit
    self.threadsInFlight = threadsInFlight
    self.lane = lane
  }
}
