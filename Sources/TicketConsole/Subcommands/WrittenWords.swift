import ConsoleModel
import ConsoleUI
import Helpdesk

/// The words of a reply or note: from a file, from the draft of the ticket, or from `$EDITOR`. What
/// exists nowhere else is kept as a draft whenever the command does not get as far as the outbox.
struct WrittenWords {
  var ticketID: TicketID
  var kind: DraftKind
  var text: String
  /// The draft that they are, with its recipients and files.
  var draft: SavedDraft?
  /// What keeping them as a draft did.
  private(set) var saved: DraftSave?
  /// Whether they are also in a file of the user's.
  var isInFile = false

  static let options = [
    CommandOption(
      "body-file", "FILE",
      "The text; - for standard input. Without it the ticket's draft or $EDITOR"),
    CommandOption("draft", "N", "The draft with this number, see: ticket-console drafts"),
  ]

  static func read(
    _ kind: DraftKind, of id: TicketID, _ session: AccountSession, _ context: CommandContext
  ) throws -> WrittenWords {
    if let path = context.invocation.value("body-file") {
      var words = WrittenWords(ticketID: id, kind: kind, text: try BodyText.read(path))
      words.isInFile = path != "-"
      return words
    }
    if let saved = try draft(kind, of: id, session, context) {
      context.output.note("The text is draft \(saved.id) of ticket #\(id).")
      return WrittenWords(ticketID: id, kind: kind, text: saved.draft.text, draft: saved)
    }
    guard Confirmation.canAsk else {
      throw CommandFailure(
        .wrongUsage,
        "Ticket #\(id) has no draft. Say where the text is with --body-file FILE, or use a terminal "
          + "to write it in $EDITOR.")
    }
    let begun = Draft(
      ticketID: id, kind: kind, ccEmails: copies(kind, of: id, session),
      updatedAt: context.clock.now)
    guard let saved = try DraftEditing.edit(begun, over: nil, session, context) else {
      throw CommandFailure(.refused, "Nothing was written. Nothing was queued.")
    }
    return WrittenWords(ticketID: id, kind: kind, text: saved.draft.text, draft: saved)
  }

  /// Who is in the conversation, as far as the cache knows: the copies that a reply begins with.
  private static func copies(
    _ kind: DraftKind, of id: TicketID, _ session: AccountSession
  ) -> [String] {
    guard kind.isPublic, let detail = try? session.currentReader().detail(id) else { return [] }
    return ReplyRecipients(for: detail).cc
  }

  private static func draft(
    _ kind: DraftKind, of id: TicketID, _ session: AccountSession, _ context: CommandContext
  ) throws -> SavedDraft? {
    guard let number = try context.number("draft", in: 1...Int.max) else {
      let saved = try Waiting.wait { try await session.journal.drafts.load(id, kind) }
      return saved?.draft.text.allSatisfy(\.isWhitespace) == false ? saved : nil
    }
    let saved = try DraftsCommand.find(Int64(number), session)
    guard saved.draft.ticketID == id, saved.draft.kind == kind else {
      throw CommandFailure(
        .wrongUsage,
        "Draft \(number) is \(DraftsCommand.name(saved.draft)) of ticket #\(saved.draft.ticketID). "
          + "Nothing was queued.")
    }
    return saved
  }

  /// The state on disk that the words are.
  var reference: DraftReference? { draft?.reference ?? saved?.reference }

  /// The failure of the command before anything was queued, with what became of the words. What exists nowhere else is kept as
  /// a draft of its own.
  func kept(
    after error: any Error, _ session: AccountSession, _ context: CommandContext
  ) -> CommandFailure {
    let failure = CommandFailure(for: error)
    var sentences = [failure.sentence, keep(session, context)]
    if !failure.sentence.contains("Nothing was queued") {
      sentences.insert("Nothing was queued.", at: 1)
    }
    return CommandFailure(
      failure.code, sentences.filter { !$0.isEmpty }.joined(separator: " "))
  }

  private func keep(_ session: AccountSession, _ context: CommandContext) -> String {
    if let draft { return "The text is still draft \(draft.id) of ticket #\(ticketID)." }
    if let saved { return Self.sentence(saved, ticketID) }
    if isInFile { return "The text is in your file." }
    do {
      let begun = Draft(
        ticketID: ticketID, kind: kind, text: text,
        ccEmails: Self.copies(kind, of: ticketID, session), updatedAt: context.clock.now)
      return Self.sentence(try Self.keep(begun, session), ticketID)
    } catch {
      context.output.note("The text could not be kept either; here it is:\n\n\(text)\n")
      return "The text could not be kept (\(CommandFailure(for: error).sentence)); it stands above."
    }
  }

  /// Keeps the words before the user is asked about them, so that no end of the command loses them.
  mutating func keepWhileAsking(_ draft: Draft, _ session: AccountSession) throws {
    guard reference == nil else { return }
    saved = try Self.keep(draft, session)
  }

  private static func keep(_ draft: Draft, _ session: AccountSession) throws -> DraftSave {
    try Waiting.wait { try await session.journal.drafts.keep(draft) }
  }

  /// Where kept words are and how to get at them.
  private static func sentence(_ saved: DraftSave, _ ticketID: TicketID) -> String {
    let number = saved.reference.id
    let what =
      saved.isParked
      ? "parked next to the draft of ticket #\(ticketID)"
      : "kept as the draft of ticket #\(ticketID)"
    return "The text is \(what): ticket-console drafts show \(number)"
  }
}

/// The text of a reply or note from a file.
enum BodyText {
  /// More than a person writes, and less than a helpdesk refuses.
  private static let limit = 256 * 1024

  static func read(_ path: String) throws -> String {
    let text = try InputFile.read(path: path, limit: limit)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasSuffix("\r") ? String(line.dropLast()) : String(line)
    }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    guard !lines.isEmpty else {
      throw CommandFailure(.wrongUsage, "The text is empty. Nothing was queued.")
    }
    return lines.joined(separator: "\n")
  }
}
