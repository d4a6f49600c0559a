import ConsoleTestSupport
import Glibc
import Terminal
import Testing

@testable import TicketConsole

/// What the driver knows of the terminal's having shown a frame.
@Suite("Arrival of frames", .serialized) struct ArrivalTests {
  private let terminal: PseudoTerminal
  private let host: TerminalHost

  init() throws {
    terminal = try PseudoTerminal(size: Size(width: 40, height: 6))
    terminal.answersQuestions = false
    var options = TerminalHost.Options(environment: ["TERM": "xterm-256color"])
    (options.input, options.output) = (terminal.programSide, terminal.programSide)
    options.handlesSignals = false
    options.theme = .dark
    host = try TerminalHost(options: options)
    var frame = Frame(size: Size(width: 40, height: 6))
    frame.put("a question", at: .zero)
    host.present(frame)
  }

  @Test func theAnswerBehindAFrameIsAnEvent() throws {
    let question = try #require(host.askForAnswer())
    try terminal.wait(for: "the question behind the frame", timeout: .seconds(5)) { screen in
      screen.contains("a question")
        && String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[c")
    }
    // The answer to what was asked at the start proves nothing about the frame.
    terminal.send("\u{1B}[0ny")
    #expect(host.nextEvent(timeout: .seconds(5)) == .answered(question - 1))
    #expect(host.nextEvent(timeout: .seconds(5)) == .key(.character("y")))
    terminal.send("\u{1B}[?62;22cy")
    #expect(host.nextEvent(timeout: .seconds(5)) == .answered(question))
    #expect(host.nextEvent(timeout: .seconds(5)) == .key(.character("y")))
    // Nobody asked for this one.
    terminal.send("\u{1B}[0nn")
    #expect(host.nextEvent(timeout: .seconds(5)) == .key(.character("n")))
    host.close()
  }

  @Test func answersOutliveThrowingAwayWhatWasTyped() throws {
    let question = try #require(host.askForAnswer())
    terminal.send("yyy\u{1B}[0n\u{1B}[?62;22cyyy")
    host.discardTypeahead()
    #expect(host.nextEvent(timeout: .seconds(5)) == .answered(question - 1))
    #expect(host.nextEvent(timeout: .seconds(5)) == .answered(question))
    #expect(host.nextEvent(timeout: .zero) == .timeout)
    host.close()
  }
}
