import ConsoleModel
import ConsoleUI
import Glibc
import Helpdesk

/// Brings back what was being written when a console ended without leaving its editor.
enum DraftRecovery {
  struct Found: Equatable, Sendable {
    var tickets: [TicketID] = []
    /// What could not be brought back, and where it is.
    var sentences: [String] = []
  }

  /// Drafts that were open in windows which have ended, and the files of their `$EDITOR`.
  static func recover(in folders: [EditedFile.Folder], from journal: Journal) async -> Found {
    var found = await recoverFiles(in: folders, into: journal)
    for saved in (try? await journal.drafts.takeAbandoned()) ?? []
    where !found.tickets.contains(saved.draft.ticketID) {
      found.tickets.append(saved.draft.ticketID)
    }
    return found
  }

  /// Takes the words of abandoned files into drafts; each file goes when its words are on disk.
  static func recoverFiles(in folders: [EditedFile.Folder], into journal: Journal) async -> Found {
    var found = Found()
    for file in folders.flatMap(EditedFile.abandoned) {
      do {
        guard
          case .success(let (text, _)) = EditedFile.read(
            file.path, limit: EditorSession.longestText)
        else {
          found.sentences.append(
            "What was left in $EDITOR for #\(file.ticketID) is in \(file.path)")
          continue
        }
        if try await recover(file, text, into: journal) { found.tickets.append(file.ticketID) }
        unlink(file.path)
      } catch {
        found.sentences.append(
          "What was left in $EDITOR for #\(file.ticketID) is in \(file.path); it could not be saved"
        )
      }
    }
    return found
  }

  /// The words become the draft, and other words that were it are parked. A draft that was saved
  /// after the file stays what it is, and the file's words are parked. Returns false when a draft of
  /// the ticket holds them already.
  private static func recover(
    _ file: EditedFile, _ text: String, into journal: Journal
  ) async throws -> Bool {
    let known = try await journal.drafts.load(file.ticketID, file.kind)?.draft
    let read = ReplyFile.read(
      text,
      for: ReplyFile.Original(
        ticketID: file.ticketID, kind: file.kind, ccEmails: known?.ccEmails ?? [],
        bccEmails: known?.bccEmails ?? []))
    var draft =
      known
      ?? Draft(ticketID: file.ticketID, kind: file.kind, updatedAt: journal.options.clock.now)
    guard !read.text.isEmpty else { return false }
    draft.text = read.text
    draft.ccEmails = read.ccEmails
    draft.bccEmails = read.bccEmails
    draft.updatedAt = journal.options.clock.now
    let isKept = try await journal.drafts.list().contains { saved in
      saved.draft.ticketID == file.ticketID && saved.draft.kind == file.kind
        && saved.draft.text.trimmingBlankLines == read.text
    }
    if isKept { return false }
    if let known, known.updatedAt > file.modifiedAt {
      _ = try await journal.drafts.keep(draft)
    } else {
      _ = try await journal.drafts.save(draft)
    }
    return true
  }
}

extension String {
  fileprivate var trimmingBlankLines: String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false)[...]
    while lines.first?.allSatisfy(\.isWhitespace) == true { lines.removeFirst() }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
