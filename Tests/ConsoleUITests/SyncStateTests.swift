import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// What the screen says about the state of the sync and of the helpdesk.
@Suite struct SyncStateTests {
  private func driver(
    _ size: Size = Size(width: 110, height: 20), isEmpty: Bool = false,
    _ change: (inout DeskStatus) -> Void
  ) -> ConsoleDriver {
    let desk = FakeDesk()
    change(&desk.status)
    if isEmpty { desk.rows = [] }
    return ConsoleDriver(size, desk: desk)
  }

  private let since = SampleDesk.now + -7200

  @Test func aHelpdeskThatFailsIsNeverOnline() {
    let driver = driver(Size(width: 100, height: 20)) {
      $0.link = .failing(since: since, reason: "the helpdesk failed with 500")
      $0.cachedAt = since
    }
    #expect(driver.screen.contains("the helpdesk failed with 500 since"))
    #expect(driver.screen.contains("cache 2 h old"))
    #expect(!driver.screen.contains("online 14"))
    #expect(!driver.screen.contains("14:09 ok"))
  }

  @Test func aReasonThatIsLongLeavesTheAge() {
    let driver = driver(Size(width: 80, height: 24)) {
      $0.link = .failing(
        since: since, reason: "the helpdesk has moved to https://new.example; connect again")
      $0.cachedAt = since
    }
    #expect(driver.screen.contains("failing since"))
    #expect(driver.screen.contains("cache 2 h old"))
  }

  @Test func aFirstSyncSaysHowFarItIsAndWhatItWaitsFor() {
    let driver = driver(isEmpty: true) {
      $0.link = .online
      $0.cachedAt = nil
      $0.syncing = "tickets 3000 of 12000, about 3 min left"
      $0.waitsUntil = SampleDesk.now + 40
    }
    #expect(driver.screen.contains("first sync: tickets 3000 of 12000, about 3 min left"))
    #expect(driver.screen.contains("waiting for the rate limit until"))
    #expect(!driver.screen.contains("no tickets in this view"))
  }

  @Test(arguments: [
    DeskStatus.Link.connecting, .online, .offline(since: SampleDesk.now + -60),
    .limited(until: SampleDesk.now + 3600), .failing(since: SampleDesk.now, reason: "no"),
    .signedOut,
  ])
  func anAccountThatWasNeverSyncedSaysSo(link: DeskStatus.Link) {
    let driver = driver(isEmpty: true) {
      $0.link = link
      $0.cachedAt = nil
      $0.syncing = nil
    }
    #expect(driver.screen.contains("never synced"))
    #expect(!driver.screen.contains("no tickets in this view"))
  }

  @Test func theRequestsThatWaitSayUntilWhen() {
    let driver = driver {
      $0.link = .online
      $0.waitsUntil = SampleDesk.now + 40
    }
    #expect(driver.screen.contains("waiting for the rate limit until"))
  }

  @Test func aReplyThatDidNotArriveSaysSo() {
    let desk = FakeDesk()
    let id = TicketID(48207)
    if let last = desk.details[id]?.entries.lastIndex(where: { $0.kind == .reply }) {
      desk.details[id]?.entries[last].failedEmails = ["kt@heliotech.io"]
    }
    let driver = ConsoleDriver(Size(width: 110, height: 60), desk: desk)
    driver.select(48207)
    driver.press("Enter")
    #expect(driver.screen.contains("NOT DELIVERED to kt@heliotech.io"))
  }

  @Test func aReplyToSomebodyWithoutAnAddressSaysThatNobodyIsMailed() {
    let desk = FakeDesk()
    let id = TicketID(48207)
    desk.details[id]?.requester?.email = nil
    desk.details[id]?.requester?.phone = "+81 3 5555 0100"
    desk.details[id]?.ticket.requester = nil
    let driver = ConsoleDriver(Size(width: 160, height: 40), desk: desk)
    driver.select(48207)
    driver.press("r")
    #expect(driver.screen.contains("nobody would be mailed"))
    #expect(driver.screen.contains("+81 3 5555 0100"))
  }
}
