import ConsoleModel
import Glibc
import Helpdesk

/// `outbox`: the queue of writes, and what a person does with its items.
enum OutboxCommand {
  static let command = Command(
    "outbox", "[undo|retry|discard|send N]", summary: "Show all writes, or act on one item",
    options: [
      CommandOption("open", "Only open items"),
      CommandOption("limit", "N", "At most N items; default: 100"),
      CommandOption("yes", "Do not ask before an item is discarded"),
      CommandOption(
        "confirm-to", "EMAIL", "Instead of asking before a reply is sent: its recipient's address"),
      CommandOption(
        "seen", "CONVERSATION",
        "With --confirm-to, for a stopped reply: you have read the thread up to this conversation"),
      WriteWaiting.noWait, .json,
    ],
    details: """
      Items that are sent or discarded are shown, too; --open leaves them out. The newest are shown,
      oldest first.

      undo N takes back an item that is not on its way yet; a reply becomes a draft again. retry N tries a refused item again with the same bytes, and looks for one of unknown outcome
      at the helpdesk again. discard N throws an item away, or gives up on one of unknown outcome.
      send N sends a stopped item although the ticket has moved on, confirms a proposed one, or
      sends an item of unknown outcome a second time: it may then arrive twice, and the question,
      which --confirm-to does not answer, says so.

      For a reply that new entries or a changed status have stopped, --confirm-to needs --seen with
      the newest conversation; else they are named, and the exit code is 4. What was stopped for
      another reason, as that its very text is in the thread already, is only sent after the question
      at a terminal.
      """,
    operandWords: ["undo", "retry", "discard", "send"]
  ) { context in
    let operands = context.invocation.operands
    let session = try context.session(needsCache: false)
    try context.attempt {
      switch (operands.first, operands.count) {
      case (nil, _): try list(session, context)
      case ("undo"?, 2): try undo(try id(operands[1]), session, context)
      case ("retry"?, 2): try retry(try id(operands[1]), session, context)
      case ("discard"?, 2): try discard(try id(operands[1]), session, context)
      case ("send"?, 2): try send(try id(operands[1]), session, context)
      default:
        throw CommandFailure(
          .wrongUsage, "Usage: ticket-console outbox [undo|retry|discard|send ITEM]")
      }
    }
  }

  static let flush = Command(
    "flush", summary: "Send now what waits in the outbox", options: [.json],
    details: """
      Ends all holds and pauses. What was stopped or refused needs a person and stays where it is
      (exit code 1); so does what is of unknown outcome or still being looked for (exit code 5).
      """
  ) { context in
    let session = try context.session(needsCache: false)
    try context.attempt {
      try WriteWaiting.checkMayWrite(session)
      let progress = WriteProgress(context.output)
      defer { progress.finish() }
      let writes = try Waiting.wait {
        try await session.journal.releaseHolds()
        return try await OutboxRun(session, renewsHolds: false).settleAll { progress.show($0) }
      }
      progress.finish()
      // What waits for a look at the helpdesk or for a person was open before, and still is.
      let known = Set(writes.map(\.id))
      let open = try Waiting.wait { try await session.journal.openWrites() }.filter {
        !known.contains($0.id) && $0.state.needsPerson && $0.state != .proposed
      }
      guard !(writes + open).isEmpty || context.wantsJSON else {
        context.output.lines("Nothing waits in the outbox.")
        return
      }
      try WriteOutcome.report(writes + open, context)
    }
  }

  private static func id(_ text: String) throws(CommandFailure) -> WriteID {
    guard let number = Int64(text), number > 0 else {
      throw CommandFailure(.wrongUsage, "\"\(text)\" is no number of an item in the outbox.")
    }
    return WriteID(number)
  }

  private static func list(_ session: AccountSession, _ context: CommandContext) throws {
    let limit = try context.number("limit", in: 1...1_000_000) ?? 100
    let writes = try Waiting.wait {
      let open = try await session.journal.openWrites()
      if context.invocation.has("open") { return Array(open.prefix(limit)) }
      let recent = try await session.journal.recentWrites(limit: limit)
      let shown = Set(recent.map(\.id))
      return (open.filter { !shown.contains($0.id) } + recent.reversed()).suffix(limit)
    }
    if context.wantsJSON {
      context.output.document(.array(writes.map(WriteOutcome.json)))
      return
    }
    var table = TextTable(["item", "ticket", "what", "state", "created", "problem"])
    for write in writes {
      table.add([
        write.id.description, "#\(write.ticketID)", WriteOutcome.name(write.payload),
        write.state.rawValue + (write.waitingFor.map { " (\($0.rawValue))" } ?? ""),
        write.createdAt.description, write.problem ?? "",
      ])
    }
    context.output.lines(table.text)
    if session.journal.stopSwitch.isOn {
      context.output.note("The stop switch is on: nothing is sent.")
    }
  }

  private static func find(_ id: WriteID, _ session: AccountSession) throws -> QueuedWrite {
    guard let write = try Waiting.wait(for: { try await session.journal.write(id) }) else {
      throw CommandFailure(.wrongUsage, "There is no item \(id) in the outbox.")
    }
    return write
  }

  private static func undo(
    _ id: WriteID, _ session: AccountSession, _ context: CommandContext
  ) throws {
    let write = try find(id, session)
    switch write.state {
    case .confirmed, .queued, .proposed, .conflicted, .failed: break
    case .sending, .sent, .unknown:
      throw CommandFailure(
        .refused,
        "Item \(id) is \(write.state.rawValue) and cannot be taken back. Nothing was changed.")
    case .rejected, .undone:
      throw CommandFailure(.refused, "Item \(id) has come to its end: \(write.state.rawValue).")
    }
    let result = try Waiting.wait { try await session.journal.undo(id) }
    guard result.refusal == nil else {
      throw CommandFailure(.refused, "Item \(id) could not be taken back. Nothing was changed.")
    }
    let draft = result.draft == nil ? "" : " Its text is a draft of #\(write.ticketID) again."
    context.output.lines("Item \(id) is undone; it was not sent.\(draft)")
  }

  private static func retry(
    _ id: WriteID, _ session: AccountSession, _ context: CommandContext
  ) throws {
    try WriteWaiting.checkMayWrite(session)
    _ = try find(id, session)
    try Waiting.wait { try await session.journal.retry(id) }
    try WriteWaiting.finish([id], session, context)
  }

  private static func discard(
    _ id: WriteID, _ session: AccountSession, _ context: CommandContext
  ) throws {
    let write = try find(id, session)
    if !context.invocation.has("yes") {
      guard Confirmation.canAsk else {
        throw CommandFailure(
          .refused,
          "Nothing was discarded: there is no terminal to ask at. Say --yes to discard it.")
      }
      let question =
        "Discard the \(WriteOutcome.name(write.payload)) on #\(write.ticketID)? There is no way back."
      guard
        Confirmation.ask(
          question, prompt: "Only y discards it: ",
          quiet: session.preferences.quietTimeMilliseconds, context.output)
      else { throw CommandFailure(.refused, "Nothing was discarded.") }
    }
    try Waiting.wait { try await session.journal.discard(id) }
    context.output.lines("Item \(id) is discarded.")
  }

  private static func send(
    _ id: WriteID, _ session: AccountSession, _ context: CommandContext
  ) throws {
    try WriteWaiting.checkMayWrite(session)
    let write = try find(id, session)
    switch write.state {
    case .conflicted:
      let stopped = StoppedWrite(write: write)
      if write.payload.kind == "reply", context.invocation.has("confirm-to") {
        let seen = try context.number("seen", in: 0...Int.max)
        try stopped.checkUnattended(seen: seen.map { ConversationID(Int64($0)) })
      }
      try confirm(write, stopped.text, session, context)
      // Exactly what was shown counts as seen, not what may have come in since.
      try Waiting.wait { try await session.journal.sendAnyway(id, seen: stopped.newest) }
      try WriteWaiting.finish([id], session, context)
    case .proposed:
      try confirm(write, "Not confirmed yet.", session, context)
      let shown = write.payload
      try Waiting.wait { try await session.journal.editAndConfirm(id, shown) }
      try WriteWaiting.finish([id], session, context)
    case .unknown:
      if let copy = try Waiting.wait(for: { try await session.journal.copy(of: id) }) {
        throw JournalError.sentAgain(id, as: copy)
      }
      guard context.invocation.value("confirm-to") == nil else {
        throw CommandFailure(
          .refused,
          "Item \(id) may have arrived already, so sending it again has to be confirmed at a terminal; "
            + "--confirm-to does not do. Nothing was queued.")
      }
      try confirm(
        write, "SEND A SECOND TIME: the first one may have arrived, so it MAY ARRIVE TWICE.",
        session, context)
      let copy = try Waiting.wait { try await session.journal.sendAgainConfirmed(id) }
      try WriteWaiting.finish([copy], session, context)
    case .failed: try retry(id, session, context)
    case .confirmed, .queued, .sending:
      throw CommandFailure(
        .refused, "Item \(id) is on its way. To end all holds: ticket-console flush")
    case .sent, .rejected, .undone:
      throw CommandFailure(.refused, "Item \(id) has come to its end: \(write.state.rawValue).")
    }
  }

  /// Shows all that would leave and asks.
  private static func confirm(
    _ write: QueuedWrite, _ head: String, _ session: AccountSession, _ context: CommandContext
  ) throws {
    if case .reply(let reply) = write.payload, let address = context.invocation.value("confirm-to")
    {
      guard address.lowercased() == reply.toEmail.lowercased() else {
        throw CommandFailure(
          .refused, "The recipient has another address than --confirm-to. Nothing was sent.")
      }
      return
    }
    guard Confirmation.canAsk else {
      throw CommandFailure(
        .refused, "This needs a confirmation, and there is no terminal to ask at. Nothing was sent."
      )
    }
    guard
      Confirmation.ask(
        head + "\n" + WriteReview.text(write), prompt: "Only y sends it: ",
        quiet: session.preferences.quietTimeMilliseconds, context.output)
    else { throw CommandFailure(.refused, "Not sent. Item \(write.id) is kept as it was.") }
  }
}

/// An item of the outbox with everything that would leave.
enum WriteReview {
  static func text(_ write: QueuedWrite) -> String {
    let rule = String(repeating: "-", count: 60)
    var lines = ["Ticket   #\(write.ticketID)  \(write.payload.subject)"]
    switch write.payload {
    case .reply(let reply):
      lines.append("To       \(reply.toEmail)")
      if !reply.ccEmails.isEmpty {
        lines.append("Cc       \(reply.ccEmails.joined(separator: ", "))")
      }
      if !reply.bccEmails.isEmpty {
        lines.append("Bcc      \(reply.bccEmails.joined(separator: ", "))")
      }
      for file in reply.attachments { lines.append("File     \(file.name), \(file.size) bytes") }
      if let status = reply.thenStatus { lines.append("Then     status \(status.defaultLabel)") }
      lines += [rule, reply.text, rule]
    case .privateNote(let note): lines += ["Private note", rule, note.text, rule]
    case .update(let update):
      lines += AuditVocabulary().changes(update).map { "Change   \($0)" }
    }
    return lines.joined(separator: "\n")
  }
}
