import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

/// The same words twice in a thread: wanted, by a copied journal, or by a late arrival.
@Suite struct DuplicateTests {
  /// A second console with a copy of the first one's folder.
  private func copy(_ fixture: DispatchFixture) async throws -> (
    journal: Journal, dispatcher: Dispatcher, running: Task<Void, Never>, folder: TemporaryFolder
  ) {
    let folder = TemporaryFolder()
    for name in ["journal.db", "journal.db-wal", "audit.log"] {
      if let bytes = Files.read("\(fixture.outbox.folder.path)/\(name)") {
        folder.write(name, bytes)
      }
    }
    let journal = try Journal(
      Journal.Options(
        folder: folder.path, account: "acme", person: "Maria", clock: fixture.clock))
    let dispatcher = Dispatcher(
      journal: journal, line: HelpdeskLine(account: "acme", service: fixture.helpdesk))
    return (journal, dispatcher, Task { await dispatcher.run() }, folder)
  }

  @Test(arguments: [WritePayload.testReply(), .testNote()])
  func aCopiedJournalDoesNotSendWhatStandsInTheThread(payload: WritePayload) async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply(payload)
    let second = try await copy(fixture)
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .sent)
    await second.dispatcher.settle()
    fixture.clock.advance(by: 10)
    await second.dispatcher.settle()
    let stopped = try #require(try await second.journal.write(id))
    #expect(stopped.state == .conflicted)
    #expect(stopped.problem?.hasPrefix("the very text is already in the thread") == true)
    #expect(fixture.helpdesk.thread(48207).count == 1)

    // Sent all the same, because somebody says so.
    try await second.journal.sendAnyway(id)
    await second.dispatcher.settle()
    fixture.clock.advance(by: 10)
    await second.dispatcher.settle()
    #expect(try await second.journal.write(id)?.state == .sent)
    #expect(fixture.helpdesk.thread(48207).count == 2)
    await second.dispatcher.stop()
    await second.running.value
    await fixture.end()
  }

  @Test(arguments: [WritePayload.testReply(), .testNote()])
  func twoEqualOnesThatWereBothConfirmedBothLeave(payload: WritePayload) async throws {
    let fixture = try await DispatchFixture()
    let ids = [try await fixture.reply(payload), try await fixture.reply(payload)]
    await fixture.pass(10)
    await fixture.pass(10)
    for id in ids { #expect(try await fixture.state(id) == .sent) }
    #expect(fixture.helpdesk.thread(48207).count == 2)
    await fixture.end()
  }

  @Test func equalOnesOfWhichACopyHasSentOneStopAtTheOther() async throws {
    let fixture = try await DispatchFixture()
    let first = try await fixture.reply()
    await fixture.pass(10)
    let second = try await fixture.reply()
    let copy = try await copy(fixture)
    await fixture.pass(10)
    await copy.dispatcher.settle()
    fixture.clock.advance(by: 10)
    await copy.dispatcher.settle()
    #expect(try await copy.journal.write(first)?.state == .sent)
    #expect(try await copy.journal.write(second)?.state == .conflicted)
    #expect(fixture.helpdesk.mails.count == 2)
    await copy.dispatcher.stop()
    await copy.running.value
    await fixture.end()
  }

  @Test func anUnclearReplyIsSentAgainOnlyOnce() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.serverFailure(status: 500)))
    let first = try await fixture.reply()
    for seconds: Int64 in [10, 5, 10, 30, 75] { await fixture.pass(seconds) }
    let copy = try await fixture.journal.sendAgainConfirmed(first)
    await #expect(throws: JournalError.sentAgain(first, as: copy)) {
      _ = try await fixture.journal.sendAgainConfirmed(first)
    }
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails.count == 1)
    await #expect(throws: JournalError.sentAgain(first, as: copy)) {
      _ = try await fixture.journal.sendAgain(first)
    }
    await fixture.pass(600)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aCopyThatWasTakenBackMayBeMadeAgain() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.serverFailure(status: 500)))
    let first = try await fixture.reply()
    for seconds: Int64 in [10, 5, 10, 30, 75] { await fixture.pass(seconds) }
    _ = try await fixture.journal.undo(try await fixture.journal.sendAgainConfirmed(first))
    let second = try await fixture.journal.sendAgainConfirmed(first)
    await fixture.pass(10)
    #expect(try await fixture.state(second) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aSecondCopyStopsWhenTheFirstHasArrivedAfterAll() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .late(.connectionLost(reason: "timed out")))
    let first = try await fixture.reply()
    for seconds: Int64 in [10, 5, 10, 30, 75] { await fixture.pass(seconds) }
    #expect(try await fixture.state(first) == .unknown)
    let second = try await fixture.journal.sendAgainConfirmed(first)
    fixture.helpdesk.arriveLate()
    await fixture.pass(10)
    #expect(try await fixture.state(second) == .conflicted)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func anOldNoteOfTheSameWordsDoesNotStopANewOne() async throws {
    let fixture = try await DispatchFixture()
    let other = FaultyHelpdesk(clock: fixture.clock, record: fixture.helpdesk.record)
    let permit = try await other.permit(for: .privateNote, lane: .interactive)
    let old = try await other.post(
      OutgoingPrivateNote(ticketID: fixture.ticket, html: "<p>Call him back</p>"), permit: permit)
    await fixture.pass(60)
    let id = try await fixture.reply(.testNote(seen: old.id))
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .sent)
    await fixture.end()
  }

  /// A copy of the journal has sent it, and the clock of the machine that wrote it was ahead.
  @Test func aNoteThatSawNothingIsStoppedByItsOwnWordsOfAnyAge() async throws {
    let fixture = try await DispatchFixture()
    let other = FaultyHelpdesk(clock: fixture.clock, record: fixture.helpdesk.record)
    let permit = try await other.permit(for: .privateNote, lane: .interactive)
    _ = try await other.post(
      OutgoingPrivateNote(ticketID: fixture.ticket, html: "<p>Call him back</p>"), permit: permit)
    await fixture.pass(86_400)
    let id = try await fixture.reply(.testNote())
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .conflicted)
    await fixture.end()
  }

  @Test(arguments: [
    "a;b.txt", "x\"y.txt", "a\\b.txt", "ab\u{202E}c.txt", "two words.txt", "line\nbreak.txt",
    String(repeating: "long", count: 75),
  ])
  func aReplyIsFoundWhateverItsFileIsCalled(name: String) async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .after(.connectionLost(reason: "reset")))
    let path = fixture.outbox.folder.write("file", "some bytes".utf8)
    let id = try await fixture.reply(
      .testReply(files: [OutgoingFile(name: name, path: path, size: 10)]))
    await fixture.pass(10)
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.uploads.count == 1)
    await fixture.end()
  }

  @Test func aReplyWithOtherFilesIsNotTakenForIt() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.serverFailure(status: 500)))
    let path = fixture.outbox.folder.write("file", "some bytes".utf8)
    let id = try await fixture.reply(
      .testReply(files: [OutgoingFile(name: "a", path: path, size: 10)]))
    await fixture.pass(10)
    let permit = try await fixture.helpdesk.permit(for: .reply, lane: .interactive)
    _ = try await fixture.helpdesk.send(
      OutgoingReply(ticketID: fixture.ticket, html: "<p>Hello Kenji</p>"), permit: permit)
    for seconds: Int64 in [5, 10, 30, 75] { await fixture.pass(seconds) }
    #expect(try await fixture.state(id) == .unknown)
    await fixture.end()
  }
}
