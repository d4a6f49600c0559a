import ConsoleTestSupport
import Glibc
import Terminal
import Testing

@testable import TicketConsole

/// The driver on a pseudo-terminal in this process; ncurses allows one at a time.
@Suite("TerminalHost", .serialized) struct TerminalHostTests {
  private static let size = Size(width: 40, height: 6)
  private let terminal: PseudoTerminal

  init() throws { terminal = try PseudoTerminal(size: Self.size) }

  private func host(
    _ environment: [String: String] = [:], theme: Theme? = .dark
  ) throws -> TerminalHost {
    var options = TerminalHost.Options(
      environment: ["TERM": "xterm-256color"].merging(environment) { $1 })
    options.input = terminal.programSide
    options.output = terminal.programSide
    options.handlesSignals = false
    options.theme = theme
    return try TerminalHost(options: options)
  }

  private func frame(_ rows: [String], role: Role = .normal) -> Frame {
    var frame = Frame(size: Self.size)
    for (row, text) in rows.enumerated() { frame.put(text, at: Point(x: 0, y: row), role: role) }
    return frame
  }

  /// Shows a frame and reads until the terminal shows it.
  private func show(_ frame: Frame, _ host: TerminalHost) throws {
    host.present(frame)
    try terminal.wait(for: "the frame", timeout: .seconds(5)) { $0.rows == frame.rows }
  }

  @Test func whatAFrameSaysIsWhatTheTerminalShows() throws {
    let host = try host()
    try show(
      frame([
        "plain", "日本語のチケット", "e\u{301}a\u{308} नमस्ते สวัสดี", "مَرْحَبًا \u{1F600}x 한국어", "-",
        String(repeating: "界", count: 20),
      ]), host)
    try show(frame(["x日y", "ab本語", "plain again", "", String(repeating: "z", count: 40)]), host)
    try show(frame(["日x", "a b語"]), host)
    host.close()
    terminal.receive(milliseconds: 500)
    #expect(terminal.screen.unknownSequences == [])
  }

  @Test func randomEditsNeverLeaveTheTerminalBehind() throws {
    let host = try host(["LANG": "C.UTF-8"])
    var state: UInt64 = 7
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let words = ["ab", "日", "語x", "e\u{301}", "   ", "\u{1F600}", "한글", "ก็", "-----", "\u{E000}"]
    var frame = Frame(size: Self.size)
    for _ in 0..<150 {
      for _ in 0...random(5) {
        frame.put(
          words[random(words.count)], at: Point(x: random(42) - 1, y: random(6)),
          role: Role.allCases[random(Role.allCases.count)])
      }
      try show(frame, host)
    }
    host.close()
  }

  @Test(arguments: [true, false])
  func theMouseIsTakenOnlyWhenAskedFor(_ usesMouse: Bool) throws {
    var options = TerminalHost.Options(environment: ["TERM": "xterm-256color"])
    (options.input, options.output) = (terminal.programSide, terminal.programSide)
    options.handlesSignals = false
    options.usesMouse = usesMouse
    let host = try TerminalHost(options: options)
    try show(frame(["shown"]), host)
    host.close()
    while terminal.receive(milliseconds: 100) {}
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(text.contains("\u{1B}[?1006h") == usesMouse)
    #expect(text.contains("\u{1B}[?1006l\u{1B}[?1000l"))
  }

  @Test func aFrameThatIsTheSameSendsNothing() throws {
    let host = try host()
    try show(frame(["same"]), host)
    while terminal.receive(milliseconds: 50) {}
    let before = terminal.output.count
    host.present(frame(["same"]))
    #expect(!terminal.receive(milliseconds: 50))
    #expect(terminal.output.count == before)
    host.close()
  }

  @Test func withoutColoursNoneIsSent() throws {
    for environment in [["NO_COLOR": "1"], ["TERM": "vt220"]] {
      let host = try host(environment)
      for role in Role.allCases { try show(frame(["role \(role)"], role: role), host) }
      host.close()
      while terminal.receive(milliseconds: 50) {}
    }
    let text = String(decoding: terminal.output, as: UTF8.self)
    for code in ["[3\(1)m", "[38;5", "[48;5", "[4\(4)m", ";3\(2)m"] {
      #expect(!text.contains(code), "\(code)")
    }
  }

  /// The locale says what the terminal can show; the setting says otherwise.
  @Test(
    arguments: [
      (["LANG": "C.UTF-8"], nil, "┌─ box ─┐ a·b"),
      (["LC_ALL": "C", "LANG": "C.UTF-8"], nil, "+- box -+ a.b"),
      ([:], nil, "+- box -+ a.b"), (["LANG": "C.UTF-8"], true, "+- box -+ a.b"),
      ([:], false, "┌─ box ─┐ a·b"),
    ] as [([String: String], Bool?, String)])
  func linesAreASCIIWhereTheLocaleHasNoOthers(
    _ locale: [String: String], _ usesASCIILines: Bool?, _ wanted: String
  ) throws {
    var options = TerminalHost.Options(
      environment: ["TERM": "xterm-256color"].merging(locale) { $1 })
    (options.input, options.output) = (terminal.programSide, terminal.programSide)
    options.handlesSignals = false
    options.usesASCIILines = usesASCIILines
    let host = try TerminalHost(options: options)
    var frame = Frame(size: Self.size)
    frame.box(Rect(x: 0, y: 0, width: 9, height: 3), title: "box")
    frame.put("a·b", at: Point(x: 10, y: 0))
    host.present(frame)
    try terminal.wait(for: wanted, timeout: .seconds(5)) { $0.rows[0].hasPrefix(wanted) }
    host.close()
  }

  @Test func theEndOfRightToLeftTextIsSent() throws {
    let host = try host()
    try show(frame(["שלום   123"]), host)
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("\u{200E}"))
    host.close()
  }

  @Test func coloursFollowTheTheme() throws {
    let host = try host()
    try show(frame(["danger"], role: .danger), host)
    let style = Theme.dark.style(for: .danger, depth: .many)
    #expect(terminal.screen[.zero].style == style)
    host.close()
  }

  @Test func aLightBackgroundIsFoundByAsking() throws {
    terminal.screenBackground(RGB(255, 255, 255))
    let host = try host(theme: nil)
    #expect(host.theme == .dark)
    // The questions follow the first frame.
    try show(frame(["first"]), host)
    try terminal.wait(for: "the questions") { _ in
      String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[?2026$p")
    }
    while host.theme == .dark, host.nextEvent(timeout: .seconds(5)) != .timeout {}
    #expect(host.theme == .light)
    host.close()
  }

  /// tmux 3.3 and GNU screen answer device questions and not the one for the background.
  @Test(
    arguments: [
      ("xterm-256color", [:], Theme.dark, Theme.neutral),
      ("tmux-256color", [:], .neutral, .neutral),
      ("screen", ["COLORFGBG": "0;15"], .light, .light),
    ] as [(String, [String: String], Theme, Theme)])
  func aTerminalThatDoesNotSayItsBackgroundGetsColoursForBoth(
    _ term: String, _ environment: [String: String], _ first: Theme, _ then: Theme
  ) throws {
    terminal.answersQuestions = false
    let host = try host(environment.merging(["TERM": term]) { $1 }, theme: nil)
    #expect(host.theme == first)
    host.present(frame(["first"]))
    try terminal.wait(for: "the questions") { _ in
      String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[5n")
    }
    terminal.send("\u{1B}[0n")
    #expect(host.nextEvent(timeout: .seconds(5)) == .answered(1))
    #expect(host.theme == then)
    host.choose(.light)
    #expect(host.theme == .light)
    host.choose(nil)
    #expect(host.theme == then)
    host.close()
  }

  @Test func keysWakesAndPastesAreEvents() throws {
    let host = try host()
    terminal.send("j\u{1B}[A日")
    terminal.paste("y\ry")
    #expect(host.nextEvent() == .key(.character("j")))
    #expect(host.nextEvent() == .key(.up))
    #expect(host.nextEvent() == .key(.character("日")))
    #expect(host.nextEvent() == .key(.paste("y\ry")))
    terminal.send("\u{1B}")
    #expect(host.nextEvent() == .key(.escape))
    host.waker.wake()
    host.waker.wake()
    #expect(host.nextEvent() == .wake)
    #expect(host.nextEvent(timeout: .zero) == .timeout)
    host.close()
  }

  @Test func typeaheadIsThrownAwayAndTheRestOfAPasteWithIt() throws {
    let host = try host()
    terminal.send("yyy\u{1B}[200~part")
    host.waker.wake()
    host.discardTypeahead()
    terminal.send("y\u{1B}[201~")
    terminal.send("n")
    // The paste had only begun when the keys were thrown away, so it comes whole, as text.
    #expect(host.nextEvent() == .key(.paste("party")))
    #expect(host.nextEvent() == .key(.character("n")))
    #expect(host.nextEvent() == .wake)
    host.close()
  }

  @Test func leavingGivesTheTerminalBack() throws {
    var before = termios()
    tcgetattr(terminal.programSide, &before)
    let host = try host()
    host.setTitle("queue\u{7}\u{1B}[2J")
    try show(frame(["text"]), host)
    try terminal.wait(for: "bracketed paste") { $0.modes.contains(2004) }
    #expect(terminal.screen.isAlternateScreen)
    host.close()
    try terminal.wait(for: "the end of bracketed paste") { !$0.modes.contains(2004) }
    while terminal.receive(milliseconds: 100) {}
    var after = termios()
    tcgetattr(terminal.programSide, &after)
    #expect(terminal.screen.title == "queue")
    #expect(!terminal.screen.isAlternateScreen)
    #expect(terminal.screen.isCursorVisible)
    #expect(!terminal.screen.modes.contains(2004))
    #expect(before.c_lflag == after.c_lflag)
    #expect(before.c_iflag == after.c_iflag)
  }

  @Test func anotherSizeIsFollowed() throws {
    let host = try host()
    try show(frame(["before"]), host)
    let size = Size(width: 60, height: 9)
    terminal.resize(to: size)
    host.lend {}
    var event = host.nextEvent()
    if case .answered = event { event = host.nextEvent() }
    #expect(event == .resized(size))
    var frame = Frame(size: size)
    frame.put("wider", at: Point(x: 50, y: 8))
    try show(frame, host)
    host.close()
  }

  @Test(arguments: ["dumb", "", "no-such-terminal"])
  func unusableTerminalsAreRefusedInOneSentence(_ term: String) {
    let refusal = TerminalGuard.refusal(
      environment: ["TERM": term], input: terminal.programSide, output: terminal.programSide)
    #expect(refusal?.contains("--plain") == true)
  }

  @Test func aPipeIsRefused() {
    var ends: [Int32] = [0, 0]
    pipe(&ends)
    defer { for end in ends { close(end) } }
    #expect(
      TerminalGuard.refusal(environment: ["TERM": "xterm"], input: ends[0], output: ends[1])
        == "The console needs a terminal for its input and its output; "
        + "use ticket-console --plain to read the queue as lines instead.")
  }

  @Test func unknownRelativesOfXtermAreTakenForXterm() {
    #expect(TerminalGuard.usableTerm("xterm-ghostty-9", output: 1) == "xterm-256color")
    #expect(TerminalGuard.usableTerm("xterm-256color", output: 1) == "xterm-256color")
  }
}
