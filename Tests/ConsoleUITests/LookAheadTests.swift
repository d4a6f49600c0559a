import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// What the next key will probably need is read while nobody waits for it.
@Suite struct LookAheadTests {
  private let driver = ConsoleDriver(Size(width: 120, height: 40))

  private var shown: TicketID? { driver.state.thread.detail?.ticket.id }

  @Test func theNextThreadIsThereBeforeItsKey() {
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
    driver.looksAhead = false
    driver.resize(100, 30)
    driver.press("j")
    let other = ConsoleDriver(Size(width: 100, height: 30))
    other.looksAhead = false
    other.press("j")
    #expect(driver.screen == other.screen)
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
      #expect(driver.screen == other.screen, "after \(key)")
    }
  }
}
