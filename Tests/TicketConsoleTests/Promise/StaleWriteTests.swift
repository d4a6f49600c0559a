import ConsoleTestSupport
import FoundationEssentials
import Glibc
import Terminal
import Testing

/// Writes that were queued without a line and meet a ticket that has moved on.
@Suite(.serialized) struct StaleWriteTests {
  /// Nothing gets through to the helpdesk any more.
  private func goOffline(_ desk: CommandDesk) async throws {
    try await desk.control(
      .post, "/faults", #"{"path":".*","action":"drop_before","times":100000}"#)
  }

  private func goOnline(_ desk: CommandDesk) async throws {
    try await desk.control(.delete, "/faults")
  }

  /// An open ticket of a customer with an address, which the person has read.
  private func ticket(_ desk: CommandDesk) throws -> CommandDesk.Ticket {
    let ticket = try #require(
      try desk.read([CommandDesk.Ticket].self, "list", "--limit", "100").first {
        $0.status == "open" && $0.requester.email != nil
      })
    #expect(try desk.run("show", "\(ticket.id)").code == 0)
    return ticket
  }

  private func customerWrites(on id: String, _ desk: CommandDesk) async throws {
    try await desk.control(
      .post, "/tickets/\(id)/customer_reply", #"{"body":"It works again, please close it."}"#)
  }

  /// Queues a write of each kind that a customer notices while there is no line, and sends it when
  /// the customer has been faster.
  @Test(arguments: ["reply", "reply and status", "resolve", "close"])
  func whatACustomerNoticesStopsWhenTheyWereFaster(kind: String) async throws {
    let desk = try CommandDesk.ready()
    let ticket = try ticket(desk)
    let (id, to) = ("\(ticket.id)", ticket.requester.email ?? "")
    try await goOffline(desk)
    let run =
      switch kind {
      case "reply":
        try desk.run(
          "reply", id, "--body-file", "-", "--confirm-to", to, "--no-wait", input: "still here\n")
      case "reply and status":
        try desk.run(
          "reply", id, "--body-file", "-", "--confirm-to", to, "--status", "pending",
          "--no-wait", input: "still here\n")
      case "resolve": try desk.run("status", id, "resolved", "--no-wait")
      default: try desk.run("status", id, "closed", "--no-wait")
      }
    #expect(run.code == 0, "\(run.errors)")
    try await goOnline(desk)
    try await customerWrites(on: id, desk)

    let flushed = try desk.run("flush")
    #expect(flushed.code == 1, "\(flushed.output) \(flushed.errors)")
    let items = try desk.read([CommandDesk.Item].self, "outbox")
    #expect(items.first { $0.id == 1 }?.state == "conflicted")
    #expect(items.first { $0.id == 1 }?.error?.isEmpty == false)
    // A status that follows a reply waits with it.
    #expect(items.allSatisfy { $0.state == "conflicted" || $0.state == "confirmed" })
    #expect(try await desk.deliveries().isEmpty)
    let now = try desk.read(CommandDesk.Shown.self, "show", id, "--refresh").ticket.status
    #expect(now == "open")

    // A person who has seen it decides. Without a terminal only a reply's address is an answer, for
    // one who names what is new.
    let newest =
      try desk.read(CommandDesk.Shown.self, "show", id).conversations.compactMap(\.id)
      .max().map(String.init) ?? ""
    for more in [[], ["--seen", "0"]] {
      let blind = try ProgramRun(
        ["--profile", desk.profile, "outbox", "send", "1", "--confirm-to", to] + more)
      #expect(blind.code == 4)
      #expect(
        !kind.hasPrefix("reply") || blind.errors.contains("--seen \(newest)"), "\(blind.errors)")
    }
    #expect(try await desk.deliveries().isEmpty)
    let sent = try desk.run("outbox", "send", "1", "--confirm-to", to, "--seen", newest)
    let isReply = kind.hasPrefix("reply")
    #expect(sent.code == (isReply ? 0 : 4), "\(sent.errors)")
    #expect(
      try desk.read([CommandDesk.Item].self, "outbox").first { $0.id == 1 }?.state
        == (isReply ? "sent" : "conflicted"))
    #expect(try await desk.deliveries().count == (isReply ? 1 : 0))
  }

  /// A restored backup does not know that the reply has left.
  @Test func noFlagSendsWhatIsInTheThreadAlready() async throws {
    let desk = try CommandDesk.ready()
    let ticket = try ticket(desk)
    let (id, to) = ("\(ticket.id)", ticket.requester.email ?? "")
    #expect(try desk.run("stop", "on").code == 0)
    #expect(
      try desk.run(
        "reply", id, "--body-file", "-", "--confirm-to", to, "--no-wait", input: "only once\n"
      ).code != 1)
    let backup = desk.folder.file("backup")
    try FileManager.default.copyItem(atPath: desk.profile, toPath: backup)
    for profile in [desk.profile, backup] {
      #expect(try ProgramRun(["--profile", profile, "stop", "off"]).code == 0)
    }
    #expect(try desk.run("flush").code == 0)
    #expect(try ProgramRun(["--profile", backup, "flush"]).code == 1)
    for more in [[], ["--seen", "9000000000"]] {
      let run = try ProgramRun(
        ["--profile", backup, "outbox", "send", "1", "--confirm-to", to] + more)
      #expect(run.code == 4, "\(run.output)")
      #expect(run.errors.contains("the very text is already in the thread"), "\(run.errors)")
    }
    #expect(try await desk.deliveries().count == 1)
  }

  @Test func flushNamesASenderThatIsStopped() async throws {
    let desk = try CommandDesk.ready()
    let terminal = try PseudoTerminal(size: Size(width: 120, height: 40))
    try terminal.start(PseudoTerminal.console, arguments: ["--profile", desk.profile])
    try terminal.wait(forText: "online")
    // It has taken the lock when it has sent something.
    #expect(try desk.run("note", "4", "--body-file", "-", input: "by the console\n").code == 0)
    let process = try #require(terminal.process)
    terminal.send(signal: SIGSTOP)
    #expect(
      try desk.run("note", "4", "--body-file", "-", "--no-wait", input: "waits\n").code == 0)
    let flushed = try desk.run("flush")
    terminal.send(signal: SIGCONT)
    #expect(flushed.code == 1, "\(flushed.output)")
    #expect(flushed.errors.contains("Process \(process) sends for this account and is stopped"))
  }

  /// The console's outbox with a stopped item.
  private func openOutbox(_ desk: CommandDesk) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(size: Size(width: 120, height: 40))
    try terminal.start(PseudoTerminal.console, arguments: ["--profile", desk.profile])
    try terminal.wait(forText: "j/k move")
    try terminal.wait(forText: "online")
    terminal.send("go")
    try terminal.wait(forText: "STOPPED")
    return terminal
  }

  @Test func aPrivateNoteIsNotStoppedByTheCustomer() async throws {
    let desk = try CommandDesk.ready()
    let id = "\(try ticket(desk).id)"
    try await goOffline(desk)
    #expect(
      try desk.run("note", id, "--body-file", "-", "--no-wait", input: "among us\n").code == 0)
    try await goOnline(desk)
    try await customerWrites(on: id, desk)
    #expect(try desk.run("flush").code == 0)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }

  @Test func theConsoleShowsWhatIsNewAgainstWhatWasWritten() async throws {
    let desk = try CommandDesk.ready()
    let ticket = try ticket(desk)
    let (id, to) = ("\(ticket.id)", ticket.requester.email ?? "")
    #expect(
      try desk.run(
        "reply", id, "--body-file", "-", "--confirm-to", to, "--no-wait", input: "my words\n"
      ).code == 0)
    try await customerWrites(on: id, desk)
    #expect(try desk.run("flush").code == 1)

    let terminal = try openOutbox(desk)
    try terminal.wait(forText: "It works again, please close it.")
    try terminal.wait(forText: "my words")
    #expect(terminal.screen.contains("needs you"))
  }

  @Test func theConsoleShowsAChangedFieldByField() async throws {
    let desk = try CommandDesk.ready()
    let id = "\(try ticket(desk).id)"
    let before = try desk.read(CommandDesk.Shown.self, "show", id).ticket.priority
    let (theirs, mine) = before == "urgent" ? (1, "medium") : (4, before == "high" ? "low" : "high")
    #expect(try desk.run("priority", id, mine, "--no-wait").code == 0)
    try await desk.control(
      .post, "/agents/2/act", #"{"update":{"priority":\#(theirs)},"ticket_id":\#(id)}"#)
    let terminal = try openOutbox(desk)
    try terminal.wait(forText: "you saw")
    try terminal.wait(forText: "you want")
    #expect(try desk.read(CommandDesk.Shown.self, "show", id, "--refresh").ticket.priority != mine)
  }
}
