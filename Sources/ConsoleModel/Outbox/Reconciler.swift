import Helpdesk
import MailText

/// Finds out whether a write with an unclear outcome was applied. Pure: it is handed what a read of
/// the thread or the ticket showed.
enum Reconciler {
  /// The waits before each look, in seconds: 5 s, 15 s, 45 s and 2 min after the outcome became
  /// unclear.
  static let lookDelays: [Int64] = [5, 10, 30, 75]

  /// A change of fields that a look does not show goes again when this many looks would be left:
  /// after the look at 45 s.
  static let looksKeptWhenRepeated = 1

  enum Finding: Equatable, Sendable {
    /// `count` is how often its words stand in the thread.
    case applied(remoteID: Int64?, count: Int)
    case missing
  }

  /// What else may have left the same words on the ticket.
  struct Rivals: Sendable {
    /// Later writes with an unknown outcome, with their attempts, newest first.
    var younger: [(write: QueuedWrite, attempt: Attempt)] = []
    /// Entries that are known to come from sent writes.
    var claimed: Set<Int64> = []
  }

  /// Looks for words in a thread.
  ///
  /// Counts, because two equal writes may wait on one ticket: entries that belong to sent writes
  /// are left out, and each later equal write takes the first one after its own watermark. An entry
  /// belongs to the latest attempt that can have made it, which is the likelier one.
  static func find(
    _ write: QueuedWrite, _ attempt: Attempt, in entries: [Conversation], rivals: Rivals,
    agentID: AgentID
  ) -> Finding {
    guard let wanted = Words(write.payload) else { return .missing }
    let author = (attempt.agentID ?? agentID).rawValue
    var matches = entries.filter { entry in
      entry.kind == wanted.kind && entry.authorID == author
        && !rivals.claimed.contains(entry.id.rawValue) && wanted.fits(entry)
    }
    for rival in rivals.younger where Words(rival.write.payload) == wanted {
      if let index = matches.firstIndex(where: { isPossible($0, rival.attempt) }) {
        matches.remove(at: index)
      }
    }
    matches.removeAll { !isPossible($0, attempt) }
    guard let first = matches.first else { return .missing }
    return .applied(remoteID: first.id.rawValue, count: matches.count)
  }

  /// Whether a read of the ticket shows a change of fields.
  static func find(_ update: UpdateContent, in ticket: Ticket) -> Finding {
    UpdateCheck.isApplied(update, to: ticket) ? .applied(remoteID: nil, count: 1) : .missing
  }

  /// Above the watermark, and created no earlier than 5 s before the helpdesk's own time at the
  /// attempt. Where that time is not known the watermark has to do.
  private static func isPossible(_ entry: Conversation, _ attempt: Attempt) -> Bool {
    entry.id > attempt.watermark
      && (attempt.serverTime.map { entry.createdAt >= $0 + -5 } ?? true)
  }

  /// What has to be equal in the thread's entry.
  private struct Words: Equatable {
    var kind: ConversationKind
    var text: String
    var fileNames: [String]

    init?(_ payload: WritePayload) {
      switch payload {
      case .reply(let reply):
        kind = .reply
        text = MailText.normalized(reply.html)
        fileNames = reply.attachments.map(\.name).sorted()
      case .privateNote(let note):
        kind = .privateNote
        text = MailText.normalized(note.html)
        fileNames = note.attachments.map(\.name).sorted()
      case .update: return nil
      }
    }

    func fits(_ entry: Conversation) -> Bool {
      entry.attachments.map(\.name).sorted() == fileNames
        && (MailText.normalized(entry.body.html) == text
          || MailText.normalized(entry.body.text) == text)
    }
  }
}
