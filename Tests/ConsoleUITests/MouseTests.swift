import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The mouse chooses and scrolls, and never confirms.
@Suite struct MouseTests {
  private let driver = ConsoleDriver(Size(width: 120, height: 40))

  private func point(_ kind: MouseEvent.Kind, _ x: Int, _ y: Int) {
    driver.runtime.send(.mouse(MouseEvent(kind, at: Point(x: x, y: y))))
    driver.settle()
  }

  /// The screen's row in which a text stands.
  private func row(of text: String) throws -> Int {
    try #require(driver.settle().rows.firstIndex { $0.contains(text) })
  }

  @Test func aPressChoosesARowAndASecondOneOpensIt() throws {
    let ticket = driver.state.queue.rows[3]
    let y = try row(of: " \(ticket.id) ")
    point(.press, 20, y)
    #expect(driver.state.queue.current?.id == ticket.id)
    #expect(driver.state.focus == .queue)
    point(.press, 20, y)
    #expect(driver.state.focus == .thread)
    #expect(driver.state.thread.detail?.ticket.id == ticket.id)
  }

  @Test func theHeadingsAndTheRulesChooseNothing() throws {
    let before = driver.state.queue.current?.id
    point(.press, 10, try row(of: "Subject"))
    point(.press, 10, 39)
    point(.press, 4000, 4000)
    #expect(driver.state.queue.current?.id == before)
  }

  @Test func aPressOnATabShowsItsView() throws {
    let y = try row(of: "3 Unassigned")
    let line = driver.settle().rows[y]
    let x = line.distance(
      from: line.startIndex, to: try #require(line.firstRange(of: "Unassigned")).lowerBound)
    point(.press, x, y)
    #expect(driver.state.queue.name == "Unassigned")
  }

  @Test func theWheelMovesInThePaneUnderThePointer() throws {
    point(.wheelDown, 20, try row(of: "Subject") + 2)
    #expect(driver.state.queue.cursor == 3)
    point(.wheelUp, 20, try row(of: "Subject") + 2)
    #expect(driver.state.queue.cursor == 0)
    let ticket = driver.state.queue.current?.id
    let y = try #require(driver.state.layout.thread).y + 1
    for _ in 0..<5 { point(.wheelUp, 10, y) }
    #expect(driver.state.queue.current?.id == ticket)
    #expect(driver.state.focus == .queue)
  }

  @Test func aReviewTakesKeysOnly() {
    driver.press("r")
    driver.type("Hello")
    driver.press("Ctrl-x")
    let before = driver.screen
    for y in 0..<40 {
      for x in stride(from: 0, to: 120, by: 7) { point(.press, x, y) }
    }
    #expect(driver.screen == before)
    #expect(driver.desk.submissions.isEmpty)
  }

  @Test func otherScreensScroll() {
    driver.press("?")
    let before = driver.screen
    point(.wheelDown, 10, 10)
    #expect(driver.screen != before)
    point(.wheelUp, 10, 10)
    #expect(driver.screen == before)
  }
}
