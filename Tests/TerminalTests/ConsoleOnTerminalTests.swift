import ConsoleTestSupport
import Glibc
import Terminal
import Testing

/// The real program on a terminal: what it takes, it gives back.
@Suite("The console on a terminal", .serialized) struct ConsoleOnTerminalTests {
  private let folder = TemporaryFolder()
  private let terminal: PseudoTerminal

  /// A profile with made-up tickets, which no helpdesk is needed for.
  init() throws {
    let filler = try PseudoTerminal(size: Size(width: 80, height: 24))
    try filler.start(
      PseudoTerminal.console,
      arguments: [
        "bench-fill", "--tickets", "30", "--conversations", "1", "--profile", folder.path,
      ])
    try #require(try filler.waitForExit() == .status(0), "\(filler.screen.text)")
    terminal = try PseudoTerminal(size: Size(width: 80, height: 24))
  }

  private var arguments: [String] { ["--profile", folder.path] }

  /// Starts the console and waits for its queue.
  private func open(_ environment: [String: String] = [:]) throws {
    try terminal.start(
      PseudoTerminal.console, arguments: arguments, environment: environment)
    try terminal.wait(for: "the queue") { $0.isAlternateScreen && $0.contains("Subject") }
  }

  private func isGivenBack(_ screen: ScreenEmulator) -> Bool {
    !screen.isAlternateScreen && screen.isCursorVisible && !screen.modes.contains(2004)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL])
  func aFaultGivesTheTerminalBackAndSaysSo(_ signal: Int32) throws {
    var before = termios()
    tcgetattr(terminal.programSide, &before)
    try open()
    terminal.send(signal: signal)
    #expect(try terminal.waitForExit() == .signal(signal))
    #expect(isGivenBack(terminal.screen))
    #expect(terminal.screen.contains("ended by a fault"))
    var after = termios()
    tcgetattr(terminal.programSide, &after)
    #expect(before.c_lflag == after.c_lflag)
    #expect(before.c_iflag == after.c_iflag)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func beingAskedToEndIsAnOrdinaryEnd(_ signal: Int32) throws {
    try open()
    terminal.send(signal: signal)
    #expect(try terminal.waitForExit() == .status(128 + signal))
    if signal != SIGHUP { #expect(isGivenBack(terminal.screen)) }
  }

  /// A hung session: the terminal takes no more bytes, and nobody will ever read them.
  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func aTerminalThatTakesNothingDoesNotHoldUpTheEnd(_ signal: Int32) throws {
    var before = termios()
    tcgetattr(terminal.programSide, &before)
    try open()
    try terminal.fill(with: "\u{C}")
    terminal.send(signal: signal)
    #expect(try terminal.waitForExit(isReading: false) == .status(128 + signal))
    var after = termios()
    tcgetattr(terminal.programSide, &after)
    #expect(before.c_lflag == after.c_lflag)
  }

  /// Whoever reads the terminal next must not find answers among the keys.
  @Test func answersThatComeLateAreTakenInBeforeTheEnd() throws {
    terminal.answersQuestions = false
    try open()
    try terminal.wait(for: "the questions") { _ in
      String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[5n")
    }
    terminal.send("q")
    // Nothing is answered before the program has read the key that ends it.
    while terminal.unreadKeys > 0 { terminal.receive(milliseconds: 5) }
    terminal.send("\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\\u{1B}[?2026;1$y\u{1B}[0n")
    #expect(try terminal.waitForExit() == .status(0))
    #expect(terminal.unreadKeys == 0)
  }

  /// Screen readers, braille displays and magnifiers look where the cursor is.
  @Test func theCursorStandsAtWhatIsSelected() throws {
    try open()
    for key in ["j", "j", "k"] {
      terminal.send(key)
      let row = terminal.screen.rows.firstIndex { $0.hasPrefix(">") } ?? 0
      let wanted = row + (key == "j" ? 1 : -1)
      try terminal.wait(for: "the next row") { $0.rows[wanted].hasPrefix(">") }
      while terminal.receive(milliseconds: 50) {}
      #expect(terminal.screen.cursor == Point(x: 0, y: wanted))
      #expect(!terminal.screen.isCursorVisible)
    }
  }

  @Test func aWindowThatIsClosedEndsTheProgram() throws {
    try open()
    terminal.hangUp()
    guard case .status = try terminal.waitForExit() else { return #expect(Bool(false)) }
  }

  @Test func everySizeIsFilledAndNothingUnknownIsSent() throws {
    try open()
    for size in [
      Size(width: 120, height: 40), Size(width: 200, height: 50), Size(width: 20, height: 5),
      Size(width: 80, height: 24),
    ] {
      terminal.resize(to: size)
      guard size.height > 5 else { continue }
      // The rows that a larger window adds are blank until the program has painted them.
      try terminal.wait(for: "a frame of \(size)") { screen in
        screen.rows[size.height - 1].contains { $0 != " " } && screen.contains("Subject")
      }
    }
    #expect(terminal.screen.unknownSequences == [])
  }

  @Test func ctrlZStopsTheJobAndTheShellBringsItBack() throws {
    try terminal.start(
      "/bin/sh", arguments: ["-i"], environment: ["PS1": "at-the-shell> ", "ENV": ""])
    try terminal.wait(forText: "at-the-shell>")
    terminal.send("\(PseudoTerminal.console) --profile \(folder.path)\r")
    try terminal.wait(for: "the queue") { $0.isAlternateScreen && $0.contains("Subject") }
    // Once a key has been answered, the terminal's own answers have been read too and cannot end up
    // in the shell.
    terminal.send("?")
    try terminal.wait(forText: "HELP")
    terminal.send("q")
    try terminal.wait(for: "the queue") { $0.contains("Subject") }
    terminal.send("\u{1A}")
    try terminal.wait(for: "the shell") {
      !$0.isAlternateScreen && $0.text.hasSuffix("at-the-shell>")
        || !$0.isAlternateScreen && $0.contains("Stopped")
    }
    #expect(!terminal.screen.modes.contains(2004))
    terminal.send("fg\r")
    try terminal.wait(for: "the queue again") { $0.isAlternateScreen && $0.contains("Subject") }
    terminal.send("\u{1A}")
    try terminal.wait(for: "the shell again") { !$0.isAlternateScreen }
  }

  @Test func aTerminalThatCannotShowIsRefusedInOneSentence() throws {
    try terminal.start(
      PseudoTerminal.console, arguments: arguments, environment: ["TERM": "dumb"])
    let exit = try terminal.waitForExit()
    #expect(exit != .status(0))
    #expect(terminal.screen.text.replacing("\n", with: "").contains("--plain"))
    #expect(!terminal.output.contains(0x1B))
  }

  @Test func withNoColorNoColourIsSent() throws {
    try open(["NO_COLOR": "1"])
    terminal.send("j")
    while terminal.receive(milliseconds: 100) {}
    let text = String(decoding: terminal.output, as: UTF8.self)
    for code in ["[38;5", "[48;5", "[31m", "[39;49m"] { #expect(!text.contains(code)) }
  }
}
