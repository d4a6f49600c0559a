import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

/// Changes made over own changes that never reached the helpdesk, and over those of others.
@Suite struct OwnChainTests {
  /// How an own change ended before the next one was made.
  enum Ending: CaseIterable { case refused, discarded, takenBack }

  private func fixture() async throws -> DispatchFixture {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.change(48207) { $0.priority = .low }
    return fixture
  }

  private func submit(
    _ fixture: DispatchFixture, _ old: TicketPriority, _ new: TicketPriority
  ) async throws -> WriteID {
    let content = UpdateContent(
      subject: "", change: TicketChange(priority: new), before: TicketChange(priority: old))
    return try await fixture.journal.submitUpdates([(ticketID: fixture.ticket, content: content)])
      .writes[0]
  }

  /// An own change from Low to High that is over and was not applied.
  private func end(_ ending: Ending, _ fixture: DispatchFixture) async throws {
    let fault: FaultyHelpdesk.Fault =
      switch ending {
      case .refused, .discarded: .before(.forbidden(message: "no right"))
      case .takenBack: .before(.rateLimited(retryAfter: 5))
      }
    fixture.helpdesk.fail(.update, fault)
    let id = try await submit(fixture, .low, .high)
    await fixture.pass()
    if ending != .refused { _ = try await fixture.journal.undo(id) }
    let wanted: WriteState =
      switch ending {
      case .refused: .failed
      case .discarded: .rejected
      case .takenBack: .undone
      }
    #expect(try await fixture.state(id) == wanted)
    await fixture.pass(5)
  }

  @Test(arguments: Ending.allCases)
  func anUndoGoesBackToWhatAColleagueSetAfterAnOwnChangeHadEnded(_ ending: Ending) async throws {
    let fixture = try await fixture()
    try await end(ending, fixture)
    fixture.helpdesk.change(48207) { $0.priority = .high }
    let id = try await submit(fixture, .high, .urgent)
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    _ = try await fixture.journal.undo(id)
    await fixture.pass()
    #expect(fixture.helpdesk.ticket(48207)?.priority == .high)
    await fixture.end()
  }

  @Test(arguments: Ending.allCases)
  func aColleaguesValueIsNotTakenForTheOneBelowAnOwnChangeThatHadEnded(
    _ ending: Ending
  ) async throws {
    let fixture = try await fixture()
    try await end(ending, fixture)
    // The colleague has set High, which the user sees, and then Low.
    let id = try await submit(fixture, .high, .urgent)
    await fixture.pass()
    #expect(try await fixture.state(id) == .conflicted)
    #expect(fixture.helpdesk.ticket(48207)?.priority == .low)
    await fixture.end()
  }

  /// Each was made over one that was on screen and was refused afterwards.
  @Test func aChainOfRefusedChangesIsSeenThroughToItsEnd() async throws {
    let fixture = try await fixture()
    let limit = FaultyHelpdesk.Fault.before(.rateLimited(retryAfter: 5))
    let refusal = FaultyHelpdesk.Fault.before(.forbidden(message: "no right"))
    fixture.helpdesk.fail(.update, limit, refusal, limit, refusal)
    let first = try await submit(fixture, .low, .high)
    await fixture.pass()
    let second = try await submit(fixture, .high, .urgent)
    await fixture.pass(5)
    #expect(try await fixture.state(first) == .failed)
    #expect(try await fixture.state(second) == .queued)
    let third = try await submit(fixture, .urgent, .medium)
    await fixture.pass(5)
    #expect(try await fixture.state(second) == .failed)
    #expect(try await fixture.state(third) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.priority == .medium)
    _ = try await fixture.journal.undo(third)
    await fixture.pass()
    #expect(fixture.helpdesk.ticket(48207)?.priority == .low)
    await fixture.end()
  }
}
