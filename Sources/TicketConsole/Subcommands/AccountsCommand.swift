import ConsoleModel
import Helpdesk

/// `accounts`: what is connected, and how it stands.
enum AccountsCommand {
  static let command = Command(
    "accounts", summary: "List accounts and their state", options: [.json]
  ) { context in
    let profile = try context.profile()
    let accounts = try context.configured { () throws(ConfigurationError) in
      try AccountRegistry(profile: profile).load()
    }
    let entries = accounts.map { account in
      (
        account: account,
        summary: AccountFacts.summary(
          of: account, files: profile.files(of: account.name), clock: context.clock)
      )
    }
    if context.wantsJSON {
      context.output.document(.array(entries.map { json($0.account, $0.summary) }))
    } else if entries.isEmpty {
      context.output.note(ConfigurationError.noAccount.sentence)
    } else {
      var table = TextTable(["account", "state", "tickets", "last sync", "agent", "address"])
      for (account, summary) in entries {
        table.add([
          account.name, summary.state.words + (account.isReadOnly ? ", read-only" : ""),
          String(summary.tickets), summary.lastSync.map(\.description) ?? "never",
          account.agentName, account.url,
        ])
        if let problem = summary.problem { context.output.note("\(account.name): \(problem)") }
      }
      context.output.lines(table.text)
    }
  }

  private static func json(_ account: Account, _ summary: AccountFacts.Summary) -> JSONText {
    [
      "name": .string(account.name), "url": .string(account.url),
      "state": .string(summary.state.rawValue), "last_sync_at": .time(summary.lastSync),
      "tickets": .integer(Int64(summary.tickets)), "read_only": .flag(account.isReadOnly),
      "agent": ["id": .integer(account.agentID), "name": .string(account.agentName)],
      "problem": .text(summary.problem),
    ]
  }
}

extension JSONText {
  /// RFC 3339 in UTC.
  static func time(_ moment: Timestamp?) -> JSONText {
    moment.map { .string($0.description) } ?? .null
  }
}
