import ConsoleTestSupport
import Terminal
import Testing

@Suite(.serialized) struct ReplyAtTerminalTests {
  private func start(
    _ desk: CommandDesk, typedAhead: String = "", answers: Bool = true
  ) throws -> PseudoTerminal {
    let body = desk.folder.write("body", Array("Dear customer,\n\nit is fixed.\n".utf8))
    let terminal = try PseudoTerminal(size: Size(width: 100, height: 40))
    terminal.answersQuestions = answers
    if !typedAhead.isEmpty { terminal.send(typedAhead) }
    try terminal.start(
      PseudoTerminal.console,
      arguments: ["--profile", desk.profile, "reply", "4", "--body-file", body])
    try terminal.wait(for: "the question") { $0.text.contains("Only y sends it") }
    return terminal
  }

  @Test func yAfterTheWholeReviewSends() async throws {
    let desk = try CommandDesk.ready()
    let terminal = try start(desk)
    let review = terminal.screen.text
    #expect(review.contains("SEND PUBLIC REPLY to a CUSTOMER"))
    #expect(review.contains("it is fixed."))
    // The thread was never shown, so the question shows what is answered.
    #expect(review.contains("YOU ANSWER"))
    // Keys count only after the quiet time; the program discards earlier ones.
    var exit: PseudoTerminal.Exit?
    while exit == nil {
      terminal.send("y\n")
      exit = try? terminal.waitForExit(timeout: .milliseconds(500))
    }
    #expect(exit == .status(0))
    #expect(try await desk.deliveries().count == 1)
  }

  /// On a slow link the review is still on its way when it has been written.
  @Test func yBeforeTheTerminalShowsTheReviewDoesNotCount() async throws {
    let desk = try CommandDesk.ready(tickets: 6)
    desk.folder.write(
      "profile/config.toml", Array("hold_seconds = 0\nquiet_time_ms = 0\n".utf8))
    let terminal = try start(desk, answers: false)
    try terminal.wait(for: "the question to the terminal") { _ in
      String(decoding: terminal.output, as: UTF8.self).hasSuffix("\u{1B}[5n")
    }
    terminal.send("y\n")
    while terminal.unreadKeys > 0 { terminal.receive(milliseconds: 5) }
    terminal.send("\u{1B}[0n")
    var exit: PseudoTerminal.Exit?
    while exit == nil {
      terminal.send("n\n")
      exit = try? terminal.waitForExit(timeout: .milliseconds(500))
    }
    #expect(exit == .status(4))
    #expect(try await desk.deliveries().isEmpty)
  }

  @Test(arguments: ["n\n", "\n", "Y\n", "yes\n", "q\n"])
  func everythingElseKeepsADraft(answer: String) async throws {
    let desk = try CommandDesk.ready(tickets: 6)
    let terminal = try start(desk, typedAhead: "y\n")
    var exit: PseudoTerminal.Exit?
    while exit == nil {
      terminal.send(answer)
      exit = try? terminal.waitForExit(timeout: .milliseconds(500))
    }
    #expect(exit == .status(4))
    #expect(terminal.screen.text.contains("kept as the draft"))
    #expect(try await desk.deliveries().isEmpty)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)
  }
}
