import ConsoleTestSupport
import Helpdesk
import Testing

@testable import ConsoleModel

/// A journal whose bytes were changed anywhere: it is never rebuilt, nothing vanishes silently, and
/// the sentence is one that a person can use.
@Suite struct JournalDamageTests {
  /// The files of a journal with words in it, as they lie on the disk while it is open.
  private struct Files {
    var base: [UInt8]
    var log: [UInt8]
    var audit: [UInt8]
    var ids: [WriteID]

    init(isFolded: Bool) async throws {
      let fixture = try OutboxFixture()
      var ids: [WriteID] = []
      for number in 0..<60 {
        ids.append(
          try await fixture.journal.proposeAndConfirm(
            TicketID(Int64(number % 7 + 1)), .testReply("words \(number) for the customer")))
      }
      if isFolded {
        try await fixture.journal.database.perform { connection in
          _ = try connection.query("PRAGMA wal_checkpoint(TRUNCATE)") { _ in true }
        }
      }
      self.ids = ids
      base = try #require(fixture.folder.contents("journal.db"))
      log = fixture.folder.contents("journal.db-wal") ?? []
      audit = try #require(fixture.folder.contents("audit.log"))
    }
  }

  /// Changes runs of bytes at random places.
  private static func damage(_ bytes: [UInt8], _ dice: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &dice) {
      let start = Int.random(in: 0..<bytes.count, using: &dice)
      let length = [1, 4, 64, 512, 4096].randomElement(using: &dice) ?? 1
      let isZeroed = Bool.random(using: &dice)
      for index in start..<min(bytes.count, start + length) {
        bytes[index] = isZeroed ? 0 : .random(in: 0...255, using: &dice)
      }
    }
    if Int.random(in: 0..<8, using: &dice) == 0 {
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &dice))
    }
    return bytes
  }

  private func journal(in folder: TemporaryFolder) throws(JournalError) -> Journal {
    try Journal(
      Journal.Options(
        folder: folder.path, account: "acme", person: "Maria", clock: ManualClock()))
  }

  private func check(_ error: JournalError, _ seed: UInt64) {
    let sentence = error.explanation
    #expect(sentence.hasSuffix(".") && sentence.count > 40, "seed \(seed): \(sentence)")
    switch error {
    case .damaged, .unavailable, .storage, .unreadableRecord, .audit: break
    default: Issue.record("seed \(seed): \(error)")
    }
  }

  @Test func damageAnywhereInTheFileIsNamedAndTheFileLeftAlone() async throws {
    let files = try await Files(isFolded: true)
    #expect(files.log.isEmpty)
    var refused = 0
    for seed in UInt64(0)..<150 {
      var dice = SeededGenerator(seed)
      let folder = TemporaryFolder()
      let bytes = Self.damage(files.base, &dice)
      folder.write("journal.db", bytes)
      folder.write("audit.log", files.audit)
      do throws(JournalError) {
        let journal = try journal(in: folder)
        do throws(JournalError) {
          let ids = try await journal.openWrites().map(\.id)
          // Words may be spoilt, which their digests show; but none is missing without a word.
          #expect(ids == files.ids || journal.auditProblem != nil, "seed \(seed)")
        } catch {
          check(error, seed)
          refused += 1
        }
      } catch {
        check(error, seed)
        refused += 1
        if case .damaged = error {
          #expect(folder.contents("journal.db") == bytes, "seed \(seed)")
        }
      }
    }
    #expect(refused > 50)
  }

  @Test func damageInTheWriteAheadLogIsNeverSilent() async throws {
    let files = try await Files(isFolded: false)
    try #require(files.log.count > 100_000)
    var noticed = 0
    for seed in UInt64(0)..<60 {
      var dice = SeededGenerator(seed)
      let folder = TemporaryFolder()
      folder.write("journal.db", files.base)
      folder.write("journal.db-wal", Self.damage(files.log, &dice))
      folder.write("audit.log", files.audit)
      do throws(JournalError) {
        let journal = try journal(in: folder)
        let ids = try await journal.openWrites().map(\.id)
        guard ids != files.ids else { continue }
        // SQLite drops what follows the damage; the audit's own file knows better.
        noticed += 1
        #expect(journal.auditProblem != nil, "seed \(seed): \(ids.count) of \(files.ids.count)")
      } catch {
        check(error, seed)
        noticed += 1
      }
    }
    #expect(noticed > 20)
  }
}
