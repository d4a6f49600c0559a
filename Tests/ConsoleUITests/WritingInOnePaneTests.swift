import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Writing where one pane is shown at a time.
@Suite struct WritingInOnePaneTests {
  static let sizes = [
    Size(width: 80, height: 24), Size(width: 40, height: 12), Size(width: 40, height: 10),
  ]

  private func opened(_ size: Size) -> ConsoleDriver {
    let driver = ConsoleDriver(size)
    driver.select(48207)
    driver.press("l")
    return driver
  }

  private func showsThread(_ driver: ConsoleDriver) -> Bool {
    driver.screen.contains("-- end") && !driver.screen.contains("no words in this thread")
  }

  @Test(arguments: sizes, ["r", "c"])
  func theThreadIsThereAfterLeavingTheEditor(size: Size, key: String) {
    let driver = opened(size)
    driver.press("G")
    #expect(showsThread(driver))
    driver.press("\(key) Esc")
    #expect(!driver.screen.contains("no words in this thread"))
    driver.press("G")
    #expect(showsThread(driver))
  }

  @Test(arguments: sizes.prefix(2))
  func theThreadIsThereWhileAReplyIsHeld(size: Size) {
    let driver = opened(size)
    driver.press("r")
    driver.type("It works")
    driver.press("Ctrl-x y")
    #expect(driver.desk.submissions.count == 1)
    #expect(!driver.screen.contains("no words in this thread"))
    driver.press("G")
    #expect(showsThread(driver))
  }

  @Test(arguments: sizes)
  func theCustomersLastWordsStayAboveTheEditor(size: Size) throws {
    for start in ["r", "l r"] {
      let driver = ConsoleDriver(size)
      driver.select(48207)
      let words = try #require(
        driver.desk.details[TicketID(48207)]?.entries.last { $0.kind == .customer }?.text)
      driver.press(start)
      #expect(driver.screen.contains(String(words.prefix(12))), "after \(start): \(words)")
      driver.type("x")
      #expect(driver.state.composer?.editor.text == "x")
    }
  }

  @Test func theMessageAboveTheEditorScrolls() {
    let driver = opened(Size(width: 40, height: 12))
    driver.desk.details[TicketID(48207)]?.entries.append(
      ThreadEntry(
        id: ConversationID(190), kind: .customer, authorID: 7, authorName: "K. Tanaka",
        createdAt: SampleDesk.now,
        text: (1...9).map { "line \($0)." }.joined(separator: "\n")))
    driver.queue.notify(.ticketChanged)
    driver.settle()
    driver.press("r")
    #expect(driver.screen.contains("line 1.") && !driver.screen.contains("line 7."))
    for _ in 0..<6 { driver.press("Shift-Down") }
    #expect(driver.screen.contains("line 7.") && !driver.screen.contains("line 1."))
    for _ in 0..<6 { driver.press("Shift-Up") }
    #expect(driver.screen.contains("line 1."))
    #expect(driver.state.composer?.editor.isEmpty == true)
  }

  @Test func escGoesBackToTheQueueThatTheReplyBeganIn() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type("Words")
    driver.press("Esc")
    #expect(driver.state.place == .queue)
    driver.press("l r Esc")
    #expect(driver.state.place == .thread)
  }

  @Test func theBarOfANoteStandsApartFromItsWords() {
    let driver = ConsoleDriver()
    driver.press("c")
    driver.type("Customer called")
    #expect(driver.screen.contains("# Customer called"))
  }

  @Test func aReviewUsesTheRowsThatItHas() {
    let driver = ConsoleDriver()
    driver.press("r")
    driver.type((1...7).map { "row \($0)" }.joined(separator: "\n"))
    driver.press("Ctrl-x")
    #expect(driver.screen.contains("row 7"))
    #expect(!driver.screen.contains("all 7 lines"))
  }

  @Test func menusBeginOnThePresentValue() {
    let driver = ConsoleDriver()
    driver.select(48207)
    driver.press("p")
    #expect(driver.screen.contains("High  now"))
    driver.press("Enter")
    #expect(driver.desk.submissions.isEmpty)
    driver.press("s")
    #expect(driver.screen.contains("Open  now"))
    driver.press("Esc r")
    driver.type("x")
    driver.press("Ctrl-x s")
    #expect(driver.screen.contains("> 0  leave it as it is"))
    #expect(driver.screen.contains("Open  now"))
    #expect(!driver.screen.contains("asks:"))
    driver.press("2 s")
    #expect(driver.screen.contains("> 2  Pending"))
  }
}
