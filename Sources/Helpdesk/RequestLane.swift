/// Whose turn it is: a person's own keys before bulk work before background work.
public enum RequestLane: Int, Comparable, CaseIterable, Sendable {
  case interactive = 0
  case bulk = 1
  case background = 2

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Calls that a vendor counts together. `account` counts every call; the others are narrower.
public struct RequestFamily: RawRepresentable, Hashable, Sendable {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  public static let account = RequestFamily(rawValue: "account")
  public static let ticketReads = RequestFamily(rawValue: "ticket reads")
  public static let ticketUpdates = RequestFamily(rawValue: "ticket updates")
  public static let ticketCreates = RequestFamily(rawValue: "ticket creates")
  public static let contactReads = RequestFamily(rawValue: "contact reads")
}

/// What an answer's headers said about a budget.
public struct RateReading: Equatable, Sendable {
  public var family: RequestFamily
  /// Calls allowed in the window.
  public var limit: Int
  public var remaining: Int
  /// Credits that this call took.
  public var used: Int
  /// Seconds to wait; only with a 429.
  public var retryAfter: Int?

  public init(
    family: RequestFamily, limit: Int, remaining: Int, used: Int = 1, retryAfter: Int? = nil
  ) {
    self.family = family
    self.limit = limit
    self.remaining = remaining
    self.used = used
    self.retryAfter = retryAfter
  }
}

/// Gives turns to requests. The vendor's client asks before each request and reports each answer.
public protocol RequestLimiting: Sendable {
  /// Returns when a request of this cost (credits) may leave; throws `CancellationError` as
  /// `HelpdeskError.cancelled` when the task is cancelled meanwhile.
  func turn(_ family: RequestFamily, cost: Int, lane: RequestLane) async throws(HelpdeskError)
  /// A request that had its turn will not be made.
  func giveBack(_ family: RequestFamily, cost: Int)
  /// How many seconds `turn` would wait at least; 0 when it would not.
  func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int
  func observe(_ reading: RateReading) async
}

/// No limits; for tests and for tools that talk to an unlimited sandbox.
public struct UnlimitedRequests: RequestLimiting {
  public init() {}
  public func turn(_ family: RequestFamily, cost: Int, lane: RequestLane)
    async throws(HelpdeskError)
  {}
  public func giveBack(_ family: RequestFamily, cost: Int) {}
  public func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int { 0 }
  public func observe(_ reading: RateReading) async {}
}
