import ConsoleModel
import ConsoleTestSupport
import Glibc
import Testing

@Suite struct ProfileTests {
  @Test func oneFolderHoldsEverything() throws {
    let profile = try Profile(
      folder: "here/", environment: ["HOME": "/home/a"], workingDirectory: "/srv")
    #expect(profile.preferencesFile == "/srv/here/config.toml")
    #expect(profile.files(of: "acme").cache == "/srv/here/accounts/acme/cache.db")
    #expect(profile.files(of: "acme").journal == "/srv/here/accounts/acme/journal.db")
  }

  @Test func theOptionWinsOverTheVariable() throws {
    let environment = ["TICKET_CONSOLE_PROFILE": "/variable", "HOME": "/home/a"]
    let option = try Profile(folder: "/option", environment: environment, workingDirectory: "/")
    let variable = try Profile(folder: nil, environment: environment, workingDirectory: "/")
    #expect(option.configFolder == "/option")
    #expect(variable.configFolder == "/variable")
  }

  @Test func journalsAreDataAndCachesAreCaches() throws {
    let profile = try Profile(
      folder: nil,
      environment: [
        "HOME": "/home/a", "XDG_CACHE_HOME": "/fast", "XDG_DATA_HOME": "relative/is/ignored",
      ], workingDirectory: "/")
    #expect(profile.accountsFile == "/home/a/.config/ticket-console/accounts.toml")
    #expect(
      profile.files(of: "x").journal
        == "/home/a/.local/share/ticket-console/accounts/x/journal.db")
    #expect(profile.files(of: "x").cache == "/fast/ticket-console/accounts/x/cache.db")
    #expect(profile.logFile == "/home/a/.local/state/ticket-console/ticket-console.log")
  }

  @Test func withoutAHomeItSaysWhatToDo() {
    #expect(throws: ConfigurationError.noHome) {
      try Profile(folder: nil, environment: [:], workingDirectory: "/")
    }
  }

  @Test func foldersArePrivate() throws {
    let folder = TemporaryFolder()
    let profile = Profile(folder: folder.file("a/b"), workingDirectory: "/")
    try profile.makeFolders()
    try profile.files(of: "acme").makeFolders()
    var status = stat()
    #expect(stat(profile.files(of: "acme").journalFolder, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o700)
  }
}
