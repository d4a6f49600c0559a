public import Helpdesk
import SQLite

/// A list, or another part of the sync, that could not be read at the last try. Kept in the cache,
/// so that every process tells the same; gone as soon as that part has been read.
public struct SyncFailure: Equatable, Sendable {
  /// What could not be read: "tickets", "contacts", "canned responses".
  public var part: String
  public var phase: SyncPhase
  /// One clause without a full stop, in the vendor's words where it gave any.
  public var reason: String
  public var kind: Kind
  /// The first try of those that failed in a row.
  public var since: Timestamp
  public var latest: Timestamp

  /// What kind of failure it is, as far as it tells what to do.
  public enum Kind: String, Sendable, CaseIterable {
    case offline
    case key
    case forbidden
    case moved
    case limit
    /// It answers, but not with what was asked for.
    case unreadable
    case server
    case refused
  }

  public init(
    part: String, phase: SyncPhase, error: HelpdeskError, since: Timestamp, latest: Timestamp
  ) {
    self.init(
      part: part, phase: phase, reason: error.explanation, kind: Kind(error), since: since,
      latest: latest)
  }

  init(
    part: String, phase: SyncPhase, reason: String, kind: Kind, since: Timestamp, latest: Timestamp
  ) {
    self.part = part
    self.phase = phase
    self.reason = reason
    self.kind = kind
    self.since = since
    self.latest = latest
  }

  /// Whether the queue itself stays old because of it.
  public var concernsTickets: Bool { phase == .tickets }

  /// What a user can do, in one sentence; the program tries again by itself in any case.
  public var advice: String {
    switch kind {
    case .offline: "Check the network."
    case .key: "Connect again with a valid key: ticket-console connect."
    case .forbidden: "Ask an administrator of the helpdesk about your account and its rights."
    case .moved: "Connect again with the new address: ticket-console connect."
    case .limit: "Another program uses the account's request limit up; it is tried again later."
    case .unreadable: "Check the address of the account, and whether a proxy answers instead."
    case .server: "It is tried again by itself; see the vendor's status page if it lasts."
    case .refused: "It is tried again by itself; update this program if it lasts."
    }
  }
}

extension SyncFailure.Kind {
  init(_ error: HelpdeskError) {
    self =
      switch error {
      case .offline, .connectionLost, .cancelled: .offline
      case .notSignedIn: .key
      case .forbidden: .forbidden
      case .moved: .moved
      case .rateLimited: .limit
      case .unreadableAnswer, .answerTooLarge: .unreadable
      case .serverFailure: .server
      case .notFound, .notChangeable, .refused: .refused
      }
  }
}

/// A thread that could not be read; the others are.
public struct ThreadFailure: Equatable, Sendable {
  public var ticketID: TicketID
  public var reason: String

  public init(ticketID: TicketID, reason: String) {
    self.ticketID = ticketID
    self.reason = reason
  }

  /// Seconds until it is tried again in the background; opening the ticket tries at once.
  static let pause: Int64 = 900
}

extension CacheStore {
  /// Notes that a part failed. Returns the failure with the moment since when it does.
  @discardableResult
  func note(_ error: HelpdeskError, of part: String, in phase: SyncPhase) async throws
    -> SyncFailure
  {
    let now = clock()
    return try await write { writer in
      try writer.connection.execute(
        """
        INSERT INTO sync_failures VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET reason = excluded.reason, kind = excluded.kind,
          latest = excluded.latest
        """, part, phase.rawValue, error.explanation, SyncFailure.Kind(error).rawValue,
        now.seconds, now.seconds)
      let since = try writer.connection.first(
        "SELECT since FROM sync_failures WHERE part = ?", part
      ) { row throws(SQLiteError) in Timestamp(try row.int64(0)) }
      return SyncFailure(
        part: part, phase: phase, error: error, since: since ?? now, latest: now)
    }
  }

  /// Notes that a part has been read.
  func noteSuccess(of part: String) async throws {
    try await write { writer in
      _ = try writer.connection.execute("DELETE FROM sync_failures WHERE part = ?", part)
    }
  }

  func note(_ error: HelpdeskError, ofThread id: TicketID) async throws {
    let now = clock().seconds
    try await write { writer in
      _ = try writer.connection.execute(
        """
        INSERT INTO thread_failures VALUES (?, ?, 1, ?)
        ON CONFLICT DO UPDATE SET reason = excluded.reason, tries = tries + 1,
          failed_at = excluded.failed_at
        """, id.rawValue, error.explanation, now)
    }
  }
}

extension CacheReader {
  /// Parts of the sync that could not be read at the last try, the tickets first.
  public func syncFailures() throws(SQLiteError) -> [SyncFailure] {
    let found = try connection.query(
      "SELECT part, phase, reason, kind, since, latest FROM sync_failures ORDER BY part"
    ) { row throws(SQLiteError) in
      SyncFailure(
        part: try row.string(0), phase: SyncPhase(rawValue: try row.string(1)) ?? .tickets,
        reason: try row.string(2), kind: SyncFailure.Kind(rawValue: try row.string(3)) ?? .server,
        since: Timestamp(try row.int64(4)), latest: Timestamp(try row.int64(5)))
    }
    return found.filter(\.concernsTickets) + found.filter { !$0.concernsTickets }
  }

  /// Threads that could not be read at their last try, by number.
  public func threadFailures(limit: Int = 100) throws(SQLiteError) -> [ThreadFailure] {
    try connection.query(
      "SELECT ticket_id, reason FROM thread_failures ORDER BY ticket_id LIMIT ?", limit
    ) { row throws(SQLiteError) in
      ThreadFailure(ticketID: TicketID(try row.int64(0)), reason: try row.string(1))
    }
  }
}
