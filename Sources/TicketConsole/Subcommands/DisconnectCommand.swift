import ConsoleModel

/// `disconnect`: clears the key, and the data only when asked to.
enum DisconnectCommand {
  static let command = Command(
    "disconnect", summary: "Clear the API key of an account",
    options: [
      CommandOption(
        "forget-data", "Delete cached tickets, drafts, outbox and audit log of the account too")
    ],
    details: """
      Cached tickets stay readable, frozen as they are. What waits in the outbox stays there and is
      sent when the account is connected again. With --forget-data everything of the account is
      deleted; that is refused while its outbox holds something unsent.
      """
  ) { context in
    let profile = try context.profile()
    let registry = AccountRegistry(profile: profile)
    var account = try context.configured { () throws(ConfigurationError) in
      let accounts = try registry.load()
      if context.invocation.value("account") == nil, accounts.count == 1 { return accounts[0] }
      return try registry.account(named: context.invocation.value("account"))
    }
    let files = profile.files(of: account.name)
    let credentials = try context.credentials()
    if context.invocation.has("forget-data") {
      let unsent = try AccountFacts.unsentWrites(files, account: account.name)
      guard unsent == 0 else {
        throw CommandFailure(
          .refused,
          "The outbox of \"\(account.name)\" holds \(unsent) unsent writes, so nothing was deleted. "
            + "Send or discard them first; see: ticket-console outbox")
      }
      try context.configured { () throws(ConfigurationError) in
        try credentials.forget(account.name)
        try registry.remove(account.name)
        try files.remove()
      }
      context.output.lines("The account \"\(account.name)\" and its data are gone.")
      return
    }
    account.keySource = .none
    let disconnected = account
    try context.configured { () throws(ConfigurationError) in
      try credentials.forget(disconnected.name)
      try registry.save(disconnected)
    }
    context.output.lines(
      "The key of \"\(account.name)\" is cleared. Its cached tickets can still be read.")
  }
}
