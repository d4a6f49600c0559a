import ConsoleModel
import ConsoleTestSupport
import Glibc
import Testing

@Suite struct AccountRegistryTests {
  private let folder = TemporaryFolder()
  private var profile: Profile { Profile(folder: folder.path, workingDirectory: "/") }
  private var registry: AccountRegistry { AccountRegistry(profile: profile) }

  private func account(_ name: String, _ source: Account.KeySource = .file) -> Account {
    Account(
      name: name, url: "https://\(name).example", agentID: 80_020_350_707,
      agentName: "Ann \"A\" \\ \u{1B}[31m\nÖz 张", isReadOnly: true, keySource: source)
  }

  private func write(_ text: String) {
    let file = fopen(profile.accountsFile, "w")
    fputs(text, file)
    fclose(file)
  }

  @Test func whatIsSavedIsReadBack() throws {
    let accounts = [
      account("a", .command("pass show \"x y\" | head -1")), account("b.c-d_1"),
      account("z", .none),
    ]
    for account in accounts { try registry.save(account) }
    #expect(try registry.load() == accounts)
  }

  @Test func savingReplacesTheAccountOfThatName() throws {
    try registry.save(account("a"))
    try registry.save(account("a", .none))
    #expect(try registry.load() == [account("a", .none)])
    try registry.remove("a")
    #expect(try registry.load() == [])
  }

  @Test func theFileIsPrivate() throws {
    try registry.save(account("a"))
    var status = stat()
    #expect(stat(profile.accountsFile, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
  }

  @Test func theOnlyConnectedAccountIsMeantWithoutAName() throws {
    #expect(throws: ConfigurationError.noAccount) { try registry.account(named: nil) }
    try registry.save(account("a"))
    #expect(try registry.account(named: nil).name == "a")
    try registry.save(account("b", .none))
    #expect(try registry.account(named: nil).name == "a")
    try registry.save(account("c"))
    #expect(throws: ConfigurationError.accountNeeded(known: ["a", "b", "c"])) {
      try registry.account(named: nil)
    }
    #expect(throws: ConfigurationError.unknownAccount(name: "d", known: ["a", "b", "c"])) {
      try registry.account(named: "d")
    }
  }

  @Test(arguments: [
    "", "..", ".hidden", "a/b", "-x", "a b", "ä", String(repeating: "a", count: 65),
  ])
  func namesThatAreNoFolderNamesAreRefused(name: String) {
    #expect(throws: ConfigurationError.badAccountName(name)) { try registry.save(account(name)) }
  }

  @Test func anUnknownKeyIsNamedWithItsPlace() {
    write("[[account]]\nname = \"a\"\ncolour = 1\n")
    #expect(
      throws: ConfigurationError.invalid(
        path: profile.accountsFile, line: 3, column: 1, problem: "unknown key \"colour\"")
    ) { try registry.load() }
  }

  @Test func brokenTOMLIsNamedWithItsLine() {
    write("[[account]]\nname = \"a\n")
    do {
      _ = try registry.load()
      Issue.record("it was read")
    } catch {
      guard case .invalid(_, let line, _, _) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(line == 2)
    }
  }

  @Test(arguments: [
    ("https://acme.freshdesk.com", "acme"), ("http://127.0.0.1:8080", "127.0.0.1-8080"),
    ("https://help.acme.example", "help.acme.example"), ("https://", "helpdesk"),
  ])
  func anAccountIsNamedAfterItsAddress(url: String, name: String) {
    #expect(Account.suggestedName(forURL: url) == name)
  }
}
