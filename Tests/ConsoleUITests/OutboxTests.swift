import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

@Suite struct OutboxTests {
  private func driver() -> ConsoleDriver {
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: SampleOutbox.desk())
    driver.press("g o")
    return driver
  }

  @Test func theDetailFollowsTheCursor() {
    let driver = driver()
    #expect(driver.screen.contains("── #48207 PUBLIC reply"))
    driver.press("j j")
    #expect(driver.screen.contains("Forget it, the second parcel came."))
    #expect(driver.screen.contains("s send anyway (asks again)"))
    driver.press("j j j")
    #expect(driver.screen.contains("UNKNOWN: not found in the thread"))
    #expect(driver.screen.contains("may arrive twice"))
  }

  @Test func aHeldItemCountsDown() {
    let driver = driver()
    #expect(driver.screen.contains("HELD 0:08"))
    driver.wait(milliseconds: 2000)
    #expect(driver.screen.contains("HELD 0:05") || driver.screen.contains("HELD 0:06"))
    #expect(
      driver.runtime.nextTick.map { $0.milliseconds - driver.state.now.milliseconds <= 1000 }
        == true)
  }

  @Test func uTakesBackTheItemUnderTheCursor() {
    let driver = driver()
    driver.press("u")
    #expect(driver.desk.undone == [.write(WriteID(1))])
    #expect(driver.status.contains("taken back"))
  }

  @Test func whatIsOnItsWayCannotBeTakenBack() {
    let driver = driver()
    driver.press("j u")
    #expect(driver.desk.undone.isEmpty)
    #expect(driver.status.contains("can no longer be taken back"))
  }

  @Test func retryLooksAgainForUnknownAndRetriesFailed() {
    let driver = driver()
    driver.press("j j j j r")
    driver.press("j r")
    #expect(driver.desk.changes.map(\.0) == [.retry, .lookAgain])
  }

  @Test func sendingAgainSaysThatItMayArriveTwice() {
    let driver = driver()
    driver.press("G s")
    #expect(driver.screen.contains("IT MAY ARRIVE TWICE"))
    driver.press("y")
    #expect(driver.desk.changes.map(\.0) == [.sendAgain])
  }

  @Test func editReturnsTheWordsToTheEditor() {
    let driver = driver()
    driver.press("j j e")
    driver.settle()
    #expect(driver.state.composer?.ticketID == TicketID(48198))
    #expect(driver.state.composer?.editor.text.hasPrefix("We are sorry.") == true)
  }

  @Test func quitAsksWhileSomethingWaits() {
    let driver = driver()
    driver.press("Q")
    #expect(driver.screen.contains("QUIT with 6 items in the outbox?"))
    driver.press("n")
    #expect(!driver.runtime.isFinished)
    driver.press("Q y")
    #expect(driver.runtime.isFinished)
    let empty = ConsoleDriver()
    empty.press("q")
    #expect(empty.runtime.isFinished)
  }

  @Test func theCursorStaysOnItsItem() {
    let driver = driver()
    driver.press("j j")
    driver.desk.items.removeFirst()
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(driver.state.outbox.current?.id == WriteID(3))
  }

  @Test func discardingADraftAsks() {
    let driver = driver()
    driver.press("g d D")
    #expect(driver.screen.contains("There is no way back."))
    driver.press("y")
    #expect(driver.desk.removedDrafts.count == 1)
    #expect(!driver.desk.drafts.contains { $0.ticketID == TicketID(48213) })
  }
}
