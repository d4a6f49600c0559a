import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import Testing

/// The dispatcher against a helpdesk over loopback, with faults to order. What the customer got is
/// what the sandbox recorded.
@Suite struct SandboxDispatchTests {
  private func reply(_ fixture: SandboxFixture, _ text: String, ticket: Int64 = 1) async throws
    -> WriteID
  {
    // Everything that stands in the generated thread counts as seen.
    try await fixture.journal.proposeAndConfirm(
      TicketID(ticket),
      .reply(
        ReplyContent(
          toEmail: "someone@example.com", subject: "s", text: text, html: "<p>\(text)</p>",
          seenConversationID: ConversationID(Int64.max))))
  }

  @Test func aReplyArrivesOnce() async throws {
    let fixture = try await SandboxFixture()
    let before = try await fixture.deliveries().count
    let id = try await reply(fixture, "Please try again")
    await fixture.pass(10)
    #expect(try await fixture.journal.write(id)?.state == .sent)
    let mails = try await fixture.deliveries().dropFirst(before)
    #expect(mails.map(\.ticketId) == [1])
    #expect(mails.first?.body.contains("Please try again") == true)
    await fixture.end()
  }

  /// Applied, but the answer never came: found in the thread, never sent again.
  @Test(arguments: [
    #""action":"drop_after""#, #""action":"truncate""#, #""action":"garbage""#,
    #""action":"status","code":502,"apply":"before""#,
  ])
  func anAppliedReplyWithoutAnAnswerEndsInSentByItself(fault: String) async throws {
    let fixture = try await SandboxFixture(deadline: .seconds(3))
    let before = try await fixture.deliveries().count
    try await fixture.order(
      #"{"method":"POST","path":"/tickets/.*/reply","times":1,\#(fault)}"#)
    let id = try await reply(fixture, "Your parcel is on its way & safe")
    await fixture.pass(10)
    #expect(try await fixture.journal.write(id)?.state == .unknown)
    await fixture.pass(5)
    #expect(try await fixture.journal.write(id)?.state == .sent)
    await fixture.pass(600)
    #expect(try await fixture.deliveries().count == before + 1)
    await fixture.end()
  }

  /// Not applied, and nobody said so: it stays unknown and is never sent by itself.
  @Test(arguments: [
    #""action":"drop_before""#, #""action":"status","code":500"#, #""action":"hang""#,
  ])
  func aReplyThatWasNotAppliedStaysUnknown(fault: String) async throws {
    let fixture = try await SandboxFixture(deadline: .seconds(1))
    let before = try await fixture.deliveries().count
    try await fixture.order(
      #"{"method":"POST","path":"/tickets/.*/reply","times":1,\#(fault)}"#)
    let id = try await reply(fixture, "Nothing of this arrives")
    for seconds: Int64 in [10, 5, 10, 30, 75, 900] { await fixture.pass(seconds) }
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .unknown)
    #expect(write.looksLeft == 0)
    #expect(try await fixture.requests("POST").count == 1)
    #expect(try await fixture.deliveries().count == before)
    await fixture.end()
  }

  @Test func aLimitOnTheReplyIsWaitedFor() async throws {
    let fixture = try await SandboxFixture()
    try await fixture.order(
      #"{"method":"POST","path":".*/reply","times":1,"action":"status","code":429,"retry_after":20}"#
    )
    let before = try await fixture.deliveries().count
    let id = try await reply(fixture, "A little later")
    clockLoop: for _ in 0..<60 {
      fixture.clock.advance(by: 1)
      for _ in 0..<200 {
        await Task.yield()
        if try await fixture.journal.write(id)?.state == .sent { break clockLoop }
      }
    }
    #expect(try await fixture.journal.write(id)?.state == .sent)
    #expect(try await fixture.deliveries().count == before + 1)
    await fixture.end()
  }

  @Test func aCustomerWhoWritesInTheHoldStopsTheReply() async throws {
    let fixture = try await SandboxFixture()
    let id = try await fixture.journal.proposeAndConfirm(
      TicketID(1), .testReply("We will send a new one", seen: try await newestEntry(fixture)))
    try await fixture.control("/tickets/1/customer_reply", #"{"body":"Please refund me instead"}"#)
    await fixture.pass(10)
    let write = try #require(try await fixture.journal.write(id))
    #expect(write.state == .conflicted)
    #expect(write.conflict?.entries.map(\.text) == ["Please refund me instead"])
    await fixture.end()
  }

  /// With a cache that knows how complete it is one list call checks them all; without, each ticket
  /// is read, and the smallest plan allows few reads a minute.
  @Test(arguments: [(true, Int64(60)), (false, 900)])
  func fiftyChangesOnTheSmallestPlanAllArrive(cacheIsComplete: Bool, limit: Int64) async throws {
    let fixture = try await SandboxFixture(
      plan: "growth", tickets: 60, cacheIsComplete: cacheIsComplete)
    let updates = (1...50).map { number in
      (
        ticketID: TicketID(Int64(number)),
        content: UpdateContent(
          subject: "", change: TicketChange(priority: .urgent), before: TicketChange())
      )
    }
    let submitted = try await fixture.journal.submitUpdates(updates, title: "tag")
    let batch = try #require(submitted.batch)
    let began = fixture.clock.now
    var progress = try await fixture.journal.progress(of: batch)
    while progress.sent < 50, fixture.clock.now - began < limit {
      let isLimited = try await fixture.journal.openWrites().contains { $0.waitingFor == .limit }
      if fixture.limiter.waitingCount > 0 || isLimited { fixture.clock.advance(by: 1) }
      for _ in 0..<50 { await Task.yield() }
      progress = try await fixture.journal.progress(of: batch)
    }
    #expect(
      progress
        == BatchProgress(
          batch: batch, total: 50, sent: 50, waiting: 0, failed: 0, undone: 0))
    let puts = try await fixture.requests("PUT")
    #expect(puts.count { $0.status == 200 } == 50)
    #expect(Set(puts.filter { $0.status == 200 }.map(\.path)).count == 50)
    #expect(puts.count { $0.status == 429 } == 0)
    await fixture.end()
  }

  private func newestEntry(_ fixture: SandboxFixture) async throws -> Int64 {
    let thread = try await fixture.service.conversations(
      of: TicketID(1), page: 1, lane: .interactive)
    return thread.items.map(\.id.rawValue).max() ?? 0
  }
}
