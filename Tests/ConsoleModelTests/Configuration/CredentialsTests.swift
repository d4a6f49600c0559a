import ConsoleModel
import ConsoleTestSupport
import Glibc
import Testing

@Suite struct CredentialsTests {
  private let folder = TemporaryFolder()
  private var profile: Profile { Profile(folder: folder.path, workingDirectory: "/") }
  private var credentials: Credentials {
    Credentials(
      profile: profile,
      commands: KeyCommand(
        environment: ["PATH": "/usr/bin:/bin", "WORD": "k3y"], secondsToWait: 20))
  }

  private func account(_ source: Account.KeySource) -> Account {
    Account(name: "a", url: "https://a.example", agentID: 1, agentName: "A", keySource: source)
  }

  private func failure(_ source: Account.KeySource) -> ConfigurationError? {
    do {
      _ = try credentials.secret(of: account(source))
      return nil
    } catch { return error }
  }

  @Test func aCommandsFirstLineIsTheKey() throws {
    let command = "printf '  %s \\nlogin: ann\\n' \"$WORD\""
    #expect(try credentials.secret(of: account(.command(command))).reveal() == "k3y")
  }

  @Test(arguments: [
    ("exit 3", "it ended with code 3"), ("true", "its first line of output is empty or is no key"),
    ("echo a b", "its first line of output is empty or is no key"),
    ("kill -9 $$", "it was ended by signal 9"),
  ])
  func aCommandWithoutAKeySaysWhy(command: String, problem: String) {
    #expect(failure(.command(command)) == .keyCommandFailed(command: command, problem: problem))
  }

  @Test func aStoredKeyIsReadBackFromAPrivateFile() throws {
    let secret = try #require(AccountSecret("abc123"))
    let path = try credentials.store(secret, for: "a")
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try credentials.secret(of: account(.file)) == secret)
    try credentials.forget("a")
    #expect(failure(.file) == .keyMissing(path: path))
  }

  @Test func aKeyFileThatOthersCanReadIsRefused() throws {
    let path = try credentials.store(try #require(AccountSecret("abc123")), for: "a")
    chmod(path, 0o640)
    #expect(failure(.file) == .readableByOthers(path: path))
  }

  @Test func aDisconnectedAccountHasNoKey() {
    #expect(failure(.none) == .notConnected(name: "a"))
  }

  @Test func aSecretShowsItselfToNobody() throws {
    let secret = try #require(AccountSecret(" s3cret\n"))
    #expect("\(secret) \(String(reflecting: secret))" == "(hidden) (hidden)")
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!dumped.contains("s3cret"))
  }

  @Test(arguments: ["", " \n", "a b", "a\u{0}b", "a\u{1B}", String(repeating: "a", count: 4097)])
  func whatCannotBeAKeyIsRefused(text: String) {
    #expect(AccountSecret(text) == nil)
  }
}
