import FoundationEssentials
import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

@Suite struct CacheFileTests {
  private func damage(_ path: String, at offset: Int, bytes: Int) throws {
    var data = try Data(contentsOf: URL(filePath: path))
    data.replaceSubrange(offset..<offset + bytes, with: Data(repeating: 0x5a, count: bytes))
    try data.write(to: URL(filePath: path))
  }

  @Test func aNewCacheIsCreatedAndAnOldOneOpened() throws {
    let fixture = try CacheFixture()
    #expect(fixture.outcome == .created)
    #expect(try fixture.file.open().outcome == .opened)
  }

  @Test func aDamagedCacheIsPutAsideAndRebuilt() async throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "other.db").path
    let file = CacheFile(path: path) { Timestamp(42) }
    try Data(repeating: 0x41, count: 20_000).write(to: URL(filePath: path))
    let (store, outcome) = try file.open()
    #expect(outcome == .rebuilt(damagedFile: path + ".damaged-42"))
    #expect(FileManager.default.fileExists(atPath: path + ".damaged-42"))
    try await store.save(tickets: [.sample(1)])
    #expect(try file.reader().rows(QueueQuery(), limit: 5).count == 1)
  }

  @Test func damageThatShowsLaterIsNamedAndRebuiltAtTheNextStart() async throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "other.db").path
    let file = CacheFile(path: path) { Timestamp(42) }
    do {
      let (store, _) = try file.open()
      try await store.save(tickets: (1...3000).map { .sample($0, subject: "subject \($0)") })
      try await store.checkpoint()
    }
    // The schema and the first pages stay whole, so that opening does not see it.
    let size = try Data(contentsOf: URL(filePath: path)).count
    try damage(path, at: size / 2, bytes: size - size / 2)
    do {
      let (store, outcome) = try file.open()
      #expect(outcome == .opened)
      await #expect(throws: SQLiteError.self) {
        try await store.save(tickets: (1...3000).map { .sample($0, subject: "new \($0)") })
      }
    }
    #expect(try file.open().outcome == .rebuilt(damagedFile: path + ".damaged-42"))
    #expect(try file.open().outcome == .opened)
  }

  @Test func aNewerCacheIsRefusedAndLeftAlone() throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "newer.db").path
    do {
      _ = try CacheFile(path: path) { Timestamp(42) }.open()
      let connection = try Connection(path: path)
      try connection.execute("PRAGMA user_version = 99")
    }
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(throws: SQLiteError.newerFile(found: 99, known: CacheSchema.migrator.migrations.count))
    {
      try CacheFile(path: path) { Timestamp(42) }.open()
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  @Test func aFolderThatIsMissingIsNoDamage() throws {
    let fixture = try CacheFixture()
    let path = fixture.folder.appending(path: "nowhere/cache.db").path
    do {
      _ = try CacheFile(path: path) { Timestamp(42) }.open()
      Issue.record("opened")
    } catch let error as SQLiteError {
      #expect(error.isReadOnly)
    }
  }
}
