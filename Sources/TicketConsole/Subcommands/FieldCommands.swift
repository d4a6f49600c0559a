import ConsoleModel
import Helpdesk

/// Changes of ticket fields: `assign`, `status`, `priority`, `tag`.
enum FieldCommands {
  static let assign = Command(
    "assign", "ID…", summary: "Give tickets to an agent or a group",
    options: [
      CommandOption("to", "AGENT", "Name, address or number of an agent; me, or none"),
      CommandOption("group", "GROUP", "Name or number of a group; none for no group"),
      WriteWaiting.noWait, .json,
    ],
    details: bulkHelp
  ) { context in
    let ids = try TicketNumber.many(context.invocation.operands)
    let (agent, group) = (context.invocation.value("to"), context.invocation.value("group"))
    guard agent != nil || group != nil else {
      throw CommandFailure(.wrongUsage, "Say who gets it: --to AGENT or --group GROUP.")
    }
    try run(ids, title: "assign", context) { _, directory in
      var change = TicketChange()
      if let agent { change.agentID = .some(try Self.agent(agent, directory)) }
      if let group { change.groupID = .some(try Self.group(group, directory)) }
      return change
    }
  }

  static let status = Command(
    "status", "ID… STATUS", summary: "Set the status of tickets",
    options: [WriteWaiting.noWait, .json],
    details: """
      STATUS is a name of the account's, such as open, pending, resolved or closed. Resolving or
      closing may mail the customer: such a change is held for the undo window first, and Ctrl-C
      takes it back.

      """ + bulkHelp
  ) { context in
    guard let word = context.invocation.operands.last else {
      throw CommandFailure(.wrongUsage, "Name the tickets and the status.")
    }
    let ids = try TicketNumber.many(context.invocation.operands.dropLast())
    try run(ids, title: "status", context) { _, directory in
      let found = try directory.vocabulary.statuses(word)
      guard found.count == 1, let status = found.first else {
        throw CommandFailure(.wrongUsage, "\"\(word)\" is not one status. Nothing was queued.")
      }
      return TicketChange(status: status)
    }
  }

  static let priority = Command(
    "priority", "ID… PRIORITY", summary: "Set the priority of tickets",
    options: [WriteWaiting.noWait, .json],
    details: "PRIORITY is low, medium, high or urgent.\n\n" + bulkHelp
  ) { context in
    guard let word = context.invocation.operands.last else {
      throw CommandFailure(.wrongUsage, "Name the tickets and the priority.")
    }
    let ids = try TicketNumber.many(context.invocation.operands.dropLast())
    let known = TicketPriority.allCases.first {
      $0.label.lowercased() == word.lowercased() || String($0.rawValue) == word
    }
    guard let known else {
      throw CommandFailure(
        .wrongUsage, "\"\(word)\" is no priority. There are low, medium, high and urgent.")
    }
    try run(ids, title: "priority", context) { _, _ in TicketChange(priority: known) }
  }

  static let tag = Command(
    "tag", "ID… +TAG -TAG…", summary: "Add and remove tags of tickets",
    options: [WriteWaiting.noWait, .json],
    details: "+TAG adds a tag, -TAG removes one.\n\n" + bulkHelp, takesDashes: true
  ) { context in
    let operands = context.invocation.operands
    let marks = operands.filter { $0.hasPrefix("+") || $0.hasPrefix("-") }
    let ids = try TicketNumber.many(operands.filter { !$0.hasPrefix("+") && !$0.hasPrefix("-") })
    guard !marks.isEmpty, marks.allSatisfy({ $0.count > 1 }) else {
      throw CommandFailure(.wrongUsage, "Say which tags: +TAG to add, -TAG to remove.")
    }
    try run(ids, title: "tag", context) { ticket, _ in
      var tags = ticket.tags
      for mark in marks {
        let tag = String(mark.dropFirst())
        tags.removeAll { $0 == tag }
        if mark.hasPrefix("+") { tags.append(tag) }
      }
      return TicketChange(tags: tags)
    }
  }

  private static let bulkHelp = """
    Several tickets are one bulk action: each has its own outcome, and one undo takes all back. A
    ticket that somebody else has changed in that field since it was cached is left alone and named.
    """

  /// Queues one change for each ticket that it changes, as one bulk action.
  private static func run(
    _ ids: [TicketID], title: String, _ context: CommandContext,
    _ change: (Ticket, Directory) throws -> TicketChange
  ) throws {
    let session = try context.session()
    try context.attempt {
      try WriteWaiting.checkMayWrite(session)
      let lookup = try TicketLookup(session)
      let directory = try lookup.reader.directory()
      var updates: [(ticketID: TicketID, content: UpdateContent)] = []
      for ticket in try lookup.tickets(ids) {
        let change = try change(ticket, directory)
        if change.isShown(by: ticket) {
          context.output.note("#\(ticket.id) is so already.")
          continue
        }
        let content = UpdateContent(
          subject: ticket.subject, change: change, before: before(change, ticket),
          seenConversationID: try lookup.reader.lastConversation(of: ticket.id))
        updates.append((ticket.id, content))
      }
      guard !updates.isEmpty else {
        try WriteOutcome.report([], context)
        return
      }
      let queued = updates
      let writes = try Waiting.wait {
        try await session.journal.submitUpdates(queued, title: title).writes
      }
      try WriteWaiting.finish(writes, session, context)
    }
  }

  /// The fields of a change with the values that the ticket has.
  private static func before(_ change: TicketChange, _ ticket: Ticket) -> TicketChange {
    TicketChange(
      status: change.status.map { _ in ticket.status },
      priority: change.priority.map { _ in ticket.priority },
      agentID: change.agentID.map { _ in ticket.agentID },
      groupID: change.groupID.map { _ in ticket.groupID },
      tags: change.tags.map { _ in ticket.tags })
  }

  private static func agent(_ text: String, _ directory: Directory) throws -> AgentID? {
    switch try directory.vocabulary.agent([text]) {
    case .unassigned: return nil
    case .mine:
      guard let me = directory.me else {
        throw CommandFailure(.failed, "It is not known yet who you are; sync first.")
      }
      return me
    case .only(let ids) where ids.count == 1: return ids.first
    default: throw CommandFailure(.wrongUsage, "\"\(text)\" is not one agent.")
    }
  }

  private static func group(_ text: String, _ directory: Directory) throws -> GroupID? {
    switch try directory.vocabulary.group([text]) {
    case .unassigned: return nil
    case .only(let ids) where ids.count == 1: return ids.first
    default: throw CommandFailure(.wrongUsage, "\"\(text)\" is not one group.")
    }
  }
}
