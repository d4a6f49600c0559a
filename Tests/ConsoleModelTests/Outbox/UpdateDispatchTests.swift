import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

/// Changes of fields: the optimistic check, merging of tags, repeating after a read, undo.
@Suite struct UpdateDispatchTests {
  private func submit(_ fixture: DispatchFixture, _ content: UpdateContent) async throws -> WriteID
  {
    try await fixture.journal.submitUpdates([(ticketID: fixture.ticket, content: content)]).writes[
      0]
  }

  @Test func aChangeLeavesAtOnceAndCanBeTurnedBack() async throws {
    let fixture = try await DispatchFixture()
    let id = try await submit(fixture, .assign(from: nil, to: 8))
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.agentID == AgentID(8))

    let ids = try await fixture.journal.undo(id).opposite.map(\.id)
    try #require(ids.count == 1)
    await fixture.pass()
    #expect(try await fixture.state(ids[0]) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.agentID == nil)
    #expect(try await fixture.journal.write(id)?.undoneBy == ids[0])
    await fixture.end()
  }

  @Test func aFieldThatSomebodyElseChangedStopsTheChange() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.change(48207) { $0.agentID = AgentID(9) }
    let id = try await submit(fixture, .assign(from: nil, to: 8))
    await fixture.pass()
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .conflicted)
    #expect(
      write.conflict?.fields == [
        WriteConflict.FieldDifference(
          field: "agent", seen: "--", now: "agent 9", wanted: "agent 8")
      ])
    #expect(fixture.helpdesk.calls.contains(.update) == false)

    try await fixture.journal.sendAnyway(id)
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.agentID == AgentID(8))
    await fixture.end()
  }

  @Test func anotherFieldDoesNotStandInTheWay() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.change(48207) { $0.priority = .urgent }
    let id = try await submit(fixture, .assign(from: nil, to: 8))
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.priority == .urgent)
    await fixture.end()
  }

  @Test func tagsAreMergedIntoThePresentOnes() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.addTicket(48207, tags: ["vpn", "old"])
    fixture.helpdesk.change(48207) { $0.tags = ["vpn", "old", "by-tom"] }
    let id = try await submit(
      fixture,
      UpdateContent(
        subject: "", change: TicketChange(tags: ["vpn", "mine"]),
        before: TicketChange(tags: ["vpn", "old"])))
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.tags == ["vpn", "by-tom", "mine"])
    _ = try await fixture.journal.undo(id)
    await fixture.pass()
    #expect(fixture.helpdesk.ticket(48207)?.tags == ["vpn", "by-tom", "old"])
    await fixture.end()
  }

  @Test func anUnclearChangeIsReadBackBeforeItGoesAgain() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.update, .after(.serverFailure(status: 502)))
    let applied = try await submit(fixture, .assign(from: nil, to: 8))
    await fixture.pass()
    #expect(try await fixture.state(applied) == .unknown)
    await fixture.pass(5)
    #expect(try await fixture.state(applied) == .sent)
    #expect(fixture.helpdesk.calls.count { $0 == .update } == 1)

    fixture.helpdesk.fail(.update, .before(.serverFailure(status: 502)))
    let missing = try await submit(fixture, .assign(from: 8, to: 9))
    await fixture.pass()
    for seconds: Int64 in [5, 10, 30] {
      await fixture.pass(seconds)
      #expect(try await fixture.state(missing) == .unknown)
    }
    await fixture.pass(75)
    #expect(try await fixture.state(missing) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.agentID == AgentID(9))
    await fixture.end()
  }

  @Test func aClosingThatMailsTheCustomerIsNeverRepeatedByItself() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.update, .before(.serverFailure(status: 502)))
    let id = try await submit(
      fixture,
      UpdateContent(
        subject: "", change: TicketChange(status: .closed), before: TicketChange(status: .open)))
    for seconds: Int64 in [10, 5, 10, 30, 75, 600] { await fixture.pass(seconds) }
    #expect(try await fixture.state(id) == .unknown)
    #expect(fixture.helpdesk.calls.count { $0 == .update } == 1)
    await fixture.end()
  }

  @Test func aCustomerWhoWroteMeanwhileStopsAClosing() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.customerWrites(48207, "old words")
    fixture.clock.advance(by: 60)
    let id = try await submit(
      fixture,
      UpdateContent(
        subject: "", change: TicketChange(status: .closed), before: TicketChange(status: .open)))
    fixture.clock.advance(by: 1)
    fixture.helpdesk.customerWrites(48207, "It broke again")
    await fixture.pass(10)
    #expect(
      try await fixture.journal.write(id)?.conflict?.entries.map(\.text) == ["It broke again"])
    #expect(fixture.helpdesk.ticket(48207)?.status == .open)
    await fixture.end()
  }

  @Test func aBatchRunsInParallelAndNamesItsFailures() async throws {
    let fixture = try await DispatchFixture()
    for number in 1...20 { fixture.helpdesk.addTicket(Int64(number)) }
    fixture.helpdesk.change(3) { $0.agentID = AgentID(9) }
    fixture.helpdesk.fail(.update, .before(.forbidden(message: "no right")))
    let updates = (1...20).map {
      (ticketID: TicketID(Int64($0)), content: UpdateContent.assign(from: nil, to: 8))
    }
    let submitted = try await fixture.journal.submitUpdates(updates, title: "assign")
    let batch = try #require(submitted.batch)
    await fixture.pass()
    #expect(
      try await fixture.journal.progress(of: batch)
        == BatchProgress(batch: batch, total: 20, sent: 18, waiting: 0, failed: 2, undone: 0))
    let failed = try await fixture.journal.openWrites()
    #expect(Set(failed.map(\.state)) == [.failed, .conflicted])
    #expect(failed.first { $0.state == .conflicted }?.ticketID == TicketID(3))
    #expect(fixture.helpdesk.record.state.withLock { $0.mostInFlight } <= 4)

    _ = try await fixture.journal.undoBatch(batch)
    await fixture.pass()
    #expect((1...20).compactMap { fixture.helpdesk.ticket(Int64($0))?.agentID } == [AgentID(9)])
    await fixture.end()
  }

  @Test func anUndoOfABatchCountsTheMembersWhoseOldValuesAreNotKnown() async throws {
    let fixture = try await DispatchFixture()
    for number: Int64 in [1, 2, 3] { fixture.helpdesk.addTicket(number) }
    var updates = (1...3).map {
      (ticketID: TicketID(Int64($0)), content: UpdateContent.assign(from: nil, to: 8))
    }
    updates[1].content.before = TicketChange()
    let batch = try #require(try await fixture.journal.submitUpdates(updates).batch)
    await fixture.pass()
    let result = try await fixture.journal.undoBatch(batch)
    #expect(result.opposite.map(\.ticketID) == [TicketID(1), TicketID(3)])
    #expect(result.refusal == nil)
    #expect(result.lackingValues == 1)

    let again = try await fixture.journal.undoBatch(batch)
    #expect(again.isEmpty)
    #expect(again.refusal == .lacksValues)
    await fixture.end()
  }

  /// The list that spares a read per ticket is older than what this sender did itself meanwhile.
  @Test func aBulkActionKeepsWhatThisSenderChangedAfterItsList() async throws {
    let fixture = try await DispatchFixture(cacheIsComplete: true)
    for number: Int64 in [1, 2] { fixture.helpdesk.addTicket(number) }
    func adding(_ tag: String) -> UpdateContent {
      UpdateContent(
        subject: "", change: TicketChange(tags: [tag]), before: TicketChange(tags: []))
    }
    fixture.helpdesk.fail(.update, .before(.rateLimited(retryAfter: 5)))
    _ = try await fixture.journal.submitUpdates([(ticketID: TicketID(1), content: adding("one"))])
    await fixture.pass()
    _ = try await fixture.journal.submitUpdates([
      (ticketID: TicketID(2), content: adding("two")),
      (ticketID: TicketID(1), content: adding("two")),
    ])
    await fixture.pass()
    #expect(fixture.helpdesk.ticket(2)?.tags == ["two"])
    await fixture.pass(5)
    #expect(fixture.helpdesk.ticket(1)?.tags == ["one", "two"])
    await fixture.end()
  }

  @Test func writesOfOneTicketLeaveInTheirOrder() async throws {
    let fixture = try await DispatchFixture()
    let note = try await fixture.journal.proposeAndConfirm(fixture.ticket, .testNote())
    let change = try await submit(fixture, .assign(from: nil, to: 8))
    await fixture.pass()
    #expect(fixture.helpdesk.calls == [])
    await fixture.pass(10)
    #expect(try await fixture.state(note) == .sent)
    #expect(try await fixture.state(change) == .sent)
    #expect(fixture.helpdesk.calls.filter { $0 == .post || $0 == .update } == [.post, .update])
    await fixture.end()
  }
}
