import ConsoleModel
import ConsoleTestSupport
import Glibc
import Helpdesk
import SQLite
import Testing

@Suite struct AuditLogTests {
  let fixture: OutboxFixture

  init() throws { fixture = try OutboxFixture() }

  private var path: String { fixture.folder.path + "/audit.log" }

  private func fill(_ count: Int) async throws {
    for number in 0..<count {
      _ = try await fixture.journal.proposeAndConfirm(
        TicketID(Int64(number + 1)), .testNote("note \(number)"))
    }
  }

  private func joined(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    var bytes: [UInt8] = []
    for line in lines { bytes += Array(line) + [10] }
    return bytes
  }

  @Test func aFreshChainIsGoodAndPrivate() async throws {
    try await fill(5)
    #expect(try await fixture.journal.verifyAudit() == .good(count: 5))
    #expect(Files.mode(path) == 0o600)
    let reader = try fixture.reader()
    #expect(try reader.verifyAudit(fixture.journal.auditLog) == .good(count: 5))
  }

  @Test func noWordsOfAPersonAreInIt() async throws {
    _ = try await fixture.journal.proposeAndConfirm(
      TicketID(1), .testReply("My secret words", cc: ["cc@example.com"]))
    let log = String(decoding: try #require(fixture.folder.contents("audit.log")), as: UTF8.self)
    #expect(!log.contains("secret"))
  }

  @Test func aChangedByteBreaksTheChainAtItsLine() async throws {
    try await fill(5)
    var bytes = try #require(fixture.folder.contents("audit.log"))
    let lines = bytes.split(separator: 10)
    let third = lines[2]
    let place = third.startIndex + third.count - 3
    bytes[place] = bytes[place] == 65 ? 66 : 65
    fixture.folder.write("audit.log", bytes)
    #expect(try await fixture.journal.verifyAudit() == .broken(at: 3))
  }

  @Test func aRemovedLineBreaksTheChain() async throws {
    try await fill(4)
    let lines = try #require(fixture.folder.contents("audit.log")).split(separator: 10)
    fixture.folder.write("audit.log", joined([lines[0], lines[2], lines[3]]))
    #expect(try await fixture.journal.verifyAudit() == .broken(at: 2))
  }

  @Test func aMissingTailIsNoticedThroughTheJournal() async throws {
    try await fill(4)
    let lines = try #require(fixture.folder.contents("audit.log")).split(separator: 10)
    fixture.folder.write("audit.log", joined(lines.dropLast(2)))
    #expect(try await fixture.journal.verifyAudit() == .tailMissing(have: 2, want: 4))
    unlink(path)
    #expect(try await fixture.journal.verifyAudit() == .tailMissing(have: 0, want: 4))
  }

  @Test func aChainMadeAnewIsNotTheJournals() async throws {
    try await fill(2)
    let other = try OutboxFixture()
    for number in 7...8 {
      _ = try await other.journal.proposeAndConfirm(TicketID(Int64(number)), .testNote())
    }
    fixture.folder.write("audit.log", try #require(other.folder.contents("audit.log")))
    #expect(try await fixture.journal.verifyAudit() == .broken(at: 1))
  }

  /// A crash between the journal and the file, or a full disk in the middle of a line.
  @Test func whatACrashKeptFromTheFileIsAddedAtTheNextStart() async throws {
    try await fill(3)
    let bytes = try #require(fixture.folder.contents("audit.log"))
    let writer = try Connection(path: fixture.folder.path + "/journal.db")
    try writer.execute("UPDATE audit_file SET written = 2")
    fixture.folder.write("audit.log", bytes.dropLast(20))
    #expect(try await fixture.journal.verifyAudit() == .broken(at: 3))
    let next = try Journal(fixture.journal.options)
    #expect(next.auditProblem == nil)
    #expect(try await next.verifyAudit() == .good(count: 3))
    #expect(fixture.folder.contents("audit.log") == bytes)
  }

  @Test func aLostTailIsNeverMadeUpFor() async throws {
    try await fill(3)
    let bytes = try #require(fixture.folder.contents("audit.log"))
    let lines = bytes.split(separator: 10)
    fixture.folder.write("audit.log", joined(lines.dropLast()))
    let next = try Journal(fixture.journal.options)
    #expect(next.auditProblem == .disagrees(path: path))
    #expect(try await next.verifyAudit() == .tailMissing(have: 2, want: 3))
  }

  @Test func aFileThatDoesNotMatchIsSetAsideAndWrittenAnew() async throws {
    try await fill(3)
    #expect(try await fixture.journal.renewAuditFile() == .wasWhole)
    let bytes = try #require(fixture.folder.contents("audit.log"))
    let damaged = joined(bytes.split(separator: 10).dropLast())
    fixture.folder.write("audit.log", damaged)
    let next = try Journal(fixture.journal.options)
    #expect(next.auditProblem != nil)
    guard case .setAside(let aside) = try await next.renewAuditFile() else {
      return #expect(Bool(false))
    }
    let name = String(try #require(aside.split(separator: "/").last))
    #expect(fixture.folder.contents(name) == damaged)
    #expect(next.auditProblem == nil)
    #expect(try await next.verifyAudit() == .good(count: 4))
    let renewed = try #require(fixture.folder.contents("audit.log"))
    #expect(renewed.starts(with: bytes))
    #expect(next.auditLog.tail(1).first?.contains("set aside as \(name)") == true)
    #expect(Files.mode(path) == 0o600)
  }

  @Test func aFileThatIsGoneIsWrittenAnew() async throws {
    try await fill(2)
    unlink(path)
    let next = try Journal(fixture.journal.options)
    #expect(next.auditProblem != nil)
    #expect(try await next.renewAuditFile() == .wasGone)
    #expect(try await next.verifyAudit() == .good(count: 3))
  }

  @Test func controlCharactersCannotForgeALine() {
    let record = AuditRecord(
      number: 1, at: Timestamp(0), action: .decision, who: "acme\n",
      sentence: "a\nb\u{1b}[31m\u{202e}c")
    #expect(record.text == "1 1970-01-01T00:00:00Z decision acme  | a b [31m c")
  }

  /// The recipe of the documentation, with nothing but a shell and `sha256sum`.
  @Test func aStrangerCanCheckItWithTheShell() async throws {
    try await fill(6)
    #expect(shell() == 0)
    var bytes = try #require(fixture.folder.contents("audit.log"))
    bytes[bytes.count - 4] = 65
    fixture.folder.write("audit.log", bytes)
    #expect(shell() != 0)
  }

  private func shell() -> Int32 {
    let script = """
      prev=$(printf '%064d' 0)
      while IFS= read -r line; do
        want=${line%% *}; rest=${line#* }
        have=$(printf '%s %s' "$prev" "$rest" | sha256sum | cut -d' ' -f1)
        [ "$have" = "$want" ] || exit 1
        prev=$want
      done < '\(path)'
      """
    return system("bash -c '\(script.replacingQuotes())'")
  }
}

extension String {
  /// The text between single quotes of a shell.
  fileprivate func replacingQuotes() -> String {
    split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}

@Suite struct AuditRecordTextTests {
  @Test(arguments: AuditRecord.Action.allCases)
  func aRecordIsReadBackFromItsLine(action: AuditRecord.Action) throws {
    let record = AuditRecord(
      number: 17, at: Timestamp(1_790_000_000), action: action, who: "acme support",
      sentence: "Maria changed #1: tags a | b")
    #expect(AuditRecord(text: record.text) == record)
  }

  @Test(arguments: ["", "1", "1 x decision a | b", "x 2026-11-21T14:00:00Z decision a | b"])
  func otherTextIsNoRecord(text: String) {
    #expect(AuditRecord(text: text) == nil)
  }
}
