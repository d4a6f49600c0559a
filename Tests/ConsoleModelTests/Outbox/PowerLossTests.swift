import CPowerLoss
import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

/// A disk that keeps only what was synced, and a power that goes at the worst moment.
@Suite struct PowerLossTests {
  /// A machine of one test.
  private final class Machine: Sendable {
    let name: String
    let folder = TemporaryFolder()

    init() throws {
      name = folder.path
      try #require(power_loss_register(name) == 0)
    }

    var syncs: Int32 { power_loss_syncs(name) }
    /// So many syncs succeed, then so many fail, then all are good again.
    func failSyncs(after good: Int32 = 0, times bad: Int32) {
      power_loss_fail_syncs(name, good, bad)
    }
    /// With 0 all is lost that was not synced; else a part of it, drawn from the seed.
    func cut(seed: UInt32 = 0) { power_loss_cut(name, seed) }

    func journal(isOn: Bool = true) throws -> Journal {
      try Journal(
        Journal.Options(
          folder: folder.path, account: "acme", person: "Maria", clock: ManualClock(),
          fileSystem: isOn ? name : nil))
    }

    func connection(_ synchronous: Connection.Options.Synchronous) throws -> Connection {
      try Connection(
        path: folder.file("plain.db"),
        options: .init(synchronous: synchronous, fileSystem: name))
    }
  }

  @Test(arguments: UInt32(0)...40)
  func whatTheJournalHasReturnedSurvivesAPowerCut(seed: UInt32) async throws {
    let machine = try Machine()
    var kept: [WriteID] = []
    do {
      let journal = try machine.journal()
      for number in 0...(seed % 7) {
        let ticket = TicketID(Int64(100 + number))
        kept.append(try await journal.proposeAndConfirm(ticket, .testReply("words \(number)")))
        try await journal.drafts.save(
          Draft(
            ticketID: ticket, kind: .privateNote, text: "draft \(number)",
            updatedAt: Timestamp(1)))
      }
      machine.cut(seed: seed)
      await #expect(throws: JournalError.self) {
        try await journal.proposeAndConfirm(TicketID(1), .testReply("too late"))
      }
    }
    let journal = try machine.journal(isOn: false)
    for (number, id) in kept.enumerated() {
      let write = try await journal.write(id)
      #expect(write?.state == .confirmed)
      #expect(write?.payload == .testReply("words \(number)"))
    }
    #expect(try await journal.openWrites().count == kept.count)
    #expect(
      try await journal.drafts.list().map(\.draft.text).sorted()
        == kept.indices.map { "draft \($0)" })
    #expect(try await journal.verifyAudit() == .good(count: kept.count))
  }

  /// The test above could fail: with less care the same cut loses the same words.
  @Test(arguments: [
    (Connection.Options.Synchronous.full, ["first", "second"]), (.normal, []),
  ])
  func onlyFullySyncedTransactionsOutliveTheCut(
    synchronous: Connection.Options.Synchronous, kept: [String]
  ) throws {
    let machine = try Machine()
    do {
      let connection = try machine.connection(.full)
      try connection.execute("CREATE TABLE words (text TEXT) STRICT")
      _ = try connection.query("PRAGMA wal_checkpoint(TRUNCATE)") { _ in true }
    }
    do {
      let connection = try machine.connection(synchronous)
      for word in ["first", "second"] {
        _ = try connection.transaction {
          try connection.execute("INSERT INTO words VALUES (?)", word)
        }
      }
      machine.cut()
    }
    let connection = try Connection(path: machine.folder.file("plain.db"))
    let words = try connection.query("SELECT text FROM words") { row throws(SQLiteError) in
      try row.string(0)
    }
    #expect(words == kept)
  }

  @Test func eachChangeOfTheJournalIsSynced() async throws {
    let machine = try Machine()
    let journal = try machine.journal()
    let before = machine.syncs
    _ = try await journal.propose(TicketID(1), .testReply())
    #expect(machine.syncs > before)
  }

  @Test func aDiskThatCannotSyncIsNamedAndKeepsWhatWasThere() async throws {
    let machine = try Machine()
    let journal = try machine.journal()
    let kept = try await journal.proposeAndConfirm(TicketID(1), .testReply("kept"))
    machine.failSyncs(times: .max)
    do {
      _ = try await journal.propose(TicketID(2), .testReply("refused"))
      Issue.record("accepted without a sync")
    } catch {
      #expect(
        error.explanation
          == "The journal could not be used: the disk is full or failed (disk I/O error). "
          + "What it holds is kept; free the disk, then look at the outbox.")
    }
    #expect(journal.storageProblem != nil)
    machine.failSyncs(times: 0)
    let later = try await journal.proposeAndConfirm(TicketID(3), .testReply("later"))
    #expect(journal.storageProblem == nil)
    #expect(try await journal.openWrites().map(\.id) == [kept, later])
    #expect(try await journal.verifyAudit() == .good(count: 2))
  }

  @Test func nothingIsSentWhileTheDiskCannotSync() async throws {
    let machine = try Machine()
    let fixture = try await DispatchFixture(fileSystem: machine.name)
    let id = try await fixture.reply()
    machine.failSyncs(times: .max)
    for _ in 0..<6 { await fixture.pass(10) }
    #expect(fixture.helpdesk.mails == [])
    machine.failSyncs(times: 0)
    for _ in 0..<6 { await fixture.pass(10) }
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }

  /// One sync fails: each in turn of those between the hold's end and the stored outcome.
  @Test(arguments: Int32(0)...7)
  func aSyncThatFailsOnTheWayNeitherLosesNorDoubles(good: Int32) async throws {
    let machine = try Machine()
    let fixture = try await DispatchFixture(fileSystem: machine.name)
    let id = try await fixture.reply()
    machine.failSyncs(after: good, times: 1)
    // An outcome that cannot be stored is tried again a second later, so the clock has to go on.
    let ticking = Task {
      while !Task.isCancelled {
        fixture.clock.advance(by: 1)
        await Task.yield()
      }
    }
    let end = fixture.clock.now + 1_000_000
    while try await fixture.state(id) != .sent, fixture.clock.now < end { await Task.yield() }
    ticking.cancel()
    await ticking.value
    #expect(try await fixture.state(id) == .sent)
    #expect(fixture.helpdesk.mails.count == 1)
    await fixture.end()
  }
}
