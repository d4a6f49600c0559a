import ConsoleModel
import FoundationEssentials
import Glibc
import HTTPClient
import Helpdesk
import HelpdeskSandbox

/// `demo`: the console on a local helpdesk, with a profile that is thrown away afterwards.
enum DemoCommand {
  static let command = Command(
    "demo", summary: "Open the console on a generated helpdesk",
    options: [
      CommandOption("tickets", "N", "Generated tickets; default: 250, or none with --load"),
      CommandOption("seed", "N", "The same seed makes the same helpdesk"),
      CommandOption(
        "plan", "NAME", choices: ["trial", "growth", "pro", "enterprise", "unlimited"],
        "Request limits; default: unlimited"),
      CommandOption("load", "FILE", "Conversations in JSON Lines; repeatable"),
      CommandOption("live", "Customers write while one looks"),
      CommandOption(
        "listen", "PORT", "The helpdesk's port on 127.0.0.1, or 127.0.0.1:PORT; default: a free one"
      ),
    ],
    details: """
      Nothing leaves the machine: the helpdesk runs inside the program, on loopback, and everything
      is forgotten at the end, so leaving the console asks. With --profile the profile is kept.
      """
  ) { context in
    let options = try options(context)
    context.output.note("Preparing the helpdesk …")
    let server: SandboxServer
    do { server = try SandboxServer(options) } catch {
      throw CommandFailure(.failed, "The demo did not start. \(error)")
    }
    defer { server.stop() }
    for warning in server.warnings { context.output.note(warning) }
    let folder = try DemoFolder(kept: context.invocation.value("profile"), context)
    let (profile, account) = try connect(server, folder.path, context)
    context.output.note(
      "The helpdesk runs at \(server.url); its control calls at \(server.control).")
    var preferences = try context.configured { () throws(ConfigurationError) in
      try PreferencesFile(profile: profile).load()
    }
    // The helpdesk ends with the console.
    preferences.confirmsQuit = true
    if options.plan == "unlimited" {
      try fill(profile, account, preferences, context)
    }
    try ConsoleCommand.open(
      profile: profile, account: account, preferences: preferences, context)
    withExtendedLifetime(folder) {}
  }

  private static func options(_ context: CommandContext) throws -> SandboxOptions {
    var options = SandboxOptions()
    options.tickets = try context.number("tickets", in: 0...10_000_000)
    if let seed = try context.number("seed", in: 0...Int.max) {
      options.seed = UInt64(seed)
    } else {
      // Nobody asked for the same bytes again, so the newest tickets may be minutes old.
      options.generatedAt = context.clock.now.seconds
    }
    options.plan = context.invocation.value("plan") ?? "unlimited"
    options.isLive = context.invocation.has("live")
    options.port = try port(context) ?? options.port
    for path in context.invocation.all("load") {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFailure(.wrongUsage, "\(path) cannot be read. Nothing was started.")
      }
      options.loads.append(SandboxLoad(name: path, bytes: Array(data)))
    }
    return options
  }

  /// The port of `--listen`, with the address of the loopback before it or alone.
  private static func port(_ context: CommandContext) throws(CommandFailure) -> UInt16? {
    guard let text = context.invocation.value("listen") else { return nil }
    let digits = text.hasPrefix("127.0.0.1:") ? String(text.dropFirst(10)) : text
    guard let port = UInt16(digits), port > 0 else {
      throw CommandFailure(
        .wrongUsage, "--listen has to be a port, or 127.0.0.1 and a port, such as 127.0.0.1:8080.")
    }
    return port
  }

  /// Signs in over real HTTP, as a person would.
  private static func connect(
    _ server: SandboxServer, _ folder: String, _ context: CommandContext
  ) throws -> (Profile, Account) {
    guard let agent = server.agents.first(where: { $0.role == "admin" }) ?? server.agents.first,
      let secret = AccountSecret(agent.apiKey)
    else { throw CommandFailure(.failed, "The demo helpdesk has no agent. Nothing was started.") }
    let profile = Profile(folder: folder, workingDirectory: context.workingDirectory)
    let me = try ConnectCommand.check(
      server.url, secret, HelpdeskPlug(transport: CurlTransport()))
    let account = Account(
      name: "demo", url: server.url, agentID: me.id.rawValue, agentName: me.name,
      isReadOnly: context.invocation.has("read-only"), keySource: .file)
    try context.configured { () throws(ConfigurationError) in
      try profile.makeFolders()
      _ = try Credentials(
        profile: profile, commands: KeyCommand(environment: context.environment)
      ).store(secret, for: account.name)
      try AccountRegistry(profile: profile).save(account)
    }
    return (profile, account)
  }

  /// Fills the cache before the first frame, as a person's daily console has it; threads are left
  /// to the console but for the newest.
  private static func fill(
    _ profile: Profile, _ account: Account, _ preferences: Preferences, _ context: CommandContext
  ) throws {
    try context.attempt {
      let session = try AccountSession(
        profile: profile, account: account, preferences: preferences,
        commands: KeyCommand(environment: context.environment))
      let reporter = SyncReporter(context.output, clock: context.clock)
      let engine = try session.syncEngine(
        limiter: RequestLimiter(onWait: { reporter.wait(until: $0) }))
      _ = try Waiting.wait {
        try await engine.run(SyncOptions(threadLimit: 300, lane: .interactive)) {
          reporter.show($0)
        }
      }
      reporter.finish()
    }
  }
}

/// The folder of a demo's profile: removed at the end unless the person named one.
private final class DemoFolder {
  let path: String
  private let isKept: Bool

  init(kept path: String?, _ context: CommandContext) throws(CommandFailure) {
    isKept = path != nil
    if let path {
      self.path = path
      return
    }
    let base = context.environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array("\(base)/ticket-console-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandFailure(
        .failed, "No folder can be made in \(base). Nothing was started; set TMPDIR.")
    }
    self.path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    guard !isKept else { return }
    try? FileManager.default.removeItem(atPath: path)
  }
}
