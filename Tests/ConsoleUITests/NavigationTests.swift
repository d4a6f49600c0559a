import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Every page that is entered is left again to where the user came from.
@Suite struct NavigationTests {
  private func cursor(_ driver: ConsoleDriver) -> Int64? {
    driver.state.queue.current?.id.rawValue
  }

  @Test func repeatingGivesTheSameValueWithoutTheMenu() {
    let driver = ConsoleDriver()
    driver.press("p h j .")
    #expect(driver.state.dialogs.isEmpty)
    #expect(driver.desk.submissions.count == 1)
    driver.press("j .")
    let changed = driver.desk.submissions.map(\.ticketID)
    #expect(changed == [TicketID(48213), TicketID(48198)] || changed.count >= 1)
    driver.press("s 2 j .")
    let statuses = driver.desk.submissions.compactMap { submission -> TicketStatus? in
      if case .update(_, let content) = submission { content.change.status } else { nil }
    }
    #expect(statuses == [.pending, .pending])
  }

  @Test func repeatingTagsAndAssignmentsKeepsTheirValue() {
    let driver = ConsoleDriver()
    driver.type("t+vip\n")
    driver.press("j .")
    driver.press("a")
    driver.type("tom")
    driver.press("Enter j .")
    let changes = driver.desk.submissions.compactMap { submission -> (TicketID, TicketChange)? in
      if case .update(let id, let content) = submission { (id, content.change) } else { nil }
    }
    #expect(
      changes.map(\.1.tags) == [["vpn", "windows", "vip"], ["vpn", "windows", "vip"], nil, nil])
    #expect(changes.suffix(2).map(\.1.agentID) == [.some(AgentID(3)), .some(AgentID(3))])
    #expect(Set(changes.map(\.0)).count == 3)
    #expect(driver.state.dialogs.isEmpty)
  }

  @Test func aMenuThatWasLeftIsNotRepeated() {
    let driver = ConsoleDriver()
    driver.press("p h s Esc j .")
    let changes = driver.desk.submissions.compactMap { submission -> TicketChange? in
      if case .update(_, let content) = submission { content.change } else { nil }
    }
    #expect(changes.allSatisfy { $0.status == nil })
    #expect(driver.state.dialogs.isEmpty)
  }

  @Test func marksOfUnassignedStayInTheView() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("2 * u")
    #expect(driver.state.queue.marks.isEmpty)
    #expect(driver.status.contains("no ticket of this view is without an agent"))
    driver.press("* o")
    #expect(driver.state.queue.marks == [TicketID(48213)])
    #expect(driver.state.queue.hiddenMarks == 0)
  }

  @Test func quittingALevelLeadsBackFromEveryEnteredPage() {
    let driver = ConsoleDriver(Size(width: 120, height: 40))
    driver.press("3 j")
    let here = cursor(driver)
    for keys in ["g c", "g C", "g o", "g d", "g s", "g A", "g v", "?"] {
      driver.press(keys)
      #expect(!driver.state.isAtRoot, "\(keys)")
      driver.press("q")
      #expect(!driver.state.isQuitting, "\(keys)")
      #expect(driver.state.queue.name == "Unassigned" && cursor(driver) == here, "\(keys)")
      #expect(driver.state.isAtRoot, "\(keys)")
      driver.press(keys)
      driver.press("Esc")
      #expect(driver.state.isAtRoot && cursor(driver) == here, "\(keys)")
    }
    driver.type("\\")
    driver.press("Ctrl-u")
    driver.type("agent:none\n")
    #expect(driver.state.queue.name == "query")
    driver.press("q")
    #expect(driver.state.queue.name == "Unassigned" && cursor(driver) == here)
  }

  @Test func aPageOverAPageLeadsBackToIt() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o j ?")
    #expect(driver.state.screen == .help)
    driver.press("q")
    #expect(driver.state.screen == .outbox && driver.state.outbox.current?.id == WriteID(2))
    driver.press("o")
    #expect(driver.state.focus == .thread && driver.state.screen == .desk)
    driver.press("q")
    #expect(driver.state.screen == .outbox && driver.state.outbox.current?.id == WriteID(2))
    driver.press("q")
    #expect(driver.state.isAtRoot)
  }

  @Test func homeLeadsToTheViewFromAnyDepth() {
    let driver = ConsoleDriver()
    driver.press("3 g c g o g s g q")
    #expect(driver.state.isAtRoot && driver.state.queue.name == "Unassigned")
  }

  @Test func leavingTheProgramAsksWhereTheSettingsWantIt() {
    let driver = ConsoleDriver(settings: ConsoleSettings(confirmsQuit: true))
    driver.press("q")
    #expect(driver.screen.contains("QUIT?") && !driver.state.isQuitting)
    driver.press("n Q Esc")
    #expect(!driver.state.isQuitting)
    driver.press("q y")
    #expect(driver.state.isQuitting)
    let plain = ConsoleDriver()
    plain.press("q")
    #expect(plain.state.isQuitting)
  }

  @Test func backChangesBetweenTwoPlaces() {
    let driver = ConsoleDriver()
    driver.press("2 3 j -")
    #expect(driver.state.queue.name == "Mine")
    driver.press("-")
    #expect(driver.state.queue.name == "Unassigned" && driver.state.queue.cursor == 1)
    driver.press("-")
    #expect(driver.state.queue.name == "Mine")
  }

  @Test func viewKeysInTheThreadGoToTheQueue() {
    let driver = ConsoleDriver()
    driver.press("Enter 3")
    #expect(driver.state.focus == .queue && driver.state.queue.name == "Unassigned")
    #expect(driver.state.thread.ticketID == driver.state.queue.current?.id)
    driver.press("Enter ]")
    #expect(driver.state.focus == .queue && driver.state.queue.name == "Overdue")
    driver.press("Enter -")
    #expect(driver.state.queue.name == "Unassigned")
  }

  // Search results

  @Test func searchResultsAreAPlaceToWorkThrough() {
    let driver = ConsoleDriver()
    driver.press("g /")
    driver.type("invoice\n")
    #expect(driver.state.screen == .hits)
    let hits = driver.state.hitNumbers
    guard hits.count == 2 else {
      Issue.record("\(hits.count) results")
      return
    }
    driver.press("Enter")
    #expect(driver.state.thread.ticketID == hits[0])
    #expect(driver.screen.contains("result 1/2"))
    driver.press("J")
    #expect(driver.state.thread.ticketID == hits[1])
    #expect(driver.screen.contains("result 2/2"))
    driver.press("J")
    #expect(driver.status.contains("this is the last result"))
    driver.press("q")
    #expect(driver.state.screen == .hits)
    driver.press("k Enter")
    #expect(driver.state.thread.ticketID == hits[0])
    driver.press("q q")
    #expect(driver.state.isAtRoot && !driver.state.isQuitting)
  }

  @Test func theThreadOpensAtTheTextThatWasFound() {
    let desk = FakeDesk()
    desk.details[TicketID(48207)]?.entries.append(
      contentsOf: (0..<40).map { index in
        ThreadEntry(
          id: ConversationID(Int64(200 + index)), kind: .reply, authorID: 2,
          authorName: "Maria Keller", createdAt: SampleDesk.now,
          text: index == 20 ? "the VPN drops again" : "nothing of interest \(index)")
      })
    desk.details[TicketID(48207)]?.entries.removeFirst()
    let driver = ConsoleDriver(desk: desk)
    driver.press("g /")
    driver.type("VPN drops\n")
    driver.press("Enter")
    #expect(driver.screen.contains("the VPN drops again"))
    #expect(driver.status.contains("1 of 1 matches"))
  }

  @Test func theSearchPromptBeginsEmptyAndUpBringsTheLastOne() {
    let driver = ConsoleDriver()
    driver.press("g /")
    driver.type("API\n")
    driver.press("q g /")
    driver.type("VPN")
    guard case .line(let line)? = driver.state.dialogs.last else {
      Issue.record("no prompt")
      return
    }
    #expect(line.field.text == "VPN")
    driver.press("Up")
    guard case .line(let earlier)? = driver.state.dialogs.last else { return }
    #expect(earlier.field.text == "API")
    driver.press("Down")
    guard case .line(let own)? = driver.state.dialogs.last else { return }
    #expect(own.field.text == "VPN")
  }

  // Tickets that are not there

  @Test func aNumberTheHelpdeskDoesNotKnowSaysSoAndLeadsBack() {
    let desk = FakeDesk()
    desk.refreshFailure = CallFailure("The helpdesk does not know ticket #999999.")
    let driver = ConsoleDriver(desk: desk)
    driver.press("j")
    driver.type("#999999\n")
    #expect(driver.status.contains("#999999 cannot be opened"))
    #expect(driver.state.isAtRoot && cursor(driver) == 48207)
  }

  @Test func offlineAnUncachedNumberSaysWhy() {
    let desk = FakeDesk()
    desk.status.link = .offline(since: SampleDesk.now)
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.type("#999999\n")
    #expect(driver.status.contains("#999999 is not in the cache and cannot be fetched: offline"))
    #expect(driver.state.isAtRoot)
  }

  // Numbers

  @Test func countsThatAreBoundsSaySo() {
    let desk = FakeDesk()
    desk.countLimit = 10
    let driver = ConsoleDriver(Size(width: 200, height: 50), desk: desk)
    #expect(driver.screen.contains("1 All 10+"))
    // All rows have been read, so their number is known.
    #expect(driver.status.contains("1/18"))
    #expect(driver.screen.contains("-- end (18) --"))
    driver.press("G")
    #expect(driver.status.contains("18/18"))
  }

  @Test func aWindowOnManyRowsSaysAtLeast() {
    let desk = FakeDesk()
    desk.rows = (0..<3000).map { index in
      var row = SampleDesk.rows[index % 18]
      row.id = TicketID(Int64(100_000 + index))
      row.position = QueuePosition(key: Int64(index), id: row.id)
      return row
    }
    desk.countLimit = 1000
    let driver = ConsoleDriver(Size(width: 120, height: 40), desk: desk)
    driver.press("j j")
    #expect(driver.status.contains("3 of at least 1000"))
    for _ in 0..<100 { driver.press("Ctrl-f") }
    let rank = driver.state.queue.rank ?? 0
    #expect(rank > 1000)
    let total = driver.state.queue.knownTotal
    #expect(total.map { $0.value >= rank && !$0.isExact } == true)
    driver.press("G")
    #expect(driver.status.contains("of at least 1000"))
  }

  // The sidebar

  @Test func theSidebarHasACursorAndOpensRecentTickets() {
    let driver = ConsoleDriver(Size(width: 200, height: 50))
    driver.press("Enter l")
    #expect(driver.state.focus == .sidebar)
    driver.type("/API returns\n")
    driver.press("Enter")
    #expect(driver.state.thread.ticketID == TicketID(48171))
    driver.press("q q")
    #expect(driver.state.thread.ticketID == TicketID(48213))
  }

  @Test func theOutboxIsSearchedAsItIsShown() {
    let driver = ConsoleDriver(desk: SampleOutbox.desk())
    driver.press("g o")
    driver.type("/maria\n")
    #expect(driver.state.outbox.current?.id == WriteID(5))
    driver.type("/nowhere\n")
    #expect(driver.status.contains("no match for nowhere"))
  }
}
