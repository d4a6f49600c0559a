import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

/// Queued writes lie over the cached tickets until the helpdesk has answered.
@Suite struct PendingOverlayTests {
  private let urgent = TicketChange(priority: .urgent)
  private let high = TicketChange(priority: .high)

  @Test func aQueuedChangeShowsInRowsOrderCountsAndViewsBeforeItHasLeft() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    try await fixture.cache.store.save(me: Agent(id: AgentID(7), name: "Maria"))
    fixture.helpdesk.addTicket(48300)
    try await fixture.sync()
    try await fixture.queue(
      TicketChange(priority: .urgent, agentID: .some(AgentID(7)), tags: ["vip"]),
      before: TicketChange(priority: .high, agentID: .some(nil), tags: []))

    let reader = try fixture.cache.reader()
    let row = try #require(try reader.row(fixture.id))
    #expect(row.priority == .urgent && row.agentID == AgentID(7))
    #expect(row.pending == [.priority, .agent, .tags])
    #expect(try reader.count(QueueQuery(agent: .unassigned)).value == 1)
    #expect(try reader.count(QueueQuery(agent: .mine)).value == 1)
    #expect(try reader.rows(QueueQuery(tags: ["vip"]), limit: 9).map(\.id) == [fixture.id])
    #expect(
      try reader.rows(QueueQuery(sort: QueueSort(.priority)), limit: 9).map(\.id)
        == [fixture.id, TicketID(48300)])
    #expect(try reader.detail(fixture.id)?.ticket.priority == .urgent)

    try await fixture.queue(
      TicketChange(status: .resolved), before: TicketChange(status: .open))
    #expect(try reader.rows(QueueQuery(statuses: [.open]), limit: 9).map(\.id) == [TicketID(48300)])
    await fixture.outbox.end()
  }

  @Test func acceptedValuesStayWithoutTheMarkBeforeAnythingIsReadAgain() async throws {
    let fixture = try await OverlayFixture()
    try await fixture.queue(urgent, before: high)
    #expect(try fixture.row()?.pending == .priority)
    try await fixture.pass()
    #expect(fixture.helpdesk.ticket(48207)?.priority == .urgent)
    #expect(try fixture.row()?.priority == .urgent)
    #expect(try fixture.row()?.pending == [])
    await fixture.outbox.end()
  }

  @Test func aRefusalPutsTheOldValueBack() async throws {
    let fixture = try await OverlayFixture()
    fixture.helpdesk.fail(.update, .before(.forbidden(message: "no")))
    try await fixture.queue(urgent, before: high)
    #expect(try fixture.row()?.priority == .urgent)
    try await fixture.pass()
    #expect(try fixture.row()?.priority == .high)
    #expect(try fixture.row()?.pending == [])
    await fixture.outbox.end()
  }

  @Test func anUnclearOutcomeKeepsTheValueAndTheMark() async throws {
    let fixture = try await OverlayFixture()
    fixture.helpdesk.fail(.update, .before(.serverFailure(status: 502)))
    let id = try await fixture.queue(urgent, before: high)
    try await fixture.pass()
    #expect(try await fixture.outbox.state(id) == .unknown)
    #expect(try fixture.row()?.priority == .urgent)
    #expect(try fixture.row()?.pending == .priority)
    try await fixture.outbox.journal.discard(id)
    try await fixture.overlay.catchUp()
    #expect(try fixture.row()?.priority == .high)
    await fixture.outbox.end()
  }

  @Test func aSyncChangesWhatLiesBelowAndAnUndoShowsIt() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    let id = try await fixture.queue(urgent, before: high)
    fixture.outbox.clock.advance(by: 5)
    fixture.helpdesk.change(48207) {
      $0.priority = .low
      $0.status = .pending
      $0.subject = "VPN drops again"
    }
    try await fixture.sync()
    let row = try #require(try fixture.row())
    #expect(row.priority == .urgent && row.status == .pending && row.subject == "VPN drops again")
    #expect(row.pending == .priority)
    _ = try await fixture.outbox.journal.undo(id)
    try await fixture.overlay.catchUp()
    #expect(try fixture.row()?.priority == .low)
    #expect(try fixture.row()?.pending == [])
    await fixture.outbox.end()
  }

  @Test func tagsOfOthersStayBeneathOwnOnes() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    try await fixture.queue(TicketChange(tags: ["mine"]), before: TicketChange(tags: []))
    fixture.outbox.clock.advance(by: 5)
    fixture.helpdesk.change(48207) { $0.tags = ["theirs"] }
    try await fixture.sync()
    #expect(try fixture.ticket()?.tags == ["theirs", "mine"])
    await fixture.outbox.end()
  }

  @Test func aStatusAfterAReplyShowsUntilTheReplyIsStopped() async throws {
    let fixture = try await OverlayFixture()
    let reply = try await fixture.outbox.reply(.testReply(thenStatus: .pending))
    try await fixture.overlay.catchUp()
    #expect(try fixture.row()?.status == .pending)
    #expect(try fixture.row()?.pending == [.status, .reply])
    fixture.helpdesk.customerWrites(48207, "wait")
    try await fixture.pass(11)
    #expect(try await fixture.outbox.state(reply) == .conflicted)
    #expect(try fixture.row()?.status == .open)
    #expect(try fixture.row()?.pending == [])
    await fixture.outbox.end()
  }

  @Test func aNewCacheIsLaidOverAgain() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    try await fixture.queue(urgent, before: high)
    let fresh = try CacheFixture()
    let overlay = PendingOverlay(journal: fixture.outbox.journal, cache: fresh.store)
    #expect(try await overlay.catchUp() == false)
    try await fresh.store.save(tickets: [try #require(fixture.helpdesk.ticket(48207))])
    let row = try #require(try fresh.reader().row(fixture.id))
    #expect(row.priority == .urgent && row.pending == .priority)
    await fixture.outbox.end()
  }

  @Test func anotherJournalUnderTheSameNumbersIsReadFromItsBeginning() async throws {
    let first = try await OverlayFixture()
    first.goOffline()
    for _ in 0..<3 { try await first.queue(urgent, before: high) }
    let second = try await DispatchFixture()
    second.stopSwitch(true)
    let overlay = PendingOverlay(journal: second.journal, cache: first.cache.store)
    #expect(try await overlay.catchUp())
    #expect(try first.row()?.priority == .high)
    await first.outbox.end()
    await second.end()
  }

  @Test func theOlderReadingOfAnotherProcessChangesNothing() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    let journal = fixture.outbox.journal
    let mark = try await fixture.cache.store.pendingMark()
    let id = try await journal.submitUpdates([
      (fixture.id, UpdateContent(subject: "", change: urgent, before: high))
    ]).writes[0]
    let late = try #require(try await journal.pending(since: mark))
    _ = try await journal.undo(id)
    try await fixture.overlay.catchUp()
    #expect(try await fixture.cache.store.lay(late) == false)
    #expect(try fixture.row()?.priority == .high)
    await fixture.outbox.end()
  }

  @Test func aCacheOfTheFirstFormatOpens() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/cache.db"
    do {
      let connection = try Connection(path: path)
      var first = CacheSchema.migrator
      first.migrations = [first.migrations[0]]
      try first.migrate(connection)
    }
    let (store, outcome) = try CacheFile(path: path) { Timestamp(0) }.open()
    #expect(outcome == .opened)
    _ = store
    #expect(try CacheFile(path: path) { Timestamp(0) }.reader().row(TicketID(1)) == nil)
  }

  // Changes over changes

  @Test func aChangeOverARefusedOneIsNoConflict() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    fixture.helpdesk.fail(.update, .before(.forbidden(message: "no")))
    let first = try await fixture.queue(urgent, before: high)
    let second = try await fixture.queue(TicketChange(priority: .low), before: urgent)
    #expect(try fixture.row()?.priority == .low)
    fixture.goOnline()
    try await fixture.pass()
    try await fixture.pass()
    #expect(try await fixture.outbox.state(first) == .failed)
    #expect(try await fixture.outbox.state(second) == .sent)
    #expect(try fixture.row()?.priority == .low)
    // Undone, it goes back to what the helpdesk had and not to what never was.
    _ = try await fixture.outbox.journal.undo(second)
    try await fixture.pass()
    #expect(fixture.helpdesk.ticket(48207)?.priority == .high)
    await fixture.outbox.end()
  }

  @Test func aForeignValueBelowARefusedChangeIsAConflict() async throws {
    let fixture = try await OverlayFixture()
    fixture.goOffline()
    let first = try await fixture.queue(urgent, before: high)
    let second = try await fixture.queue(TicketChange(priority: .low), before: urgent)
    _ = try await fixture.outbox.journal.undo(first)
    fixture.helpdesk.change(48207) { $0.priority = .medium }
    fixture.goOnline()
    try await fixture.pass()
    #expect(try await fixture.outbox.state(second) == .conflicted)
    await fixture.outbox.end()
  }
}
