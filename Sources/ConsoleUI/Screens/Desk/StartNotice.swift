import ConsoleModel
import Helpdesk

/// What a start found of the time before; on the status line until the first key.
struct StartNotice: Equatable, Sendable {
  /// Tickets whose words were being written when the program ended.
  var recovered: [TicketID]
  /// Words that could not be brought back, and where they are.
  var sentences: [String]
}

extension ConsoleState {
  /// The write that the notice offers to take back.
  var noticedWrite: QueuedWrite? {
    outbox.held(at: now.timestamp).first { $0.payload.draftKind != nil }
      ?? outbox.held(at: now.timestamp).first
  }

  /// "1 draft (#562) recovered, 1 reply leaves in 0:10 - u takes it back"; nil when there is nothing
  /// to say.
  var startWords: String? {
    guard let notice = startNotice else { return nil }
    var parts = notice.sentences
    if !notice.recovered.isEmpty {
      let names = notice.recovered.prefix(3).map { "#\($0)" }.joined(separator: ", ")
      let more = notice.recovered.count > 3 ? ", .." : ""
      parts.append("\(Digits.count(notice.recovered.count, "draft")) (\(names)\(more)) recovered")
    } else if !drafts.drafts.isEmpty {
      parts.append("\(Digits.count(drafts.drafts.count, "draft")) kept (\(shown(.goDrafts)))")
    }
    let open = outbox.items.filter { $0.follows == nil }
    let held = outbox.held(at: now.timestamp).filter { $0.follows == nil }
    if let write = noticedWrite, let until = write.holdUntil {
      let what: String
      switch write.payload {
      case .reply: what = "reply"
      case .privateNote: what = "note"
      case .update: what = "change"
      }
      let left = Digits.span(max(0, until - now.timestamp))
      parts.append(
        held.count == 1
          ? "1 \(what) (#\(write.ticketID)) leaves in \(left) - \(shown(.undo)) takes it back"
          : "\(held.count) writes leave from \(left) on - \(shown(.undo)) takes back the \(what) to "
            + "#\(write.ticketID)")
    }
    let needing = open.filter(\.state.needsPerson).count
    let waiting = open.count - held.count - needing
    if waiting > 0 { parts.append("\(waiting) in the outbox (\(shown(.goOutbox)))") }
    if needing > 0 {
      parts.append("\(needing) stopped, refused or unclear (\(shown(.goOutbox)))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
