import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

@Suite struct DispatcherTests {
  @Test func aReplyIsHeldAndThenLeavesOnce() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    await fixture.pass(9)
    #expect(try await fixture.state(id) == .confirmed)
    #expect(fixture.helpdesk.mails == [])
    await fixture.pass(1)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .sent)
    #expect(write.remoteID == 101)
    #expect(write.attempts == 1)
    #expect(fixture.helpdesk.mails == ["<p>Hello Kenji</p>"])
    await fixture.pass(600)
    #expect(fixture.helpdesk.mails.count == 1)
    #expect(try await fixture.journal.verifyAudit() == .good(count: 3))
    await fixture.end()
  }

  @Test func takenBackInTheHoldItNeverLeaves() async throws {
    let fixture = try await DispatchFixture()
    let id = try await fixture.reply()
    await fixture.pass(9)
    _ = try await fixture.journal.undo(id)
    await fixture.pass(60)
    #expect(try await fixture.state(id) == .undone)
    #expect(fixture.helpdesk.calls == [])
    await fixture.end()
  }

  @Test func theStateIsOnDiskBeforeTheFirstByte() async throws {
    let seen = Seen()
    let folder = Seen()
    let fixture = try await DispatchFixture { _ in
      guard let path = folder.values.first,
        let reader = try? JournalReader(folder: path, account: "acme"),
        let write = try? reader.recentWrites(limit: 1).first
      else { return }
      seen.add(write.state.rawValue)
      seen.add(AuditLog(folder: path).tail(1).first ?? "")
    }
    folder.add(fixture.outbox.folder.path)
    _ = try await fixture.reply()
    await fixture.pass(10)
    #expect(seen.values.first == "sending")
    #expect(seen.values.last?.contains(" intent ") == true)
    await fixture.end()
  }

  @Test(arguments: [
    HelpdeskError.connectionLost(reason: "reset"), .serverFailure(status: 502),
    .unreadableAnswer(reason: "no JSON"),
  ])
  func anUnclearAnswerToAnAppliedReplyEndsInSentByItself(error: HelpdeskError) async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .after(error))
    let id = try await fixture.reply()
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .unknown)
    await fixture.pass(5)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .sent)
    #expect(write.remoteID == 101)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aLateDeliveryIsFoundAtALaterLook() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .late(.connectionLost(reason: "timed out")))
    let id = try await fixture.reply()
    await fixture.pass(10)
    await fixture.pass(5)
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .unknown)
    fixture.helpdesk.arriveLate()
    await fixture.pass(30)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func whatIsNotFoundIsNeverSentAgainByItself() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.serverFailure(status: 500)))
    let id = try await fixture.reply()
    for seconds: Int64 in [10, 5, 10, 30, 75, 600, 3600] { await fixture.pass(seconds) }
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .unknown)
    #expect(write.looksLeft == 0)
    #expect(fixture.helpdesk.mails == [])
    #expect(fixture.helpdesk.calls.count { $0 == .send } == 1)

    let copy = try await fixture.journal.sendAgain(id)
    await fixture.pass(600)
    #expect(fixture.helpdesk.mails == [])
    try await fixture.journal.confirm(copy.id, copy.digest)
    await fixture.pass(10)
    #expect(fixture.helpdesk.mails.count == 1)
    #expect(try await fixture.journal.write(copy.id)?.repeats == id)
    #expect(try await fixture.state(id) == .unknown)
    await fixture.end()
  }

  @Test func aClockThatIsSetBackKeepsNobodyWaiting() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.ticket, .before(.offline(reason: "no line")))
    fixture.helpdesk.fail(.conversations, .before(.offline(reason: "no line")))
    let id = try await fixture.reply()
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .queued)
    #expect(fixture.helpdesk.mails == [])
    fixture.clock.setBack(by: 86_400)
    await fixture.pass(5)
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func twoEqualRepliesAreCountedNotJustFound() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(
      .send, .before(.serverFailure(status: 500)), .after(.serverFailure(status: 502)))
    let first = try await fixture.reply()
    let second = try await fixture.reply()
    for seconds: Int64 in [10, 5, 10, 30, 75, 5] { await fixture.pass(seconds) }
    #expect(fixture.helpdesk.mails.count == 1)
    #expect(try await fixture.state(first) == .unknown)
    #expect(try await fixture.state(second) == .sent)
    await fixture.end()
  }

  @Test(arguments: [
    HelpdeskError.notSignedIn, .forbidden(message: "no right"), .notFound, .notChangeable,
    .refused(
      status: 400, message: "", fields: [FieldProblem(field: "body", message: "no", code: "x")]),
  ])
  func aRefusalWaitsForAPersonWithTheVendorsWords(error: HelpdeskError) async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(error))
    let id = try await fixture.reply()
    await fixture.pass(10)
    await fixture.pass(3600)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .failed)
    #expect(write.problem == error.explanation)
    #expect(fixture.helpdesk.mails == [])
    try await fixture.journal.retry(id)
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    await fixture.end()
  }

  @Test func aLimitIsWaitedForAsLongAsTheHelpdeskSays() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.rateLimited(retryAfter: 34)))
    let id = try await fixture.reply()
    await fixture.pass(10)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .queued)
    #expect(write.waitingFor == .limit)
    #expect(write.notBefore == fixture.clock.now + 34)
    await fixture.pass(33)
    #expect(fixture.helpdesk.mails == [])
    await fixture.pass(1)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func offlineWritesWaitAndLeaveWhenTheLineIsBack() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(
      .conversations, .before(.offline(reason: "no route")), .before(.offline(reason: "no route")))
    let id = try await fixture.reply()
    await fixture.pass(10)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .queued)
    #expect(write.waitingFor == .offline)
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .queued)
    await fixture.dispatcher.lineIsBack()
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aReplyThatNeverConnectedGoesAgainByItself() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.offline(reason: "refused")))
    let id = try await fixture.reply()
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .queued)
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .sent)
    #expect(
      try await fixture.journal.history(of: id).map(\.to)
        == [.proposed, .confirmed, .queued, .sending, .failed, .queued, .sending, .sent])
    await fixture.end()
  }

  @Test func somethingNewInTheThreadStopsAReply() async throws {
    let fixture = try await DispatchFixture()
    let seen = fixture.helpdesk.customerWrites(48207, "It is broken")
    let id = try await fixture.reply(.testReply(seen: seen.rawValue))
    let new = fixture.helpdesk.customerWrites(48207, "Forget it")
    await fixture.pass(10)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .conflicted)
    #expect(write.conflict?.entries.map(\.id) == [new])
    #expect(write.conflict?.entries.map(\.text) == ["Forget it"])
    #expect(write.conflict?.newestConversationID == new)
    #expect(fixture.helpdesk.mails == [])

    try await fixture.journal.sendAnyway(id)
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  @Test func aColleaguesNoteStopsAReplyAndOnesOwnDoesNot() async throws {
    let fixture = try await DispatchFixture()
    _ = try await fixture.journal.proposeAndConfirm(fixture.ticket, .testNote())
    await fixture.pass(10)
    #expect(fixture.helpdesk.thread(48207).count == 1)
    let first = try await fixture.reply()
    await fixture.pass(10)
    #expect(try await fixture.state(first) == .sent)
    fixture.helpdesk.colleagueWrites(48207, "I have called him")
    let second = try await fixture.reply(.testReply("Second"))
    await fixture.pass(10)
    #expect(try await fixture.state(second) == .conflicted)
    await fixture.end()
  }

  @Test func anUnreadableThreadLetsTheReplyWait() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.conversations, .before(.serverFailure(status: 503)))
    let id = try await fixture.reply()
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .queued)
    #expect(fixture.helpdesk.mails == [])
    await fixture.pass(15)
    #expect(try await fixture.state(id) == .sent)
    await fixture.end()
  }

  @Test func anAttachmentThatChangedAfterTheConfirmationStopsIt() async throws {
    let fixture = try await DispatchFixture()
    let path = fixture.outbox.folder.write("fix.pdf", "one".utf8)
    let id = try await fixture.reply(
      .testReply(files: [OutgoingFile(name: "fix.pdf", path: path, size: 3)]))
    fixture.outbox.folder.write("fix.pdf", "two".utf8)
    await fixture.pass(10)
    #expect(try await fixture.state(id) == .conflicted)
    #expect(fixture.helpdesk.mails == [])
    await fixture.end()
  }

  @Test func aStatusFollowsItsReplyAndNeverGoesAlone() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .before(.forbidden(message: "no")))
    let id = try await fixture.reply(.testReply(thenStatus: .pending))
    await fixture.pass(10)
    await fixture.pass(600)
    #expect(try await fixture.state(id) == .failed)
    #expect(fixture.helpdesk.ticket(48207)?.status == .open)
    try await fixture.journal.retry(id)
    await fixture.pass()
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.ticket(48207)?.status == .pending)
    await fixture.end()
  }

  @Test func aStatusAfterAReplyStopsWhenTheCustomerWasFaster() async throws {
    let fixture = try await DispatchFixture()
    fixture.helpdesk.fail(.send, .after(.connectionLost(reason: "reset")))
    let id = try await fixture.reply(.testReply(thenStatus: .resolved))
    await fixture.pass(10)
    fixture.helpdesk.customerWrites(48207, "One more thing")
    await fixture.pass(5)
    #expect(try await fixture.state(id) == .sent)
    #expect(try await fixture.journal.openWrites().map(\.state) == [.conflicted])
    #expect(fixture.helpdesk.ticket(48207)?.status == .open)
    await fixture.end()
  }
}
