import ConsoleModel
import Helpdesk
import MailText

/// `note`: words for colleagues.
enum NoteCommand {
  static let command = Command(
    "note", "ID", summary: "Add a private note to a ticket",
    options: [
      CommandOption("body-file", "FILE", "The text; - for standard input"), WriteWaiting.noWait,
      .json,
    ],
    details: """
      The note is for colleagues; the customer does not see it. It is held for the undo window
      first, and Ctrl-C takes it back.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let body = try BodyText.read(context)
    let session = try context.session()
    try context.attempt {
      try WriteWaiting.checkMayWrite(session)
      let ticket = try TicketLookup(session).tickets([id])[0]
      let content = NoteContent(
        subject: ticket.subject, text: body, html: MailText.html(fromPlainText: body))
      let write = try Waiting.wait {
        try await session.journal.proposeAndConfirm(id, .privateNote(content))
      }
      try WriteWaiting.finish([write], session, context)
    }
  }
}

/// The text of a reply or note from a file.
enum BodyText {
  /// More than a person writes, and less than a helpdesk refuses.
  private static let limit = 256 * 1024

  static func read(_ context: CommandContext) throws -> String {
    guard let path = context.invocation.value("body-file") else {
      throw CommandFailure(.wrongUsage, "Say where the text is with --body-file FILE.")
    }
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
