import ConsoleModel
import Helpdesk
import Synchronization
import Testing

/// What a sync does when a part of the helpdesk fails: the rest is read and kept, and the part is
/// named.
@Suite struct BrokenPartTests {
  private let now = CacheFixture.noon

  private func engine(
    _ fixture: CacheFixture, _ helpdesk: ScriptedHelpdesk, clock: JumpingClock = JumpingClock()
  ) -> SyncEngine {
    SyncEngine(
      store: fixture.store, helpdesk: helpdesk, capabilities: helpdesk.capabilities,
      lockPath: fixture.folder.appending(path: "sync.lock").path, clock: clock)
  }

  private func world(_ count: Int64 = 3) -> ScriptedHelpdesk {
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.put((1...count).map { .sample($0, updatedAt: now + $0) })
      for id in 1...count { world.threads[id] = [.sample(100 + id, on: id)] }
    }
    return helpdesk
  }

  /// An error that never goes away.
  private func fail(_ helpdesk: ScriptedHelpdesk, _ names: String..., with error: HelpdeskError) {
    helpdesk.change { world in
      for name in names { world.failures[name] = Array(repeating: error, count: 500) }
    }
  }

  @Test(arguments: [
    ("companies", "companies"), ("contacts", "contacts"), ("canned", "canned responses"),
    ("groups", "groups"), ("agents", "agents"), ("fields", "ticket fields"),
    ("me", "own account"), ("ratings", "satisfaction ratings"),
  ])
  func aListThatFailsIsNamedAndTheTicketsAreRead(call: String, part: String) async throws {
    let fixture = try CacheFixture()
    let helpdesk = world()
    fail(helpdesk, call, with: .serverFailure(status: 500))
    let engine = engine(fixture, helpdesk)
    let report = try await engine.run()
    #expect(report.failures.map(\.part) == [part])
    #expect(report.failures.first?.reason == "the helpdesk failed with 500")
    let reader = try fixture.reader()
    #expect(try reader.ticketCount() == 3)
    #expect(try reader.messageCount() == 6)
    #expect(try reader.syncFailures().map(\.part) == [part])

    helpdesk.change { $0.failures = [:] }
    #expect(try await engine.run().failures == [])
    #expect(try reader.syncFailures() == [])
  }

  @Test(arguments: [
    HelpdeskError.serverFailure(status: 503), .forbidden(message: "Your account is suspended."),
    .unreadableAnswer(reason: "a web page came instead of data"),
    .refused(status: 400, message: "no", fields: []),
  ])
  func ticketsThatCannotBeReadAreAFailureThatLasts(error: HelpdeskError) async throws {
    let fixture = try CacheFixture()
    let helpdesk = world()
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run()
    let reader = try fixture.reader()
    let synced = try #require(try reader.lastSync())
    fail(helpdesk, "tickets", with: error)
    fixture.advance(60)
    let report = try await engine.run()
    fixture.advance(60)
    _ = try await engine.run()
    let failure = try #require(try reader.syncFailures().first)
    #expect(failure.concernsTickets)
    #expect(failure.reason == error.explanation)
    #expect(failure.since == Timestamp(now + 60))
    #expect(failure.latest == Timestamp(now + 120))
    #expect(report.failures.map(\.part) == ["tickets"])
    // The age of the data stays what it is.
    #expect(try reader.lastSync() == synced)
  }

  @Test(arguments: [
    HelpdeskError.notSignedIn, .offline(reason: "no network"),
    .moved(to: "https://new.freshdesk.com"),
  ])
  func whatConcernsTheAccountEndsTheSyncAndIsKept(error: HelpdeskError) async throws {
    let fixture = try CacheFixture()
    let helpdesk = world()
    fail(helpdesk, "tickets", "me", with: error)
    await #expect(throws: SyncError.self) { try await engine(fixture, helpdesk).run() }
    let failure = try #require(try fixture.reader().syncFailures().first)
    #expect(failure.concernsTickets)
    #expect(failure.reason == error.explanation)
  }

  @Test func aThreadThatCannotBeReadIsNamedAndTheOthersAreKept() async throws {
    let fixture = try CacheFixture()
    let helpdesk = world(30)
    helpdesk.change { world in
      world.before = { call, world in
        world.failures["conversations"] =
          call == "conversations 3 1" ? [.serverFailure(status: 500)] : nil
      }
    }
    let clock = JumpingClock()
    let engine = engine(fixture, helpdesk, clock: clock)
    let report = try await engine.run()
    #expect(
      report.unreadThreads == [
        ThreadFailure(ticketID: TicketID(3), reason: "the helpdesk failed with 500")
      ])
    #expect(report.failures == [])
    let reader = try fixture.reader()
    #expect(try reader.messageCount() == 59)
    #expect(try reader.threadFailures().map(\.ticketID) == [TicketID(3)])

    // Not again at once, but later; and then it is no failure any more.
    helpdesk.change { $0.calls = [] }
    #expect(try await engine.run().unreadThreads == [])
    #expect(!helpdesk.calls.contains("conversations 3 1"))
    helpdesk.change { $0.before = { _, _ in } }
    fixture.advance(1000)
    _ = try await engine.run()
    #expect(try reader.messageCount() == 60)
    #expect(try reader.threadFailures() == [])
  }

  @Test func aHelpdeskThatServesNoThreadIsNotAskedForAll() async throws {
    let fixture = try CacheFixture()
    let helpdesk = world(200)
    fail(helpdesk, "conversations", with: .serverFailure(status: 500))
    let report = try await engine(fixture, helpdesk).run(SyncOptions(threadsInFlight: 4))
    #expect(report.failures.map(\.part) == ["conversations"])
    #expect(helpdesk.calls.filter { $0.hasPrefix("conversations") }.count < 80)
    #expect(try fixture.reader().ticketCount() == 200)
  }

  @Test func largeTicketsComeInSmallPagesAndTheirWordsWithTheThread() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.perPage = 50
      world.put((1...200).map { .sample($0, subject: "s\($0)", updatedAt: now + $0 / 3) })
      world.largeTickets = [17, 18, 120]
    }
    let engine = engine(fixture, helpdesk)
    let report = try await engine.run()
    #expect(report.failures == [])
    #expect(report.tickets == 200)
    let reader = try fixture.reader()
    #expect(try reader.ticketCount() == 200)
    #expect(try reader.detail(TicketID(17))?.entries.first?.text == "zq")
    // Behind them the pages are large again.
    let lists = helpdesk.calls.filter { $0.hasPrefix("tickets") }
    #expect(lists.last?.contains("of") == false)
    helpdesk.change { [now] world in
      world.calls = []
      world.put([.sample(5, subject: "later", updatedAt: now + 500)])
    }
    _ = try await engine.run()
    #expect(try reader.ticket(TicketID(5))?.subject == "later")
  }

  @Test func aCutAmongLargeTicketsInOneSecondLosesNone() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.perPage = 50
      world.put((1...180).map { .sample($0, updatedAt: now) })
      world.largeTickets = [60, 61]
      world.before = { call, world in
        if call.hasSuffix("8 of 10 without words") {
          world.failures["tickets"] = [.offline(reason: "cut")]
        }
      }
    }
    let engine = engine(fixture, helpdesk)
    await #expect(throws: SyncError.self) { try await engine.run() }
    helpdesk.change { world in
      world.failures = [:]
      world.before = { _, _ in }
    }
    _ = try await engine.run()
    #expect(try fixture.reader().ticketCount() == 180)
  }
}
