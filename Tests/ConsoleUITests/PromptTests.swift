import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Every question gets every key: only `y` acts.
@Suite struct PromptTests {
  static let everyKey: [Key] =
    (0x20..<0x7F).compactMap { Unicode.Scalar($0).map { Key.character(Character($0)) } }
    + "abcdefghijklmnopqrstuvwxyz".map(Key.control)
    + "abcdefghijklmnopqrstuvwxyz".map(Key.alt) + [
      .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right,
      .pageUp, .pageDown, .home, .end, .wordLeft, .wordRight, .shiftUp, .shiftDown,
      .function(1), .function(5), .paste("y"), .paste("yes\ny\n"),
    ]

  enum Prompt: String, CaseIterable {
    case review, privateReview, resolve, take, plan, discardDraft, sendAnyway, sendAgain, quit
  }

  private func driver(at prompt: Prompt) -> ConsoleDriver {
    let driver: ConsoleDriver
    switch prompt {
    case .discardDraft, .sendAnyway, .sendAgain, .quit:
      driver = ConsoleDriver(desk: SampleOutbox.desk())
    default: driver = ConsoleDriver()
    }
    switch prompt {
    case .review:
      driver.press("r")
      driver.type("Dear Lena")
      driver.press("Ctrl-x")
    case .privateReview:
      driver.press("c")
      driver.type("A note")
      driver.press("Ctrl-x")
    case .resolve: driver.press("d")
    case .take:
      driver.select(48198)
      driver.press("A")
    case .plan:
      driver.press("3 * a a")
      driver.type("mari")
      driver.press(.enter)
    case .discardDraft: driver.press("g d D")
    case .sendAnyway: driver.press("g o j j s")
    case .sendAgain: driver.press("g o G s")
    case .quit: driver.press("Q")
    }
    return driver
  }

  /// What has left through the prompt.
  private func acts(_ driver: ConsoleDriver) -> Bool {
    !driver.desk.submissions.isEmpty || !driver.desk.changes.isEmpty
      || !driver.desk.removedDrafts.isEmpty || driver.runtime.isFinished
  }

  @Test(arguments: Prompt.allCases) func onlyYActs(prompt: Prompt) {
    let yes = driver(at: prompt)
    let (place, yesCount) = (yes.state.place, yes.state.dialogs.count)
    #expect(!acts(yes))
    #expect([.review, .prompt, .plan].contains(yes.state.place), "\(yes.state.place)")
    yes.press("y")
    #expect(acts(yes), "y does what \(prompt) says")
    var current = driver(at: prompt)
    for key in Self.everyKey where key != .character("y") {
      current.press(key)
      #expect(!acts(current), "\(prompt) \(key.notation)")
      // What has left the question, or changed it, begins anew.
      if current.state.dialogs.count != yesCount || current.state.place != place {
        current = driver(at: prompt)
      }
    }
  }

  @Test(arguments: Prompt.allCases) func yTypedBeforeThePaintingDoesNothing(prompt: Prompt) {
    let reached = driver(at: prompt)
    // The same prompt again, opened and confirmed in one breath.
    reached.press(.escape)
    let before = reached.desk.discardedTypeahead
    switch prompt {
    case .review, .privateReview: reached.runtime.send(.key(.control("x")))
    case .resolve: reached.runtime.send(.key(.character("d")))
    case .take: reached.runtime.send(.key(.character("A")))
    case .discardDraft: reached.runtime.send(.key(.character("D")))
    case .sendAnyway, .sendAgain: reached.runtime.send(.key(.character("s")))
    case .quit: reached.runtime.send(.key(.character("Q")))
    case .plan: return
    }
    for _ in 0..<5 { reached.runtime.send(.key(.character("y"))) }
    reached.runtime.drain()
    #expect(!acts(reached))
    #expect(reached.desk.discardedTypeahead > before)
  }

  @Test func yIsNotTakenInTheQuietTimeAndTheBoxSaysSo() {
    let driver = ConsoleDriver()
    driver.runtime.send(.key(.character("d")))
    let frame = driver.settle()
    #expect(frame.text.contains("(y set Resolved: in a moment)"))
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.isEmpty)
    driver.wait(milliseconds: 250)
    #expect(driver.screen.contains("y set Resolved"))
    driver.runtime.send(.key(.character("y")))
    #expect(driver.desk.submissions.count == 1)
  }

  @Test func theQuietTimeAsksForAWakeUp() {
    let driver = ConsoleDriver()
    driver.runtime.send(.key(.character("d")))
    driver.settle()
    #expect(driver.runtime.nextTick == driver.state.now.after(250))
  }

  @Test func manyTicketsWantTheirNumberTyped() {
    let desk = FakeDesk()
    desk.rows = (0..<40).map { index in
      var row = SampleDesk.rows[0]
      row.id = TicketID(Int64(90_000 + index))
      row.agentID = nil
      row.position = QueuePosition(key: Int64(index), id: row.id)
      return row
    }
    for row in desk.rows { desk.details[row.id] = SampleDesk.detail(of: row) }
    let driver = ConsoleDriver(desk: desk)
    driver.press("* a a")
    driver.type("mari")
    driver.press(.enter)
    #expect(driver.state.place == .plan)
    driver.press("y")
    #expect(driver.desk.submissions.isEmpty)
    driver.press(.enter)
    #expect(driver.desk.submissions.isEmpty && driver.state.queue.marks.count == 40)
    driver.press("a")
    driver.type("mari")
    driver.press(.enter)
    driver.type("40y")
    #expect(driver.desk.submissions.count == 40)
  }

  @Test func pasteIsDroppedOutsideTextFields() {
    let driver = ConsoleDriver()
    driver.press(.paste("dy"))
    #expect(driver.status.contains("pasted text is dropped"))
    #expect(driver.desk.submissions.isEmpty && driver.state.dialogs.isEmpty)
  }
}
