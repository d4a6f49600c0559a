import ConsoleModel
import Helpdesk

/// `search`: full text over subjects and threads in the cache.
enum SearchCommand {
  static let command = Command(
    "search", "TEXT", summary: "Search subjects and threads in the cache",
    options: [CommandOption("limit", "N", "At most N tickets; default: 50"), .json],
    details: """
      Every word has to be there; words in double quotes have to stand together. The newest
      finds come first.
      """
  ) { context in
    let text = context.invocation.operands.joined(separator: " ")
    guard !text.isEmpty else { throw CommandFailure(.wrongUsage, "Say what to search for.") }
    let limit = try context.number("limit", in: 1...10_000) ?? 50
    let session = try context.session()
    try context.attempt {
      let reader = try session.currentReader()
      let result = try reader.search(text, limit: limit)
      if context.wantsJSON {
        try print(result, account: session.account.name, reader, context)
        return
      }
      for hit in result.hits {
        context.output.lines(
          "#\(hit.row.id)  \(hit.row.statusLabel)  \(hit.row.requesterName)  \(hit.row.subject)")
        context.output.lines("    " + hit.snippet)
      }
      if result.hits.isEmpty { context.output.note("Nothing in the cache has these words.") }
      if result.hasMore {
        context.output.note("There is more; narrow the search or raise --limit.")
      }
    }
  }

  private static func print(
    _ result: SearchResult, account: String, _ reader: CacheReader, _ context: CommandContext
  ) throws {
    let json = try TicketJSON(account: account, reader: reader)
    var found: [JSONText] = []
    for hit in result.hits {
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
