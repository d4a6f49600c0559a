import ConsoleModel
import ConsoleUI

/// The parts of the manual that explain how things are written and shown, each from its table.
extension ManualPage {
  /// The language of `--query`, of a view's query and of saved views.
  static var queries: String {
    var text = ".SH QUERIES\n"
    for rule in QueryReference.rules { text += tagged(rule.example, rule.meaning) }
    text += ".SS Fields\n"
    for field in QueryField.allCases {
      let names = ([field.name] + field.aliases).map { $0 + ":" }.joined(separator: ", ")
      text += tagged(names, "\(field.meaning). Values: \(field.values). Example: \(field.example)")
    }
    text += ".SS Rules\n"
    for remark in QueryReference.remarks {
      text += paragraph(remark.filter { $0 != "`" })
    }
    return text + ".SS Grammar\n.nf\n" + lines(QueryReference.grammar) + ".fi\n"
  }

  /// What may be typed after `:`.
  static func commandLine(_ table: KeyTable) -> String {
    var text = ".SH COMMAND LINE OF THE CONSOLE\n"
    text += paragraph("After : a name and its argument; Tab completes. A number opens that ticket.")
    let named = table.records.compactMap { record in
      record.unavailable == nil ? record.name.map { (name: $0, record: record) } : nil
    }
    for (name, record) in named.sorted(by: { $0.name < $1.name }) {
      let argument = ConsoleState.argument(of: record.id).map { " " + $0 } ?? ""
      text += tagged(":" + name + argument, record.title)
    }
    return text
  }

  static var legend: String {
    ".SH SIGNS ON THE SCREEN\n" + Legend.entries.map { tagged($0.sign, $0.meaning) }.joined()
  }

  static var output: String {
    let documents = [
      ("list, search", "an array of tickets; search adds match"),
      ("show", "ticket, conversations, contact, company, cached_at"),
      ("attachments", "an array of id, name, size, content_type, conversation_id, and saved"),
      (
        "outbox",
        "an array of id, batch, ticket_id, kind, state, attempts, created_at, hold_until, remote_id, error"
      ),
      ("sync", "account, phases, tickets, conversations, seconds, already_running"),
      (
        "accounts", "an array of name, url, state, last_sync_at, tickets, read_only, agent, problem"
      ),
      ("doctor", "an array of check, ok, detail"),
      ("paths", "an array of name, path"),
    ]
    return ".SH OUTPUT\n"
      + paragraph(
        "With --json one document is printed on standard output and nothing else; progress and "
          + "errors go to standard error. Keys may be added and are never renamed. Times are RFC "
          + "3339 in UTC.")
      + documents.map { tagged($0.0, $0.1) }.joined()
  }

  static let exitCodes: [(code: ExitCode, meaning: String)] = [
    (.done, "done"),
    (
      .failed,
      "failed; one sentence says what failed, what was kept and what to do. Also: a check of doctor "
        + "or config check found a problem, the chain of the audit log is broken"
    ),
    (
      .wrongUsage,
      "wrong usage, or a name that is not known: an option, an account, a view, a query, a status, "
        + "an item. audit verify: the end of the log is missing"
    ),
    (.notSignedIn, "not signed in"),
    (.refused, "refused by policy, or by you at a question"),
    (.outcomeUnknown, "outcome unknown: it may have been applied, and is looked up"),
    (.offline, "offline, and not in the cache"),
  ]

  static var exitStatus: String {
    ".SH EXIT STATUS\n"
      + exitCodes.map { tagged(String($0.code.rawValue), $0.meaning) }.joined()
      + tagged("128 + n", "the console was ended by signal n; what was typed is saved")
  }

  static var environment: String {
    let variables = [
      ("TICKET_CONSOLE_PROFILE", "the same as --profile"),
      ("NO_COLOR", "the same as --no-color when it is not empty"),
      (
        "COLORFGBG",
        "the terminal's colours, for a terminal that does not answer the question for its background"
      ),
      ("ESCDELAY", "milliseconds for which Esc waits for the rest of a key; 100 without it"),
      ("VISUAL, EDITOR", "the editor for longer texts; the setting editor goes before them"),
      (
        "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME, XDG_STATE_HOME, HOME",
        "where configuration, journals, caches and the log are without a profile"
      ),
      ("TERM, COLORTERM", "what the terminal can do"),
      ("LANG, LC_ALL, LC_CTYPE", "the locale; it has to be UTF-8"),
      ("TZ", "the time zone of times on the screen and of days in queries"),
      (
        "https_proxy, HTTPS_PROXY",
        "the proxy, only with the setting proxy = \"environment\"; no other variable of proxies and "
          + "certificates is looked at"
      ),
    ]
    return ".SH ENVIRONMENT\n" + variables.map { tagged($0.0, $0.1) }.joined()
  }

  static var files: String {
    let files = [
      ("~/.config/ticket-console/config.toml", "the configuration; see CONFIGURATION"),
      ("~/.config/ticket-console/accounts.toml", "the accounts"),
      (
        "~/.config/ticket-console/accounts/NAME/api-key",
        "an account's API key, where it was read with --api-key-stdin"
      ),
      ("~/.cache/ticket-console/accounts/NAME/cache.db", "the cache; may be deleted at any time"),
      (
        "~/.local/share/ticket-console/accounts/NAME/journal.db",
        "outbox and drafts; must not be deleted"
      ),
      ("~/.local/share/ticket-console/accounts/NAME/audit.log", "the audit log"),
      (
        "~/.local/share/ticket-console/accounts/NAME/stop",
        "while it exists, nothing of the account is sent"
      ),
      ("~/.local/state/ticket-console/ticket-console.log", "errors and warnings"),
    ]
    return ".SH FILES\n" + files.map { tagged($0.0, $0.1) }.joined()
  }

  static var examples: String {
    let examples = [
      ("ticket-console demo", "look around on a generated helpdesk"),
      (
        "ticket-console connect --url acme.freshdesk.com --api-key-command 'pass show freshdesk'",
        "connect an account"
      ),
      ("ticket-console search 'Wendy Sutton'", "find a customer and her tickets"),
      (
        "ticket-console attachments 305 --save Downloads",
        "download the files of a ticket"
      ),
      (
        "ticket-console reply 305 --body-file answer.txt --confirm-to wendy@example.com",
        "reply from a script"
      ),
    ]
    let queries = QueryReference.examples.map {
      ("ticket-console list --query '\($0.example)'", $0.meaning)
    }
    return ".SH EXAMPLES\n" + (examples + queries).map { tagged($0.0, $0.1) }.joined()
  }

  static let end = """
    .SH BUGS
    One console shows one account. A journal must be used on one machine at a time.
    .SH SEE ALSO
    .BR tmux (1),
    .BR mutt (1)
    .PP
    The folder Documentation of the source has getting started, query language, outbox, files,
    automation, privacy and security, troubleshooting and a glossary.

    """

  static func tagged(_ tag: String, _ text: String) -> String {
    ".TP\n.B \(escaped(tag))\n\(escaped(text))\n"
  }

  private static func paragraph(_ text: String) -> String { ".PP\n\(escaped(text))\n" }

  private static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      escaped(String($0)) + "\n"
    }.joined()
  }
}
