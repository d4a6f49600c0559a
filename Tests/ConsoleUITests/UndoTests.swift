import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// `u` and `U`: the steps of one window, newest first, each as a whole.
@Suite struct UndoTests {
  private func ids(_ desk: FakeDesk) -> [WriteID] { desk.items.map(\.id) }

  @Test func oneUndoTakesAReplyBackWithItsStatusAndOpensItAsItWas() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("r")
    driver.type("Undo me please")
    driver.press("Ctrl-x s 2 y")
    #expect(driver.desk.items.count == 2)
    driver.press("u")
    #expect(driver.desk.undone == [.write(WriteID(501))])
    #expect(driver.desk.items.isEmpty)
    #expect(driver.state.composer?.editor.text == "Undo me please")
    #expect(driver.state.composer?.thenStatus == .pending)
    #expect(
      driver.status.contains("taken back with its status change, open in the editor"),
      "\(driver.status)")
  }

  @Test func stepsOfOtherWindowsAreLeftAlone() {
    let driver = ConsoleDriver()
    driver.desk.items.append(
      QueuedWrite(
        id: WriteID(999), ticketID: TicketID(48198),
        payload: .privateNote(NoteContent(subject: "", text: "of another", html: "")),
        state: .confirmed, createdAt: SampleDesk.now, updatedAt: SampleDesk.now,
        holdUntil: SampleDesk.now + 10))
    driver.queue.notify(.outboxChanged)
    driver.settle()
    driver.press("u")
    #expect(driver.desk.undone.isEmpty)
    #expect(driver.status.contains("nothing to undo in this window"))
    driver.press("p l u")
    #expect(driver.desk.undone == [.write(WriteID(501))])
  }

  @Test func undosWalkBackAndSayWhichAndRedosWalkForth() {
    let driver = ConsoleDriver()
    driver.press("p l j p u j p l")
    let all = ids(driver.desk)
    driver.press("u")
    #expect(driver.status.contains("undo #48198: priority Low -> "), "\(driver.status)")
    driver.press("u u")
    #expect(driver.desk.undone == all.reversed().map(UndoTarget.write))
    driver.press("u")
    #expect(driver.status.contains("nothing to undo in this window"))
    driver.press("U")
    #expect(driver.status.hasPrefix("redo: #48213 priority Low"), "\(driver.status)")
    driver.press("U U")
    #expect(driver.desk.items.map(\.ticketID.rawValue) == [48213, 48207, 48198])
    driver.press("U")
    #expect(driver.status.contains("nothing to redo"))
  }

  @Test func anUndoRightAfterAChangeWaitsForItAndMeansIt() {
    let driver = ConsoleDriver()
    driver.press("p l j")
    driver.desk.holdsSubmissions = true
    for key in ["p", "u", "u"] { driver.runtime.send(.key(.character(Character(key)))) }
    #expect(driver.desk.undone.isEmpty)
    driver.desk.answerSubmissions()
    driver.settle()
    #expect(driver.desk.undone == [.write(WriteID(502))])
  }

  @Test func anUndoThatCouldNotBeWrittenDownIsStillThere() {
    let driver = ConsoleDriver()
    driver.press("p l")
    driver.desk.undoFailure = CallFailure("The disk is full; nothing was undone.")
    driver.press("u")
    #expect(driver.status.contains("The disk is full"))
    driver.desk.undoFailure = nil
    driver.press("u")
    #expect(driver.desk.undone == [.write(WriteID(501))])
  }

  @Test func aReplyThatHasLeftIsNamed() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("Gone")
    driver.press("Ctrl-x y")
    driver.desk.undoRefusal = .hasLeft(SampleDesk.now)
    driver.press("u")
    #expect(driver.status.contains("#48213 reply to"), "\(driver.status)")
    #expect(driver.status.contains("left at"), "\(driver.status)")
  }
}
