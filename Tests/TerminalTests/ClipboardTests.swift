import Testing

@testable import TicketConsole

@Suite("Clipboard") struct ClipboardTests {
  @Test func textIsWrappedForTmuxAndScreen() {
    #expect(Clipboard(environment: [:]).prepare("hi") == .sent("\u{1B}]52;c;aGk=\u{7}"))
    #expect(
      Clipboard(environment: ["TMUX": "x"]).prepare("hi")
        == .sent("\u{1B}]52;c;aGk=\u{7}\u{1B}Ptmux;\u{1B}\u{1B}]52;c;aGk=\u{7}\u{1B}\\"))
    #expect(
      Clipboard(environment: ["STY": "x"]).prepare("hi")
        == .sent("\u{1B}P\u{1B}]52;c;aGk=\u{7}\u{1B}\\"))
  }

  @Test func aTextThatTerminalsWouldCutIsNotSent() {
    let clipboard = Clipboard(environment: [:])
    let longest = String(repeating: "x", count: Clipboard.limit)
    guard case .sent(let sequence) = clipboard.prepare(longest) else {
      return #expect(Bool(false))
    }
    #expect(sequence.utf8.count <= 100_000)
    #expect(clipboard.prepare(longest + "x") == .tooLong(bytes: 74_995, limit: 74_994))
    #expect(clipboard.prepare("") == .empty)
  }
}
