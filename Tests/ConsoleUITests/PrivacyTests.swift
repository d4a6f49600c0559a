import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Private stays private, over every path.
@Suite struct PrivacyTests {
  private func replies(_ desk: FakeDesk) -> [ReplyContent] {
    desk.submissions.compactMap { if case .reply(_, let reply) = $0 { reply } else { nil } }
  }

  private func notes(_ desk: FakeDesk) -> [NoteContent] {
    desk.submissions.compactMap { if case .privateNote(_, let note) = $0 { note } else { nil } }
  }

  /// Ways from the editor to the end, as keys.
  static let paths = [
    "Ctrl-x y", "Ctrl-x c y", "Ctrl-x s 2 y", "Ctrl-x e Ctrl-x y", "Ctrl-x p e Ctrl-x y",
    "Esc e Ctrl-x y", "Ctrl-e Ctrl-x y", "Esc g d Enter Ctrl-x y", "Ctrl-x Esc Ctrl-x y",
    "Ctrl-x v Esc y", "Ctrl-x c c y",
  ]

  @Test(arguments: paths) func whatCBeginsIsNeverPublic(path: String) {
    let driver = ConsoleDriver()
    driver.press("c")
    driver.type("Internal words")
    driver.press(path)
    #expect(replies(driver.desk).isEmpty)
    #expect(notes(driver.desk).map(\.text) == ["Internal words"], "\(path)")
  }

  @Test func aReplyBecomesANoteOnlyByC() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("Dear Lena")
    driver.press("Ctrl-x c")
    #expect(driver.screen.contains("SAVE PRIVATE NOTE"))
    #expect(driver.screen.contains("not visible to customer"))
    driver.press("y")
    #expect(replies(driver.desk).isEmpty && notes(driver.desk).map(\.text) == ["Dear Lena"])
    #expect(driver.desk.drafts.isEmpty)
  }

  @Test func bothDraftsOfATicketStayApart() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("For the customer")
    driver.press(.escape)
    driver.press("c")
    #expect(driver.state.composer?.editor.text == "")
    driver.type("For us")
    driver.press(.escape)
    #expect(
      Set(driver.desk.drafts.map { "\($0.kind.rawValue): \($0.text)" })
        == ["reply: For the customer", "private_note: For us"])
  }

  @Test func theEditorFileOfAReplyHoldsNoPrivateWords() {
    let driver = ConsoleDriver()
    driver.select(48207)
    driver.press("r")
    driver.type("Hello")
    driver.press("Ctrl-e")
    let file = driver.desk.edits.first ?? ""
    #expect(file.contains("Kind: PUBLIC") && file.contains("Hi, since the 4.2 update"))
    #expect(!file.contains("INC-2231"))
  }

  @Test func anItemOfTheOutboxTurnsPrivateThroughTheReview() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o j j c")
    driver.settle()
    #expect(driver.state.place == .review)
    #expect(driver.screen.contains("SAVE PRIVATE NOTE  #48198"))
    driver.press("y")
    #expect(replies(driver.desk).isEmpty)
    #expect(notes(driver.desk).count == 1)
  }

  @Test func privateEntriesReadWithoutColour() {
    let driver = ConsoleDriver()
    driver.select(48207)
    driver.press(.enter)
    driver.press("g g")
    #expect(driver.screen.contains("Maria (PRIVATE NOTE - not visible to customer)"))
    #expect(driver.screen.contains("   # Looks like INC-2231."))
  }
}
