import ConsoleModel
import ConsoleTestSupport
import Glibc
import Helpdesk
import Synchronization
import Testing

/// Who may send: one sender per journal, the right account, brakes, and what a dead sender left.
@Suite struct SenderTests {
  @Test func twoDispatchersOnOneJournalSendOnce() async throws {
    let fixture = try await DispatchFixture()
    let second = try Journal(fixture.journal.options)
    let other = Dispatcher(
      journal: second, line: HelpdeskLine(account: "acme", service: fixture.helpdesk))
    let running = Task { await other.run() }
    await other.settle()
    #expect(await fixture.dispatcher.isSender)
    #expect(await !other.isSender)
    // Confirmed in the process that is not the sender: the one that is notices.
    let ids = try await [
      second.proposeAndConfirm(fixture.ticket, .testReply("One")),
      second.proposeAndConfirm(fixture.ticket, .testReply("Two")),
    ]
    await fixture.pass(10)
    await other.settle()
    await fixture.pass(60)
    #expect(try await fixture.state(ids[0]) == .sent)
    #expect(try await fixture.state(ids[1]) == .sent)
    #expect(fixture.helpdesk.mails == ["<p>One</p>", "<p>Two</p>"])

    await fixture.end()
    await other.settle()
    #expect(await other.isSender)
    await other.stop()
    await running.value
  }

  @Test func aWriteOfAnotherAccountNeverLeaves() async throws {
    let fixture = try await DispatchFixture(account: "other")
    let id = try await fixture.reply()
    await fixture.pass(10)
    await fixture.pass(600)
    #expect(fixture.helpdesk.mails == [])
    #expect(try await fixture.state(id)?.isFinal == false)
    await fixture.end()
  }

  @Test func readOnlyKeepsEverythingAndSaysWhy() async throws {
    let fixture = try await DispatchFixture(isReadOnly: true)
    let id = try await fixture.reply()
    await fixture.pass(10)
    await fixture.pass(600)
    #expect(try await fixture.state(id) == .confirmed)
    #expect(fixture.helpdesk.calls == [])
    await fixture.end()
  }

  @Test func theStopFileHaltsAllSending() async throws {
    let fixture = try await DispatchFixture()
    let reply = try await fixture.reply()
    let change = try await fixture.journal.submitUpdates([
      (ticketID: TicketID(1), content: .assign(from: nil, to: 8))
    ])
    try await fixture.journal.setStopped(true)
    await fixture.pass(10)
    await fixture.pass(600)
    #expect(try await fixture.state(reply) == .confirmed)
    #expect(fixture.helpdesk.mails == [])
    _ = change
    #expect(fixture.journal.auditLog.tail(1)[0].hasSuffix("| Maria stopped all sending"))
    try await fixture.journal.setStopped(false)
    await fixture.pass()
    #expect(try await fixture.state(reply) == .sent)
    await fixture.end()
  }

  @Test func aHoldThatRanOutWhileNobodyWasThereBeginsAnew() async throws {
    let outbox = try OutboxFixture()
    let helpdesk = FaultyHelpdesk(clock: outbox.clock)
    helpdesk.addTicket(1)
    let id = try await outbox.journal.proposeAndConfirm(TicketID(1), .testReply())
    outbox.clock.advance(by: 3600)
    let dispatcher = Dispatcher(
      journal: outbox.journal, line: HelpdeskLine(account: "acme", service: helpdesk))
    let running = Task { await dispatcher.run() }
    await dispatcher.settle()
    #expect(try await outbox.state(id) == .confirmed)
    #expect(try await outbox.journal.write(id)?.holdUntil == outbox.clock.now + 10)
    outbox.clock.advance(by: 10)
    await dispatcher.settle()
    #expect(try await outbox.state(id) == .sent)
    await dispatcher.stop()
    await running.value
  }

  @Test func aClockThatIsSetForwardShortensNoHold() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    await fixture.pass(4)
    fixture.clock.setForward(by: 3600)
    await fixture.pass()
    #expect(try await fixture.state(id) == .confirmed)
    #expect(try await fixture.journal.write(id)?.holdUntil == fixture.clock.now + 6)
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .confirmed)
    await fixture.pass(1)
    #expect(try await fixture.state(id) == .sent)
    await fixture.end()
  }

  /// The journal as a killed process leaves it: copied while the request was under way.
  @Test(arguments: [true, false])
  func whatADeadSenderHadOnItsWayIsLookedForAndNotSent(wasApplied: Bool) async throws {
    let copy = TemporaryFolder()
    let original = Folder()
    let fixture = try await DispatchFixture { _ in
      original.copyOnce(to: copy)
    }
    original.path.withLock { $0 = fixture.outbox.folder.path }
    if !wasApplied { fixture.helpdesk.fail(.send, .before(.serverFailure(status: 500))) }
    let id = try await fixture.reply()
    await fixture.pass(10)

    let journal = try Journal(
      Journal.Options(folder: copy.path, account: "acme", person: "Maria", clock: fixture.clock))
    #expect(try await journal.write(id)?.state == .sending)
    let dispatcher = Dispatcher(
      journal: journal, line: HelpdeskLine(account: "acme", service: fixture.helpdesk))
    let running = Task { await dispatcher.run() }
    await dispatcher.settle()
    #expect(try await journal.write(id)?.state == .unknown)
    for seconds: Int64 in [5, 10, 30, 75] {
      fixture.clock.advance(by: seconds)
      await dispatcher.settle()
    }
    #expect(try await journal.write(id)?.state == (wasApplied ? .sent : .unknown))
    #expect(fixture.helpdesk.calls.count { $0 == .send } == 1)
    await dispatcher.stop()
    await running.value
    await fixture.end()
  }

  @Test func nothingIsSentWhenTheIntentCannotBeLogged() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    // The log is gone although lines had been written: it is not begun anew.
    fixture.outbox.folder.write("audit.log", "forged\n".utf8)
    await fixture.pass(10)
    await fixture.pass(60)
    #expect(fixture.helpdesk.mails == [])
    #expect(
      fixture.journal.auditProblem
        == .disagrees(path: fixture.outbox.folder.path + "/audit.log"))
    #expect(try await fixture.state(id) == .queued)
    await fixture.end()
  }

  @Test func aFullDiskUnderTheAuditLogHoldsEverythingBack() async throws {
    let fixture = try await DispatchFixture()
    let path = fixture.outbox.folder.file("audit.log")
    unlink(path)
    symlink("/dev/full", path)
    let id = try await fixture.reply()
    guard case .cannotWrite(path, _) = fixture.journal.auditProblem else {
      Issue.record("no problem is told: \(String(describing: fixture.journal.auditProblem))")
      return
    }
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails == [])
    #expect(try await fixture.state(id) == .queued)

    unlink(path)
    await fixture.pass(60)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    #expect(fixture.journal.auditProblem == nil)
    guard case .good = try await fixture.journal.verifyAudit() else {
      Issue.record("the log does not hold")
      return
    }
    await fixture.end()
  }

  private final class Folder: Sendable {
    let path = Mutex("")
    let isDone = Mutex(false)

    /// The database with its side files, as a disk would hold them at this moment.
    func copyOnce(to copy: TemporaryFolder) {
      guard
        isDone.withLock({ done in
          defer { done = true }
          return !done
        })
      else { return }
      let folder = path.withLock { $0 }
      for name in ["journal.db", "journal.db-wal", "audit.log"] {
        if let bytes = Files.read("\(folder)/\(name)") { copy.write(name, bytes) }
      }
    }
  }
}
