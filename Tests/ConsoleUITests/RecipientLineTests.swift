import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Cc and Bcc over the editor, and marked rows of the outbox.
@Suite struct RecipientLineTests {
  @Test func ccAndBccAreSetInOneLineAndKeptInTheDraft() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.select(48207)
    driver.press("r")
    driver.type("Hello")
    driver.press("Ctrl-r")
    #expect(driver.screen.contains("it-lead@heliotech.io"))
    driver.type(" a@b.example bcc: c@d.example\n")
    #expect(driver.state.composer?.ccEmails == ["it-lead@heliotech.io", "a@b.example"])
    #expect(driver.state.composer?.bccEmails == ["c@d.example"])
    #expect(driver.desk.drafts.first?.bccEmails == ["c@d.example"])
    driver.press("Ctrl-x")
    #expect(driver.screen.contains("Not in the thread before: a@b.example, c@d.example"))
  }

  @Test func aWordThatIsNoAddressKeepsTheLineOpen() {
    let driver = ConsoleDriver()
    driver.select(48207)
    driver.press("r Ctrl-r")
    driver.type(" nonsense\n")
    #expect(driver.screen.contains("nonsense is no address"))
    #expect(driver.state.composer?.ccEmails == ["it-lead@heliotech.io"])
  }

  @Test func aPrivateNoteHasNoRecipients() {
    let driver = ConsoleDriver()
    driver.press("c Ctrl-r")
    #expect(driver.status.contains("a private note has no recipients"))
  }

  @Test func markedItemsAreTriedAgainTogether() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o G Space k k Space r")
    let changes = driver.desk.changes.map { $0.0.rawValue }.sorted()
    #expect(changes == ["lookAgain"] || changes == ["lookAgain", "retry"])
    #expect(driver.state.outbox.marks.isEmpty)
  }

  @Test func markedItemsAreDiscardedAfterOneQuestion() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o j j Space Space D")
    #expect(driver.screen.contains("DISCARD 2 MARKED ITEMS?"))
    driver.press(.enter)
    #expect(driver.desk.changes.isEmpty)
    driver.press("D y")
    #expect(driver.desk.changes.map(\.0) == [.discard, .discard])
  }

  @Test func wordsAreSentOneAtATime() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o j j Space s")
    #expect(driver.status.contains("one item at a time"))
    #expect(driver.desk.changes.isEmpty)
  }
}
