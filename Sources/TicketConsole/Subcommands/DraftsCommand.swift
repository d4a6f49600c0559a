import ConsoleModel
import Helpdesk

/// `drafts`: words that are kept on disk and not sent.
enum DraftsCommand {
  static let command = Command(
    "drafts", "[show|continue|discard N]", summary: "List drafts, or go on with one of them",
    options: [CommandOption("yes", "Do not ask before a draft is discarded"), .json],
    details: """
      show N prints a draft, continue N opens it in $EDITOR, discard N deletes it after a question.
      A ticket has one draft of a reply and one of a note; what another window or command wrote to
      the same ticket is parked next to it. To send one: ticket-console reply ID, or reply ID
      --draft N for a parked one; note does the same for notes.
      """,
    operandWords: ["show", "continue", "discard"]
  ) { context in
    let operands = context.invocation.operands
    let session = try context.session()
    try context.attempt {
      try recover(session, context)
      switch (operands.first, operands.count) {
      case (nil, _): try list(session, context)
      case ("show"?, 2): show(try find(number(operands[1]), session), context)
      case ("continue"?, 2): try edit(try find(number(operands[1]), session), session, context)
      case ("discard"?, 2): try discard(try find(number(operands[1]), session), session, context)
      default:
        throw CommandFailure(
          .wrongUsage, "Say drafts alone, or show, continue or discard with the number of a draft.")
      }
    }
  }

  private static func number(_ text: String) throws(CommandFailure) -> Int64 {
    guard let number = Int64(text), number > 0 else {
      throw CommandFailure(.wrongUsage, "\"\(text)\" is no number of a draft.")
    }
    return number
  }

  static func find(_ number: Int64, _ session: AccountSession) throws -> SavedDraft {
    guard let saved = try Waiting.wait(for: { try await session.journal.drafts.find(number) })
    else {
      throw CommandFailure(
        .wrongUsage, "There is no draft \(number). To see them all: ticket-console drafts")
    }
    return saved
  }

  /// What an editor held whose console was ended.
  private static func recover(_ session: AccountSession, _ context: CommandContext) throws {
    let folders = EditedFile.Folder.all(
      session.files.journalFolder, environment: context.environment)
    let found = try Waiting.wait {
      await DraftRecovery.recoverFiles(in: folders, into: session.journal)
    }
    for sentence in found.sentences { context.output.note(sentence) }
  }

  private static func list(_ session: AccountSession, _ context: CommandContext) throws {
    let drafts = try Waiting.wait { try await session.journal.drafts.list() }
    if context.wantsJSON {
      context.output.document(.array(drafts.map(json)))
      return
    }
    guard !drafts.isEmpty else {
      context.output.lines("There are no drafts.")
      return
    }
    var table = TextTable(["draft", "ticket", "what", "saved", "text"])
    for saved in drafts {
      table.add([
        saved.id.description, "#\(saved.draft.ticketID)",
        name(saved.draft) + (saved.isParked ? ", parked" : ""), saved.draft.updatedAt.description,
        saved.draft.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "",
      ])
    }
    context.output.lines(table.text)
  }

  static func name(_ draft: Draft) -> String {
    draft.kind.isPublic ? "public reply" : "private note"
  }

  private static func json(_ saved: SavedDraft) -> JSONText {
    let draft = saved.draft
    return [
      "id": .integer(saved.id), "ticket_id": .integer(draft.ticketID.rawValue),
      "kind": .string(draft.kind.rawValue), "parked": .flag(saved.isParked),
      "updated_at": .time(draft.updatedAt), "cc": .strings(draft.ccEmails),
      "bcc": .strings(draft.bccEmails), "attachments": .strings(draft.attachments.map(\.path)),
      "status": draft.thenStatus.map { .integer(Int64($0.rawValue)) } ?? .null,
      "text": .string(draft.text),
    ]
  }

  private static func show(_ saved: SavedDraft, _ context: CommandContext) {
    if context.wantsJSON {
      context.output.document(json(saved))
      return
    }
    let draft = saved.draft
    var lines = [
      "Draft    \(saved.id), \(name(draft))\(saved.isParked ? ", parked" : ""), not sent",
      "Ticket   #\(draft.ticketID)", "Saved    \(draft.updatedAt)",
    ]
    if !draft.ccEmails.isEmpty {
      lines.append("Cc       \(draft.ccEmails.joined(separator: ", "))")
    }
    if !draft.bccEmails.isEmpty {
      lines.append("Bcc      \(draft.bccEmails.joined(separator: ", "))")
    }
    for file in draft.attachments { lines.append("File     \(file.path), \(file.size) bytes") }
    if let status = draft.thenStatus { lines.append("Then     status \(status.defaultLabel)") }
    context.output.lines((lines + ["", draft.text]).joined(separator: "\n"))
  }

  private static func edit(
    _ saved: SavedDraft, _ session: AccountSession, _ context: CommandContext
  ) throws {
    guard Confirmation.canAsk else {
      throw CommandFailure(.refused, "$EDITOR needs a terminal. The draft is as it was.")
    }
    guard
      let edited = try DraftEditing.edit(saved.draft, over: saved.reference, session, context)
    else { return }
    let command = saved.draft.kind.isPublic ? "reply" : "note"
    let choice = edited.isParked || edited.id != saved.id ? " --draft \(edited.id)" : ""
    context.output.lines(
      "Draft \(edited.id) of ticket #\(saved.draft.ticketID) is saved. To send it: ticket-console "
        + "\(command) \(saved.draft.ticketID)\(choice)")
  }

  private static func discard(
    _ saved: SavedDraft, _ session: AccountSession, _ context: CommandContext
  ) throws {
    if !context.invocation.has("yes") {
      guard Confirmation.canAsk else {
        throw CommandFailure(
          .refused,
          "Nothing was discarded: there is no terminal to ask at. Say --yes to discard it.")
      }
      show(saved, context)
      guard
        Confirmation.ask(
          "Discard this draft? There is no way back.", prompt: "Only y discards it: ",
          quiet: session.preferences.quietTimeMilliseconds, context.output)
      else { throw CommandFailure(.refused, "Nothing was discarded.") }
    }
    let isGone = try Waiting.wait { try await session.journal.drafts.delete(saved.reference) }
    guard isGone else {
      throw CommandFailure(
        .refused, "Draft \(saved.id) was changed meanwhile and is kept. Look at it again.")
    }
    context.output.lines("Draft \(saved.id) is discarded.")
  }
}
