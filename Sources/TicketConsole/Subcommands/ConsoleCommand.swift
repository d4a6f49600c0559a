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
    let keys = try keys(preferences, PreferencesFile(profile: profile).path)
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
    program.run()
  }

  /// The keys in force: the preset with the person's own. A clash or an unknown name is refused
  /// before the screen opens, in one sentence.
  private static func keys(
    _ preferences: Preferences, _ path: String
  ) throws(CommandFailure) -> KeyTable {
    guard let preset = KeyPreset(rawValue: preferences.keyPreset) else {
      let known = KeyPreset.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandFailure(
        .failed,
        "\(path): there is no map of keys \"\(preferences.keyPreset)\"; there are \(known). "
          + "Nothing was opened.")
    }
    do throws(KeyProblem) {
      return try KeyTable(
        preset: preset,
        own: preferences.keys.map { OwnKeys(action: $0.action, place: $0.place, keys: $0.keys) })
    } catch {
      let line = error.setting.map { ":\(preferences.keys[$0].line)" } ?? ""
      throw CommandFailure(
        .failed, "\(path)\(line): \(error.sentence). Nothing was opened; correct the keys there.")
    }
  }
}
