import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Synchronization
import Testing

/// Nothing waits between `sending` on disk and the first byte: the permit of the rate limiter comes
/// before, and whatever happens while a write waits for it counts.
@Suite struct PermitTests {
  @Test func aWriteThatWaitsForItsPermitIsStillQueued() async throws {
    let fixture = try await DispatchFixture()
    let states = Seen()
    let id = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [fixture] in
      states.add((try? await fixture.state(id))??.rawValue ?? "")
    }
    await fixture.pass(10)
    #expect(states.values == ["queued"])
    #expect(try await fixture.state(id) == .sent)
    await fixture.end()
  }

  @Test func theStopSwitchHoldsBackWhatWaitsForItsPermit() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [fixture] in
      try? await fixture.journal.setStopped(true)
    }
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails == [])
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .queued)
    #expect(write.waitingFor == .stopped)
    #expect(write.attempts == 0)
    try await fixture.journal.setStopped(false)
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aCustomerWhoWritesWhileItWaitsStopsAReply() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [fixture] in
      fixture.clock.advance(by: 18)
      fixture.helpdesk.customerWrites(48207, "I found it, do not send!")
    }
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails == [])
    #expect(
      try await fixture.journal.write(id)?.conflict?.entries.map(\.text)
        == ["I found it, do not send!"])
    await fixture.end()
  }

  @Test func aShortWaitIsNotReasonToReadAgain() async throws {
    let fixture = try await DispatchFixture()
    _ = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [fixture] in fixture.clock.advance(by: 3) }
    await fixture.pass(10)
    #expect(fixture.helpdesk.calls == [.me, .conversations, .send])
    await fixture.end()
  }

  @Test func aFieldThatChangesWhileItWaitsStopsAChange() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.whileWaiting { [fixture] in
      fixture.clock.advance(by: 20)
      fixture.helpdesk.change(48207) { $0.agentID = AgentID(9) }
    }
    let id = try await fixture.journal.submitUpdates([
      (ticketID: fixture.ticket, content: .assign(from: nil, to: 8))
    ]).writes[0]
    await fixture.pass()
    #expect(try await fixture.state(id) == .conflicted)
    #expect(fixture.helpdesk.ticket(48207)?.agentID == AgentID(9))
    await fixture.end()
  }

  enum Move: CaseIterable { case undo, discard, edit }

  @Test(arguments: Move.allCases)
  func whatWaitsForItsPermitCanBeTakenBack(move: Move) async throws {
    let fixture = try await DispatchFixture(
      limiter: RequestLimiter(clock: ManualClock()))
    let id = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [journal = fixture.journal] in
      switch move {
      case .undo: _ = try? await journal.undo(id)
      case .discard: try? await journal.discard(id)
      case .edit: _ = try? await journal.edit(id, .testReply("Other words"))
      }
    }
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails == [])
    let wanted: WriteState =
      switch move {
      case .undo: .undone
      case .discard: .rejected
      case .edit: .proposed
      }
    #expect(try await fixture.state(id) == wanted)
    await fixture.end()
  }

  @Test func thePermitOfAWriteThatDoesNotLeaveIsGivenBack() async throws {
    let limiter = RequestLimiter(clock: ManualClock())
    await limiter.observe(RateReading(family: .account, limit: 50, remaining: 50))
    let fixture = try await DispatchFixture(limiter: limiter)
    let id = try await fixture.reply()
    fixture.helpdesk.whileWaiting { [journal = fixture.journal] in
      _ = try? await journal.undo(id)
    }
    await fixture.pass(10)
    #expect(limiter.snapshot().account?.remaining == 50)
    _ = try await fixture.reply()
    await fixture.pass(10)
    #expect(limiter.snapshot().account?.remaining == 49)
    await fixture.end()
  }

  @Test func theOutboxSaysUntilWhenALimitLastsAndNothingIsTried() async throws {
    let clock = ManualClock()
    let limiter = RequestLimiter(clock: clock)
    let fixture = try await DispatchFixture(limiter: limiter)
    await limiter.observe(
      RateReading(family: .account, limit: 50, remaining: 0, retryAfter: 1800))
    let id = try await fixture.reply()
    let note = try await fixture.journal.proposeAndConfirm(TicketID(1), .testNote())
    await fixture.pass(10)
    for id in [id, note] {
      let write = try #require(try await fixture.journal.write(id))
      #expect(write.state == .queued)
      #expect(write.waitingFor == .limit)
      #expect(write.notBefore == fixture.clock.now + 1800)
    }
    #expect(fixture.helpdesk.calls == [])
    _ = try await fixture.journal.undo(note)
    clock.advance(by: 1800)
    await fixture.pass(1800)
    #expect(try await fixture.state(id) == .sent)
    #expect(try await fixture.journal.openWrites() == [])
    #expect(fixture.helpdesk.thread(1) == [])
    await fixture.end()
  }

  /// A limit that another request has used up by the time a permit is asked for.
  private final class ClosingLimiter: RequestLimiting {
    let clock = ManualClock()
    let limiter: RequestLimiter
    private let saysSo: Bool
    private let isClosed = Atomic(false)

    /// - Parameter saysSo: off for a sender that has not looked at the limit since.
    init(saysSo: Bool) {
      self.saysSo = saysSo
      limiter = RequestLimiter(clock: clock)
    }

    func turn(_ family: RequestFamily, cost: Int, lane: RequestLane) async throws(HelpdeskError) {
      if !isClosed.exchange(true, ordering: .relaxed) {
        await limiter.observe(
          RateReading(family: .account, limit: 50, remaining: 0, retryAfter: 3600))
      }
      try await limiter.turn(family, cost: cost, lane: lane)
    }

    func giveBack(_ family: RequestFamily, cost: Int) { limiter.giveBack(family, cost: cost) }

    func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int {
      saysSo ? limiter.secondsUntilTurn(family, cost: cost, lane: lane) : 0
    }

    func observe(_ reading: RateReading) async { await limiter.observe(reading) }
  }

  /// A reply whose delivery waits for its permit.
  private func waiting(_ fixture: DispatchFixture, _ closing: ClosingLimiter) async throws
    -> WriteID
  {
    let id = try await fixture.reply()
    fixture.clock.advance(by: 10)
    await fixture.dispatcher.poke()
    while closing.limiter.waitingCount == 0 { await Task.yield() }
    return id
  }

  @Test(.timeLimit(.minutes(1))) func aSenderThatIsStoppedDoesNotWaitForAPermit() async throws {
    let closing = ClosingLimiter(saysSo: false)
    let fixture = try await DispatchFixture(limiter: closing)
    let id = try await waiting(fixture, closing)
    await fixture.end()
    #expect(await !fixture.dispatcher.isSender)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .queued)
    #expect(write.waitingFor == nil)
    #expect(write.attempts == 0)
    #expect(closing.limiter.waitingCount == 0)
    #expect(fixture.helpdesk.mails == [])
  }

  @Test(.timeLimit(.minutes(1))) func aLongWaitForAPermitIsSpentInTheQueue() async throws {
    let closing = ClosingLimiter(saysSo: true)
    let fixture = try await DispatchFixture(limiter: closing)
    let id = try await waiting(fixture, closing)
    await fixture.dispatcher.settle()
    #expect(closing.limiter.waitingCount == 0)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .queued)
    #expect(write.waitingFor == .limit)
    #expect(write.notBefore == fixture.clock.now + 3600)
    closing.clock.advance(by: 3600)
    await fixture.pass(3600)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func whatHasLeftComesToItsEndWhenTheSenderIsStopped() async throws {
    let dispatcher = Mutex<Dispatcher?>(nil)
    let fixture = try await DispatchFixture { _ in
      await dispatcher.withLock { $0 }?.stop()
    }
    dispatcher.withLock { $0 = fixture.dispatcher }
    let id = try await fixture.reply()
    await fixture.pass(10)
    await fixture.end()
    #expect(try await fixture.state(id) == .sent)
  }

  // Attached files

  @Test func filesOverTheUploadLimitWaitForNothing() async throws {
    let fixture = try await DispatchFixture(uploadLimit: 15)
    let asked = Seen()
    fixture.helpdesk.whileWaiting { asked.add("permit") }
    let id = try await fixture.reply(.testReply(files: priced(fixture)))
    await fixture.pass(10)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .conflicted)
    #expect(write.problem?.hasPrefix("the attachments are larger than") == true)
    #expect(asked.values == [])
    #expect(fixture.helpdesk.uploads == [])
    await fixture.end()
  }

  private func priced(_ fixture: DispatchFixture) -> [OutgoingFile] {
    let path = fixture.outbox.folder.write("price.txt", "price is 100 EUR".utf8)
    return [OutgoingFile(name: "price.txt", path: path, size: 16)]
  }

  @Test func aFileThatChangesWhileItWaitsStopsAReply() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply(.testReply(files: priced(fixture)))
    fixture.helpdesk.whileWaiting { [fixture] in
      fixture.outbox.folder.write("price.txt", "price is 900 EUR".utf8)
    }
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .conflicted)
    #expect(fixture.helpdesk.uploads == [])
    await fixture.end()
  }

  @Test func theConfirmedBytesLeaveWhateverBecomesOfTheFileAfterTheClaim() async throws {
    let folder = Seen()
    let fixture = try await DispatchFixture { _ in
      guard let path = folder.values.first else { return }
      Files.write("price is 900 EUR", to: path + "/price.txt")
    }
    folder.add(fixture.outbox.folder.path)
    let id = try await fixture.reply(.testReply(files: priced(fixture)))
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .sent)
    #expect(
      fixture.helpdesk.uploads == [
        Upload(name: "price.txt", bytes: Array("price is 100 EUR".utf8))
      ])
    await fixture.end()
  }

  @Test func aFileOfAnotherSizeThanShownIsNotConfirmed() async throws {
    let fixture = try await DispatchFixture()
    let files = priced(fixture)
    fixture.outbox.folder.write("price.txt", "price is 1900 EUR".utf8)
    await #expect(throws: JournalError.unreadableFile(name: "price.txt")) {
      _ = try await fixture.reply(.testReply(files: files))
    }
    await fixture.end()
  }
}
