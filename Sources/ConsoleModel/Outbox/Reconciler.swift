import Helpdesk

/// Finds out whether a write with an unclear outcome was applied. Pure: it is handed what a read of
/// the thread or the ticket showed.
enum Reconciler {
  /// The waits before each look, in seconds: 5 s, 15 s, 45 s and 2 min after the outcome became
  /// unclear.
  static let lookDelays: [Int64] = [5, 10, 30, 75]

  /// How long a request of unknown outcome may still arrive, in seconds after the attempt. A change
  /// of fields is repeated only after that, and later changes of the ticket wait for it: a late one
  /// would put back what they have changed, all tags of the ticket with it.
  static let latestArrival: Int64 = 120

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
    guard let wanted = SentWords(write.payload) else { return .missing }
    let author = (attempt.agentID ?? agentID).rawValue
    var matches = entries.filter { entry in
      entry.authorID == author && !rivals.claimed.contains(entry.id.rawValue)
        && wanted.fit(entry)
    }
    for rival in rivals.younger where SentWords(rival.write.payload) == wanted {
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
}
