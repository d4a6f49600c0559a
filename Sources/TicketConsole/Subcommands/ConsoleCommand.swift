import ConsoleModel
import ConsoleUI

/// Opens the console on the screen.
enum ConsoleCommand {
  /// Without a command: the console of the account that is meant, or the first steps where there is
  /// none. With `--plain` the queue as lines.
  static func open(_ context: CommandContext) throws {
    if context.invocation.has("plain") {
      try ListCommand.command.run(context)
      return
    }
    let profile = try context.profile()
    let hasAccounts = try context.configured { () throws(ConfigurationError) in
      try !AccountRegistry(profile: profile).load().isEmpty
    }
    if !hasAccounts {
      if let refusal = TerminalGuard.refusal(environment: context.environment) {
        throw CommandFailure(.notSignedIn, ConfigurationError.noAccount.sentence + " " + refusal)
      }
      guard try Welcome.run(context) else { return }
    }
    let account = try context.account()
    try open(profile: profile, account: account, preferences: try context.preferences(), context)
  }

  /// The console of one account. Nothing slow happens before the first frame.
  static func open(
    profile: Profile, account: Account, preferences: Preferences, _ context: CommandContext
  ) throws {
    if let refusal = TerminalGuard.refusal(environment: context.environment) {
      throw CommandFailure(.failed, refusal)
    }
    let check = ConfigurationCheck(
      preferences: preferences, path: PreferencesFile(profile: profile).path)
    if let problem = check.problems.first {
      throw CommandFailure(.failed, "\(problem). Nothing was opened; correct it there.")
    }
    let keys: KeyTable
    do { keys = try check.keys() } catch { throw CommandFailure(.failed, error.sentence) }
    let program: ConsoleProgram
    do {
      let session = try AccountSession(
        profile: profile, account: account, preferences: preferences,
        commands: KeyCommand(environment: context.environment))
      program = try ConsoleProgram(
        session: session, keys: keys, environment: context.environment,
        isColored: !context.invocation.has("no-color"))
    } catch let failure as TerminalHost.Failure {
      guard case .refused(let sentence) = failure else { return }
      throw CommandFailure(.failed, sentence)
    } catch {
      throw CommandFailure(for: error)
    }
    try program.run()
  }
}
