import ConsoleModel
import ConsoleUI
import Helpdesk

extension OutboxReads {
  /// The outbox as the journal has it. Names come from the cache.
  static func from(
    _ journal: JournalReader, names: CacheReader, failures: CacheFailures
  ) -> OutboxReads {
    OutboxReads(
      items: { failures.attempt([]) { try journal.openWrites() } },
      item: { id in
        failures.attempt(nil) {
          guard let write = try journal.write(id) else { return nil }
          return item(write, try journal.history(of: id), names, failures)
        }
      },
      progress: { batch in failures.attempt(nil) { try journal.progress(of: batch) } },
      failures: { batch in
        failures.attempt([]) {
          try journal.writes(of: batch).filter(\.state.needsPerson).map(\.ticketID)
        }
      },
      drafts: {
        failures.attempt([]) { try journal.drafts() }
      })
  }

  private static func item(
    _ write: QueuedWrite, _ history: [HistoryLine], _ names: CacheReader, _ failures: CacheFailures
  ) -> OutboxItem {
    let directory = failures.attempt(nil) { try names.directory() }
    let conflict = write.conflict
    return OutboxItem(
      write: write,
      history: history.map { OutboxItem.HistoryStep(at: $0.at, words: $0.words) },
      newWords: (conflict?.entries ?? []).map { entry in
        let author =
          entry.kind == .customer
          ? "customer" : directory?.name(AgentID(entry.authorID)) ?? "a colleague"
        return OutboxItem.NewWords(at: entry.createdAt, author: author, text: entry.text)
      },
      changedFields: (conflict?.fields ?? []).map {
        OutboxItem.ChangedField(field: $0.field, seen: $0.seen, now: $0.now, wanted: $0.wanted)
      })
  }
}
