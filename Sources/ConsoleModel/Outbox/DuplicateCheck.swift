import Helpdesk

/// Whether the very words of a write stand in the thread already although this journal has not sent
/// them: a copy of the journal was faster (a restored backup, a synchronised folder), or the first
/// of two has arrived after all.
enum DuplicateCheck {
  /// - Parameters:
  ///   - claimed: entries that are known to come from sent writes of this journal, so that two
  ///     equal replies in a row both leave.
  static func conflict(
    _ write: QueuedWrite, in thread: ThreadReading, claimed: Set<Int64>, agentID: AgentID
  ) -> WriteConflict? {
    guard let words = SentWords(write.payload) else { return nil }
    let seen: ConversationID?
    switch write.payload {
    case .reply(let reply): seen = reply.seenConversationID ?? ConversationID(0)
    case .privateNote(let note): seen = note.seenConversationID
    case .update: return nil
    }
    // Where nobody knows what was seen, the same words of any age stop the write: the clock of the
    // machine that wrote it may have been wrong.
    let copies = thread.entries.filter { entry in
      (seen.map { entry.id > $0 } ?? true)
        && entry.authorID == agentID.rawValue && !claimed.contains(entry.id.rawValue)
        && words.fit(entry)
    }
    guard !copies.isEmpty else { return nil }
    return WriteConflict(
      entries: copies.map(WriteConflict.NewEntry.init), newestConversationID: thread.watermark,
      reason:
        "the very text is already in the thread; another copy of this journal may have sent it"
    )
  }
}
