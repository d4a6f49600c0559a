import ConsoleTestSupport
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

/// A cache whose bytes were changed anywhere: it is used where it still can be, and else put aside
/// and begun anew, which is said.
@Suite struct CacheDamageTests {
  private func filled() async throws -> [UInt8] {
    let folder = TemporaryFolder()
    let (store, _) = try CacheFile(path: folder.file("cache.db")) { Timestamp(1) }.open()
    try await store.save(
      tickets: (1...150).map { .sample($0, subject: "order \($0) is late", agent: $0 % 5) })
    try await store.checkpoint()
    return try #require(folder.contents("cache.db"))
  }

  /// What a console does first with its cache.
  private func use(_ file: CacheFile) async throws -> CacheFile.Outcome {
    let (store, outcome) = try file.open()
    let reader = try file.reader()
    let rows = try reader.rows(QueueQuery(), limit: 50)
    _ = try reader.count(QueueQuery())
    for row in rows { _ = try reader.detail(row.id) }
    try await store.save(tickets: (1...150).map { .sample($0, subject: "other words \($0)") })
    return outcome
  }

  @Test func damageAnywhereIsUsedOrRebuiltAndNeverFatal() async throws {
    let whole = try await filled()
    var rebuilt = 0
    for seed in UInt64(0)..<40 {
      var dice = SeededGenerator(seed)
      let folder = TemporaryFolder()
      var bytes = whole
      for _ in 0..<Int.random(in: 1...12, using: &dice) {
        let start = Int.random(in: 0..<bytes.count, using: &dice)
        for index in start..<min(bytes.count, start + 1 << Int.random(in: 0...13, using: &dice)) {
          bytes[index] = .random(in: 0...255, using: &dice)
        }
      }
      folder.write("cache.db", bytes)
      let file = CacheFile(path: folder.file("cache.db")) { Timestamp(42) }
      // Once it was found damaged the next start says so and has an empty one, which works.
      for attempt in 1...2 {
        do {
          if case .rebuilt = try await use(file) { rebuilt += 1 }
          break
        } catch {
          let error = try #require(error as? SQLiteError, "seed \(seed)")
          #expect(error != .foreignFile && attempt == 1, "seed \(seed): \(error)")
          #expect(!error.explanation.isEmpty)
        }
      }
    }
    #expect(rebuilt > 5)
  }
}
