import ConsoleModel
import ConsoleUI
import Glibc
import Helpdesk

/// Writing a draft in `$EDITOR` from a command.
enum DraftEditing {
  /// Edits a draft and saves it over the state it had. Returns nil when nothing was written. The
  /// user's words are in the journal, or in a file whose name the failure gives.
  static func edit(
    _ draft: Draft, over known: DraftReference?, _ session: AccountSession,
    _ context: CommandContext
  ) throws -> SavedDraft? {
    let detail = try session.currentReader().detail(draft.ticketID)
    let original = ReplyFile.Original(
      ticketID: draft.ticketID, kind: draft.kind, subject: detail?.ticket.subject,
      toEmail: detail?.requester?.email ?? detail?.ticket.requester?.email,
      ccEmails: draft.ccEmails, bccEmails: draft.bccEmails)
    let file = ReplyFile.text(
      of: original, words: draft.text, thread: detail, time: .machine, now: context.clock.now)
    let editor = EditorSession(
      directory: session.files.journalFolder, environment: context.environment,
      command: session.preferences.editor)
    switch editor.editOnOwnTerminal(
      file, name: EditedFile.name(draft.ticketID, draft.kind))
    {
    case .unchanged, .empty:
      guard let known else { return nil }
      return SavedDraft(reference: known, draft: draft)
    case .failed(let failure, let left):
      throw CommandFailure(.failed, EditorSentences.failed(failure, left: left))
    case .edited(let edited):
      let read = ReplyFile.read(edited.text, for: original)
      for problem in EditorSentences.notes(edited) + read.problems { context.output.note(problem) }
      guard !read.text.isEmpty else {
        unlink(edited.file)
        return known.map { SavedDraft(reference: $0, draft: draft) }
      }
      var draft = draft
      draft.text = read.text
      draft.ccEmails = read.ccEmails
      draft.bccEmails = read.bccEmails
      draft.seenConversationID =
        draft.seenConversationID ?? detail?.entries.compactMap(\.id).max()
      draft.updatedAt = context.clock.now
      do {
        let words = draft
        let saved = try Waiting.wait {
          try await session.journal.drafts.save(words, over: known)
        }
        unlink(edited.file)
        return SavedDraft(reference: saved.reference, draft: draft, isParked: saved.isParked)
      } catch {
        throw CommandFailure(
          .failed,
          "\(CommandFailure(for: error).sentence) What you wrote is in \(edited.file)")
      }
    }
  }
}

/// What to say of an editor that did not end well.
enum EditorSentences {
  static func failed(_ failure: EditorSession.Failure, left: String?) -> String {
    let reason =
      switch failure {
      case .start: "$EDITOR could not be started; set EDITOR"
      case .status(let code): "$EDITOR ended with status \(code)"
      case .signal(let number): "$EDITOR was ended by signal \(number)"
      case .tooLong: "the text is longer than \(EditorSession.longestText >> 20) MB"
      case .file(let code): "the file for $EDITOR failed (\(String(cString: strerror(code))))"
      }
    return left.map { "\(reason); what it left is kept in \($0)" }
      ?? "\(reason); the draft is as it was"
  }

  /// What is worth a word although the text came back.
  static func notes(_ edited: EditorSession.Edited) -> [String] {
    var notes: [String] = []
    if edited.isLatin1 {
      notes.append("the file was not UTF-8 and was read as Latin-1: check the accents")
    }
    switch edited.failure {
    case .status(let code): notes.append("$EDITOR ended with status \(code)")
    case .signal(let number):
      notes.append("$EDITOR was ended by signal \(number); what it had saved is here")
    case .start, .file, .tooLong, nil: break
    }
    return notes
  }
}
