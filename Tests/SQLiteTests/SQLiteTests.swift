import FoundationEssentials
import SQLite
import Testing

/// A folder that is gone after the test.
final class ScratchFolder {
  let url: URL
  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(at: url) }
  func path(_ name: String) -> String { url.appending(path: name).path }
}

struct Refusal: Error, Equatable {}

@Suite struct ConnectionTests {
  @Test func valuesComeBackAsTheyWent() throws {
    let connection = try Connection.inMemory()
    try connection.execute("CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB, e TEXT) STRICT")
    let text = "a\0b – 漢字 👩‍👧"
    try connection.execute(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?)", Int64.max, 1.5, text, [UInt8]([0, 255]),
      String?.none)
    try connection.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", 0, 0, "", [UInt8](), "x")
    let rows = try connection.query("SELECT * FROM t") { row throws(SQLiteError) in
      (0..<5).map { row.value($0) }
    }
    #expect(
      rows == [
        [.integer(.max), .real(1.5), .text(text), .blob([0, 255]), .null],
        [.integer(0), .real(0), .text(""), .blob([]), .text("x")],
      ])
  }

  @Test func wrongTypeNamesTheColumn() throws {
    let connection = try Connection.inMemory()
    #expect(throws: SQLiteError.decoding(column: "subject", expected: "text")) {
      _ = try connection.first("SELECT 7 AS subject") { row throws(SQLiteError) in
        try row.string(0)
      }
    }
    #expect(throws: SQLiteError.decoding(column: "id", expected: "an integer")) {
      _ = try connection.first("SELECT NULL AS id") { row throws(SQLiteError) in
        try row.int64(0)
      }
    }
  }

  @Test func brokenUTF8IsRepaired() throws {
    let connection = try Connection.inMemory()
    let text = try connection.first("SELECT CAST(x'61ff62' AS TEXT)") { row throws(SQLiteError) in
      try row.string(0)
    }
    #expect(text == "a\u{FFFD}b")
  }

  @Test func firstErrorWinsAndRollsBack() throws {
    let connection = try Connection.inMemory()
    try connection.execute("CREATE TABLE t (a INTEGER) STRICT")
    #expect(throws: Refusal()) {
      try connection.transaction {
        try connection.execute("INSERT INTO t VALUES (1)")
        throw Refusal()
      }
    }
    #expect(!connection.isInTransaction)
    let count = try connection.first("SELECT count(*) FROM t") { row throws(SQLiteError) in
      try row.int(0)
    }
    #expect(count == 0)
  }

  @Test func aQueryMayRunInsideItsOwnRows() throws {
    let connection = try Connection.inMemory()
    try connection.executeScript("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)")
    var pairs: [[Int]] = []
    try connection.forEach("SELECT a FROM t", arguments: []) { outer throws(SQLiteError) in
      let left = try outer.int(0)
      pairs += try connection.query("SELECT a FROM t") { inner throws(SQLiteError) in
        [left, try inner.int(0)]
      }
      return true
    }
    #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
  }

  @Test func aWrongNumberOfArgumentsIsRefused() throws {
    let connection = try Connection.inMemory()
    #expect(throws: SQLiteError.self) { try connection.execute("SELECT ?", 1, 2) }
  }

  @Test func newFilesAreForTheirOwnerAlone() throws {
    let folder = try ScratchFolder()
    let connection = try Connection(path: folder.path("a.db"))
    try connection.execute("CREATE TABLE t (a INTEGER)")
    for name in ["a.db", "a.db-wal", "a.db-shm"] {
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[
        .posixPermissions]
      #expect((mode as? Int) == 0o600, "\(name)")
    }
  }

  @Test func anotherConnectionsCommitMovesTheDataVersion() throws {
    let folder = try ScratchFolder()
    let writer = try Connection(path: folder.path("a.db"))
    try writer.execute("CREATE TABLE t (a INTEGER)")
    let reader = try Connection(path: folder.path("a.db"), options: .init(isReadOnly: true))
    let before = try reader.dataVersion()
    #expect(try reader.dataVersion() == before)
    try writer.execute("INSERT INTO t VALUES (1)")
    #expect(try reader.dataVersion() != before)
    #expect(throws: SQLiteError.self) { try reader.execute("INSERT INTO t VALUES (2)") }
  }

  @Test func aFileThatIsNoDatabaseIsDamage() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    try Data(repeating: 65, count: 8192).write(to: URL(filePath: path))
    do {
      _ = try Connection(path: path).query("SELECT * FROM sqlite_schema") {
        row throws(SQLiteError) in row.value(0)
      }
      Issue.record("opened")
    } catch {
      #expect(error.isDamage)
    }
  }

  @Test func fullTextErrorsDoNotQuoteTheWords() throws {
    let connection = try Connection.inMemory()
    try connection.execute("CREATE VIRTUAL TABLE f USING fts5(a)")
    do {
      try connection.execute("SELECT * FROM f WHERE f MATCH ?", "\"secret")
      Issue.record("accepted")
    } catch {
      #expect(!"\(error)".contains("secret"))
    }
  }
}

@Suite struct MigratorTests {
  private let steps = [
    Migrator.Migration("first", "CREATE TABLE a (x INTEGER) STRICT"),
    Migrator.Migration("second", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1)"),
  ]

  @Test func stepsAreTakenOnceAndInOrder() throws {
    let connection = try Connection.inMemory()
    let old = Migrator(applicationID: 77, migrations: [steps[0]])
    let new = Migrator(applicationID: 77, migrations: steps)
    #expect(try old.migrate(connection) == ["first"])
    #expect(try new.migrate(connection) == ["second"])
    #expect(try new.migrate(connection) == [])
  }

  @Test func aNewerFileIsRefusedUntouched() throws {
    let connection = try Connection.inMemory()
    try Migrator(applicationID: 77, migrations: steps).migrate(connection)
    #expect(throws: SQLiteError.newerFile(found: 2, known: 1)) {
      try Migrator(applicationID: 77, migrations: [steps[0]]).migrate(connection)
    }
  }

  @Test func anotherProgramsFileIsRefused() throws {
    let connection = try Connection.inMemory()
    try Migrator(applicationID: 77, migrations: steps).migrate(connection)
    #expect(throws: SQLiteError.foreignFile) {
      try Migrator(applicationID: 78, migrations: steps).migrate(connection)
    }
  }

  @Test func aFailedStepLeavesTheFormerFormat() throws {
    let connection = try Connection.inMemory()
    let broken = Migrator(
      applicationID: 77,
      migrations: [steps[0], .init("broken", "CREATE TABLE c (x INTEGER); SELECT nonsense")])
    #expect(throws: SQLiteError.self) { try broken.migrate(connection) }
    #expect(try Migrator(applicationID: 77, migrations: [steps[0]]).isCurrent(connection))
  }
}

@Suite struct DatabaseTests {
  @Test func manyTasksWriteOneAtATime() async throws {
    let folder = try ScratchFolder()
    let database = try Database(path: folder.path("a.db"), label: "test")
    try await database.write { connection in
      try connection.executeScript("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (0)")
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await database.write { connection in
            let value = try connection.first("SELECT a FROM t") { row throws(SQLiteError) in
              try row.int(0)
            }
            try connection.execute("UPDATE t SET a = ?", (value ?? 0) + 1)
          }
        }
      }
      try await group.waitForAll()
    }
    let total = try await database.perform { connection in
      try connection.first("SELECT a FROM t") { row throws(SQLiteError) in try row.int(0) }
    }
    #expect(total == 50)
  }
}
