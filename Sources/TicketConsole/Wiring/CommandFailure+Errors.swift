import ConsoleModel
import Freshdesk
import Helpdesk
import SQLite

extension CommandFailure {
  /// The exit code and the sentence for an error of any layer.
  init(for error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as ConfigurationError: self.init(error.exitCode, error.sentence)
    case let error as HelpdeskError:
      self.init(Self.code(error), FailureSentences.sentence(for: error))
    case let error as SyncError:
      self.init(Self.code(error), FailureSentences.sentence(for: error))
    case let error as SQLiteError: self.init(.failed, Self.sentence(error))
    case let error as QueryError: self.init(.wrongUsage, error.sentence)
    default: self.init(.failed, FailureSentences.sentence(for: error))
    }
  }

  private static func code(_ error: HelpdeskError) -> ExitCode {
    switch error {
    case .offline: .offline
    case .notSignedIn: .notSignedIn
    default: .failed
    }
  }

  private static func code(_ error: SyncError) -> ExitCode {
    if case .helpdesk(let error, _) = error { return code(error) }
    return .failed
  }

  private static func sentence(_ error: SQLiteError) -> String {
    if case .newerFile = error {
      return "The cache was written by a newer version of this program and is left as it is. Use "
        + "that version, or remove the cache file (see: ticket-console paths) and sync again."
    }
    return FailureSentences.sentence(for: error)
  }
}

extension CommandContext {
  /// Runs a step of any layer and turns its failure into a command's.
  func attempt<Value>(_ body: () throws -> Value) throws(CommandFailure) -> Value {
    do { return try body() } catch { throw CommandFailure(for: error) }
  }

  /// The account that is meant, opened. Says so when a damaged cache had to be put aside.
  func session(needsCache: Bool = true) throws(CommandFailure) -> AccountSession {
    let (profile, account, preferences) = (try profile(), try account(), try preferences())
    let session = try attempt {
      try AccountSession(
        profile: profile, account: account, preferences: preferences,
        commands: KeyCommand(environment: environment), needsCache: needsCache)
    }
    if case .rebuilt(let aside) = session.cacheOutcome {
      output.note(
        "The cache was damaged. It was moved to \(aside) and a new one begun; the next sync fills "
          + "it. Nothing you wrote is lost.")
    }
    return session
  }
}
