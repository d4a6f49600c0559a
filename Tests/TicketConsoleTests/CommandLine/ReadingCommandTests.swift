import ConsoleTestSupport
import Testing

@Suite struct ReadingCommandTests {
  @Test func connectStoresAnAccountWithAPrivateKey() throws {
    let desk = try CommandDesk.ready(isSynced: false)
    struct Account: Decodable {
      var name: String
      var url: String
      var state: String
      var lastSyncAt: String?
      var tickets: Int
    }
    let accounts = try desk.read([Account].self, "accounts")
    #expect(accounts.map(\.name) == ["acme"])
    #expect(accounts[0].url == desk.server.url)
    #expect(accounts[0].state == "never_synced")
    #expect(accounts[0].lastSyncAt == nil)
    let stored = String(
      decoding: desk.folder.contents("profile/accounts.toml") ?? [], as: UTF8.self)
    #expect(stored.contains("acme"))
    #expect(!stored.contains(desk.server.agents[0].apiKey))
  }

  @Test func aKeyMayComeFromACommand() throws {
    let desk = try CommandDesk()
    let run = try desk.run(
      "connect", "--url", desk.server.url, "--name", "acme", "--api-key-command",
      "printf '%s\\n' \(desk.server.agents[0].apiKey)")
    #expect(run.code == 0)
    #expect(try desk.run("sync").code == 0)
    #expect(desk.folder.contents("profile/accounts/acme/api-key") == nil)
  }

  @Test func syncFillsTheCacheAndReportsSixPhases() throws {
    let desk = try CommandDesk.ready(tickets: 40, isSynced: false)
    struct Report: Decodable {
      struct Phase: Decodable {
        var name: String
        var fetched: Int
        var seconds: Double
        var skipped: String?
      }
      var account: String
      var phases: [Phase]
      var tickets: Int
      var conversations: Int
      var seconds: Double
    }
    let report = try desk.read(Report.self, "sync")
    #expect(
      report.phases.map(\.name) == [
        "agents", "tickets", "companies", "contacts", "conversations", "satisfaction ratings",
      ])
    #expect(report.account == "acme")
    #expect((35...40).contains(report.tickets))
    #expect(try desk.read(Report.self, "sync").tickets <= 1)
  }

  @Test func listShowsTicketsInTheShapeOfTheContract() throws {
    let desk = try CommandDesk.ready()
    let tickets = try desk.read([CommandDesk.Ticket].self, "list", "--sort", "number")
    #expect(tickets.count > 20)
    #expect(tickets.map(\.id) == tickets.map(\.id).sorted(by: >))
    #expect(tickets.allSatisfy { $0.account == "acme" && $0.createdAt.hasSuffix("Z") })
    let limited = try desk.read(
      [CommandDesk.Ticket].self, "list", "--limit", "3", "--query", "status:open")
    #expect(limited.count == 3)
    #expect(limited.allSatisfy { $0.status == "open" })
    #expect(try desk.run("list", "--view", "Nope").code == 2)
    #expect(try desk.run("list", "--query", "colour:red").code == 2)
  }

  @Test func showGivesTheThreadWithTheDescriptionFirst() throws {
    let desk = try CommandDesk.ready()
    let shown = try desk.read(CommandDesk.Shown.self, "show", "5")
    #expect(shown.ticket.id == 5)
    #expect(shown.conversations.first?.id == nil)
    #expect(shown.conversations.first?.kind == "customer")
    #expect(shown.conversations.dropFirst().allSatisfy { $0.id != nil })
    #expect(shown.contact?.email != nil)
    #expect(shown.cachedAt != nil)
    let text = try desk.run("show", "5")
    #expect(text.output.hasPrefix("#5  \(shown.ticket.subject)\n"))
  }

  @Test func searchFindsWordsOfAThread() async throws {
    let desk = try CommandDesk.ready(tickets: 5, isSynced: false)
    try await desk.control(
      .post, "/tickets/3/customer_reply", #"{"body":"The zebrafish pump is broken."}"#)
    #expect(try desk.run("sync", "--full").code == 0)
    struct Hit: Decodable {
      struct Match: Decodable {
        var conversationId: Int64?
        var snippet: String
      }
      var id: Int64
      var match: Match
    }
    let hits = try desk.read([Hit].self, "search", "zebrafish")
    #expect(hits.map(\.id) == [3])
    #expect(hits.first?.match.conversationId != nil)
    #expect(hits.first?.match.snippet.contains("zebrafish") == true)
    #expect(try desk.read([Hit].self, "search", "nosuchword").isEmpty)
  }

  @Test func hostileTextComesOutClean() async throws {
    let desk = try CommandDesk.ready(tickets: 2, isSynced: false)
    try await desk.control(
      .post, "/tickets",
      #"{"email":"eve@evil.example","subject":"a\u001b[2Jb\u202ec","description":"x\u009by"}"#)
    #expect(try desk.run("sync").code == 0)
    for command in [["list"], ["list", "--json"], ["show", "3"], ["show", "3", "--json"]] {
      let run = try ProgramRun(["--profile", desk.profile] + command)
      #expect(run.code == 0)
      let unsafe = run.output.unicodeScalars.filter {
        ($0.value < 0x20 && $0 != "\n") || (0x7F..<0xA0).contains($0.value)
          || (0x202A...0x202E).contains($0.value)
      }
      #expect(unsafe.isEmpty, "\(command)")
    }
  }

  @Test func doctorAndPathsAnswerInJSON() throws {
    let desk = try CommandDesk.ready()
    struct Check: Decodable {
      var check: String
      var ok: Bool
      var detail: String
    }
    let checks = try desk.read([Check].self, "doctor")
    #expect(checks.map(\.check).contains("acme: network and key"))
    #expect(checks.allSatisfy { $0.ok })
    #expect(try desk.run("paths").output.contains("\(desk.profile)/accounts/acme/journal.db"))
    #expect(try desk.run("config", "check").code == 0)
  }

  @Test func disconnectKeepsTheDataUnlessToldOtherwise() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("disconnect").code == 0)
    #expect(desk.folder.contents("profile/accounts/acme/api-key") == nil)
    #expect(try desk.run("sync").code == 3)
    #expect(try desk.read([CommandDesk.Ticket].self, "list").count > 20)
    #expect(try desk.run("disconnect", "--forget-data").code == 0)
    #expect(desk.folder.contents("profile/accounts/acme/cache.db") == nil)
    #expect(try desk.run("list").code == 3)
  }
}
