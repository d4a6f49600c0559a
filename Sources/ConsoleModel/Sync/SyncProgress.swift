public import Helpdesk

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

/// What a sync is asked to do.
public struct SyncOptions: Equatable, Sendable {
  /// Reads everything again instead of what has changed, and the threads of finished tickets too.
  public var isFull: Bool
  /// At most so many threads in the conversations phase; nil for all that are wanted.
  public var threadLimit: Int?
  /// Days without change after which a thread is left until its ticket is opened; nil for none. A
  /// full reading reads all.
  public var threadDays: Int?
  /// Threads that are fetched at the same time.
  public var threadsInFlight: Int
  public var lane: RequestLane

  public init(
    isFull: Bool = false, threadLimit: Int? = nil, threadDays: Int? = nil, threadsInFlight: Int = 4,
    lane: RequestLane = .background
  ) {
    self.isFull = isFull
    self.threadLimit = threadLimit
    self.threadDays = threadDays
    self.threadsInFlight = threadsInFlight
    self.lane = lane
  }
}
