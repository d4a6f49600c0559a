import ConsoleModel

/// Opens the console on the screen.
enum ConsoleCommand {
  /// Without a command: the console of the account that is meant.
  static func open(_ context: CommandContext) throws {
    let profile = try context.profile()
    let account = try context.account()
    try open(profile: profile, account: account, preferences: try context.preferences(), context)
  }

  /// The console of one account. Nothing slow happens before the first frame.
  static func open(
    profile: Profile, account: Account, preferences: Preferences, _ context: CommandContext
  ) throws {
    throw CommandFailure(.failed, "This build has no screen yet; use the line commands.")
  }
}
