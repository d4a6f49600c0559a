import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

/// Tags leave as a whole set, so a request that arrives late, or one that was made of an old set,
/// would take away what another write has added.
@Suite struct TagTests {
  private func add(
    _ tag: String, to ticket: Int64 = 48207, _ fixture: DispatchFixture
  ) async throws -> WriteID {
    try await fixture.journal.submitUpdates([
      (ticketID: TicketID(ticket), content: Self.adding(tag))
    ]).writes[0]
  }

  private static func adding(_ tag: String) -> UpdateContent {
    UpdateContent(
      subject: "", change: TicketChange(tags: [tag]), before: TicketChange(tags: []))
  }

  /// Refused first and retried later, the older write has the smaller number, and the younger one's
  /// request is still on its way.
  @Test func anOlderWriteThatIsRetriedWaitsForAYoungerOneOfUnknownOutcome() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(
      .update, .before(.forbidden(message: "no")), .late(.connectionLost(reason: "reset")))
    let older = try await add("older", fixture)
    await fixture.pass()
    #expect(try await fixture.state(older) == .failed)
    let younger = try await add("younger", fixture)
    await fixture.pass()
    #expect(try await fixture.state(younger) == .unknown)
    try await fixture.journal.retry(older)
    await fixture.pass(1)
    fixture.helpdesk.arriveLate()
    await fixture.pass(5)
    #expect(try await fixture.state(younger) == .sent)
    #expect(try await fixture.state(older) == .sent)
    #expect(Set(fixture.helpdesk.ticket(48207)?.tags ?? []) == ["older", "younger"])
    await fixture.end()
  }

  /// A change that a look does not show goes again; the first request may still arrive.
  @Test(arguments: [1, 20, 60, 100] as [Int64])
  func aRepeatedWriteLeavesTimeForItsFirstRequest(lateness: Int64) async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.update, .late(.connectionLost(reason: "reset")))
    let first = try await add("first", fixture)
    await fixture.pass()
    let second = try await add("second", fixture)
    for second in 1...(130 as Int64) {
      if second == lateness { fixture.helpdesk.arriveLate() }
      await fixture.pass(1)
    }
    #expect(try await fixture.state(first) == .sent)
    #expect(try await fixture.state(second) == .sent)
    #expect(Set(fixture.helpdesk.ticket(48207)?.tags ?? []) == ["first", "second"])
    await fixture.end()
  }

  @Test func givingUpOnAWriteDoesNotLetTheNextOneOvertakeItsRequest() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.update, .late(.connectionLost(reason: "reset")))
    let first = try await add("first", fixture)
    await fixture.pass()
    try await fixture.journal.discard(first)
    let second = try await add("second", fixture)
    await fixture.pass(60)
    fixture.helpdesk.arriveLate()
    await fixture.pass(60)
    #expect(try await fixture.state(second) == .sent)
    #expect(Set(fixture.helpdesk.ticket(48207)?.tags ?? []) == ["first", "second"])
    await fixture.end()
  }

  /// A bulk action is checked with one list, which may be half a minute old.
  @Test func aBulkActionMergesItsTagsIntoThePresentOnes() async throws {
    let fixture = try await DispatchFixture(cacheIsComplete: true)
    for number: Int64 in 1...8 { fixture.helpdesk.addTicket(number) }
    fixture.helpdesk.whileWaiting { [fixture] in
      fixture.helpdesk.change(8) { $0.tags = ["by-tom"] }
    }
    _ = try await fixture.journal.submitUpdates(
      (1...8).map { (ticketID: TicketID($0), content: Self.adding("bulk")) })
    await fixture.pass()
    #expect(Set(fixture.helpdesk.ticket(8)?.tags ?? []) == ["by-tom", "bulk"])
    await fixture.end()
  }

  /// More changed tickets than one page holds, and one of them moves to the end while it is read.
  @Test func aTicketThatMovesInTheListIsNotMissed() async throws {
    let fixture = try await DispatchFixture(cacheIsComplete: true)
    for number: Int64 in 1...5 {
      fixture.helpdesk.addTicket(number)
      fixture.clock.advance(by: 1)
      fixture.helpdesk.change(number) { $0.priority = .high }
    }
    // A colleague's change of the fourth, which stands at the beginning of the second page.
    fixture.helpdesk.change(4) { $0.agentID = AgentID(9) }
    fixture.clock.advance(by: 1)
    fixture.helpdesk.change(5) { $0.priority = .low }
    fixture.helpdesk.listPage(of: 3) { [fixture] in
      fixture.clock.advance(by: 1)
      fixture.helpdesk.change(1) { $0.priority = .low }
    }
    let ids = try await fixture.journal.submitUpdates(
      (1...4).map { (ticketID: TicketID($0), content: .assign(from: nil, to: 8)) })
    await fixture.pass()
    #expect(try await fixture.state(ids.writes[3]) == .conflicted)
    #expect(fixture.helpdesk.ticket(4)?.agentID == AgentID(9))
    await fixture.end()
  }
}
