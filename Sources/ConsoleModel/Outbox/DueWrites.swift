import Helpdesk
import SQLite

/// What a sender does next, asked of the journal's indexes: the cost depends on how much is due, not
/// on how much is open.
struct DueWrites: Equatable, Sendable {
  /// How many tickets are worked on at once.
  struct Width: Equatable, Sendable {
    /// Single writes: a person waits for them.
    var interactive = 2
    /// Writes of bulk actions.
    var bulk = 4
  }

  enum Work: Equatable, Sendable {
    case send(QueuedWrite)
    case look(QueuedWrite)

    var write: QueuedWrite {
      switch self {
      case .send(let write), .look(let write): write
      }
    }

    var lane: RequestLane { write.batch == nil ? .interactive : .bulk }

    /// The request limit that sending counts against; nil for a look, which only reads.
    var route: Route? {
      switch self {
      case .send(let write): Route(kind: write.payload.writeKind, lane: lane)
      case .look: nil
      }
    }
  }

  /// The writes that share a request limit.
  struct Route: Hashable, Sendable {
    var kind: WriteKind
    var lane: RequestLane

    static let all = WriteKind.allCases.flatMap { kind in
      [RequestLane.interactive, .bulk].map { Route(kind: kind, lane: $0) }
    }
  }

  /// What the sender knows and the journal does not.
  struct Situation: Sendable {
    var now: Timestamp
    /// Tickets that are being worked on, with their lane.
    var running: [TicketID: RequestLane] = [:]
    /// False while the stop switch is on or nobody may write; looks go on.
    var sends = true
    /// The line is down or the helpdesk fails until then.
    var sleepsUntil: Timestamp?
    /// Routes without room in the request limit at the moment.
    var closed: Set<Route> = []
    var width = Width()
  }

  /// Seconds by which two looks at the clock may disagree.
  private static let clockDoubt: Int64 = 5

  /// To be begun now, oldest first.
  var work: [Work] = []
  /// When something waits for nothing but the clock; nil when nothing does.
  var wake: Timestamp?

  init(_ connection: Connection, account: String, _ situation: Situation) throws {
    let question = Question(connection: connection, account: account, situation: situation)
    wake = try question.nextMoment()
    if let sleep = situation.sleepsUntil, sleep > situation.now {
      wake = min(sleep, wake ?? sleep)
      return
    }
    for lane in [RequestLane.interactive, .bulk] {
      let running = situation.running.values.count { $0 == lane }
      let width = lane == .interactive ? situation.width.interactive : situation.width.bulk
      var free = width - running
      guard free > 0 else { continue }
      let looks = try question.looks(lane, limit: free)
      work += looks.map(Work.look)
      free -= looks.count
      guard situation.sends, free > 0 else { continue }
      work += try question.sends(lane, limit: free).map(Work.send)
    }
    work.sort { $0.write.id < $1.write.id }
  }

  private struct Question {
    let connection: Connection
    let account: String
    let situation: Situation

    private var now: Int64 { situation.now.seconds }

    /// A wait that was noted in the future comes from a clock that has been set back since.
    private static let isDue =
      "(w.not_before IS NULL OR w.not_before <= ?2 OR w.updated_at > ?2 + \(clockDoubt))"

    /// The tickets are few and of a fixed number, so that the statement stays the same.
    private static let isFree = "w.ticket_id NOT IN (?4, ?5, ?6, ?7, ?8, ?9)"

    /// Unclear outcomes, one of a ticket at a time and the oldest first.
    func looks(_ lane: RequestLane, limit: Int) throws -> [QueuedWrite] {
      try writes(
        .unknown,
        """
        SELECT w.id FROM writes AS w
        WHERE w.state = 'unknown' AND w.looks_left > 0 AND w.given_up = 0 AND w.account = ?1
        AND w.batch IS \(lane == .bulk ? "NOT " : "")NULL AND \(Self.isDue) AND \(Self.isFree)
        AND NOT EXISTS (SELECT 1 FROM writes AS o WHERE o.ticket_id = w.ticket_id
          AND o.state NOT IN ('sent', 'rejected', 'undone')
          AND (o.state = 'sending'
            OR (o.state = 'unknown' AND o.looks_left > 0 AND o.given_up = 0 AND o.id < w.id)))
        ORDER BY w.id LIMIT ?3
        """, limit)
    }

    /// What is queued and not behind another write of its ticket. Any write of unknown outcome goes
    /// first, also a younger one: its request may still arrive, and would put back what this one
    /// changes. A status that waits for its reply holds nobody up.
    func sends(_ lane: RequestLane, limit: Int) throws -> [QueuedWrite] {
      let open = WriteKind.allCases.filter {
        !situation.closed.contains(Route(kind: $0, lane: lane))
      }
      guard !open.isEmpty else { return [] }
      let kinds = open.map { "'\($0.rawValue)'" }.joined(separator: ", ")
      return try writes(
        .queued,
        """
        SELECT w.id FROM writes AS w
        WHERE w.state = 'queued' AND w.batch IS \(lane == .bulk ? "NOT " : "")NULL
        AND w.account = ?1 AND w.kind IN (\(kinds)) AND \(Self.isDue) AND \(Self.isFree)
        AND NOT EXISTS (SELECT 1 FROM writes AS o WHERE o.ticket_id = w.ticket_id
          AND o.state NOT IN ('sent', 'rejected', 'undone') AND o.id <> w.id
          AND (o.state = 'sending'
            OR (o.state = 'unknown' AND o.looks_left > 0 AND o.given_up = 0)
            OR (o.state = 'unknown' AND o.kind = 'update' AND w.kind = 'update'
              AND EXISTS (SELECT 1 FROM attempts AS a WHERE a.id = o.attempt
                AND a.at > ?2 - \(Reconciler.latestArrival) AND a.at <= ?2))
            OR (o.id < w.id
              AND (o.state = 'queued' OR (o.state = 'confirmed' AND o.follows IS NULL)))))
        ORDER BY w.id LIMIT ?3
        """, limit)
    }

    private func writes(
      _ state: WriteState, _ sql: String, _ limit: Int
    ) throws -> [QueuedWrite] {
      let table = WriteTable(connection: connection)
      var tickets = situation.running.keys.map(\.rawValue)
      tickets += repeatElement(-1, count: max(0, 6 - tickets.count))
      var arguments: [any SQLBindable] = [account, now, limit]
      for ticket in tickets.prefix(6) { arguments.append(ticket) }
      return try connection.query(sql, arguments: arguments) { row throws(SQLiteError) in
        WriteID(try row.int64(0))
      }.map { id in
        let write = try table.find(id)
        // An index that does not fit its table would make the sender try for ever.
        guard write.state == state else { throw JournalError.unreadableRecord }
        return write
      }
    }

    /// The next end of a hold or of a wait.
    func nextMoment() throws -> Timestamp? {
      let hold = try connection.first(
        """
        SELECT hold_until FROM writes
        WHERE hold_until IS NOT NULL AND hold_until > ? AND state = 'confirmed'
        ORDER BY hold_until LIMIT 1
        """, now
      ) { row throws(SQLiteError) in try row.int64(0) }
      let wait = try connection.first(
        """
        SELECT not_before FROM writes
        WHERE not_before IS NOT NULL AND not_before > ? AND updated_at <= ?
        AND (state = 'queued' OR (state = 'unknown' AND looks_left > 0 AND given_up = 0))
        ORDER BY not_before LIMIT 1
        """, now, now + clockDoubt
      ) { row throws(SQLiteError) in try row.int64(0) }
      return [hold, wait].compactMap { $0 }.min().map { Timestamp($0) }
    }
  }
}
