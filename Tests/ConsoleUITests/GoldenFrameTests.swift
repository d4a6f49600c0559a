import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Every screen at every shape, as text and roles.
@Suite struct GoldenFrameTests {
  static let sizes = [
    Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 50),
    Size(width: 40, height: 12),
  ]

  private func shot(_ driver: ConsoleDriver, _ name: String) {
    let size = driver.state.size
    expectFrame(driver.settle(), named: "\(name)-\(size.width)x\(size.height)")
  }

  @Test(arguments: sizes) func queue(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("j x j j x j j j x")
    driver.select(48207)
    shot(driver, "queue")
  }

  @Test(arguments: sizes) func thread(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press(.enter)
    driver.press("g g")
    shot(driver, "thread")
  }

  @Test(arguments: sizes) func sidebar(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("l l")
    shot(driver, "sidebar")
  }

  @Test(arguments: sizes) func composer(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("r")
    driver.type("Hi Kenji,\nthank you for the log.")
    driver.wait(milliseconds: 1000)
    shot(driver, "composer")
  }

  @Test(arguments: sizes) func privateComposer(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("c")
    driver.type("Known fault, see INC-2231.")
    shot(driver, "composer-private")
  }

  @Test(arguments: sizes) func review(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("r")
    driver.type("Hi Kenji,\nthank you for the log. The driver 4.2.1 loses its lease.\nPlease ")
    driver.type("install the attached file.\nIt keeps the lease.\nRegards\nRobin")
    driver.press("Ctrl-x")
    shot(driver, "review")
  }

  @Test(arguments: sizes) func privateReview(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("c")
    driver.type("Known fault, see INC-2231.")
    driver.press("Ctrl-x")
    shot(driver, "review-private")
  }

  @Test(arguments: sizes) func picker(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("3 * a a")
    driver.type("ma")
    shot(driver, "picker")
  }

  @Test(arguments: sizes) func plan(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("3 * a a")
    driver.type("mari")
    driver.press(.enter)
    shot(driver, "plan")
  }

  @Test(arguments: sizes) func question(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("d")
    shot(driver, "question")
  }

  @Test(arguments: sizes) func statusMenu(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("s")
    shot(driver, "menu")
  }

  @Test(arguments: sizes) func outbox(size: Size) {
    let driver = ConsoleDriver(size, desk: SampleOutbox.desk())
    driver.press("g o j j")
    shot(driver, "outbox")
  }

  @Test(arguments: sizes) func drafts(size: Size) {
    let driver = ConsoleDriver(size, desk: SampleOutbox.desk())
    driver.press("g d")
    shot(driver, "drafts")
  }

  @Test(arguments: sizes) func help(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("?")
    shot(driver, "help")
  }

  @Test(arguments: sizes) func commandLine(size: Size) {
    let driver = ConsoleDriver(size)
    driver.type(":s")
    shot(driver, "command")
  }

  @Test(arguments: sizes) func palette(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("Ctrl-k")
    driver.type("ass")
    shot(driver, "palette")
  }

  @Test(arguments: sizes) func search(size: Size) {
    let driver = ConsoleDriver(size)
    driver.type(":search re\n")
    shot(driver, "search")
  }

  @Test(arguments: sizes) func views(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("g v")
    shot(driver, "views")
  }

  @Test(arguments: sizes) func log(size: Size) {
    let driver = ConsoleDriver(size)
    driver.desk.logLines = [LogLine(at: SampleDesk.now, text: "tickets: page 1, 100 rows")]
    driver.press("g s")
    shot(driver, "log")
  }

  @Test(arguments: sizes) func offline(size: Size) {
    let desk = FakeDesk()
    desk.status = DeskStatus(
      link: .offline(since: SampleDesk.now + -420), cachedAt: SampleDesk.now + -420)
    desk.details[TicketID(48213)]?.entries = []
    desk.details[TicketID(48213)]?.isThreadCached = false
    let driver = ConsoleDriver(size, desk: desk)
    driver.press("l")
    shot(driver, "offline")
  }

  @Test(arguments: sizes) func stopped(size: Size) {
    let desk = SampleOutbox.desk()
    desk.status.isStopped = true
    let driver = ConsoleDriver(size, desk: desk)
    driver.press("g o")
    shot(driver, "stopped")
  }

  @Test(arguments: sizes) func cannedReplies(size: Size) {
    let driver = ConsoleDriver(size)
    driver.press("c Ctrl-o")
    driver.type("log")
    shot(driver, "canned")
  }

  @Test(arguments: sizes) func files(size: Size) {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("F")
    shot(driver, "files")
  }

  @Test(arguments: sizes) func filter(size: Size) {
    let driver = ConsoleDriver(size)
    driver.type("/re")
    shot(driver, "filter")
  }
}
