import ConsoleTestSupport
import Testing

/// What the commands say while the helpdesk cannot be read.
@Suite struct FailingHelpdeskTests {
  private struct AccountEntry: Decodable {
    var state: String
    var tickets: Int
    var problem: String?
  }

  private func account(_ desk: CommandDesk) throws -> AccountEntry {
    try #require(try desk.read([AccountEntry].self, "accounts").first)
  }

  private func fail(_ desk: CommandDesk, _ fault: String) async throws {
    try await desk.control(.post, "/faults", fault)
  }

  @Test func anAccountThatWasNeverSyncedIsNoEmptyHelpdesk() throws {
    let desk = try CommandDesk.ready(tickets: 5, isSynced: false)
    #expect(try account(desk).state == "never_synced")
    #expect(try desk.run("accounts").output.contains("never synced"))
    let list = try desk.run("list")
    #expect(list.code == 6)
    #expect(list.errors.contains("never synced"))
    let json = try desk.run("list", "--json")
    #expect(json.code == 6)
    #expect(json.output == "[]\n")
    #expect(try desk.run("doctor").output.contains("never synced"))
  }

  @Test func aSuspendedAccountIsFailingUntilItAnswersAgain() async throws {
    let desk = try CommandDesk.ready(tickets: 5)
    #expect(try account(desk).state == "connected")
    try await fail(
      desk,
      #"""
      {"path":".*","action":"status","code":403,
       "body":{"code":"account_suspended","message":"Your account has been suspended."}}
      """#)
    let sync = try desk.run("sync")
    #expect(sync.code == 1)
    #expect(sync.errors.contains("tickets: not read: Your account has been suspended. Ask"))
    #expect(sync.errors.contains("What was read is kept"))

    let entry = try account(desk)
    #expect(entry.state == "failing")
    #expect(entry.tickets == 5)
    #expect(entry.problem?.contains("Your account has been suspended. The cache is of") == true)
    let list = try desk.run("list")
    #expect(list.code == 0)
    #expect(list.errors.contains("Your account has been suspended. The cache is of"))
    let doctor = try desk.run("doctor")
    #expect(doctor.code == 1)
    #expect(doctor.output.contains("acme: sync"))

    try await desk.control(.delete, "/faults")
    #expect(try desk.run("sync").code == 0)
    #expect(try account(desk).state == "connected")
  }

  @Test func aHelpdeskThatHasMovedNamesItsNewAddress() async throws {
    let desk = try CommandDesk.ready(tickets: 5)
    try await fail(
      desk,
      #"{"path":".*","action":"status","code":301,"location":"https://new.example/api/v2/x"}"#)
    let sync = try desk.run("sync")
    #expect(sync.code == 1)
    #expect(sync.errors.contains("moved to https://new.example;"))
    #expect(try account(desk).problem?.contains("https://new.example") == true)
  }

  @Test func aSignInPageIsNoConnection() async throws {
    let desk = try CommandDesk(tickets: 5)
    try await fail(desk, #"{"path":".*","action":"garbage"}"#)
    let run = try desk.run(
      "connect", "--url", desk.server.url, "--name", "acme", "--api-key-stdin", input: desk.key)
    #expect(run.code == 1)
    #expect(run.errors.contains("a web page came instead of data"))
  }

  @Test func countsAreTrue() throws {
    let desk = try CommandDesk.ready(tickets: 30, isSynced: false)
    let first = try desk.run("sync")
    #expect(first.output.contains(": 30 tickets and "))
    #expect(try desk.run("sync").output.contains(": 0 tickets and 0 conversations in"))
    #expect(try desk.run("sync", "--full").output.contains(": 30 tickets and "))
  }
}
