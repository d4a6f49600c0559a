import ConsoleModel
import Helpdesk
import Synchronization
import Testing

/// Where the sync goes on: by the helpdesk's clock, and without reading again what is known.
@Suite struct WatermarkTests {
  private let now = CacheFixture.noon

  private func engine(
    _ fixture: CacheFixture, _ helpdesk: ScriptedHelpdesk, clock: JumpingClock = JumpingClock()
  ) -> SyncEngine {
    SyncEngine(
      store: fixture.store, helpdesk: helpdesk, capabilities: helpdesk.capabilities,
      lockPath: fixture.folder.appending(path: "sync.lock").path, clock: clock)
  }

  private func listCalls(_ helpdesk: ScriptedHelpdesk) -> Int {
    helpdesk.calls.filter { $0.hasPrefix("tickets") }.count
  }

  @Test(arguments: [true, false])
  func aSecondWithThousandsOfTicketsCostsOneCallWhenNothingHasChanged(sinceIsExclusive: Bool)
    async throws
  {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.perPage = 100
      world.sinceIsExclusive = sinceIsExclusive
      world.put((1...2500).map { .sample($0, status: .closed, updatedAt: now) })
    }
    let engine = engine(fixture, helpdesk)
    #expect(try await engine.run().tickets == 2500)
    helpdesk.change { $0.calls = [] }
    #expect(try await engine.run().tickets == 0)
    #expect(listCalls(helpdesk) <= 2)
    for _ in 0..<3 {
      helpdesk.change { $0.calls = [] }
      #expect(try await engine.run().tickets == 0)
      #expect(listCalls(helpdesk) == 1)
    }
    helpdesk.change { [now] world in
      world.put([.sample(7, subject: "late", updatedAt: now + 1)])
    }
    #expect(try await engine.run().tickets == 1)
    #expect(try fixture.reader().ticket(TicketID(7))?.subject == "late")
  }

  @Test func aTicketFromTheFutureHidesNothingThatIsChangedLater() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.serverTime = Timestamp(now + 100)
      world.put((1...5).map { .sample($0, updatedAt: now + $0) })
      // More than a page of them.
      world.put((50...90).map { .sample($0, updatedAt: now + 90_000) })
    }
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run()
    #expect(try fixture.reader().ticketCount() == 46)
    helpdesk.change { [now] world in
      world.serverTime = Timestamp(now + 200)
      world.put([.sample(2, subject: "changed", updatedAt: now + 150)])
    }
    #expect(try await engine.run().tickets == 1)
    #expect(try fixture.reader().ticket(TicketID(2))?.subject == "changed")
  }

  /// As an earlier version left it: the place lies years ahead.
  @Test func aPlaceAheadOfTheServersClockIsGivenUp() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.serverTime = Timestamp(now + 100)
      world.put((1...25).map { .sample($0, updatedAt: now + $0) })
    }
    try await fixture.store.markSynced(tickets: Timestamp(now + 100_000_000))
    _ = try await engine(fixture, helpdesk).run()
    #expect(try fixture.reader().ticketCount() == 25)
  }

  @Test(arguments: [-86_400, -1200, 0, 1200, 86_400])
  func aRemovedTicketLeavesWhateverTheMachinesClockSays(ahead: Int64) async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    let clock = JumpingClock()
    helpdesk.change { [now] world in
      world.serverTime = Timestamp(now - ahead)
      world.put((1...3).map { .sample($0, updatedAt: now - ahead - 5000 + $0) })
    }
    let engine = engine(fixture, helpdesk, clock: clock)
    _ = try await engine.run()
    helpdesk.change { [now] world in
      var gone = Ticket.sample(2, updatedAt: now - ahead + 100)
      gone.isDeleted = true
      world.tickets[2] = nil
      world.deleted = [gone]
      world.serverTime = Timestamp(now - ahead + 400)
    }
    clock.pass(seconds: 400)
    _ = try await engine.run()
    #expect(try fixture.reader().ticketCount() == 2)
  }

  @Test func countsTellWhatWasNew() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { [now] world in
      world.put((1...108).map { .sample($0, status: .closed, updatedAt: now + $0 / 20) })
    }
    let engine = engine(fixture, helpdesk)
    #expect(try await engine.run().tickets == 108)
    #expect(try await engine.run().tickets == 0)
    fixture.advance(10)
    #expect(try await engine.run(SyncOptions(isFull: true)).tickets == 108)
  }

  @Test func theFirstSyncBeginsWithWhatWasChangedLast() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    let seen = Mutex<(tickets: Int, newest: Bool)?>(nil)
    let progress = Mutex<[SyncProgress]>([])
    let reader = fixture.file
    helpdesk.change { [now] world in
      world.ticketCount = 137
      world.put((1...137).map { .sample($0, status: .closed, updatedAt: now + $0) })
      world.contacts = (1...300).map {
        Contact(
          id: ContactID($0), name: "Contact \($0)", createdAt: Timestamp(now),
          updatedAt: Timestamp(now))
      }
      world.before = { call, _ in
        guard call == "agents 1" else { return }
        let count = try? reader.reader().ticketCount()
        let newest = (try? reader.reader().ticket(TicketID(137))) ?? nil
        seen.withLock { $0 = (count ?? 0, newest != nil) }
      }
    }
    _ = try await engine(fixture, helpdesk).run { step in progress.withLock { $0.append(step) } }
    #expect(seen.withLock { $0?.tickets } == 10)
    #expect(seen.withLock { $0?.newest } == true)
    let calls = helpdesk.calls
    let order = ["newest tickets 1", "agents 1", "tickets 0 1", "contacts 1", "ratings 1"]
    let places = order.compactMap { call in calls.firstIndex { $0 == call } }
    #expect(places.count == order.count)
    #expect(places == places.sorted())
    let steps = progress.withLock { $0 }
    #expect(!steps.contains { !$0.isFirst })
    #expect(steps.contains { $0.phase == .tickets && $0.total == 137 && $0.fetched > 100 })
  }

  @Test func progressSaysTotalTimeAndReason() {
    let start = Timestamp(now)
    var progress = SyncProgress(
      phase: .tickets, fetched: 3000, total: 12_000, isFirst: true, startedAt: start)
    #expect(progress.words(at: start + 60) == "tickets 3000 of 12000, about 3 min left")
    #expect(progress.words(at: start + 1) == "tickets 3000 of 12000")
    progress.fetched = 12_100
    #expect(progress.words(at: start + 60) == "tickets 12100 of at least 12100")
    progress.pause = "the helpdesk failed with 502, again in 2 s"
    #expect(
      progress.words(at: start + 60)
        == "tickets 12100 of at least 12100, the helpdesk failed with 502, again in 2 s")
    #expect(
      SyncProgress(phase: .contacts, fetched: 3400, startedAt: start).words(at: start + 60)
        == "contacts 3400")
  }
}
