import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// What the review says about recipients and links that hide something.
@Suite struct RecipientTests {
  private func review(
    cc: [String] = [], text: String = "Hello", size: Size = Size(width: 100, height: 40),
    _ change: (inout TicketDetail) -> Void = { _ in }
  ) -> String {
    let desk = FakeDesk()
    let id = TicketID(48207)
    if var detail = desk.details[id] {
      detail.ticket.ccEmails += cc
      change(&detail)
      desk.details[id] = detail
    }
    let driver = ConsoleDriver(size, desk: desk)
    driver.select(48207)
    driver.press("r")
    driver.type(text)
    driver.press("Ctrl-x")
    return driver.screen
  }

  @Test func aRecipientThatLooksLikeAnotherIsNamedInWords() {
    let screen = review(cc: ["kt@he1iotech.io"])
    #expect(screen.contains("LOOK TWICE: he1iotech.io is NOT heliotech.io"))
  }

  @Test func aGreetingOfSomebodyElseIsNamed() {
    let wrong = review(text: "Dear Felix, it works again.")
    #expect(wrong.contains("LOOK TWICE: the text greets Felix, and it goes to Kenji Tanaka"))
    #expect(!review(text: "Dear Kenji, it works again.").contains("LOOK TWICE"))
  }

  @Test func mixedLettersAreNamedInWords() {
    let screen = review(cc: ["x@pаypal.example"])
    #expect(screen.contains("mixes Latin and Cyrillic letters"))
    #expect(screen.contains("xn--"))
  }

  @Test func aRecipientWhoJoinedAfterTheFirstReplyIsNewToReplies() {
    let screen = review(cc: ["boss@heliotech.io"])
    #expect(screen.contains("No reply has gone there before: boss@heliotech.io"))
  }

  @Test func beforeTheFirstReplyEverybodyIsNewSoNobodyIsNamed() {
    let screen = review(cc: ["boss@heliotech.io"]) { detail in
      detail.entries.removeAll { $0.kind == .reply }
    }
    #expect(!screen.contains("No reply has gone there before"))
  }

  @Test func aLinkThatSaysAnotherHostIsNamed() {
    let screen = review(text: "See www.bank.example <https://evil.example/x> please")
    #expect(screen.contains("a link says bank.example and goes to evil.example"))
  }

  @Test func anHonestReplyHasNoWarning() {
    let screen = review(text: "See https://heliotech.io/help please")
    #expect(!screen.contains("LOOK TWICE"))
    #expect(!screen.contains("No reply has gone"))
  }

  @Test func manyFindingsStillFitASmallWindow() {
    let bad = (0..<12).map { "a\($0)@pаy\($0).example" }
    let screen = review(cc: bad, size: Size(width: 80, height: 24))
    #expect(screen.contains("more of this kind"))
  }
}
