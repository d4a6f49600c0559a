import ConsoleModel
import Helpdesk
import Terminal
import Testing

@testable import ConsoleUI

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

  /// A reply is submitted once the save of its draft was answered; an undo waits for that as well.
  @Test(.timeLimit(.minutes(1)))
  func anUndoWaitsForWordsWhoseDraftIsBeingSaved() {
    var state = ConsoleDriver().state
    let change = SubmissionContext(words: "#48213 priority Low", tickets: [TicketID(48213)])
    let reply = SubmissionContext(words: "#48207 reply", tickets: [TicketID(48207)])
    func answer(_ context: SubmissionContext, _ id: Int64) -> [UndoTarget] {
      let receipt = SubmissionReceipt(ids: [WriteID(id)], batch: nil, holdUntil: nil)
      return state.takeSubmitted(context, .success(receipt)).compactMap {
        if case .undo(let target) = $0 { target } else { nil }
      }
    }
    state.undoTrail.submitting = 1
    state.waitingSubmissions[DraftKey(ticketID: TicketID(48207), kind: .reply)] = []
    #expect(state.undo().isEmpty)
    #expect(answer(change, 501).isEmpty)
    #expect(state.undoTrail.waiting == 1)

    state.waitingSubmissions = [:]
    state.undoTrail.submitting = 1
    #expect(answer(reply, 502) == [.write(WriteID(502))])
    #expect(state.undoTrail.waiting == 0)
  }

  /// The undo was asked for on the desk; the cursor of the outbox has nothing to do with it.
  @Test func anUndoThatWaitedMeansItsStepOnTheOutboxAsWell() {
    let driver = ConsoleDriver()
    driver.press("p l j")
    driver.desk.holdsSubmissions = true
    for key in ["p", "u", "u", "g", "o"] { driver.runtime.send(.key(.character(Character(key)))) }
    #expect(driver.state.screen == .outbox)
    driver.desk.answerSubmissions()
    driver.settle()
    #expect(driver.desk.undone == [.write(WriteID(502))])
  }

  @Test func membersOfABulkActionThatWereLeftAreSaid() {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.press("3 * a a")
    driver.type("mari")
    driver.press("Enter y")
    driver.desk.undoneWithoutValues = 2
    driver.press("u")
    #expect(
      driver.status.contains("; 2 left as they are: the values before are not known"),
      "\(driver.status)")
  }
}
