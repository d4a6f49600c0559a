import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

@Suite struct DueWritesTests {
  private let now = Timestamp(1000)

  private func write(
    _ id: Int64, ticket: Int64? = nil, _ state: WriteState = .queued, batch: Int64? = nil,
    notBefore: Int64? = nil, holdUntil: Int64? = nil, follows: Int64? = nil, looksLeft: Int = 0,
    updatedAt: Int64 = 900, isGivenUp: Bool = false
  ) -> QueuedWrite {
    QueuedWrite(
      id: WriteID(id), batch: batch.map { BatchID($0) }, ticketID: TicketID(ticket ?? id),
      payload: .privateNote(NoteContent(subject: "", text: "x", html: "x")), state: state,
      createdAt: Timestamp(900), updatedAt: Timestamp(updatedAt),
      holdUntil: holdUntil.map { Timestamp($0) }, notBefore: notBefore.map { Timestamp($0) },
      looksLeft: looksLeft, isGivenUp: isGivenUp, follows: follows.map { WriteID($0) })
  }

  /// A journal on disk that holds these writes, and what it says is due.
  private func due(
    _ open: [QueuedWrite], running: [TicketID: RequestLane] = [:], sends: Bool = true,
    sleepsUntil: Timestamp? = nil, closed: Set<DueWrites.Route> = []
  ) throws -> DueWrites {
    let folder = TemporaryFolder()
    let connection = try Self.journal(open, in: folder)
    return try DueWrites(
      connection, account: "acme",
      DueWrites.Situation(
        now: now, running: running, sends: sends, sleepsUntil: sleepsUntil, closed: closed))
  }

  static func journal(
    _ writes: [QueuedWrite], in folder: TemporaryFolder
  ) throws -> Connection {
    let connection = try Connection(path: folder.file("journal.db"))
    try JournalSchema.migrator.migrate(connection)
    try connection.execute("PRAGMA foreign_keys = OFF")
    try connection.transaction {
      for batch in Set(writes.compactMap(\.batch)) {
        try connection.execute("INSERT INTO batches VALUES (?, '', 0, NULL)", batch.rawValue)
      }
      for write in writes.sorted(by: { $0.id < $1.id }) { try insert(write, connection) }
    }
    return connection
  }

  private static func insert(_ write: QueuedWrite, _ connection: Connection) throws {
    let table = WriteTable(connection: connection)
    let id = try table.insert(
      account: "acme", ticketID: write.ticketID, payload: write.payload, customerFacing: false,
      holdSeconds: 0, batch: write.batch, at: write.createdAt)
    try connection.execute("DELETE FROM transitions")
    try connection.execute(
      """
      UPDATE writes SET id = ?, state = ?, not_before = ?, hold_until = ?, follows = ?,
      looks_left = ?, updated_at = ?, given_up = ? WHERE id = ?
      """, write.id.rawValue, write.state.rawValue, write.notBefore?.seconds,
      write.holdUntil?.seconds, write.follows?.rawValue, write.looksLeft, write.updatedAt.seconds,
      write.isGivenUp, id.rawValue)
  }

  private func ids(_ due: DueWrites) -> [Int64] { due.work.map(\.write.id.rawValue) }

  @Test func writesOfOneTicketGoOneAtATimeAndInOrder() throws {
    #expect(
      ids(try due([write(1, ticket: 7), write(2, ticket: 7), write(3, ticket: 8)])) == [1, 3])
    #expect(ids(try due([write(1, ticket: 7)], running: [TicketID(7): .interactive])) == [])
  }

  @Test func whatIsHeldKeepsItsPlaceBeforeLaterOnesOfItsTicket() throws {
    let held = try due([write(1, ticket: 7, .confirmed, holdUntil: 1008), write(2, ticket: 7)])
    #expect(ids(held) == [])
    #expect(held.wake == Timestamp(1008))
  }

  @Test(arguments: [WriteState.proposed, .conflicted, .failed])
  func whatNeedsAPersonHoldsNobodyUp(state: WriteState) throws {
    #expect(ids(try due([write(1, ticket: 7, state), write(2, ticket: 7)])) == [2])
  }

  @Test func aStatusThatWaitsForItsReplyHoldsNobodyUp() throws {
    #expect(
      ids(try due([write(1, ticket: 7, .confirmed, follows: 9), write(2, ticket: 7)])) == [2])
  }

  @Test func anUnclearWriteIsLookedForBeforeItsTicketGoesOn() throws {
    let looking = try due([
      write(1, ticket: 7, .unknown, notBefore: 1005, looksLeft: 4), write(2, ticket: 7),
    ])
    #expect(ids(looking) == [])
    #expect(looking.wake == Timestamp(1005))
    let look = try due([write(1, ticket: 7, .unknown, notBefore: 1000, looksLeft: 4)])
    #expect(look.work == [.look(look.work[0].write)])
    #expect(ids(try due([write(1, ticket: 7, .unknown), write(2, ticket: 7)])) == [2])
  }

  @Test func anUnclearWriteHoldsUpOlderOnesOfItsTicketAsWell() throws {
    let open = [write(1, ticket: 7), write(2, ticket: 7, .unknown, notBefore: 1005, looksLeft: 4)]
    #expect(ids(try due(open)) == [])
    let due = try due([write(1, ticket: 7), write(2, ticket: 7, .unknown, looksLeft: 4)])
    #expect(ids(due) == [2])
  }

  @Test func bulkWorkLeavesRoomForAPersonsOwn() throws {
    let bulk = (1...9).map { write($0, batch: 1) }
    #expect(ids(try due(bulk + [write(20), write(21), write(22)])) == [1, 2, 3, 4, 20, 21])
  }

  @Test func brakesStopSendingButNotLooking() throws {
    let open = [write(1), write(2, .unknown, looksLeft: 1)]
    #expect(ids(try due(open, sends: false)) == [2])
  }

  @Test func nothingIsTriedWhileTheLineIsDown() throws {
    let down = try due([write(1)], sleepsUntil: Timestamp(1030))
    #expect(ids(down) == [])
    #expect(down.wake == Timestamp(1030))
  }

  @Test func whatHasNoRoomInTheLimitIsNotBegun() throws {
    let open = [write(1), write(2, batch: 1)]
    #expect(ids(try due(open, closed: [.init(kind: .privateNote, lane: .bulk)])) == [1])
    #expect(ids(try due(open, closed: [.init(kind: .privateNote, lane: .interactive)])) == [2])
    #expect(ids(try due(open, closed: [.init(kind: .reply, lane: .interactive)])) == [1, 2])
  }

  @Test func aWaitFromAClockThatWasSetBackIsNotWaitedFor() throws {
    #expect(ids(try due([write(1, notBefore: 5000)])) == [])
    #expect(ids(try due([write(1, notBefore: 5000, updatedAt: 4966)])) == [1])
  }

  /// Random journals: the indexes find what plain Swift finds.
  @Test(arguments: 1...300 as ClosedRange<UInt64>)
  func theIndexesFindWhatPlainSwiftFinds(seed: UInt64) throws {
    var random = SeededRandom(seed)
    func one<Value>(of values: [Value]) -> Value { values[random.number(below: values.count)] }
    let open = (1...Int64(random.number(below: 14) + 1)).map { (id: Int64) -> QueuedWrite in
      write(
        id, ticket: Int64(random.number(below: 5)),
        one(of: [.queued, .queued, .queued] + WriteState.allCases.filter { !$0.isFinal }),
        batch: one(of: [nil, 1]), notBefore: one(of: [nil, nil, 990, 1000, 1003, 1010]),
        holdUntil: one(of: [nil, 1002, 1007]), follows: one(of: [nil, nil, 1]),
        looksLeft: random.number(below: 3), updatedAt: one(of: [900, 900, 1005, 1006]),
        isGivenUp: random.number(below: 6) == 0)
    }
    let situation = DueWrites.Situation(
      now: now,
      running: one(of: [
        [:], [TicketID(0): .interactive], [TicketID(1): .bulk, TicketID(3): .interactive],
      ]), sends: random.number(below: 5) > 0,
      sleepsUntil: one(of: [nil, nil, nil, Timestamp(990), Timestamp(1004)]),
      closed: random.number(below: 4) == 0 ? [.init(kind: .privateNote, lane: .bulk)] : [])
    let folder = TemporaryFolder()
    let found = try DueWrites(
      try Self.journal(open, in: folder), account: "acme", situation)
    let plain = PlainDue(open, situation)
    let works = found.work.map { work in
      if case .look = work { return (work.write.id.rawValue, true) }
      return (work.write.id.rawValue, false)
    }
    #expect(works.map(\.0) == plain.work.map { $0.id })
    #expect(works.map(\.1) == plain.work.map { $0.isLook })
    #expect(found.wake == plain.wake)
  }
}
