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
  static func recover(in folder: String, from journal: Journal) async -> Found {
    var found = await recoverFiles(in: folder, into: journal)
    for saved in (try? await journal.drafts.takeAbandoned()) ?? []
    where !found.tickets.contains(saved.draft.ticketID) {
      found.tickets.append(saved.draft.ticketID)
    }
    return found
  }

  /// Takes the words of abandoned files into drafts; each file goes when its words are on disk.
  static func recoverFiles(in folder: String, into journal: Journal) async -> Found {
    var found = Found()
    for file in EditedFile.abandoned(in: folder) {
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

  /// The words become the draft; other words that were it are parked. Returns false when the draft
  /// holds them already.
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
    guard !read.text.isEmpty, read.text != draft.text.trimmingBlankLines else { return false }
    draft.text = read.text
    draft.ccEmails = read.ccEmails
    draft.bccEmails = read.bccEmails
    draft.updatedAt = journal.options.clock.now
    _ = try await journal.drafts.save(draft)
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
