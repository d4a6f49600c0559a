import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The step of a key that is pressed again is done while nobody waits for it.
@Suite struct LookAheadTests {
  private let driver = ConsoleDriver(Size(width: 120, height: 40))

  private var shown: TicketID? { driver.state.thread.detail?.ticket.id }

  @Test func theNextThreadIsThereBeforeItsKey() {
    driver.press("j")
    let next = driver.state.queue.rows[driver.state.queue.cursor + 1].id
    #expect(driver.desk.detailReads.last == next)
    driver.desk.detailReads = []
    driver.looksAhead = false
    driver.press("j")
    #expect(shown == next)
    #expect(driver.desk.detailReads == [])
  }

  @Test func goingUpLooksUp() {
    for _ in 0..<5 { driver.press("j") }
    driver.press("k")
    #expect(
      driver.desk.detailReads.last == driver.state.queue.rows[driver.state.queue.cursor - 1].id)
  }

  @Test func newsMakesItReadAgain() throws {
    driver.press("j")
    let next = driver.state.queue.rows[driver.state.queue.cursor + 1].id
    driver.looksAhead = false
    var changed = try #require(driver.desk.details[next])
    changed.ticket.subject = "changed meanwhile"
    driver.desk.details[next] = changed
    driver.queue.notify(.cacheChanged)
    driver.settle()
    driver.press("j")
    #expect(driver.state.thread.detail?.ticket.subject == "changed meanwhile")
  }

  @Test func anotherWidthMakesItLayOutAgain() {
    driver.press("j")
    driver.looksAhead = false
    driver.resize(100, 30)
    driver.press("j")
    let other = ConsoleDriver(Size(width: 100, height: 30))
    other.looksAhead = false
    other.press("j j")
    #expect(driver.painted == other.painted)
  }

  @Test func aMinuteMakesItDrawAgain() {
    let other = ConsoleDriver(Size(width: 120, height: 40))
    other.looksAhead = false
    driver.press("j")
    other.press("j")
    driver.pass(milliseconds: 600_000)
    other.pass(milliseconds: 600_000)
    driver.press("j")
    other.press("j")
    #expect(driver.painted == other.painted)
  }

  @Test(arguments: [3, 77, 4711])
  func aRobotSeesWhatItWouldSeeAnyway(_ seed: UInt64) {
    let other = ConsoleDriver(Size(width: 120, height: 40))
    other.looksAhead = false
    var dice = RobotTests.Dice(state: seed)
    var keys: [String] = []
    for _ in 0..<250 {
      let key = RobotTests().key(&dice)
      for _ in 0...dice.roll(4) {
        keys.append(key.notation)
        driver.press(key)
        other.press(key)
      }
      guard driver.painted != other.painted else { continue }
      Issue.record("seed \(seed), after \(keys.suffix(12))")
      return
    }
  }

  @Test(arguments: [
    "j j j k k j", "j zq j j", "j zn j j k", "l j j h j j", "j i j i j", "G k k k", "P j P j j",
  ])
  func whatIsShownIsWhatWouldBeReadAnyway(_ keys: String) {
    let other = ConsoleDriver(Size(width: 120, height: 40))
    other.looksAhead = false
    for key in keys.split(separator: " ") {
      let steps = key.map(String.init).joined(separator: " ")
      driver.press(steps)
      other.press(steps)
      #expect(driver.painted == other.painted, "after \(key)")
    }
  }
}
