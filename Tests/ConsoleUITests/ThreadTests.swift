import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

@Suite struct ThreadTests {
  private func open(_ size: Size = Size(width: 80, height: 24), desk: FakeDesk = FakeDesk())
    -> ConsoleDriver
  {
    let driver = ConsoleDriver(size, desk: desk)
    driver.select(48207)
    driver.press(.enter)
    driver.press("g g")
    return driver
  }

  @Test func quotesAreFoldedWithACountAndShownByZq() {
    let driver = open()
    #expect(driver.screen.contains("[+ 15 quoted lines hidden: zq]"))
    driver.press("z q")
    driver.press("G")
    #expect(driver.screen.contains("> earlier line 14"))
    #expect(!driver.screen.contains("hidden: zq"))
  }

  @Test func automaticAnswersStartFoldedAndNewWordsNever() {
    let desk = FakeDesk()
    let id = TicketID(48207)
    desk.details[id]?.entries[1].isNew = true
    let driver = open(desk: desk)
    #expect(driver.screen.contains("This is an automatic confirmation."))
    #expect(open().screen.contains("auto-reply"))
  }

  @Test func foldingOneAndAll() {
    let driver = open()
    driver.press("z M")
    #expect(!driver.screen.contains("Rebooting the router"))
    driver.press("z R")
    #expect(driver.screen.contains("Rebooting the router"))
    #expect(driver.screen.contains("This is an automatic confirmation."))
  }

  @Test func notesOnlyThenPublicOnlyThenBoth() {
    let driver = open()
    driver.press("z n")
    #expect(driver.screen.contains("INC-2231") && !driver.screen.contains("Rebooting"))
    driver.press("z n")
    #expect(!driver.screen.contains("INC-2231") && driver.screen.contains("Rebooting"))
    driver.press("z n")
    #expect(driver.screen.contains("INC-2231") && driver.screen.contains("Rebooting"))
  }

  @Test func searchUnfoldsWhatItFinds() {
    let driver = open()
    driver.type("/earlier line 9\n")
    #expect(driver.screen.contains("> earlier line 9"))
    #expect(driver.status.contains("1 of 2 matches"))
    driver.press("n")
    #expect(driver.status.contains("2 of 2 matches"))
    driver.press("N")
    #expect(driver.status.contains("1 of 2 matches"))
    driver.press(.escape)
    #expect(!driver.status.contains("matches"))
    driver.type("/nowhere\n")
    #expect(driver.status.contains("no match for nowhere"))
  }

  @Test func openingCountsAsSeenAndReadsTheTicketAgain() {
    let desk = FakeDesk()
    desk.details[TicketID(48207)]?.cachedAt = SampleDesk.now + -600
    let driver = open(desk: desk)
    #expect(driver.desk.seen == [TicketID(48207)])
    #expect(driver.desk.refreshed == [TicketID(48207)])
    #expect(driver.state.queue.current?.hasNewCustomerWords == false)
  }

  @Test func aFreshlyReadTicketIsNotAskedForAgain() {
    #expect(open().desk.refreshed.isEmpty)
  }

  @Test func hugeMessagesAreCutAndSaidSo() {
    let desk = FakeDesk()
    let line = String(repeating: "x ", count: 500) + "\n"
    desk.details[TicketID(48207)]?.entries[4].text = String(repeating: line, count: 10_000)
    desk.details[TicketID(48207)]?.entries[4].attachments = []
    let driver = open(desk: desk)
    driver.press("G")
    #expect(driver.screen.contains("[the message goes on: 10.0 MB in all"))
    driver.press("k k k k Ctrl-b g g")
    #expect(driver.screen.contains("Rebooting"))
  }

  @Test func hostileWordsNeverReachAFrame() {
    let desk = FakeDesk()
    desk.details[TicketID(48207)]?.entries[0].text =
      "a\u{1B}[2J\u{1B}]52;c;AAAA\u{7}b\u{202E}c\u{9B}31md\u{0}e\r\nnext"
    desk.details[TicketID(48207)]?.ticket.subject = "\u{1B}[31mred\u{202E}"
    desk.details[TicketID(48207)]?.entries[0].authorName = "\u{1B}]0;t\u{7}Eve\nB"
    let driver = open(desk: desk)
    for character in driver.screen.unicodeScalars where character != "\n" {
      #expect(character.value >= 0x20 && character.value != 0x202E && character.value != 0x9B)
    }
    #expect(driver.screen.contains("abcde"))
  }

  @Test func theScrollPlaceSurvivesNewWordsAndResize() {
    let driver = open(Size(width: 80, height: 20))
    driver.press("z R z q")
    driver.press("Ctrl-d")
    let before = driver.settle().rows[5]
    driver.desk.details[TicketID(48207)]?.entries.append(
      ThreadEntry(
        id: ConversationID(105), kind: .customer, authorID: 7, authorName: "K. Tanaka",
        createdAt: SampleDesk.now, text: "One more thing.", isNew: true))
    driver.queue.notify(.ticketChanged)
    driver.settle()
    #expect(driver.settle().rows[5] == before)
    driver.press("G")
    #expect(driver.screen.contains("One more thing."))
  }

  @Test func jAndKOfTheThreadWalkOverTheMessages() {
    let driver = open(Size(width: 200, height: 50))
    driver.press("j j")
    driver.press("z a")
    #expect(!driver.screen.contains("INC-2231"))
    driver.press(.enter)
    #expect(driver.screen.contains("INC-2231"))
  }

  @Test func nextTicketFollowsInTheThread() {
    let driver = open()
    driver.press("J")
    #expect(driver.state.thread.ticketID == TicketID(48198))
    #expect(driver.state.queue.current?.id == TicketID(48198))
    #expect(driver.screen.contains("#48198"))
    driver.press("K")
    #expect(driver.state.thread.ticketID == TicketID(48207))
  }

  @Test func contactOpensTheTicketsOfThePerson() {
    let driver = open()
    driver.press("g c")
    #expect(driver.state.queue.query.requesterID == ContactID(7))
    #expect(driver.state.focus == .queue)
    #expect(driver.screen.contains("[Kenji Tanaka]"))
  }

  @Test func copyAndBrowserGoOutside() {
    let driver = open()
    driver.press("y Y o")
    #expect(driver.desk.copied == ["#48207", "https://acme.example/a/tickets/48207"])
    #expect(driver.desk.opened == ["https://acme.example/a/tickets/48207"])
  }
}
