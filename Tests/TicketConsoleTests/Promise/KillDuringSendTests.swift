import ConsoleTestSupport
import Testing

/// Replies by the real program whose process is killed, or whose answer gets lost.
@Suite struct KillDuringSendTests {
  private func reply(
    to ticket: CommandDesk.Ticket, _ desk: CommandDesk, killedAfter limit: Duration = .seconds(60)
  ) throws -> ProgramRun {
    try ProgramRun(
      [
        "--profile", desk.profile, "reply", "\(ticket.id)", "--body-file", "-", "--confirm-to",
        ticket.requester.email ?? "", "--seen", "\(Int64.max)", "--json",
      ], input: "Words for \(ticket.id)\n", killedAfter: limit)
  }

  private func tickets(_ desk: CommandDesk) throws -> [CommandDesk.Ticket] {
    try desk.read([CommandDesk.Ticket].self, "list", "--limit", "500")
      .filter { $0.requester.email != nil }
  }

  /// One process for each of a hundred moments between its start and its usual end, with time
  /// before and after the helpdesk applies the reply.
  @Test func aHundredKillsLoseNothingAndDoubleNothing() async throws {
    let desk = try CommandDesk.ready(tickets: 130)
    let tickets = try tickets(desk)
    try #require(tickets.count > 101)
    for apply in ["before", "after"] {
      try await desk.control(
        .post, "/faults",
        #"{"method":"POST","path":"/tickets/.*/reply","action":"delay","seconds":0.05,"#
          + #""apply":"\#(apply)","times":60}"#)
    }
    let begin = ContinuousClock.now
    #expect(try reply(to: tickets[0], desk).code == 0)
    let usual = begin.duration(to: .now)
    var acknowledged: Set<Int64> = [tickets[0].id]
    for moment in 1...100 {
      let ticket = tickets[moment]
      let run = try reply(to: ticket, desk, killedAfter: usual * moment / 90)
      if run.output.contains("\"ticket_id\":\(ticket.id)") { acknowledged.insert(ticket.id) }
    }
    try await desk.control(.delete, "/faults")
    // Long enough for the first looks; what was never applied is looked for longer than a test is.
    _ = try ProgramRun(["--profile", desk.profile, "flush"], killedAfter: .seconds(8))

    let items = try desk.read([CommandDesk.Item].self, "outbox", "--limit", "1000")
    let mails = try await desk.deliveries().map(\.ticketId)
    for ticket in tickets.prefix(101).map(\.id) {
      let states = items.filter { $0.ticketId == ticket }.map(\.state)
      let count = mails.count { $0 == ticket }
      #expect(states.count <= 1)
      switch states.first {
      case "sent": #expect(count == 1, "#\(ticket) is sent")
      case "unknown", "sending": #expect(count <= 1, "#\(ticket) is unknown")
      case nil: #expect(count == 0 && !acknowledged.contains(ticket), "#\(ticket) is nowhere")
      default: #expect(count == 0, "#\(ticket) is \(states)")
      }
    }
    #expect(items.contains { $0.state == "sent" } && items.count < 101)
    #expect(try desk.run("audit", "verify").code == 0)
  }

  @Test func anAppliedReplyWithoutAClearAnswerEndsInSentExactlyOnce() async throws {
    let desk = try CommandDesk.ready()
    let tickets = try tickets(desk).prefix(4)
    let faults = [
      #""action":"drop_after""#, #""action":"status","code":502,"apply":"before""#,
      #""action":"truncate""#, #""action":"garbage""#,
    ]
    for fault in faults {
      try await desk.control(
        .post, "/faults", #"{"method":"POST","path":"/tickets/.*/reply","times":1,\#(fault)}"#)
    }
    for ticket in tickets {
      let run = try desk.run(
        "reply", "\(ticket.id)", "--body-file", "-", "--confirm-to", ticket.requester.email ?? "",
        "--seen", "\(Int64.max)", "--no-wait", input: "once\n")
      #expect(run.code == 0, "\(run.errors)")
    }
    let flushed = try desk.run("flush")
    #expect(flushed.code == 0, "\(flushed.errors)")
    #expect(
      try desk.read([CommandDesk.Item].self, "outbox").map(\.state)
        == Array(repeating: "sent", count: 4))
    #expect(try await desk.deliveries().map(\.ticketId).sorted() == tickets.map(\.id).sorted())
  }
}
