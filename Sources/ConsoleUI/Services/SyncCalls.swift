public import Helpdesk

/// The helpdesk's line: what is known about it, and what it can be asked for.
public struct SyncCalls {
  public var status: () -> DeskStatus
  /// The newest lines of the log page, oldest first, without customers' words.
  public var log: (_ limit: Int) -> [LogLine]
  /// Reads a ticket and its thread again, before other work; answers when they are in the cache.
  public var refreshTicket: (TicketID, @escaping Answer<Result<Void, CallFailure>>) -> Void
  /// Reads a group's members from the helpdesk into the cache.
  public var readGroup: (GroupID, @escaping Answer<Result<Group, CallFailure>>) -> Void
  /// Starts a sync now; answers with one sentence when it is done.
  public var syncNow: (@escaping Answer<Result<String, CallFailure>>) -> Void
  /// Gives up waiting for what is running. Nothing in the outbox is lost.
  public var stopWaiting: () -> Void

  public init(
    status: @escaping () -> DeskStatus, log: @escaping (Int) -> [LogLine],
    refreshTicket: @escaping (TicketID, @escaping Answer<Result<Void, CallFailure>>) -> Void,
    readGroup: @escaping (GroupID, @escaping Answer<Result<Group, CallFailure>>) -> Void,
    syncNow: @escaping (@escaping Answer<Result<String, CallFailure>>) -> Void,
    stopWaiting: @escaping () -> Void
  ) {
    self.status = status
    self.log = log
    self.refreshTicket = refreshTicket
    self.readGroup = readGroup
    self.syncNow = syncNow
    self.stopWaiting = stopWaiting
  }
}

/// How things stand between the console and the helpdesk.
public struct DeskStatus: Equatable, Sendable {
  /// The state of the line.
  public enum Link: Equatable, Sendable {
    /// Nothing was asked yet.
    case connecting
    case online
    case offline(since: Timestamp)
    /// The helpdesk asked to wait until then (429).
    case limited(until: Timestamp)
    /// It is reached, but the tickets cannot be read: one clause says why.
    case failing(since: Timestamp, reason: String)
    /// The key is not accepted; reading from the cache goes on.
    case signedOut
  }

  public var link: Link
  /// When the cache was last brought up to date; nil before the first sync.
  public var cachedAt: Timestamp?
  /// Nil until the first answer told.
  public var budget: Budget?
  /// A few words on a sync that runs: "tickets 4200 of 12000, about 3 min left".
  public var syncing: String?
  /// Until when this program holds requests back to keep within the limit; nil when it does not.
  public var waitsUntil: Timestamp?
  /// Lists and threads that could not be read, each with its reason.
  public var unread: [String]
  /// Tickets in the cache.
  public var ticketCount: Int
  /// Whether the account's stop switch is on, set by whatever process: nobody sends anything.
  public var isStopped: Bool
  /// Why nothing can be sent until somebody puts it right, in one sentence: the audit log or the
  /// journal cannot be written.
  public var sendingProblem: String?

  public init(
    link: Link = .connecting, cachedAt: Timestamp? = nil, budget: Budget? = nil,
    syncing: String? = nil, waitsUntil: Timestamp? = nil, unread: [String] = [],
    ticketCount: Int = 0, isStopped: Bool = false,
    sendingProblem: String? = nil
  ) {
    self.link = link
    self.cachedAt = cachedAt
    self.budget = budget
    self.syncing = syncing
    self.waitsUntil = waitsUntil
    self.unread = unread
    self.ticketCount = ticketCount
    self.isStopped = isStopped
    self.sendingProblem = sendingProblem
  }
}

/// One line of the log page.
public struct LogLine: Equatable, Sendable {
  public var at: Timestamp
  public var text: String

  public init(at: Timestamp, text: String) {
    self.at = at
    self.text = text
  }
}
