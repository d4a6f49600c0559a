import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// Several changes in one step, from the settings.
@Suite struct MacroTests {
  private func driver(_ macros: Preferences.MacroDefinition...) -> ConsoleDriver {
    ConsoleDriver(
      Size(width: 120, height: 40), settings: ConsoleSettings(typedNumberAbove: 2, macros: macros))
  }

  private func updates(_ desk: FakeDesk) -> [(TicketID, UpdateContent)] {
    desk.submissions.compactMap {
      if case .update(let id, let update) = $0 { (id, update) } else { nil }
    }
  }

  private let network = Preferences.MacroDefinition(
    name: "To the network", status: "pending", priority: "low", agent: "none", group: "mail-team",
    tags: ["vpn", "-windows"])

  @Test func allItsChangesLeaveInOneWrite() throws {
    let driver = driver(network)
    driver.press("m")
    #expect(driver.screen.contains("MACRO for #48213"))
    #expect(driver.screen.contains("set to Pending, priority Low, given to #Mail-team"))
    driver.press("1")
    let sent = updates(driver.desk)
    #expect(sent.count == 1)
    let change = try #require(sent.first?.1.change)
    #expect(change.status == .pending && change.priority == .low)
    #expect(change.groupID == .some(GroupID(11)))
    #expect(change.tags == ["vpn"])
    #expect(sent.first?.1.before.tags == ["vpn", "windows"])
    #expect(driver.status.contains("#48213 changed by To the network"))
    #expect(driver.status.contains("u undoes it"))
  }

  @Test func marksGoThroughAPlanThatNamesEveryField() {
    let driver = driver(network)
    driver.press("Space Space m 1")
    #expect(driver.screen.contains("APPLY TO 2 TICKETS?"))
    for field in ["status", "priority", "group", "tags"] {
      #expect(driver.settle().rows.contains { $0.contains("│ \(field) ") && $0.contains(" -> ") })
    }
    driver.press("y")
    #expect(updates(driver.desk).count == 2)
  }

  @Test func whatMayMailTheCustomerAsks() {
    let driver = driver(.init(name: "Thanks", status: "Resolved", tags: ["thanks"]))
    driver.press("m")
    #expect(driver.screen.contains("asks: the customer may be mailed"))
    driver.press("Enter")
    #expect(driver.screen.contains("RESOLVE #48213?"))
    #expect(driver.screen.contains("tags      vpn windows -> vpn windows thanks"))
    #expect(updates(driver.desk).isEmpty)
    driver.press("y")
    #expect(updates(driver.desk).first?.1.change.status == .resolved)
  }

  @Test(arguments: [
    (Preferences.MacroDefinition(name: "x", status: "Gone"), "there is no status \"Gone\""),
    (.init(name: "x", priority: "Huge"), "there is no priority \"Huge\""),
    (.init(name: "x", agent: "Nobody"), "there is no agent \"Nobody\""),
    (.init(name: "x", group: "Nowhere"), "there is no group \"Nowhere\""),
    (.init(name: "x", type: "Poem"), "there is no type \"Poem\""),
  ])
  func anUnknownWordIsNamedAndChangesNothing(
    _ macro: Preferences.MacroDefinition, _ sentence: String
  ) {
    let driver = driver(macro)
    driver.press("m 1")
    #expect(driver.status.contains(sentence))
    #expect(updates(driver.desk).isEmpty)
  }

  @Test func meIsTheOneWhoPressesTheKey() {
    let driver = driver(.init(name: "Mine", agent: "me"))
    driver.select(48190)
    driver.press("m 1")
    #expect(updates(driver.desk).first?.1.change.agentID == .some(AgentID(1)))
  }

  @Test func withoutMacrosItSaysHowToMakeOne() {
    let driver = driver()
    driver.press("m")
    #expect(driver.status.contains("[[macros]] in the settings makes one"))
  }
}
