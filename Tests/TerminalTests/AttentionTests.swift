import Testing

@testable import TicketConsole

@Suite("Attention") struct AttentionTests {
  @Test func theTitleSaysHowManyAreNewAndTheBellRingsForMore() {
    var attention = Attention(account: "acme", ringsBell: true)
    #expect(attention.calls(newWords: 2) == .init(title: "(2) acme - Ticket Console", rings: false))
    #expect(attention.calls(newWords: 2) == .init())
    #expect(attention.calls(newWords: 3) == .init(title: "(3) acme - Ticket Console", rings: true))
    #expect(attention.calls(newWords: 1) == .init(title: "(1) acme - Ticket Console", rings: false))
    attention.isFocused = true
    #expect(attention.calls(newWords: 4) == .init(title: "(4) acme - Ticket Console", rings: false))
    #expect(attention.calls(newWords: 0) == .init(title: "acme - Ticket Console", rings: false))
  }

  @Test func theBellIsSilentUnlessItIsWanted() {
    var attention = Attention(account: "acme", ringsBell: false)
    _ = attention.calls(newWords: 0)
    #expect(!attention.calls(newWords: 1).rings)
  }
}
