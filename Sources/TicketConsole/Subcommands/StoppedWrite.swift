import ConsoleModel
import Helpdesk

/// What stopped an item, for the decision to send it all the same.
struct StoppedWrite {
  /// How much of a new entry the question at the terminal shows, in lines.
  private static let longestEntry = 40

  let write: QueuedWrite

  /// The newest conversation of the thread when it was stopped, else the one that its writer had
  /// seen; nil where neither is known.
  var newest: ConversationID? {
    let seen =
      switch write.payload {
      case .reply(let reply): reply.seenConversationID
      case .privateNote(let note): note.seenConversationID
      case .update(let update): update.seenConversationID
      }
    return write.conflict?.newestConversationID ?? seen
  }

  /// Throws unless `--confirm-to` may stand for the question. It does for new entries and changed
  /// fields, once `--seen` says that they were read. Anything else, such as the same text in the
  /// thread or a changed file, is a decision that only the question at a terminal explains.
  func checkUnattended(seen: ConversationID?) throws(CommandFailure) {
    guard let conflict = write.conflict, conflict.reason == nil else {
      let reason = write.conflict?.reason ?? write.problem ?? "the ticket has moved on"
      throw CommandFailure(
        .refused,
        "Item \(write.id) was stopped: \(reason). Sending it all the same has to be confirmed at a "
          + "terminal; --confirm-to does not do. Nothing was sent.")
    }
    let newest = newest ?? ConversationID(0)
    guard let seen, seen >= newest else {
      throw CommandFailure(
        .refused,
        "Item \(write.id) was stopped: \(names(conflict)). Nothing was sent; read it with: "
          + "ticket-console show \(write.ticketID) --refresh, then say with --seen \(newest) that you "
          + "know it.")
    }
  }

  /// What stopped it, in full, for the question at the terminal.
  var text: String {
    var lines = ["STOPPED: \(WriteOutcome.sentence(write))"]
    for entry in write.conflict?.entries ?? [] {
      let words = entry.text.split(separator: "\n", omittingEmptySubsequences: false)
      lines += ["", "NEW      \(Self.name(entry))"]
      lines += words.prefix(Self.longestEntry).map { "  \($0)" }
      if words.count > Self.longestEntry {
        lines.append("  [\(words.count - Self.longestEntry) more lines]")
      }
    }
    for field in write.conflict?.fields ?? [] {
      lines += ["", "CHANGED  \(field.field): you saw \(field.seen), it is now \(field.now)"]
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private func names(_ conflict: WriteConflict) -> String {
    var names = conflict.entries.suffix(5).map(Self.name)
    if conflict.entries.count > names.count {
      names.insert("\(conflict.entries.count - names.count) earlier entries", at: 0)
    }
    names += conflict.fields.map { "the \($0.field) is now \($0.now)" }
    return names.isEmpty ? "the ticket has moved on" : names.joined(separator: "; ")
  }

  private static func name(_ entry: WriteConflict.NewEntry) -> String {
    "\(SeenThread.words(entry.kind)) of \(entry.createdAt) (conversation \(entry.id))"
  }
}
