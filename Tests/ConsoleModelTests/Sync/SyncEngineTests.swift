import ConsoleModel
import FoundationEssentials
import Glibc
import Helpdesk
import SQLite
import Testing

@Suite struct SyncEngineTests {
  private let now = CacheFixture.noon

  private func engine(
    _ fixture: CacheFixture, _ helpdesk: ScriptedHelpdesk, clock: JumpingClock = JumpingClock()
  ) -> SyncEngine {
    SyncEngine(
      store: fixture.store, helpdesk: helpdesk, capabilities: helpdesk.capabilities,
      lockPath: fixture.folder.appending(path: "sync.lock").path, clock: clock)
  }

  /// Every ticket by number with its subject, as the screen would list them.
  private func cached(_ fixture: CacheFixture) throws -> [Int64: String] {
    let rows = try fixture.reader().rows(QueueQuery(sort: QueueSort(.number)), limit: 10_000)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.id.rawValue, $0.subject) })
  }

  private func expected(_ helpdesk: ScriptedHelpdesk) -> [Int64: String] {
    helpdesk.change { $0.tickets.mapValues(\.subject) }
  }

  @Test(arguments: [true, false])
  func allTicketsArriveAcrossManyPages(sinceIsExclusive: Bool) async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.sinceIsExclusive = sinceIsExclusive
      world.put((1...137).map { .sample($0, subject: "s\($0)", updatedAt: now + $0 / 3) })
    }
    let report = try await engine(fixture, helpdesk).run()
    #expect(try cached(fixture) == expected(helpdesk))
    #expect(report.phases.map(\.phase) == SyncPhase.allCases)
  }

  @Test func theNextSyncReadsOnlyWhatHasChanged() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { $0.put((1...95).map { .sample($0, updatedAt: now + $0 * 10) }) }
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run()
    helpdesk.change { world in
      world.calls = []
      world.put([.sample(5, subject: "changed", updatedAt: now + 5000)])
    }
    let report = try await engine.run()
    #expect(helpdesk.calls.filter { $0.hasPrefix("tickets") } == ["tickets \(now + 950) 1"])
    #expect(report.tickets == 1)
    #expect(try cached(fixture) == expected(helpdesk))
  }

  @Test func ticketsThatMoveWhilePagesAreReadAreNotMissed() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put((1...100).map { .sample($0, subject: "old", updatedAt: now + $0) })
      world.before = { [now] call, world in
        guard call.hasPrefix("tickets"), world.calls.count < 40 else { return }
        // Five tickets of the pages already read jump to the end.
        for id in Int64(1)...5 {
          let moved = (Int64(world.calls.count) * 7 + id) % 100 + 1
          world.put([
            .sample(
              moved, subject: "new", updatedAt: now + 1000 + Int64(world.calls.count))
          ])
        }
      }
    }
    _ = try await engine(fixture, helpdesk).run()
    #expect(try cached(fixture) == expected(helpdesk))
  }

  @Test func moreThanAPageInOneSecondIsReadByPageNumber() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put((1...45).map { .sample($0, updatedAt: now) })
      world.put((46...60).map { .sample($0, updatedAt: now + $0) })
    }
    _ = try await engine(fixture, helpdesk).run()
    #expect(try cached(fixture) == expected(helpdesk))
    #expect(helpdesk.calls.contains("tickets \(now - 1) 4"))
  }

  @Test func noPageBeyondTheLastOneIsAskedFor() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.lastTicketPage = 3
      world.put((1...400).map { .sample($0, updatedAt: now + $0 / 7) })
    }
    _ = try await engine(fixture, helpdesk).run()
    #expect(try cached(fixture) == expected(helpdesk))
  }

  @Test func aSecondWithMoreTicketsThanTheVendorServesDoesNotStopTheSync() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.lastTicketPage = 3
      world.put((1...50).map { .sample($0, updatedAt: now) })
      world.put((51...60).map { .sample($0, updatedAt: now + $0) })
    }
    _ = try await engine(fixture, helpdesk).run()
    let found = try cached(fixture)
    #expect(Set(found.keys).isSuperset(of: Set(51...60)))
    #expect(found.count >= 40)
  }

  /// As a program has it that is just being started on another thread.
  @Test func aCopyOfTheLocksDescriptorDoesNotKeepTheLock() async throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "sync.lock").path
    var lock: SyncLock? = try SyncLock(path: path, now: Timestamp(now))
    let copies = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .compactMap { Int32($0) }
      .filter { number in
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)"))
          == path
      }.map { dup($0) }
    defer { for copy in copies { close(copy) } }
    #expect(copies.count == 1)
    #expect(throws: SyncError.self) { _ = try SyncLock(path: path, now: Timestamp(now)) }
    lock = nil
    #expect(throws: Never.self) { _ = try SyncLock(path: path, now: Timestamp(now)) }
    withExtendedLifetime(lock) {}
  }

  @Test(arguments: 1...12)
  func aSyncThatWasCutOffGoesOnWhereItWas(cut: Int) async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put((1...90).map { .sample($0, updatedAt: now + $0) })
      for id in Int64(1)...90 { world.threads[id] = [.sample(1000 + id, on: id, at: now + id)] }
      world.contacts = (1...30).map {
        Contact(
          id: ContactID($0), name: "Contact \($0)", createdAt: Timestamp(now),
          updatedAt: Timestamp(now))
      }
      world.before = { _, world in
        // Once, in the middle: the line goes away for good.
        if world.calls.count == cut * 8 {
          world.failures = Dictionary(
            uniqueKeysWithValues: [
              "companies", "contacts", "me", "agents", "groups", "fields", "canned", "tickets",
              "conversations", "ratings",
            ].map { ($0, [HelpdeskError.offline(reason: "cut")]) })
        }
      }
    }
    let engine = engine(fixture, helpdesk)
    await #expect(throws: SyncError.self) { _ = try await engine.run() }
    let before = helpdesk.calls.count
    helpdesk.change { $0.failures = [:] }
    _ = try await engine.run()
    #expect(try cached(fixture) == expected(helpdesk))
    let reader = try fixture.reader()
    #expect(try reader.messageCount() == 180)
    #expect(try reader.contact(ContactID(30))?.name == "Contact 30")
    // It did not begin again from nothing once tickets were in.
    if cut >= 4 { #expect(helpdesk.calls.count - before < before + 100) }
  }

  @Test func incrementalSyncsEndWhereAFullOneDoes() async throws {
    let many = try CacheFixture()
    let once = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    var random = SeededGenerator(5)
    let engine = engine(many, helpdesk)
    for round in Int64(1)...6 {
      let ids = (0..<25).map { _ in Int64.random(in: 1...80, using: &random) }
      helpdesk.change { world in
        for id in ids {
          world.put([
            .sample(
              id, subject: "round \(round)", status: [.open, .pending, .resolved][Int(id) % 3],
              agent: id % 2 == 0 ? 7 : nil, updatedAt: now + round * 100 + id % 9)
          ])
          world.threads[id, default: []].append(
            .sample(round * 1000 + id, on: id, text: "word\(round)", at: now + round * 100))
        }
      }
      _ = try await engine.run()
    }
    _ = try await self.engine(once, helpdesk).run()
    let (left, right) = (try many.reader(), try once.reader())
    for view in try right.directory().standardViews {
      #expect(
        try left.rows(view.query, limit: 200) == right.rows(view.query, limit: 200), "\(view.name)")
      #expect(try left.count(view.query) == right.count(view.query), "\(view.name)")
    }
  }

  @Test func aUsedUpLimitIsWaitedOut() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    let clock = JumpingClock()
    helpdesk.change { world in
      world.put([.sample(1)])
      world.failures["tickets"] = [.rateLimited(retryAfter: 34), .serverFailure(status: 502)]
    }
    _ = try await engine(fixture, helpdesk, clock: clock).run()
    #expect(clock.waited == [34, 2])
    #expect(try cached(fixture).count == 1)
  }

  @Test func listsWithoutRightAreLeftOutWithTheirReason() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.forbidden = ["agents", "groups", "ratings", "canned"]
      world.fields = [
        TicketField(
          id: 1, name: "agent", label: "Agent", type: "default_agent",
          choices: [.init(value: "7", label: "You"), .init(value: "8", label: "Maria")]),
        TicketField(
          id: 2, name: "group", label: "Group", type: "default_group",
          choices: [.init(value: "3", label: "Team EU")]),
      ]
    }
    let report = try await engine(fixture, helpdesk).run()
    let skipped = report.phases.reduce(into: [:]) { $0[$1.phase] = $1.skipped }
    #expect(
      skipped == [
        .agents: "agents: no agents; groups: no groups; canned responses: no canned",
        .ratings: "no ratings",
      ])
    let directory = try fixture.reader().directory()
    #expect(directory.agents.map(\.name) == ["Maria", "You"])
    #expect(directory.groups.map(\.name) == ["Team EU"])
    #expect(directory.me == AgentID(7))
  }

  @Test func aSecondSyncSaysThatOneIsRunning() async throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "sync.lock").path
    let lock = try SyncLock(path: path, now: Timestamp(now))
    let engine = engine(fixture, ScriptedHelpdesk())
    let owner = SyncOwner(
      pid: ProcessInfo.processInfo.processIdentifier, startedAt: Timestamp(now))
    await #expect(throws: SyncError.alreadyRunning(owner)) { _ = try await engine.run() }
    withExtendedLifetime(lock) {}
  }

  @Test func aRefreshBringsTheWholeThreadAndFindsTheDeleted() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put([.sample(1)])
      world.threads[1] = (1...25).map { .sample(100 + $0, on: 1, at: now + $0) }
    }
    let engine = engine(fixture, helpdesk)
    #expect(try await engine.refresh(TicketID(1)) == .current)
    let detail = try #require(try fixture.reader().detail(TicketID(1)))
    #expect(detail.entries.map { $0.id?.rawValue } == [nil] + (101...125).map { $0 })
    #expect(detail.isThreadCached)

    helpdesk.change { $0.tickets = [:] }
    #expect(try await engine.refresh(TicketID(1)) == .gone)
    #expect(try cached(fixture) == [:])
    #expect(try fixture.reader().detail(TicketID(1))?.isGone == true)
    #expect(try fixture.reader().count(QueueQuery()) == ViewCount(value: 0))
  }

  @Test func openTicketsGetTheirThreadsAndFinishedOnesOnlyInAFullSync() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put([
        .sample(1, updatedAt: now), .sample(2, status: .closed, updatedAt: now),
        .sample(3, status: .pending, updatedAt: now + 5),
      ])
      for id in Int64(1)...3 { world.threads[id] = [.sample(100 + id, on: id)] }
    }
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run(SyncOptions(threadsInFlight: 1))
    #expect(
      helpdesk.calls.filter { $0.hasPrefix("conversations") }
        == ["conversations 1 1", "conversations 3 1"])
    helpdesk.change { $0.calls = [] }
    _ = try await engine.run()
    #expect(helpdesk.calls.filter { $0.hasPrefix("conversations") } == [])
    _ = try await engine.run(SyncOptions(isFull: true))
    #expect(helpdesk.calls.filter { $0.hasPrefix("conversations") } == ["conversations 2 1"])
  }

  @Test func threadsOfTicketsLongUnchangedAreLeftUntilAFullSync() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put([
        .sample(1, updatedAt: now + -31 * 86_400), .sample(2, updatedAt: now + -29 * 86_400),
      ])
      for id in Int64(1)...2 { world.threads[id] = [.sample(100 + id, on: id)] }
    }
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run(SyncOptions(threadDays: 30))
    #expect(
      helpdesk.calls.filter { $0.hasPrefix("conversations") } == ["conversations 2 1"])
    helpdesk.change { $0.calls = [] }
    _ = try await engine.run(SyncOptions(isFull: true, threadDays: 30))
    #expect(
      helpdesk.calls.filter { $0.hasPrefix("conversations") } == ["conversations 1 1"])
  }

  @Test func aFullSyncFindsWhatLeftTheList() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { $0.put((1...20).map { .sample($0, updatedAt: now - 500 + $0) }) }
    let clock = JumpingClock()
    let engine = engine(fixture, helpdesk, clock: clock)
    _ = try await engine.run()
    fixture.advance(100)
    await clock.sleep(until: Timestamp(now + 100))
    helpdesk.change { $0.tickets[3] = nil }
    _ = try await engine.run()
    #expect(try cached(fixture).count == 20)
    _ = try await engine.run(SyncOptions(isFull: true))
    #expect(try cached(fixture) == expected(helpdesk))
  }

  @Test func firstWordsThatListsLeftOutComeWithTheThread() async throws {
    let fixture = try CacheFixture()
    let helpdesk = ScriptedHelpdesk()
    helpdesk.change { world in
      world.put([.sample(1), .sample(2)])
      world.listsLeaveOutDescriptions = true
      for id in Int64(1)...2 { world.threads[id] = [.sample(100 + id, on: id)] }
    }
    let engine = engine(fixture, helpdesk)
    _ = try await engine.run()
    for id in Int64(1)...2 {
      let detail = try #require(try fixture.reader().detail(TicketID(id)))
      #expect(detail.entries.map(\.text) == ["zq", "It still burns"])
    }
    helpdesk.change { world in
      world.calls = []
      world.put([.sample(1, updatedAt: now + 50)])
    }
    _ = try await engine.run()
    #expect(helpdesk.calls.contains("conversations 1 1"))
    #expect(!helpdesk.calls.contains("ticket 1"))
    #expect(try fixture.reader().detail(TicketID(1))?.entries.first?.text == "zq")
  }
}
