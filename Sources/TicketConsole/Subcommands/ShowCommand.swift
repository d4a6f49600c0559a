import ConsoleModel
import Freshdesk
import Helpdesk

/// `show`: one ticket with its thread, contact and company.
enum ShowCommand {
  static let command = Command(
    "show", "ID", summary: "Show a ticket with its thread",
    options: [CommandOption("refresh", "Ask the helpdesk first"), .json],
    details: """
      The ticket comes from the cache; a thread that is not cached yet is fetched. Private notes
      are marked with a bar of # signs.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let session = try context.session()
    try context.attempt {
      let reader = try session.currentReader()
      var detail = try reader.detail(id)
      if context.invocation.has("refresh") || detail?.isThreadCached != true {
        do {
          try refresh(id, session)
          detail = try reader.detail(id)
        } catch {
          try excuse(error, hasTicket: detail != nil, id, context)
        }
      }
      guard let detail else {
        throw CommandFailure(
          .failed, "The helpdesk does not know ticket #\(id). Check the number.")
      }
      let entries = try allEntries(detail, reader)
      if context.wantsJSON {
        let json = try TicketJSON(account: session.account.name, reader: reader)
        context.output.document(try document(detail, entries, json))
      } else {
        context.output.lines(ThreadText.text(detail, entries))
      }
      if detail.isThreadCached {
        let last = detail.lastConversation
        // Only a note for a reply to come: without it that one asks for --seen.
        try? Waiting.wait { try await session.cache.markShown(id, upTo: last) }
      }
    }
  }

  private static func refresh(_ id: TicketID, _ session: AccountSession) throws {
    let engine = try session.syncEngine(limiter: RequestLimiter())
    _ = try Waiting.wait { try await engine.refresh(id) }
  }

  /// Without the helpdesk the cache has to do, where it has anything.
  private static func excuse(
    _ error: any Error, hasTicket: Bool, _ id: TicketID, _ context: CommandContext
  ) throws {
    let failure = CommandFailure(for: error)
    guard hasTicket else {
      if failure.code == .offline || failure.code == .notSignedIn {
        throw CommandFailure(
          failure.code,
          "Ticket #\(id) is not in the cache, and the helpdesk could not be asked. \(failure.sentence)"
        )
      }
      throw failure
    }
    context.output.note("This is the cached copy. \(failure.sentence)")
  }

  private static func allEntries(_ detail: TicketDetail, _ reader: CacheReader) throws
    -> [ThreadEntry]
  {
    let id = detail.ticket.id
    guard try reader.entryCount(of: id) > detail.entries.count else { return detail.entries }
    var entries: [ThreadEntry] = []
    while true {
      let page = try reader.entries(of: id, offset: entries.count, limit: 500)
      if page.isEmpty { return entries }
      entries += page
    }
  }

  private static func document(
    _ detail: TicketDetail, _ entries: [ThreadEntry], _ json: TicketJSON
  ) throws -> JSONText {
    [
      "ticket": try json.ticketObject(detail.ticket, detail.row),
      "conversations": .array(entries.map(json.entry)),
      "contact": detail.requester.map(TicketJSON.contact) ?? TicketJSON.person(detail.ticket),
      "company": detail.company.map(TicketJSON.company) ?? .null,
      "cached_at": .time(detail.cachedAt),
    ]
  }
}

/// Reads ticket numbers from a command line.
enum TicketNumber {
  static func one(_ operands: [String]) throws(CommandFailure) -> TicketID {
    guard operands.count == 1 else {
      throw CommandFailure(.wrongUsage, "Name one ticket by its number.")
    }
    return try number(operands[0])
  }

  /// `48207` or `#48207`.
  static func number(_ text: String) throws(CommandFailure) -> TicketID {
    guard let number = Int64(text.hasPrefix("#") ? text.dropFirst() : text[...]), number > 0 else {
      throw CommandFailure(.wrongUsage, "\"\(text)\" is no ticket number.")
    }
    return TicketID(number)
  }

  /// At least one number, each once, in the order given.
  static func many(_ operands: some Collection<String>) throws(CommandFailure) -> [TicketID] {
    var numbers: [TicketID] = []
    for operand in operands {
      let number = try number(operand)
      if !numbers.contains(number) { numbers.append(number) }
    }
    guard !numbers.isEmpty else {
      throw CommandFailure(.wrongUsage, "Name the tickets by their numbers.")
    }
    return numbers
  }
}
