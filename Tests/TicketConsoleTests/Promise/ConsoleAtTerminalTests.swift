import ConsoleTestSupport
import Glibc
import Terminal
import Testing

/// The promise with the console itself, on a pseudo-terminal.
@Suite(.serialized) struct ConsoleAtTerminalTests {
  private func open(_ desk: CommandDesk, editor: String = "vi") throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(size: Size(width: 160, height: 30))
    try terminal.start(
      PseudoTerminal.console, arguments: ["--profile", desk.profile],
      environment: ["EDITOR": editor])
    try terminal.wait(forText: "j/k move")
    try terminal.wait(forText: "online")
    return terminal
  }

  /// Begins a reply to the first ticket of the view and returns the ticket's number.
  private func compose(_ text: String, on terminal: PseudoTerminal) throws -> Int64 {
    terminal.send("r")
    try terminal.wait(forText: "COMPOSE")
    terminal.send(text)
    try terminal.wait(forText: "draft saved")
    try terminal.wait(forText: text)
    let line = try #require(terminal.screen.rows.first { $0.contains("compose #") })
    let digits = line.split(separator: "#")[1].prefix { $0.isNumber }
    return try #require(Int64(digits))
  }

  /// Goes through the review, and waits until the reply has left.
  private func confirm(on terminal: PseudoTerminal) throws {
    terminal.send("\u{18}")
    try terminal.wait(forText: "SEND PUBLIC REPLY")
    // Keys count only after the quiet time, so it may take a second press.
    while terminal.screen.contains("SEND PUBLIC REPLY") {
      terminal.send("y")
      try? terminal.wait(
        for: "the end of the review", timeout: .milliseconds(400),
        until: { !$0.contains("SEND PUBLIC REPLY") })
    }
    try terminal.wait(forText: "reply sent")
  }

  @Test func yTypedAheadDoesNotConfirm() async throws {
    let desk = try CommandDesk.ready()
    let terminal = try open(desk)
    _ = try compose("words for later", on: terminal)
    // In one go: the review has not been drawn when the y arrives.
    terminal.send("\u{18}y")
    try terminal.wait(forText: "SEND PUBLIC REPLY")
    #expect(try desk.read([CommandDesk.Item].self, "outbox").isEmpty)
    #expect(try await desk.deliveries().isEmpty)
    #expect(terminal.screen.contains("SEND PUBLIC REPLY"))
  }

  @Test func aConfirmedReplyIsDeliveredOnceThoughItsAnswerIsLost() async throws {
    let desk = try CommandDesk.ready()
    try await desk.control(
      .post, "/faults",
      #"{"method":"POST","path":"/tickets/.*/reply","action":"drop_after","times":1}"#)
    let terminal = try open(desk)
    let ticket = try compose("sent only once", on: terminal)
    try confirm(on: terminal)
    #expect(try await desk.deliveries().map(\.ticketId) == [ticket])
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }

  @Test func typedWordsAreBackOnTheirTicketAfterAKill() throws {
    let desk = try CommandDesk.ready()
    let terminal = try open(desk)
    let ticket = try compose("half a thought", on: terminal)
    terminal.send(signal: 9)
    #expect(try terminal.waitForExit() == .signal(9))

    let again = try open(desk)
    again.send("r")
    try again.wait(forText: "half a thought")
    try again.wait(forText: "draft of #\(ticket) taken up again")
  }

  @Test func wordsLeftInAnEditorAreBackAfterAKill() throws {
    let desk = try CommandDesk.ready()
    // Saves, says so, and stays open until it is ended.
    let ready = desk.folder.file("ready")
    desk.folder.write(
      "editor.sh",
      Array("sed -i 's/half a thought/a whole thought/' \"$1\"; echo > \(ready); exec cat\n".utf8))
    let terminal = try open(desk, editor: "sh " + desk.folder.file("editor.sh"))
    let ticket = try compose("half a thought", on: terminal)
    terminal.send("\u{5}")
    try terminal.wait(for: "the editor to save") { _ in access(ready, F_OK) == 0 }
    terminal.send(signal: 9)
    #expect(try terminal.waitForExit() == .signal(9))

    let again = try open(desk)
    try again.wait(forText: "1 draft (#\(ticket)) recovered")
    again.send("r")
    try again.wait(forText: "a whole thought")
  }

  @Test func aDraftInTwoWindowsLosesNoWord() throws {
    let desk = try CommandDesk.ready()
    let (first, second) = (try open(desk), try open(desk))
    _ = try compose("from the first", on: first)
    second.send("r")
    try second.wait(forText: "is writing a reply to")
    second.send(" and from the second")
    try second.wait(forText: "draft saved")
    first.send(" again")
    // Which of the two is parked depends on when each was opened; both learn of it.
    try first.wait(for: "the word parked") { $0.text.lowercased().contains("parked") }
    second.send("!")
    try second.wait(for: "the word parked") { $0.text.lowercased().contains("parked") }
    for terminal in [first, second] { terminal.send("\u{1B}") }
    // The last word of each window is on the disk soon after it left its editor.
    func hasKept(_ words: String) throws -> Bool {
      try desk.read([DraftCommandTests.Draft].self, "drafts").contains { $0.text.contains(words) }
    }
    for (terminal, words) in [(first, "from the first again"), (second, "from the second!")] {
      try terminal.wait(for: words) { _ in (try? hasKept(words)) == true }
    }
  }

  @Test func twoConsolesOfOneAccountBothWork() async throws {
    let desk = try CommandDesk.ready()
    let (first, second) = (try open(desk), try open(desk))
    for (terminal, text) in [(second, "from the second"), (first, "from the first")] {
      _ = try compose(text, on: terminal)
      try confirm(on: terminal)
    }
    #expect(
      Set(try desk.read([CommandDesk.Item].self, "outbox").map(\.state)) == ["sent"])
    #expect(try await desk.deliveries().count == 2)
  }
}
