import ConsoleModel
import Helpdesk

/// `search`: full text over subjects and threads in the cache.
enum SearchCommand {
  static let command = Command(
    "search", "TEXT", summary: "Search customers, subjects and threads in the cache",
    options: [CommandOption("limit", "N", "At most N tickets; default: 50"), .json],
    details: """
      Customers and companies whose name, e-mail address or phone number begins with the text
      come first, each with the newest tickets. Then come tickets whose subject or thread has all
      of the words, newest first. Use double quotes for an exact phrase.
      """
  ) { context in
    let text = context.invocation.operands.joined(separator: " ")
    guard !text.isEmpty else { throw CommandFailure(.wrongUsage, "Specify what to search for.") }
    let limit = try context.number("limit", in: 1...10_000) ?? 50
    let session = try context.session()
    try context.attempt {
      let reader = try session.currentReader()
      let customers = try reader.customers(text)
      let result = try reader.search(text, limit: limit)
      if context.wantsJSON {
        try print(customers, result, account: session.account.name, reader, context)
        return
      }
      for customer in customers { context.output.lines(lines(customer)) }
      for hit in result.hits {
        context.output.lines(
          "#\(hit.row.id)  \(hit.row.statusLabel)  \(hit.row.requesterName)  \(hit.row.subject)")
        context.output.lines("    " + hit.snippet)
      }
      if result.hits.isEmpty, customers.isEmpty {
        context.output.note("Nothing in the cache matches.")
      }
      if result.hasMore {
        context.output.note("There is more; narrow the search or raise --limit.")
      }
    }
  }

  private static func lines(_ customer: FoundCustomer) -> String {
    let kind =
      switch customer.who {
      case .contact: "customer"
      case .company: "company"
      }
    let facts = [customer.name, customer.email, customer.phone].compactMap { $0 }
    let number = customer.ticketCount
    let head =
      "\(kind)  " + facts.joined(separator: "  ") + "  \(number) ticket\(number == 1 ? "" : "s")"
    let tickets = customer.tickets.map { row in
      "    #\(row.id)  \(row.statusLabel)  \(row.requesterName)  \(row.subject)"
    }
    return ([head] + tickets).joined(separator: "\n")
  }

  private static func print(
    _ customers: [FoundCustomer], _ result: SearchResult, account: String, _ reader: CacheReader,
    _ context: CommandContext
  ) throws {
    let json = try TicketJSON(account: account, reader: reader)
    var found: [JSONText] = []
    var seen = Set<TicketID>()
    for customer in customers {
      for row in customer.tickets where seen.insert(row.id).inserted {
        guard case .object(var members)? = try json.ticket(row.id) else { continue }
        let match: JSONText = [
          "conversation_id": .null, "snippet": .string(customer.name),
          "customer": ["name": .string(customer.name), "email": .text(customer.email)],
        ]
        members.append(.init(key: "match", value: match))
        found.append(.object(members))
      }
    }
    for hit in result.hits where seen.insert(hit.row.id).inserted {
      guard case .object(var members)? = try json.ticket(hit.row.id) else { continue }
      let match: JSONText = [
        "conversation_id": hit.conversationID.map { .integer($0.rawValue) } ?? .null,
        "snippet": .string(hit.snippet),
      ]
      members.append(.init(key: "match", value: match))
      found.append(.object(members))
    }
    context.output.document(.array(found))
  }
}
