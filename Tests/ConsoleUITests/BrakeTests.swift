import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The stop switch, read-only mode, and sending that cannot go on.
@Suite struct BrakeTests {
  @Test func theStopKeyStopsAtOnceInTheMiddleOfTyping() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("Hello")
    driver.press("Ctrl-t")
    #expect(driver.desk.stopTurns == [true])
    #expect(driver.state.composer?.editor.text == "Hello")
    #expect(driver.status.contains("SENDING STOPPED"))
  }

  @Test func theStopKeyWorksUnderAReviewAndLeavesItOpen() {
    let driver = ConsoleDriver()
    driver.press("c")
    driver.type("note")
    driver.press("Ctrl-x Ctrl-t")
    #expect(driver.desk.stopTurns == [true])
    guard case .review? = driver.state.dialogs.last else {
      Issue.record("the review is gone")
      return
    }
    driver.press("Ctrl-t")
    #expect(driver.desk.stopTurns == [true])
    #expect(driver.status.contains("leave this box first"))
  }

  @Test func lettingSendingGoOnAsksAndSaysHowMuchLeaves() {
    let desk = SampleOutbox.desk()
    desk.status.isStopped = true
    let driver = ConsoleDriver(Size(width: 80, height: 24), desk: desk)
    driver.press("Ctrl-t")
    #expect(driver.screen.contains("LET SENDING GO ON?"))
    #expect(driver.screen.contains("3 items in the outbox will leave, 1 of them a reply"))
    driver.press(.enter)
    #expect(desk.stopTurns.isEmpty)
    driver.press("Ctrl-t y")
    #expect(desk.stopTurns == [false])
    #expect(driver.status.contains("sending goes on"))
    #expect(!driver.status.contains("STOPPED"))
  }

  @Test func theCommandStopsAndLetsGoOn() {
    let driver = ConsoleDriver()
    driver.type(":stop\n")
    #expect(driver.desk.stopTurns == [true])
    driver.type(":stop off\n")
    #expect(driver.screen.contains("LET SENDING GO ON?"))
    driver.press("y")
    #expect(driver.desk.stopTurns == [true, false])
    driver.type(":stop sideways\n")
    #expect(driver.screen.contains("\"sideways\" is neither"))
  }

  @Test func aStopSetByAnotherProcessShowsWithoutColour() {
    let driver = ConsoleDriver(Size(width: 80, height: 24))
    #expect(!driver.screen.contains("SENDING STOPPED"))
    driver.desk.status.isStopped = true
    driver.queue.notify(.statusChanged)
    driver.settle()
    #expect(driver.status.contains("SENDING STOPPED"))
    driver.press("y")
    #expect(driver.status.contains("SENDING STOPPED"), "a message must not push it out")
    driver.press("g s")
    #expect(driver.screen.contains("All sending is stopped by the stop switch"))
  }

  @Test func aSwitchThatCannotBeTurnedSaysSo() {
    let driver = ConsoleDriver()
    driver.desk.stopFailure = CallFailure("the stop file cannot be made")
    driver.press("Ctrl-t")
    #expect(driver.status.contains("the stop file cannot be made"))
  }

  @Test func heldItemsSayThatTheyWaitForTheSwitch() {
    let desk = SampleOutbox.desk()
    desk.status.isStopped = true
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.press("g o")
    driver.wait(milliseconds: 9000)
    #expect(driver.screen.contains("waiting: sending is stopped"))
    #expect(driver.screen.contains("All sending is stopped by the stop switch"))
  }

  @Test func anAuditLogThatCannotBeKeptIsNamedOnTheScreen() {
    let driver = ConsoleDriver(Size(width: 80, height: 24))
    driver.desk.status.sendingProblem = "The audit log cannot be written. Nothing was sent."
    driver.queue.notify(.statusChanged)
    driver.settle()
    #expect(driver.status.contains("SENDING BLOCKED"))
    driver.press("g s")
    #expect(driver.screen.contains("The audit log cannot be written."))
  }

  @Test func inReadOnlyModeNoKeyWrites() {
    let desk = SampleOutbox.desk()
    desk.account.isReadOnly = true
    let driver = ConsoleDriver(desk: desk)
    #expect(driver.status.contains("READ-ONLY"))
    let keys: [Key] = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ,.|!$".map {
      .character($0)
    }
    for key in keys {
      for place in ["g q", "g q l", "g o", "g d"] {
        driver.press(place)
        driver.press(key)
        driver.press("y")
        driver.press(.escape)
        driver.press(.escape)
        driver.press("q n")
      }
    }
    #expect(desk.submissions.isEmpty)
    #expect(desk.undone.isEmpty)
    #expect(desk.flushes == 0)
    #expect(driver.state.composer == nil)
    let changes = Set(desk.changes.map(\.0))
    #expect(changes.isSubset(of: [.discard]))
  }

  @Test(arguments: ["r", "c", "a", "A", "s", "d", "p", "t", "T", "e", "u", "U", "$"])
  func aWritingKeySaysWhyItDoesNotWork(key: String) {
    let driver = ConsoleDriver()
    driver.desk.account.isReadOnly = true
    driver.runtime.send(.started)
    driver.press(key)
    #expect(driver.status.contains("read-only mode: nothing is written"))
    #expect(driver.state.dialogs.isEmpty)
  }
}
