public import Helpdesk

/// How far a running sync has come.
public struct SyncProgress: Equatable, Sendable {
  public var phase: SyncPhase
  /// Records of this phase that were fetched so far; of `conversations` the tickets.
  public var fetched: Int
  /// How many there are; nil where nobody tells.
  public var total: Int?
  /// No sync of this account has come to its end yet.
  public var isFirst: Bool
  /// When the phase began.
  public var startedAt: Timestamp
  /// A few words on why nothing moves: "limit reached, again in 34 s".
  public var pause: String?

  public init(
    phase: SyncPhase, fetched: Int, total: Int? = nil, isFirst: Bool = false,
    startedAt: Timestamp = Timestamp(0), pause: String? = nil
  ) {
    self.phase = phase
    self.fetched = fetched
    self.total = total
    self.isFirst = isFirst
    self.startedAt = startedAt
    self.pause = pause
  }

  /// "tickets 4200 of 12000, about 3 min left"; with what it waits for in its place.
  public func words(at now: Timestamp) -> String {
    var words = phase == .conversations ? "threads" : phase.rawValue
    if fetched > 0 || total != nil { words += " \(fetched)" }
    if let total { words += total >= fetched ? " of \(total)" : " of at least \(fetched)" }
    if let pause { return "\(words), \(pause)" }
    if let seconds = secondsLeft(at: now) { words += ", about \(Self.span(seconds)) left" }
    return words
  }

  /// From the rate so far; nil while that says little.
  func secondsLeft(at now: Timestamp) -> Int64? {
    let elapsed = now - startedAt
    guard let total, fetched > 0, total > fetched, elapsed >= 3 else { return nil }
    return Int64(total - fetched) * elapsed / Int64(fetched)
  }

  private static func span(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(max(seconds, 1)) s"
    case ..<5400: "\((seconds + 30) / 60) min"
    default: "\((seconds + 1800) / 3600) h"
    }
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
    /// Parts that could not be read; the next sync tries them again.
    public var failures: [SyncFailure] = []
    /// Threads that could not be read.
    public var threads: [ThreadFailure] = []
  }

  public var failures: [SyncFailure] { phases.flatMap(\.failures) }
  public var unreadThreads: [ThreadFailure] { phases.flatMap(\.threads) }

  /// Tickets that were new or had changed; in a full sync all that are there. Each counts once.
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
