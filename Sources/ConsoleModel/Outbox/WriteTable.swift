import Helpdesk
import SQLite

/// The journal's writes: reading rows, and the columns that a move may touch.
struct WriteTable {
  let connection: Connection

  static let columns = """
    id, batch, ticket_id, payload, state, revision, attempts, created_at, updated_at, hold_until,
    not_before, remote_id, problem, waiting_for, repeats, looks_left, account, given_up, follows,
    undone_by, conflict
    """

  func find(_ id: WriteID) throws -> QueuedWrite {
    guard let write = try select("id = ?", [id.rawValue]).first else {
      throw JournalError.noSuchWrite(id)
    }
    return write
  }

  func select(
    _ condition: String, _ arguments: [any SQLBindable] = [], order: String = "id"
  ) throws -> [QueuedWrite] {
    let rows = try connection.query(
      "SELECT \(Self.columns) FROM writes WHERE \(condition) ORDER BY \(order)",
      arguments: arguments
    ) { row throws(SQLiteError) in
      (write: try Self.read(row), payload: try row.string(3), conflict: try row.optionalString(20))
    }
    return try rows.map { row in
      var write = row.write
      write.payload = try StoredPayload.decode(row.payload)
      write.conflict = try row.conflict.map(StoredConflict.decode)
      return write
    }
  }

  func insert(
    account: String, ticketID: TicketID, payload: WritePayload, customerFacing: Bool,
    holdSeconds: Int64, batch: BatchID? = nil, repeats: WriteID? = nil, follows: WriteID? = nil,
    at moment: Timestamp
  ) throws -> WriteID {
    try connection.execute(
      """
      INSERT INTO writes (account, batch, ticket_id, kind, payload, state, customer_facing,
        created_at, updated_at, hold_seconds, repeats, follows)
      VALUES (?, ?, ?, ?, ?, 'proposed', ?, ?, ?, ?, ?, ?)
      """,
      account, batch?.rawValue, ticketID.rawValue, payload.kind,
      try StoredPayload.encode(payload), customerFacing, moment.seconds, moment.seconds,
      holdSeconds, repeats?.rawValue, follows?.rawValue)
    let id = WriteID(connection.lastInsertedRowID)
    try note(id, at: moment, from: nil, event: "proposed", to: .proposed, detail: nil)
    return id
  }

  /// Adds a line to the write's history.
  func note(
    _ id: WriteID, at moment: Timestamp, from: WriteState?, event: String, to: WriteState,
    detail: String?
  ) throws {
    try connection.execute(
      """
      INSERT INTO transitions (write, at, from_state, event, to_state, detail)
      VALUES (?, ?, ?, ?, ?, ?)
      """, id.rawValue, moment.seconds, from?.rawValue, event, to.rawValue, detail)
  }

  /// Sets columns of one write. The names come from this program only.
  func set(_ id: WriteID, _ values: KeyValuePairs<String, any SQLBindable>) throws {
    let names = values.map { "\($0.key) = ?" }.joined(separator: ", ")
    try connection.execute(
      "UPDATE writes SET \(names) WHERE id = ?", arguments: values.map(\.value) + [id.rawValue])
  }

  /// The digest that a person confirmed, while the confirmation stands.
  func confirmedDigest(_ id: WriteID) throws -> String? {
    try connection.first("SELECT digest FROM writes WHERE id = ?", id.rawValue) {
      row throws(SQLiteError) in try row.optionalString(0)
    } ?? nil
  }

  func isCustomerFacing(_ id: WriteID) throws -> Bool {
    try integer("SELECT customer_facing FROM writes WHERE id = ?", id) != 0
  }

  func holdSeconds(_ id: WriteID) throws -> Int64 {
    try integer("SELECT hold_seconds FROM writes WHERE id = ?", id)
  }

  /// How often it has gone back to the queue by itself.
  func returns(_ id: WriteID) throws -> Int64 {
    try integer("SELECT returns FROM writes WHERE id = ?", id)
  }

  func integer(_ sql: String, _ id: WriteID) throws -> Int64 {
    try connection.first(sql, id.rawValue) { row throws(SQLiteError) in try row.int64(0) } ?? 0
  }

  private static func read(_ row: Row) throws(SQLiteError) -> QueuedWrite {
    guard let state = WriteState(rawValue: try row.string(4)) else {
      throw .decoding(column: "state", expected: "a state of a write")
    }
    return QueuedWrite(
      id: WriteID(try row.int64(0)), batch: try row.optionalInt64(1).map { BatchID($0) },
      ticketID: TicketID(try row.int64(2)),
      payload: .privateNote(NoteContent(subject: "", text: "", html: "")), state: state,
      revision: try row.int(5), attempts: try row.int(6),
      createdAt: Timestamp(try row.int64(7)), updatedAt: Timestamp(try row.int64(8)),
      holdUntil: try row.optionalInt64(9).map { Timestamp($0) },
      notBefore: try row.optionalInt64(10).map { Timestamp($0) },
      remoteID: try row.optionalInt64(11), problem: try row.optionalString(12),
      waitingFor: try row.optionalString(13).flatMap(QueuedWrite.WaitingReason.init(rawValue:)),
      repeats: try row.optionalInt64(14).map { WriteID($0) }, looksLeft: try row.int(15),
      account: try row.string(16), isGivenUp: try row.bool(17),
      follows: try row.optionalInt64(18).map { WriteID($0) },
      undoneBy: try row.optionalInt64(19).map { WriteID($0) })
  }
}
