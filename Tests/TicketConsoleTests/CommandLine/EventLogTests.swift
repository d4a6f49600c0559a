import ConsoleTestSupport
import Testing

@testable import TicketConsole

@Suite struct EventLogTests {
  private let folder = TemporaryFolder()

  private func lines() -> [Substring] {
    String(decoding: folder.contents("log") ?? [], as: UTF8.self).split(separator: "\n")
  }

  @Test func onlyWhatTheLevelWantsIsWritten() {
    let log = EventLog(path: folder.file("log"), level: .warning, clock: ManualClock())
    log.write(.error, "one")
    log.write(.warning, "two")
    log.write(.info, "three")
    #expect(lines().count == 2)
    #expect(lines().first?.hasSuffix("] one") == true)
  }

  @Test func anEventStaysOnItsLine() {
    let log = EventLog(path: folder.file("log"), level: .info, clock: ManualClock())
    log.write(.info, "a\nb\u{1B}[2J\u{9B}c")
    #expect(lines().count == 1)
    #expect(lines().first?.hasSuffix("] a b [2J c") == true)
  }

  @Test func aLogThatCannotBeWrittenStopsNothing() {
    EventLog(path: "/nonexistent/log", level: .debug, clock: ManualClock()).write(.error, "x")
    #expect(lines().isEmpty)
  }

  @Test func aFailingCommandLeavesALineWithoutItsKey() throws {
    let desk = try CommandDesk.ready(isSynced: false)
    desk.server.stop()
    #expect(try desk.run("sync").code == 6)
    let log = String(
      decoding: desk.folder.contents("profile/ticket-console.log") ?? [], as: UTF8.self)
    #expect(log.contains("sync ended with code 6"))
    #expect(!log.contains(desk.server.agents[0].apiKey))
  }
}
