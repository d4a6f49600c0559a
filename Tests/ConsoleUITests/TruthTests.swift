import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// What the screen says about plans, bulk actions, keys and texts is so.
@Suite struct TruthTests {
  private func bulk(_ driver: ConsoleDriver) {
    driver.press("3 * a a")
    driver.type("mari")
    driver.press("Enter")
  }

  // Round-robin

  @Test func roundRobinAsksForTheMembersOfTheGroup() {
    let desk = FakeDesk()
    var network = SampleDesk.network
    network.agentIDs = [AgentID(2), AgentID(3), AgentID(4)]
    desk.groupAnswer = .success(network)
    let driver = ConsoleDriver(desk: desk)
    driver.press("3 * a a")
    driver.type("#net")
    driver.press("Ctrl-r")
    #expect(desk.groupReads == [SampleDesk.network.id])
    driver.press("y")
    let agents = desk.submissions.compactMap { submission -> AgentID? in
      if case .update(_, let content) = submission { content.change.agentID ?? nil } else { nil }
    }
    #expect(agents.count == 8)
    #expect(Set(agents) == [AgentID(2), AgentID(3), AgentID(4)])
  }

  @Test func roundRobinSaysWhenTheMembersMayNotBeRead() {
    let desk = FakeDesk()
    desk.groupAnswer = .failure(CallFailure("Your account may not read who is in a group"))
    desk.isGroupListBare = true
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.press("3 * a a")
    driver.type("#net")
    driver.press("Ctrl-r")
    #expect(driver.status.contains("no round-robin in #Network: Your account may not read"))
    #expect(desk.submissions.isEmpty)
  }

  // Plans

  @Test func aPlanThatAsksForItsNumberTakesTheOtherKeysToo() {
    let driver = ConsoleDriver(settings: ConsoleSettings(typedNumberAbove: 5))
    bulk(driver)
    #expect(driver.screen.contains("type 8 to confirm"))
    driver.press("y")
    #expect(driver.desk.submissions.isEmpty && driver.status.contains("type 8 first"))
    driver.press("-")
    #expect(driver.screen.contains("type 7 to confirm"))
    driver.press("D")
    #expect(driver.status.contains("dry run written"))
    driver.press("e")
    #expect(driver.screen.contains("ASSIGN 8 marked tickets"))
    driver.press("Enter 8 y")
    #expect(driver.desk.submissions.count == 8)
  }

  @Test func choosingAgainOpensTheMenuThatThePlanCameFrom() {
    let driver = ConsoleDriver()
    driver.press("3 * a p l e")
    #expect(driver.screen.contains("PRIORITY of"))
  }

  // Bulk actions

  @Test func controlCStopsABulkAction() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    bulk(driver)
    driver.press("y")
    driver.press("Ctrl-c")
    #expect(driver.desk.stoppedBatches.count == 1)
    #expect(driver.status.contains("bulk action stopped: 8 changes taken back"))
    let idle = ConsoleDriver()
    idle.press("Ctrl-c")
    #expect(idle.status.contains("nothing is running"))
  }

  @Test func aBulkActionSaysHowLongItTakesAndWhatItWaitsFor() {
    let driver = ConsoleDriver(Size(width: 200, height: 50))
    bulk(driver)
    driver.press("y")
    guard let batch = driver.desk.batches.keys.first else {
      Issue.record("no batch")
      return
    }
    driver.wait(milliseconds: 20_000)
    driver.desk.batches[batch] = BatchProgress(
      batch: batch, total: 8, sent: 4, waiting: 4, failed: 0, undone: 0)
    driver.desk.status.link = .limited(until: SampleDesk.now + 60)
    driver.queue.notify(.outboxChanged)
    driver.queue.notify(.statusChanged)
    driver.settle()
    #expect(driver.screen.contains("bulk 4/8, 2"))
    #expect(driver.screen.contains("s left, waiting for the rate limit until 14:10"))
  }

  @Test func anUnknownLimitPromisesNoTime() {
    let desk = FakeDesk()
    desk.status.budget = nil
    desk.forecastSeconds = { _ in 0 }
    let driver = ConsoleDriver(desk: desk)
    bulk(driver)
    #expect(driver.screen.contains("time unknown   rate limit not reported"))
  }

  // Messages

  @Test func aHoldIsNotClaimedAfterItsEnd() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("s 2")
    #expect(driver.status.contains("u undoes it"))
    driver.wait(milliseconds: 11_000)
    #expect(!driver.status.contains("u undoes it"))
  }

  @Test func aLongMessageGoesOnInTheRowOfHints() {
    let driver = ConsoleDriver()
    driver.queue.notify(
      .message(
        "Another sync of this account is running (process 6496, since 01:06:12); it goes on, and "
          + "nothing was started."))
    let rows = driver.settle().rows
    #expect(rows[22].contains("Another sync of this account"))
    #expect(rows[23].contains("nothing was started."))
    driver.press("j")
    #expect(driver.settle().rows[23].contains("j/k move"))
  }

  @Test func cutTextEndsInAnEllipsis() {
    let desk = FakeDesk()
    desk.rows[0].subject = String(repeating: "long ", count: 30)
    let driver = ConsoleDriver(desk: desk)
    let row = driver.settle().rows.first { $0.contains("48213") } ?? ""
    #expect(row.contains("…"))
  }

  // Help

  @Test func helpShowsThisPlaceFirstAndAllOnDemand() {
    let driver = ConsoleDriver()
    driver.press("?")
    #expect(driver.screen.contains("Keys here: Queue"))
    driver.type("/legend\n")
    driver.press("n")
    #expect(driver.settle().rows.contains { $0.hasPrefix("  Legend: signs") })
    driver.type("/Only in\n")
    #expect(driver.status.contains("no match for only in"))
    driver.press("?")
    driver.type("/Only in\n")
    #expect(!driver.status.contains("no match"))
    driver.type("/Not in this\n")
    #expect(!driver.status.contains("no match"))
  }

  @Test func helpWorksInBoxesAndLeavesThemAsTheyWere() {
    let driver = ConsoleDriver()
    driver.press("p ?")
    #expect(driver.screen.contains("HELP  Menu"))
    driver.press("q")
    #expect(driver.screen.contains("PRIORITY of #48213"))
    driver.press("Esc d ?")
    #expect(driver.screen.contains("HELP  Question"))
    driver.press("y")
    #expect(driver.desk.submissions.isEmpty)
    driver.press("q y")
    #expect(driver.desk.submissions.count == 1)
  }

  @Test func aPrefixListsWordsAndMarksItsEnd() {
    let driver = ConsoleDriver()
    driver.press("*")
    let hints = driver.settle().rows[23]
    #expect(hints.contains("u unassigned") && !hints.contains("mark-inverse"))
    let narrow = ConsoleDriver(Size(width: 50, height: 20))
    narrow.press("g")
    #expect(narrow.settle().rows[19].contains("…"))
  }

  @Test func theLegendIsOneKeyAway() {
    let driver = ConsoleDriver()
    driver.press("g l")
    #expect(driver.screen.contains("* unread") && driver.screen.contains("FR/RS"))
  }

  // Texts of one's own

  @Test func ownCannedRepliesWorkWithoutTheHelpdesks() {
    let desk = FakeDesk()
    desk.canned = []
    let none = ConsoleDriver(desk: desk)
    none.press("r")
    none.press("Ctrl-o")
    #expect(none.screen.contains("administrators only"))
    let driver = ConsoleDriver(
      desk: desk,
      settings: ConsoleSettings(replies: [
        Preferences.ReplyDefinition(
          name: "Log", text: "Hello {{ticket.requester.firstname}}, the log please.")
      ]))
    driver.press("r")
    driver.press("Ctrl-o Enter")
    #expect(driver.screen.contains("Hello Kenji, the log please."))
  }

  @Test func aMacroWithAReplyOpensTheReview() {
    let driver = ConsoleDriver(
      settings: ConsoleSettings(macros: [
        Preferences.MacroDefinition(
          name: "Ask for the log", status: "Pending",
          reply: "Hello {{ticket.requester.firstname}}, the log please.")
      ]))
    driver.press("j m 1")
    #expect(driver.state.place == .review)
    #expect(driver.screen.contains("Hello Kenji, the log please."))
    #expect(driver.desk.submissions.isEmpty)
    driver.press("y")
    guard case .reply(let id, let reply)? = driver.desk.submissions.first else {
      Issue.record("no reply")
      return
    }
    #expect(id == TicketID(48207) && reply.thenStatus == .pending)
  }

  // The thread

  @Test func messagesKeepTheirNumbersWhenSomeAreHidden() {
    let driver = ConsoleDriver(Size(width: 80, height: 40))
    driver.select(48207)
    driver.press("Enter z n")
    #expect(driver.screen.contains(" v 3 "))
    #expect(!driver.screen.contains(" v 1 "))
  }
}
