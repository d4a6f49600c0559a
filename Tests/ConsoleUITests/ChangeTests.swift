import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

@Suite struct ChangeTests {
  private func updates(_ desk: FakeDesk) -> [(TicketID, UpdateContent)] {
    desk.submissions.compactMap {
      if case .update(let id, let update) = $0 { (id, update) } else { nil }
    }
  }

  @Test func onePrivateChangeActsAtOnceAndSaysHowToUndo() {
    let driver = ConsoleDriver()
    driver.press("p u")
    #expect(driver.status.contains("is priority Urgent already"))
    driver.press("p h")
    let sent = updates(driver.desk)
    #expect(sent.count == 1)
    #expect(sent.first?.1.change == TicketChange(priority: .high))
    #expect(sent.first?.1.before == TicketChange(priority: .urgent))
    #expect(driver.status.contains("u undoes it"))
  }

  @Test func resolvingAsksAndThenGoesToTheNextTicketAndSaysSo() {
    let driver = ConsoleDriver()
    driver.press("d")
    #expect(driver.screen.contains("RESOLVE #48213?"))
    #expect(driver.screen.contains("The customer may be mailed"))
    driver.press("y")
    #expect(updates(driver.desk).first?.1.change == TicketChange(status: .resolved))
    #expect(driver.status.contains("#48213 resolved"))
    #expect(driver.status.contains("now on #48207"))
    #expect(driver.state.queue.current?.id == TicketID(48207))
  }

  @Test func takingWhatAnotherHasNamesTheOwner() {
    let driver = ConsoleDriver()
    driver.select(48198)
    driver.press("A")
    #expect(driver.screen.contains("TAKE #48198 from Maria Keller?"))
    driver.press("n")
    #expect(driver.desk.submissions.isEmpty)
    driver.select(48190)
    driver.press("A")
    #expect(updates(driver.desk).map(\.0) == [TicketID(48190)])
  }

  @Test func statusMenuByDigit() {
    let driver = ConsoleDriver()
    driver.press("s 2")
    #expect(updates(driver.desk).first?.1.change == TicketChange(status: .pending))
  }

  @Test func tagsAreAddedAndRemoved() {
    let driver = ConsoleDriver()
    driver.type("t+vip -windows\n")
    #expect(updates(driver.desk).first?.1.change.tags == ["vpn", "vip"])
    #expect(updates(driver.desk).first?.1.before.tags == ["vpn", "windows"])
  }

  @Test func marksGoThroughThePlanAsOneBatch() {
    let driver = ConsoleDriver()
    driver.press("3 * a a")
    driver.type("mari")
    driver.press(.enter)
    #expect(driver.screen.contains("APPLY TO 8 TICKETS?"))
    #expect(driver.screen.contains("--  -> Maria Keller"))
    #expect(driver.screen.contains("rate limit 1842/2000"))
    #expect(driver.desk.submissions.isEmpty)
    driver.press("y")
    #expect(driver.desk.submittedTogether.map(\.count) == [8])
    #expect(updates(driver.desk).allSatisfy { $0.1.change.agentID == .some(AgentID(2)) })
    #expect(driver.status.contains("u undoes all"))
    #expect(driver.state.queue.marks.isEmpty)
    driver.press("u")
    #expect(driver.desk.undone.count == 1)
    if case .batch? = driver.desk.undone.first {} else { Issue.record("not the whole batch") }
    #expect(driver.desk.items.isEmpty)
  }

  @Test func theQueueAnswersKeysWhileABatchRuns() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("3 * a a")
    driver.type("mari")
    driver.press("Enter y")
    driver.press("j j")
    #expect(driver.state.queue.cursor == 2)
    #expect(driver.screen.contains("bulk 0/8"))
    let batch = driver.desk.batches.keys.first ?? BatchID(0)
    driver.desk.items = Array(driver.desk.items.prefix(2))
    driver.desk.batches[batch] = BatchProgress(
      batch: batch, total: 8, sent: 6, waiting: 0, failed: 2, undone: 0)
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(driver.status.contains("bulk done: 6 of 8, 2 failed"))
    driver.press("* r")
    #expect(driver.state.queue.marks.count == 2)
  }

  @Test func aRefusalIsSaidInTheVendorsWords() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("p l")
    driver.desk.items[0].state = .failed
    driver.desk.items[0].problem = "You are not allowed to do this"
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(
      driver.status.hasPrefix(
        "#48213 priority Low was refused: You are not allowed to do this; nothing was changed"))
    driver.press("j")
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(!driver.status.contains("refused"))
  }

  /// The value before the newer change was an own one that was refused as well.
  @Test func aRefusalOverARefusalDoesNotSayThatTheRefusedValueIsBack() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("p l p h")
    for index in driver.desk.items.indices { driver.desk.items[index].state = .failed }
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(driver.status.contains("#48213 priority High was refused"), "\(driver.status)")
    #expect(driver.status.contains("nothing was changed"), "\(driver.status)")
    #expect(!driver.status.contains("is back"), "\(driver.status)")
  }

  @Test func aBulkActionNamesItsFirstRefusal() {
    let driver = ConsoleDriver(Size(width: 160, height: 40))
    driver.press("3 * a a")
    driver.type("mari")
    driver.press("Enter y")
    let batch = driver.desk.batches.keys.first ?? BatchID(0)
    driver.desk.items = Array(driver.desk.items.prefix(2))
    for index in 0..<2 {
      driver.desk.items[index].state = .failed
      driver.desk.items[index].problem = "agent is not in the group"
    }
    let first = driver.desk.items[0].ticketID
    driver.desk.batches[batch] = BatchProgress(
      batch: batch, total: 8, sent: 6, waiting: 0, failed: 2, undone: 0)
    driver.queue.notify(.outboxChanged)
    driver.settle()
    #expect(
      driver.status.contains(
        "bulk done: 6 of 8, 2 failed (#\(first): agent is not in the group; and 1 more), "
          + "nothing was changed there"), "\(driver.status)")
  }

  @Test func singleTicketsAreDroppedFromThePlan() {
    let driver = ConsoleDriver()
    driver.press("3 * a a")
    driver.type("mari")
    driver.press("Enter j - y")
    #expect(driver.desk.submissions.count == 7)
    #expect(!driver.desk.submissions.map(\.ticketID).contains(TicketID(48190)))
  }

  @Test func ticketsThatAreSoAlreadyAreLeftOut() {
    let driver = ConsoleDriver()
    driver.press("* a a")
    driver.type("mari")
    driver.press("Enter")
    #expect(driver.screen.contains("left out: 3 tickets assigned to Maria Keller already"))
    driver.press("y")
    #expect(driver.desk.submissions.count == 15)
  }

  @Test func aBulkCloseAlwaysWantsTheNumber() {
    let driver = ConsoleDriver()
    driver.press("x j x s 4")
    #expect(driver.state.place == .plan)
    #expect(driver.screen.contains("The customers may be mailed"))
    driver.type("y")
    #expect(driver.desk.submissions.isEmpty)
    driver.type("2y")
    #expect(driver.desk.submissions.count == 2)
  }

  @Test func withTheFocusInTheThreadOnlyTheOpenTicketIsHit() {
    let driver = ConsoleDriver()
    driver.press("x j x j l p l")
    #expect(updates(driver.desk).map(\.0) == [TicketID(48198)])
  }

  @Test func roundRobinSharesOutInTheGroup() {
    let driver = ConsoleDriver()
    driver.press("3 * a a")
    driver.type("#net")
    driver.press("Ctrl-r y")
    let agents = updates(driver.desk).compactMap { $0.1.change.agentID ?? nil }
    #expect(agents.count == 8)
    #expect(Set(agents) == [AgentID(2), AgentID(3)])
    #expect(agents.filter { $0 == AgentID(2) }.count == 4)
  }

  @Test(arguments: [
    ("assign maria", TicketChange(agentID: .some(AgentID(2)))),
    ("assign #network", TicketChange(groupID: .some(GroupID(10)))),
    ("assign nobody", TicketChange(agentID: .some(nil))),
    ("status pending", TicketChange(status: .pending)),
    ("priority high", TicketChange(priority: .high)),
    ("type question", TicketChange(type: .some("Question"))),
  ]) func commandsWithArguments(line: String, change: TicketChange) {
    let desk = FakeDesk()
    let id = TicketID(48213)
    desk.details[id]?.ticket.groupID = nil
    let driver = ConsoleDriver(desk: desk)
    driver.type(":\(line)\n")
    #expect(updates(driver.desk).map(\.1.change) == [change])
  }

  @Test func anUnknownCommandStaysOnTheLineAndSaysSo() {
    let driver = ConsoleDriver()
    driver.type(":explode\n")
    #expect(driver.state.place == .command)
    #expect(driver.screen.contains("there is no command explode"))
    driver.press(.escape)
    driver.type(":assign m\n")
    #expect(driver.screen.contains("\"m\" is not exactly one agent"))
  }

  @Test func undoWithNothingDoneSaysSo() {
    let driver = ConsoleDriver()
    driver.press("u")
    #expect(driver.status.contains("nothing to undo"))
  }
}
