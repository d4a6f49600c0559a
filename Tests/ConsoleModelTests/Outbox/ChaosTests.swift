import ConsoleModel
import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

/// Random work, random faults, random kills; then the helpdesk's record is held against the journal.
@Suite struct ChaosTests {
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func nothingIsLostOrDoubledWhateverHappens(seed: UInt64) async throws {
    let desk = try await ChaosDesk(seed: seed)
    for _ in 0..<80 { try await desk.step() }
    try await desk.calmDown()

    let journal = try desk.journal
    let writes = try await journal.recentWrites(limit: 10_000)
    // Nothing that was acknowledged is missing.
    #expect(desk.acknowledged.subtracting(writes.map(\.id.rawValue)) == [])
    let (mails, threads) = desk.record.state.withLock { state in
      (state.mails.map(\.html), state.threads.values.joined().map(\.body.html))
    }
    for write in writes {
      let html: String
      switch write.payload {
      case .reply(let reply): html = reply.html
      case .privateNote(let note): html = note.html
      case .update: continue
      }
      let count = threads.count { $0.contains(html) }
      switch write.state {
      case .sent: #expect(count == 1, "seed \(seed), write \(write.id)")
      case .unknown: #expect(count <= 1, "seed \(seed), write \(write.id)")
      default: #expect(count == 0, "seed \(seed), write \(write.id) is \(write.state)")
      }
    }
    // No mail that is not the confirmed text of a reply.
    let replies = writes.compactMap { write -> String? in
      guard case .reply(let reply) = write.payload else { return nil }
      return reply.html
    }
    #expect(Set(mails).subtracting(replies) == [])
    #expect(Set(mails).count == mails.count)
    // One intent and one outcome for each attempt, and the chain holds.
    guard case .good(let count) = try await journal.verifyAudit() else {
      Issue.record("the audit log does not hold")
      return
    }
    let lines = journal.auditLog.tail(count)
    #expect(attempts(lines, "intent") == attempts(lines, "outcome"))
    #expect(Set(attempts(lines, "intent")).count == attempts(lines, "intent").count)
    #expect(writes.count > 10)
    await desk.end()
  }

  /// The numbers of the attempts in the records of one kind, sorted.
  private func attempts(_ lines: [String], _ action: String) -> [Int] {
    lines.filter { $0.split(separator: " ").dropFirst(2).first == Substring(action) }
      .compactMap { line in
        line.firstRange(of: "attempt ").flatMap { range in
          Int(line[range.upperBound...].prefix { $0.isNumber })
        }
      }.sorted()
  }

  /// A journal with a wrong byte anywhere is refused or read; it never brings the program down, is
  /// never replaced, and never sends what was not confirmed.
  @Test func aJournalWithAWrongByteIsKeptAndSendsNothingWrong() async throws {
    let fixture = try OutboxFixture()
    for number: Int64 in 1...5 {
      _ = try await fixture.journal.proposeAndConfirm(
        TicketID(number), .testReply("words \(number)", seen: .max))
    }
    let folder = TemporaryFolder()
    let connection = try Connection(path: fixture.folder.file("journal.db"))
    try connection.execute("VACUUM INTO ?", folder.file("whole.db"))
    // As a journal is: else opening it would change its header.
    try Connection(path: folder.file("whole.db")).execute("PRAGMA user_version")
    let whole = try #require(folder.contents("whole.db"))
    let log = try #require(fixture.folder.contents("audit.log"))
    let confirmed = Set((1...5).map { "<p>words \($0)</p>" })
    var random = SeededRandom(7)
    for _ in 0..<20 {
      let place = TemporaryFolder()
      var bytes = whole
      for _ in 0..<3 {
        bytes[random.number(below: bytes.count)] ^= UInt8(random.number(below: 255) + 1)
      }
      place.write("journal.db", bytes)
      place.write("audit.log", log)
      let helpdesk = FaultyHelpdesk(clock: fixture.clock)
      do {
        let journal = try Journal(
          Journal.Options(
            folder: place.path, account: "acme", person: "Maria", clock: fixture.clock))
        let dispatcher = Dispatcher(
          journal: journal, line: HelpdeskLine(account: "acme", service: helpdesk))
        let running = Task { await dispatcher.run() }
        await dispatcher.settle()
        fixture.clock.advance(by: 20)
        await dispatcher.settle()
        await dispatcher.stop()
        await running.value
      } catch {
        #expect(place.contents("journal.db") == bytes)
      }
      #expect(Set(helpdesk.mails).subtracting(confirmed) == [])
      #expect(Set(helpdesk.mails).count == helpdesk.mails.count)
    }
  }
}
