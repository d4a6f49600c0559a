import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Drafts between windows, and on a disk that takes nothing.
@Suite struct DraftTests {
  private let wide = Size(width: 160, height: 40)

  private func sampleDraft(_ text: String, _ ticket: Int64 = 48213) -> Draft {
    Draft(ticketID: TicketID(ticket), kind: .reply, text: text, updatedAt: SampleDesk.now)
  }

  @Test func wordsOfAnotherWindowAreParkedAndNamed() {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    driver.desk.drafts = [sampleDraft("From the other window")]
    driver.type("Mine")
    driver.wait(milliseconds: 700)
    #expect(driver.status.contains("another window's words are parked"))
    driver.press("Esc g d")
    #expect(driver.screen.contains("PUBLIC reply, parked"))
    #expect(driver.screen.contains("From the other window"))
  }

  @Test func aParkedDraftIsTakenUpFromTheListAndSentAlone() {
    let driver = ConsoleDriver(wide)
    driver.desk.savedDrafts = [
      SavedDraft(reference: DraftReference(id: 1, revision: 1), draft: sampleDraft("The current")),
      SavedDraft(
        reference: DraftReference(id: 2, revision: 4), draft: sampleDraft("The parked"),
        isParked: true),
    ]
    driver.press("g d j e")
    #expect(driver.state.composer?.editor.text == "The parked")
    driver.type("!")
    driver.press("Ctrl-x y")
    #expect(driver.desk.submissions.count == 1)
    #expect(driver.desk.savedDrafts.map(\.draft.text) == ["The current"])
  }

  @Test func aDraftThatChangedMeanwhileIsNotDiscarded() {
    let driver = ConsoleDriver(wide)
    driver.desk.savedDrafts = [
      SavedDraft(reference: DraftReference(id: 1, revision: 1), draft: sampleDraft("Short"))
    ]
    driver.press("g d D")
    driver.desk.savedDrafts[0].reference.revision = 2
    driver.press("y")
    #expect(driver.desk.savedDrafts.count == 1)
    #expect(driver.status.contains("changed meanwhile and is kept"))
  }

  @Test func aReplyDeletesOnlyTheStateItWasMadeOf() {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    driver.type("Shown")
    driver.press("Ctrl-x")
    // Another window writes on in the same draft.
    driver.desk.savedDrafts[0].draft.text = "Shown, and more"
    driver.desk.savedDrafts[0].reference.revision += 1
    driver.press("y")
    #expect(driver.desk.submissions.count == 1)
    #expect(driver.desk.drafts.map(\.text) == ["Shown, and more"])
  }

  @Test func aWindowSaysWhichDraftIsOpenAndWhoElseHasIt() {
    let driver = ConsoleDriver(wide)
    driver.desk.otherWindows = [ProcessIdentity(pid: 4711, startTime: 1, token: 1)]
    driver.press("r")
    #expect(driver.status.contains("process 4711"))
    #expect(driver.status.contains("kept as two drafts"))
    driver.press("Esc")
    #expect(
      driver.desk.openDrafts == [DraftKey(ticketID: TicketID(48213), kind: .reply), nil])
  }

  @Test func wordsThatCannotBeSavedStayInTheWindow() {
    let driver = ConsoleDriver(wide)
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.press("r")
    driver.type("Precious")
    driver.wait(milliseconds: 700)
    #expect(driver.status.contains("NOT SAVED"))
    #expect(driver.status.contains("only in this window"))
    #expect(driver.status.contains("the disk is full"))
    driver.press("Esc")
    #expect(driver.screen.contains("y leaves WITHOUT them"))
    driver.press("n")
    #expect(driver.state.composer?.editor.text == "Precious")
    driver.desk.saveFailure = nil
    driver.wait(milliseconds: 700)
    driver.wait(milliseconds: 700)
    #expect(driver.desk.drafts.map(\.text) == ["Precious"])
    driver.press("Esc")
    #expect(driver.state.composer == nil)
  }

  @Test func anEditorThatWasLeftOpensAgainWhenItsSaveFails() {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    driver.type("Precious")
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.runtime.send(.key(.escape))
    driver.settle()
    #expect(driver.state.composer?.editor.text == "Precious")
    #expect(driver.status.contains("NOT SAVED"))
  }

  @Test func quittingWaitsForWordsThatCannotBeSaved() {
    let driver = ConsoleDriver(wide)
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.press("r")
    driver.type("Precious")
    driver.runtime.send(.key(.escape))
    driver.runtime.send(.key(.character("Q")))
    driver.settle()
    #expect(!driver.runtime.isFinished)
    #expect(driver.state.composer?.editor.text == "Precious")
  }

  /// The words of #48213 could not be saved after their editor was closed, and that of #48207 is
  /// open by then.
  private func leftOnAFullDisk() -> ConsoleDriver {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    driver.type("Precious")
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.pressUnanswered("Esc")
    while driver.state.queue.current?.id != TicketID(48207) { driver.pressUnanswered("j") }
    driver.pressUnanswered("r")
    #expect(driver.state.composer?.ticketID == TicketID(48207))
    driver.settle()
    return driver
  }

  @Test(arguments: ["e", "r"])
  func wordsOfAClosedEditorAreNamedAndOpenAgain(key: String) {
    let driver = leftOnAFullDisk()
    #expect(driver.state.composer?.ticketID == TicketID(48207))
    #expect(driver.status.contains("NOT SAVED: the words for #48213 are only in this window"))
    #expect(!driver.status.contains("puts the words"))
    driver.press("Esc")
    driver.select(48213)
    driver.press(key)
    #expect(driver.state.composer?.editor.text == "Precious")
    driver.press("Esc")
    #expect(driver.screen.contains("y leaves WITHOUT them"))
    driver.press("n")
    driver.desk.saveFailure = nil
    driver.wait(milliseconds: 700)
    driver.press("Esc")
    #expect(driver.desk.drafts.map(\.text) == ["Precious"])
  }

  @Test func wordsOfAClosedEditorAreSavedAgainWithoutAnyEditor() {
    let driver = leftOnAFullDisk()
    driver.press("Esc")
    #expect(driver.state.composer == nil)
    driver.wait(milliseconds: 5000)
    #expect(driver.state.composer == nil)
    driver.desk.saveFailure = nil
    #expect(driver.state.nextTick.map { $0 <= driver.state.now.after(5000) } == true)
    driver.wait(milliseconds: 5000)
    #expect(driver.desk.drafts.map(\.text) == ["Precious"])
    #expect(driver.status.contains("the words for #48213 are saved now"))
    driver.press("q")
    #expect(driver.runtime.isFinished)
  }

  @Test func quittingAsksAboutWordsOfAClosedEditor() {
    let driver = leftOnAFullDisk()
    driver.press("Esc q")
    #expect(driver.screen.contains("QUIT without the words for #48213?"))
    driver.press("n")
    #expect(!driver.runtime.isFinished)
    driver.press("q y")
    #expect(driver.runtime.isFinished)
  }

  @Test func theSystemsEndSavesWordsOfAClosedEditor() {
    let driver = leftOnAFullDisk()
    driver.press("Esc")
    driver.runtime.send(.notice(.endRequested))
    driver.runtime.drain()
    #expect(!driver.runtime.isFinished)
    driver.desk.saveFailure = nil
    driver.runtime.send(.notice(.endRequested))
    #expect(!driver.runtime.isFinished)
    driver.runtime.drain()
    #expect(driver.runtime.isFinished)
    #expect(driver.desk.drafts.map(\.text) == ["Precious"])
  }

  @Test(arguments: [true, false])
  func wordsThatCouldNotBeSubmittedAreKeptNextToAnotherEditor(isDiskFull: Bool) {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    driver.type("Precious")
    driver.desk.saveFailure = CallFailure("the disk is full")
    driver.desk.submitFailure = CallFailure("the disk is full")
    driver.desk.holdsSubmissions = true
    driver.press("Ctrl-x")
    driver.pressUnanswered("y")
    while driver.state.queue.current?.id != TicketID(48207) { driver.pressUnanswered("j") }
    driver.pressUnanswered("r O")
    #expect(driver.state.composer?.editor.text == "O")
    if !isDiskFull { driver.desk.saveFailure = nil }
    driver.desk.answerSubmissions()
    driver.settle()
    #expect(driver.state.composer?.ticketID == TicketID(48207))
    #expect(driver.status.contains(isDiskFull ? "NOT SAVED" : "#48213 was NOT SENT"))
    driver.desk.saveFailure = nil
    driver.wait(milliseconds: 5000)
    driver.press("Esc")
    #expect(Set(driver.desk.drafts.map(\.text)) == ["Precious", "O"])
  }

  @Test func whatIsWrittenRightAfterLeavingGoesOnInTheSameDraft() {
    let driver = ConsoleDriver(wide)
    driver.press("r")
    for key in ["H", "i"] { driver.runtime.send(.key(.character(Character(key)))) }
    // Leaves and takes up again before the save has been answered.
    driver.runtime.send(.key(.escape))
    driver.runtime.send(.key(.character("e")))
    driver.settle()
    driver.press("r")
    #expect(driver.state.composer?.editor.text.hasPrefix("Hi") == true)
    driver.press("Esc")
    #expect(driver.desk.savedDrafts.count == 1)
  }
}
