import ConsoleTestSupport
import Testing

@Suite struct BadInputTests {
  @Test func aWrongKeyIsRefusedAndNothingIsStored() throws {
    let desk = try CommandDesk()
    let run = try desk.run(
      "connect", "--url", desk.server.url, "--api-key-stdin", input: "wrong\n")
    #expect(run.code == 3)
    #expect(run.errors == "Invalid Freshdesk credentials. Check your domain and API key.\n")
    #expect(desk.folder.contents("profile/accounts.toml") == nil)
  }

  @Test(arguments: [
    ("http://acme.example", 2), ("acme example", 2), ("https://user:key@acme.example", 2),
    ("http://127.0.0.1:1", 6),
  ])
  func aWrongAddressIsRefused(url: String, code: Int32) throws {
    let folder = TemporaryFolder()
    let run = try ProgramRun(
      ["--profile", folder.path, "connect", "--url", url, "--api-key-stdin"], input: "key\n")
    #expect(run.code == code)
    #expect(!run.errors.contains("key\n"))
    #expect(run.errors.hasSuffix(".\n"))
  }

  @Test(arguments: ["", "two words\n", "\u{1}\n"])
  func whatIsNoKeyIsRefused(input: String) throws {
    let desk = try CommandDesk(tickets: 1)
    let run = try desk.run(
      "connect", "--url", desk.server.url, "--api-key-stdin", input: input)
    #expect(run.code == 2)
  }

  @Test func withoutAnAccountItSaysHowToConnect() throws {
    let folder = TemporaryFolder()
    for command in ["list", "sync", "outbox", "doctor"] {
      let run = try ProgramRun(["--profile", folder.path, command])
      #expect(run.code == (command == "doctor" ? 0 : 3), "\(command)")
    }
  }

  @Test func offlineTheCacheIsReadAndTheRestIsCode6() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("show", "4").code == 0)
    desk.server.stop()
    #expect(try desk.run("list").code == 0)
    #expect(try desk.run("show", "4").code == 0)
    let refreshed = try desk.run("show", "4", "--refresh")
    #expect(refreshed.code == 0)
    #expect(refreshed.errors.hasPrefix("This is the cached copy."))
    #expect(try desk.run("show", "99999").code == 6)
    #expect(try desk.run("sync").code == 6)
  }

  @Test func aTicketThatDoesNotExistIsCode1() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("show", "99999").code == 1)
    #expect(try desk.run("show", "four").code == 2)
  }

  @Test func aSecondSyncSaysSoAndEndsWell() async throws {
    let desk = try CommandDesk.ready(isSynced: false)
    try await desk.control(
      .post, "/faults", #"{"method":"GET","path":".*","action":"hang","times":1}"#)
    let arguments = ["--profile", desk.profile, "sync"]
    let first = try PseudoTerminal(size: .init(width: 80, height: 24))
    try first.start(PseudoTerminal.console, arguments: arguments)
    try first.wait(for: "the first sync's bar") { $0.text.contains("tickets") }
    let second = try ProgramRun(arguments)
    #expect(second.code == 0)
    #expect(second.errors.contains("Another sync of this account is running"))
  }

  @Test func anUnreadableSettingIsNamedWithItsPlace() throws {
    let desk = try CommandDesk.ready()
    desk.folder.write("profile/config.toml", Array("hold_secs = 1\n".utf8))
    let run = try desk.run("list")
    #expect(run.code == 1)
    #expect(run.errors.hasPrefix("\(desk.profile)/config.toml:1:1: unknown key \"hold_secs\""))
  }

  @Test func aKeyFileThatOthersCanReadIsRefused() throws {
    let desk = try CommandDesk.ready()
    let path = "profile/accounts/acme/api-key"
    let key = try #require(desk.folder.contents(path))
    desk.folder.makePublic(path)
    let run = try desk.run("sync")
    #expect(run.code == 4)
    #expect(run.errors.contains("chmod 600"))
    #expect(desk.folder.contents(path) == key)
  }

  @Test func aDamagedCacheIsPutAsideAndFilledAgain() throws {
    let desk = try CommandDesk.ready()
    #expect(try desk.run("tag", "4", "+kept").code == 0)
    desk.folder.write("profile/accounts/acme/cache.db", [UInt8](repeating: 7, count: 40_000))
    let run = try desk.run("sync")
    #expect(run.code == 0)
    #expect(run.errors.contains("The cache was damaged."))
    #expect(try desk.read([CommandDesk.Ticket].self, "list").count > 20)
    #expect(try desk.read([CommandDesk.Item].self, "outbox").map(\.state) == ["sent"])
  }

  @Test func aNewerCacheIsLeftAlone() throws {
    let desk = try CommandDesk.ready()
    let path = "profile/accounts/acme/cache.db"
    var bytes = try #require(desk.folder.contents(path))
    // The user version stands big-endian at byte 60 of every SQLite file.
    bytes.replaceSubrange(60..<64, with: [0, 0, 0x7F, 0xFF])
    desk.folder.write(path, bytes)
    let run = try desk.run("list")
    #expect(run.code == 1)
    #expect(run.errors.contains("newer version"))
    #expect(desk.folder.contents(path) == bytes)
  }
}
