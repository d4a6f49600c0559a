import ConsoleModel
import Helpdesk
import MailText

/// `note`: words for colleagues.
enum NoteCommand {
  static let command = Command(
    "note", "ID", summary: "Add a private note to a ticket",
    options: WrittenWords.options + [WriteWaiting.noWait, .json],
    details: """
      The note is for colleagues; the customer does not see it. It is held for the undo window
      first, and Ctrl-C takes it back.
      """
  ) { context in
    let id = try TicketNumber.one(context.invocation.operands)
    let session = try context.session()
    try context.attempt {
      let words = try WrittenWords.read(.privateNote, of: id, session, context)
      let write: WriteID
      do {
        try WriteWaiting.checkMayWrite(session)
        let lookup = try TicketLookup(session)
        let ticket = try lookup.tickets([id])[0]
        let content = NoteContent(
          subject: ticket.subject, text: words.text,
          html: MailText.html(fromPlainText: words.text),
          attachments: words.draft?.draft.attachments ?? [],
          thenStatus: words.draft?.draft.thenStatus,
          seenConversationID: try lookup.reader.lastConversation(of: id))
        write = try Waiting.wait {
          try await session.journal.proposeAndConfirm(
            id, .privateNote(content), madeOf: words.draft?.reference)
        }
      } catch {
        throw words.kept(after: error, session, context)
      }
      try WriteWaiting.finish([write], session, context)
    }
  }
}
