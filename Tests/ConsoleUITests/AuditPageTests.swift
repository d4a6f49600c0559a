import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal
import Testing

/// The audit log on screen.
@Suite struct AuditPageTests {
  private func desk(records: Int) -> FakeDesk {
    let desk = FakeDesk()
    desk.auditRecords = (1...records).reversed().map { number in
      AuditRecord(
        number: number, at: SampleDesk.now + Int64(number - records) * 600,
        action: number % 3 == 0 ? .outcome : number % 3 == 1 ? .decision : .intent, who: "acme",
        sentence: "Robin Vale record \(number) on ticket #48207 (write \(number))")
    }
    desk.verdict = .success(.good(count: records))
    return desk
  }

  @Test(arguments: GoldenFrameTests.sizes) func page(size: Size) {
    let driver = ConsoleDriver(size, desk: desk(records: 40))
    driver.press("g A j")
    expectFrame(driver.settle(), named: "audit-\(size.width)x\(size.height)")
  }

  @Test func newestFirstAndVerified() {
    let driver = ConsoleDriver(desk: desk(records: 3))
    driver.type(":audit\n")
    let rows = driver.settle().rows
    #expect(rows[0].contains("verified: 3 records, the chain is whole"))
    #expect(rows[2].contains("record 3"))
    #expect(rows[4].contains("record 1"))
  }

  @Test func olderRecordsAreReadBeforeTheEndIsReached() {
    let driver = ConsoleDriver(desk: desk(records: 450))
    driver.press("g A")
    #expect(driver.state.audit.records.count == 200)
    driver.press("G G G")
    #expect(driver.state.audit.records.count == 450)
    #expect(driver.screen.contains("record 1 "))
    let reads = driver.desk.auditReads
    driver.press("k j G")
    #expect(driver.desk.auditReads == reads)
  }

  @Test func aBrokenChainIsSaidInWords() {
    let desk = desk(records: 5)
    desk.verdict = .success(.broken(at: 2))
    let driver = ConsoleDriver(desk: desk)
    driver.press("g A")
    #expect(driver.screen.contains("NOT VERIFIED: broken at record 2"))
    #expect(driver.screen.contains("/profile/audit.log"))
    desk.verdict = .success(.tailMissing(have: 3, want: 5))
    driver.press("R")
    #expect(driver.screen.contains("NOT VERIFIED: 3 of 5 records left"))
  }

  @Test func whyNothingIsSentStandsOverTheRecords() {
    let desk = desk(records: 5)
    desk.status.sendingProblem = "The audit log cannot be written. Nothing was sent."
    let driver = ConsoleDriver(desk: desk)
    driver.press("g A")
    let rows = driver.settle().rows
    #expect(rows[2].contains("The audit log cannot be written. Nothing was sent."))
    #expect(rows[3].contains("record 5"))
    #expect(driver.status.contains("SENDING BLOCKED"))
  }

  @Test func enterShowsTheWholeRecord() {
    let driver = ConsoleDriver(desk: desk(records: 5))
    driver.press("g A j Enter")
    #expect(driver.screen.contains("AUDIT RECORD 4"))
    #expect(driver.screen.contains("decision"))
  }

  @Test func theCursorStaysOnItsRecordWhenNewOnesCome() {
    let desk = desk(records: 30)
    let driver = ConsoleDriver(desk: desk)
    driver.press("g A j j")
    desk.auditRecords.insert(
      AuditRecord(
        number: 31, at: SampleDesk.now, action: .brake, who: "acme", sentence: "new one"), at: 0)
    driver.queue.notify(.outboxChanged)
    driver.settle()
    driver.press(.enter)
    #expect(driver.screen.contains("AUDIT RECORD 28"))
  }
}
