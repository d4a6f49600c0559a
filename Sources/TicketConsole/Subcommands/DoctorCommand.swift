import ConsoleModel
import FoundationEssentials
import Freshdesk
import Glibc
import HTTPClient
import Helpdesk
import SQLite

/// `doctor`: looks at everything that the program needs and says what is wrong.
enum DoctorCommand {
  static let command = Command(
    "doctor", summary: "Check terminal, locale, databases, network, key and limits",
    options: [.json],
    details: """
      The exit code is 1 when a check fails. Without an account only the machine is checked.
      """
  ) { context in
    var checks = MachineChecks(context).run()
    do {
      let profile = try context.profile()
      checks += ProfileChecks(profile: profile, context).run()
    } catch {
      checks.append(
        Check(name: "profile", isOK: false, detail: CommandFailure(for: error).sentence))
    }
    if context.wantsJSON {
      context.output.document(
        .array(
          checks.map { check in
            [
              "check": .string(check.name), "ok": .flag(check.isOK),
              "detail": .string(check.detail),
            ]
          }))
    } else {
      var table = TextTable(["check", "", "detail"])
      for check in checks { table.add([check.name, check.isOK ? "ok" : "FAILED", check.detail]) }
      context.output.lines(table.text)
    }
    let failed = checks.filter { !$0.isOK }.map(\.name)
    if !failed.isEmpty {
      throw CommandFailure(
        .failed, "Not everything is well: \(failed.joined(separator: ", ")). Nothing was changed.")
    }
  }

  /// What one look found.
  struct Check {
    var name: String
    var isOK: Bool
    var detail: String
  }
}

/// The terminal and the machine.
private struct MachineChecks {
  private let context: CommandContext

  init(_ context: CommandContext) { self.context = context }

  func run() -> [DoctorCommand.Check] { [terminal, size, colours, locale] }

  /// Which colours the console begins with; what the terminal answers is known only there.
  private var colours: DoctorCommand.Check {
    let detail: String
    if !(context.environment["NO_COLOR"] ?? "").isEmpty {
      detail = "none, because NO_COLOR is set"
    } else if context.environment["COLORFGBG"] != nil {
      detail = "the background is taken from COLORFGBG where the terminal does not say it"
    } else {
      detail =
        "the terminal is asked for its background; where it does not answer, as in tmux before 3.4, "
        + "colours for both are used. :theme, or theme in config.toml, chooses others"
    }
    return .init(name: "colours", isOK: true, detail: detail)
  }

  private var terminal: DoctorCommand.Check {
    let name = context.environment["TERM"] ?? ""
    let isUsable = !name.isEmpty && name != "dumb" && name != "unknown"
    return .init(
      name: "terminal", isOK: isUsable || isatty(STDOUT_FILENO) == 0,
      detail: isUsable
        ? name : "TERM is \"\(name)\": the line commands work, the screen does not")
  }

  private var size: DoctorCommand.Check {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else {
      return .init(name: "screen", isOK: true, detail: "no terminal here")
    }
    return .init(
      name: "screen", isOK: window.ws_col >= 40 && window.ws_row >= 10,
      detail: "\(window.ws_col)x\(window.ws_row)")
  }

  private var locale: DoctorCommand.Check {
    let value =
      ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { context.environment[$0] }.first { !$0.isEmpty }
      ?? ""
    let folded = value.lowercased()
    let isUTF8 = folded.hasSuffix("utf-8") || folded.hasSuffix("utf8")
    return .init(
      name: "locale", isOK: isUTF8,
      detail: isUTF8 ? value : "\"\(value)\" is not UTF-8; set LANG=C.UTF-8 or your own")
  }
}

/// The profile and each of its accounts.
private struct ProfileChecks {
  private let profile: Profile
  private let context: CommandContext

  init(profile: Profile, _ context: CommandContext) {
    self.profile = profile
    self.context = context
  }

  func run() -> [DoctorCommand.Check] {
    var checks = [
      check("settings") {
        let file = profile.preferencesFile
        let preferences = try PreferencesFile(profile: profile).load()
        if let problem = ConfigurationCheck(preferences: preferences, path: file).problems.first {
          throw CommandFailure(.failed, problem)
        }
        let exists = FileManager.default.fileExists(atPath: file)
        return exists ? file : "\(file) does not exist; the defaults are in force"
      }
    ]
    do {
      let accounts = try AccountRegistry(profile: profile).load()
      checks.append(
        .init(
          name: "accounts", isOK: true,
          detail: accounts.isEmpty ? "none yet" : accounts.map(\.name).joined(separator: ", ")))
      let wanted = context.invocation.value("account")
      for account in accounts where wanted == nil || account.name == wanted {
        checks += run(account)
      }
    } catch {
      checks.append(.init(name: "accounts", isOK: false, detail: error.sentence))
    }
    return checks
  }

  private func run(_ account: Account) -> [DoctorCommand.Check] {
    let files = profile.files(of: account.name)
    var checks = [
      check("\(account.name): cache") {
        guard FileManager.default.fileExists(atPath: files.cache) else { return "none yet" }
        let reader = try CacheFile(path: files.cache, clock: { context.clock.now }).reader()
        let count = try reader.ticketCount()
        let last = try reader.lastSync().map { "synced \($0)" } ?? "never synced"
        return "\(count) tickets, \(last)"
      },
      check("\(account.name): sync") {
        guard FileManager.default.fileExists(atPath: files.cache) else {
          return "never synced; fetch with: ticket-console sync"
        }
        let reader = try CacheFile(path: files.cache, clock: { context.clock.now }).reader()
        let last = try reader.lastSync()
        let failures = try reader.syncFailures()
        guard failures.isEmpty else {
          throw CommandFailure(
            .failed,
            failures.map { AccountFacts.sentence($0, lastSync: last) }.joined(separator: " "))
        }
        let threads = try reader.threadFailures().map { "#\($0.ticketID)" }
        let unread =
          threads.isEmpty ? "" : "; threads not read: \(threads.joined(separator: " "))"
        return
          (last.map { "up to date at \($0)" }
          ?? "never synced; fetch with: ticket-console sync") + unread
      },
      check("\(account.name): journal") {
        guard FileManager.default.fileExists(atPath: files.journal) else { return "none yet" }
        let reader = try JournalReader(folder: files.journalFolder, account: account.name)
        let counts = try reader.counts()
        return "\(counts.total) open, \(counts.needPerson) need a person"
      },
      check("\(account.name): audit") {
        guard FileManager.default.fileExists(atPath: files.journal) else { return "none yet" }
        let reader = try JournalReader(folder: files.journalFolder, account: account.name)
        let verdict = try reader.verifyAudit(AuditLog(folder: files.journalFolder))
        guard case .good(let count) = verdict else {
          throw CommandFailure(.failed, "the chain does not hold; see: ticket-console audit verify")
        }
        return "\(count) records"
      },
    ]
    checks += SendingChecks(account: account, folder: files.journalFolder).run()
    guard account.keySource != .none else {
      checks.append(
        .init(name: "\(account.name): key", isOK: true, detail: "disconnected; the cache is frozen")
      )
      return checks
    }
    checks += connection(account)
    return checks
  }

  /// Key, network and limits: one request.
  private func connection(_ account: Account) -> [DoctorCommand.Check] {
    let secret: AccountSecret
    do {
      secret = try Credentials(
        profile: profile, commands: KeyCommand(environment: context.environment)
      ).secret(of: account)
    } catch {
      return [.init(name: "\(account.name): key", isOK: false, detail: error.sentence)]
    }
    let limiter = RequestLimiter()
    let who = check("\(account.name): network and key") {
      let options = CurlOptions(try context.preferences(), environment: context.environment)
      let service = try HelpdeskPlug(transport: CurlTransport(options: options)).service(
        vendor: account.vendor, url: account.url, secret: secret, limiter: limiter)
      let agent = try Waiting.wait { try await service.me(lane: .interactive) }
      return "\(account.url) answers, signed in as \(agent.name)"
    }
    let budget = limiter.snapshot()
    return [who, .init(name: "\(account.name): limits", isOK: true, detail: Self.words(budget))]
  }

  private static func words(_ budget: BudgetSnapshot) -> String {
    guard let account = budget.buckets.first, let limit = account.limit,
      let remaining = account.remaining
    else { return "unknown (not reported by the helpdesk)" }
    return "\(remaining) of \(limit) calls left this minute"
  }

  private func check(_ name: String, _ look: () throws -> String) -> DoctorCommand.Check {
    do {
      return .init(name: name, isOK: true, detail: try look())
    } catch {
      return .init(name: name, isOK: false, detail: CommandFailure(for: error).sentence)
    }
  }
}
