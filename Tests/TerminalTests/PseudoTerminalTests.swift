import ConsoleTestSupport
import Terminal
import Testing

@Suite("PseudoTerminal", .serialized) struct PseudoTerminalTests {
  @Test func aProgramHasATerminalOfItsOwn() throws {
    let terminal = try PseudoTerminal(size: Size(width: 40, height: 5))
    try terminal.start(
      "/bin/sh", arguments: ["-c", "stty size < /dev/tty; read line; echo \"got $line\"; exit 3"])
    try terminal.wait(forText: "5 40")
    terminal.send("hello\r")
    try terminal.wait(forText: "got hello")
    #expect(try terminal.waitForExit() == .status(3))
  }

  @Test func aSignalThatEndsAProgramIsTold() throws {
    let terminal = try PseudoTerminal(size: Size(width: 40, height: 5))
    try terminal.start("/bin/sh", arguments: ["-c", "echo ready; read line"])
    try terminal.wait(forText: "ready")
    terminal.send(signal: 9)
    #expect(try terminal.waitForExit() == .signal(9))
  }

  @Test func theConsoleLiesBesideTheTests() throws {
    let terminal = try PseudoTerminal(size: Size(width: 80, height: 24))
    try terminal.start(PseudoTerminal.console, arguments: ["--version"])
    _ = try terminal.waitForExit()
    #expect(!terminal.output.isEmpty)
  }
}

@Suite("ScreenEmulator") struct ScreenEmulatorTests {
  private func screen(_ text: String, width: Int = 10, height: Int = 3) -> ScreenEmulator {
    var screen = ScreenEmulator(size: Size(width: width, height: height))
    // Byte by byte, as a slow line would bring it.
    for byte in text.utf8 { screen.feed([byte]) }
    return screen
  }

  @Test func textWrapsOnlyWhenMoreComes() {
    #expect(screen("0123456789").cursor == Point(x: 9, y: 0))
    #expect(screen("0123456789a").rows == ["0123456789", "a         ", "          "])
  }

  @Test func wideCharactersTakeTwoCells() {
    #expect(screen("a日本b").rows[0] == "a日本b    ")
    #expect(screen("日本\u{1B}[1;2Hx").rows[0] == " x本      ")
    #expect(screen("\u{1B}[10G日").rows == ["          ", "日        ", "          "])
  }

  @Test func linesAreErasedInsertedAndScrolled() {
    #expect(screen("a\r\nb\r\nc\n").rows.map { $0.prefix(1) } == ["b", "c", " "])
    #expect(screen("a\r\nb\r\nc\u{1B}[1;1H\u{1B}[L").rows.map { $0.prefix(1) } == [" ", "a", "b"])
    #expect(screen("abcdef\u{1B}[1;3H\u{1B}[2P").rows[0] == "abef      ")
    #expect(screen("abcdef\u{1B}[1;3H\u{1B}[2@").rows[0] == "ab  cdef  ")
    #expect(screen("abcdef\u{1B}[1;3H\u{1B}[2X").rows[0] == "ab  ef    ")
    #expect(screen("ab\u{1B}[3b").rows[0] == "abbbb     ")
    #expect(screen("abcdef\u{1B}[1;3H\u{1B}[K").text == "ab\n\n")
    #expect(
      screen("a\r\nb\r\nc\u{1B}[2;3r\u{1B}[3;1H\n").rows.map { $0.prefix(1) } == ["a", "c", " "])
  }

  @Test func coloursAndModesAreKept() {
    let screen = screen("\u{1B}[?1049h\u{1B}[?25l\u{1B}[1;38;5;117;44mx\u{1B}(B\u{1B}[m")
    #expect(
      screen[.zero].style
        == Style(foreground: .palette(117), background: .palette(4), attributes: .bold))
    #expect(screen.isAlternateScreen)
    #expect(!screen.isCursorVisible)
    #expect(screen.unknownSequences == [])
  }

  @Test func questionsAreAnsweredAndStringsKept() {
    let screen = screen(
      "\u{1B}]2;queue\u{7}\u{1B}]52;c;aGk=\u{7}\u{1B}]11;?\u{1B}\\\u{1B}[?2026$p\u{1B}[5z")
    #expect(screen.title == "queue")
    #expect(screen.clipboard == ["aGk="])
    #expect(
      String(decoding: screen.answers, as: UTF8.self)
        == "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\\u{1B}[?2026;2$y")
    #expect(screen.unknownSequences == ["[5z"])
  }
}
