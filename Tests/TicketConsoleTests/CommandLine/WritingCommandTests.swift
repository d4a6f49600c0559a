import ConsoleTestSupport
import Testing

@Suite struct WritingCommandTests {
  private func address(of ticket: Int, _ desk: CommandDesk) throws -> String {
    try #require(try desk.read(CommandDesk.Shown.self, "show", "\(ticket)").contact?.email)
  }

  @Test func fieldsOfSeveralTicketsAreOneBulkAction() throws {
    let desk = try CommandDesk.ready()
    let items = try desk.read(
      [CommandDesk.Item].self, "priority", "3", "4", "5", "6", "urgent")
    #expect(items.count >= 2)
    #expect(items.allSatisfy { $0.state == "sent" && $0.kind == "update" && $0.error == nil })
    #expect(Set(items.map(\.batch)).count == 1)
    #expect(items.first?.batch != nil)
    for id in ["3", "4", "5", "6"] {
      #expect(try desk.read(CommandDesk.Shown.self, "show", id).ticket.priority == "urgent")
    }
  }

  @Test func ticketsAreAssignedAndTaggedByName() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("assign", "3", "--to", "me").code == 0)
    #expect(try desk.run("tag", "3", "+vip", "+two").code == 0)
    #expect(try desk.run("tag", "3", "-two").code == 0)
    #expect(try desk.run("status", "3", "pending").code == 0)
    let ticket = try desk.read(CommandDesk.Shown.self, "show", "3", "--refresh").ticket
    #expect(ticket.agent?.id == desk.server.agents[0].id)
    #expect(ticket.tags.contains("vip") && !ticket.tags.contains("two"))
    #expect(ticket.status == "pending")
    #expect(try desk.run("assign", "3", "--to", "nobody-of-that-name").code == 2)
    #expect(try desk.run("status", "3", "sideways").code == 2)
  }

  @Test func aNoteStaysPrivate() async throws {
    let desk = try CommandDesk.ready()
    let run = try desk.run("note", "4", "--body-file", "-", input: "only <us> & you\n")
    #expect(run.code == 0, "\(run.errors)")
    let entry = try desk.read(CommandDesk.Shown.self, "show", "4").conversations.last
    #expect(entry?.kind == "private_note")
    #expect(entry?.text == "only <us> & you")
    #expect(try await desk.deliveries().isEmpty)
  }

  @Test func aReplyWithoutATerminalIsRefused() async throws {
    let desk = try CommandDesk.ready()
    let run = try desk.run("reply", "4", "--body-file", "-", input: "hello\n")
    #expect(run.code == 4)
    #expect(run.errors.contains("--confirm-to"))
    let wrong = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", "else@x.example", input: "hello\n")
    #expect(wrong.code == 4)
    #expect(try await desk.deliveries().isEmpty)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)
  }

  @Test func theRequestersAddressConfirmsAReply() async throws {
    let desk = try CommandDesk.ready()
    let run = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", try address(of: 4, desk), "--status",
      "pending", input: "Hello,\n\nit is <fixed>.\n")
    #expect(run.code == 0, "\(run.errors)")
    let mails = try await desk.deliveries()
    #expect(mails.map(\.ticketId) == [4])
    #expect(mails.first?.kind == "reply")
    #expect(mails.first?.body.contains("it is &lt;fixed&gt;.") == true)
    #expect(try desk.run("flush").code == 0)
    #expect(try desk.read(CommandDesk.Shown.self, "show", "4").ticket.status == "pending")
  }

  /// A reply over an own status that is taken back afterwards meets the status that was there before.
  @Test func anOwnStatusThatIsTakenBackDoesNotStopAReply() async throws {
    let desk = try CommandDesk.ready()
    let shown = try desk.read(CommandDesk.Shown.self, "show", "4")
    let own = shown.ticket.status == "pending" ? "open" : "pending"
    #expect(try desk.run("show", "4").code == 0)
    let change = try desk.run("status", "4", own, "--no-wait")
    #expect(change.code == 0, "\(change.errors)")
    let reply = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", try #require(shown.contact?.email),
      "--no-wait", input: "it is fixed\n")
    #expect(reply.code == 0, "\(reply.errors)")
    let undone = try desk.run("outbox", "undo", "1")
    #expect(undone.code == 0, "\(undone.errors)")
    let flushed = try desk.run("flush")
    #expect(flushed.code == 0, "\(flushed.output) \(flushed.errors)")
    #expect(try await desk.deliveries().map(\.ticketId) == [4])
  }

  /// What came after the last look, or after what --seen says, has not been answered.
  @Test func whatWasNotShownStopsAReply() async throws {
    let desk = try CommandDesk.ready()
    let to = try #require(
      try desk.read([CommandDesk.Ticket].self, "list", "--limit", "100").first { $0.id == 4 }?
        .requester.email)
    func reply(_ more: String...) throws -> ProgramRun {
      try ProgramRun(
        ["--profile", desk.profile, "reply", "4", "--body-file", "-", "--confirm-to", to] + more,
        input: "it is fixed\n")
    }
    let never = try reply()
    #expect(never.code == 4)
    #expect(never.errors.contains("was never shown here"))

    #expect(try desk.run("show", "4").code == 0)
    try await desk.control(
      .post, "/tickets/4/customer_reply", #"{"body":"wait, do not send!"}"#)
    let late = try reply()
    #expect(late.code == 4)
    #expect(late.errors.contains("that you have not seen: a message by"))
    #expect(try await desk.deliveries().isEmpty)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)

    let last = try #require(
      try desk.read(CommandDesk.Shown.self, "show", "4", "--refresh").conversations.last?.id)
    try await desk.control(
      .post, "/agents/2/act", #"{"note":"I am at it","ticket_id":4}"#)
    let note = try reply("--seen", "\(last)")
    #expect(note.code == 4)
    #expect(note.errors.contains("a private note by"))
    #expect(try reply("--seen", "x").code == 2)

    #expect(try desk.run("show", "4", "--refresh").code == 0)
    let sent = try reply()
    #expect(sent.code == 0, "\(sent.errors)")
    // The own reply is nothing new to answer.
    #expect(try reply().code == 0)
    #expect(try await desk.deliveries().count == 2)
  }

  /// "Grüße" with the byte order marks of UTF-8 and of both kinds of UTF-16.
  private static let marked: [[UInt8]] = [
    [0xEF, 0xBB, 0xBF, 0x47, 0x72, 0xC3, 0xBC, 0xC3, 0x9F, 0x65],
    [0xFF, 0xFE, 0x47, 0, 0x72, 0, 0xFC, 0, 0xDF, 0, 0x65, 0],
    [0xFE, 0xFF, 0, 0x47, 0, 0x72, 0, 0xFC, 0, 0xDF, 0, 0x65],
  ]

  @Test(arguments: marked)
  func aFileIsReadAsText(bytes: [UInt8]) async throws {
    let desk = try CommandDesk.ready(tickets: 5)
    let file = desk.folder.write("body", bytes)
    let run = try desk.run("note", "4", "--body-file", file)
    #expect(run.code == 0, "\(run.errors)")
    let entry = try desk.read(CommandDesk.Shown.self, "show", "4").conversations.last
    #expect(entry?.text == "Grüße")
  }

  @Test func aLostAnswerIsLookedUpAndNeverSentTwice() async throws {
    let desk = try CommandDesk.ready()
    let to = try address(of: 4, desk)
    try await desk.control(
      .post, "/faults",
      #"{"method":"POST","path":"/tickets/.*/reply","action":"drop_after","times":1}"#)
    let run = try desk.run(
      "reply", "4", "--body-file", "-", "--confirm-to", to, input: "once\n")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try await desk.deliveries().count == 1)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }

  @Test func whatSomebodyElseChangedIsLeftAlone() async throws {
    let desk = try CommandDesk.ready()
    let before = try desk.read(CommandDesk.Shown.self, "show", "4").ticket.priority
    let (theirs, mine) = before == "urgent" ? (1, "medium") : (4, "medium")
    try await desk.control(
      .post, "/agents/2/act", #"{"update":{"priority":\#(theirs)},"ticket_id":4}"#)
    let run = try desk.run("priority", "4", before == mine ? "high" : mine)
    #expect(run.code == 1)
    #expect(run.errors.contains("was stopped"))
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["conflicted"])
    #expect(try desk.run("outbox", "discard", "1").code == 4)
    #expect(try desk.run("outbox", "discard", "1", "--yes").code == 0)
  }

  @Test func readOnlyWritesNothingDown() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("--read-only", "assign", "4", "--to", "me").code == 4)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)
  }

  @Test func theStopSwitchHoldsEverythingBack() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("stop", "on").code == 0)
    #expect(try desk.run("tag", "4", "+held").code == 4)
    #expect(try desk.run("stop", "off").code == 0)
    #expect(try desk.run("flush").code == 0)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }

  @Test func theAuditLogIsVerified() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("tag", "4", "+audited").code == 0)
    #expect(try desk.run("audit", "verify").code == 0)
    #expect(try desk.run("audit", "tail").output.contains("tags"))
    var log = try #require(desk.folder.contents("profile/accounts/acme/audit.log"))
    log[80] ^= 1
    desk.folder.write("profile/accounts/acme/audit.log", log)
    #expect(try desk.run("audit", "verify").code == 1)
  }

  @Test func withoutALineAWriteWaitsInTheOutbox() throws {
    let desk = try CommandDesk.ready()
    desk.server.stop()
    let run = try desk.run("tag", "4", "+later")
    #expect(run.code == 6)
    #expect(run.errors.contains("Nothing is lost"))
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["queued"])
    #expect(try desk.run("disconnect", "--forget-data").code == 4)
  }
}
