import ConsoleModel
import Helpdesk

/// `list`: tickets of a view or query, from the cache.
enum ListCommand {
  static let command = Command(
    "list", summary: "List tickets from the cache",
    options: [
      CommandOption("view", "NAME", "A view, yours or one that everybody has"),
      CommandOption("query", "QUERY", "A query, such as \"status:open agent:me printer\""),
      CommandOption(
        "sort", "KEY", "Another order: sla, updated, created, priority, status, number"),
      CommandOption("limit", "N", "At most N tickets; default: 100"),
      .json,
    ],
    details: """
      Without view and query all tickets are listed. The views that everybody has are Mine,
      Unassigned, Overdue, All open, Waiting, Resolved and All. A query may narrow a view.

      \(QueryHelp.summary)

      Prefix the sort key with - to reverse the order.
      """
  ) { context in
    let limit = try context.number("limit", in: 1...1_000_000) ?? 100
    let session = try context.session()
    try context.attempt {
      let reader = try session.currentReader()
      let query = try query(context, reader, session.preferences)
      if context.wantsJSON {
        let json = try TicketJSON(account: session.account.name, reader: reader)
        let tickets = try reader.identifiers(query, limit: limit)
        try context.output.array(tickets) { try json.ticket($0) }
      } else {
        let rows = try reader.rows(query, limit: limit)
        if rows.isEmpty {
          context.output.note("No ticket matches.")
        } else {
          context.output.lines(table(rows))
        }
      }
      try tellAge(reader, context)
    }
  }

  /// Says when the list is not what the helpdesk would show. A cache that was never filled is no
  /// empty helpdesk: then the command fails.
  private static func tellAge(_ reader: CacheReader, _ context: CommandContext) throws {
    let lastSync = try reader.lastSync()
    if let failure = try reader.syncFailures().first(where: \.concernsTickets) {
      context.output.note(AccountFacts.sentence(failure, lastSync: lastSync))
    }
    guard lastSync == nil else { return }
    guard try reader.ticketCount() == 0 else {
      context.output.note(
        "The first sync has not come to its end; there are more tickets. Go on with: "
          + "ticket-console sync")
      return
    }
    throw CommandFailure(
      .offline, "This account was never synced. Fetch it with: ticket-console sync")
  }

  private static func query(
    _ context: CommandContext, _ reader: CacheReader, _ preferences: Preferences
  ) throws -> QueueQuery {
    var query = QueueQuery(sort: QueueSort(.updated))
    if let name = context.invocation.value("view") {
      query = try view(named: name, reader, preferences)
    }
    if let text = context.invocation.value("query") {
      query = try reader.query(text, onto: query)
    }
    if let key = context.invocation.value("sort") { query.sort = try QueryLanguage.sort(key) }
    return query
  }

  private static func view(
    named name: String, _ reader: CacheReader, _ preferences: Preferences
  ) throws -> QueueQuery {
    let wanted = name.lowercased()
    // A query that is not understood is an error here, with its reason.
    if let own = preferences.views.first(where: { $0.name.lowercased() == wanted }) {
      return try reader.language().parse(own.query)
    }
    let views = try reader.views(of: preferences)
    if let view = views.first(where: { $0.name.lowercased() == wanted }) { return view.query }
    let known = views.map(\.name)
    throw CommandFailure(
      .wrongUsage, "There is no view \"\(name)\". There are \(known.joined(separator: ", ")).")
  }

  static func table(_ rows: [QueueRow]) -> String {
    var table = TextTable([
      "number", "status", "priority", "agent", "requester", "updated", "subject",
    ])
    for row in rows {
      table.add([
        "#\(row.id)", row.marked(row.statusLabel, .status),
        row.marked(row.priority.label, .priority), row.marked(row.agentWords ?? "--", .agent),
        row.requesterName, row.updatedAt.description,
        (row.hasNewCustomerWords ? "* " : "") + row.subject,
      ])
    }
    return table.text
  }
}
