public import ConsoleModel
public import Helpdesk

/// Replies of the same account to the same ticket that have not arrived, whichever window or command
/// they come from: a second one is worth a look.
public enum OtherReplies {
  /// A sentence each, for open writes of the journal.
  public static func sentences(
    _ writes: [QueuedWrite], to ticketID: TicketID, now: Timestamp
  ) -> [String] {
    writes.compactMap { write in
      guard write.ticketID == ticketID, case .reply = write.payload else { return nil }
      let state: String
      switch write.state {
      case .confirmed:
        let left = write.holdUntil.map { " (\(Digits.span(max(0, $0 - now))))" } ?? ""
        state = "is held\(left)"
      case .queued: state = "waits in the outbox"
      case .sending: state = "is being sent"
      case .unknown: state = "may have arrived, its outcome is unknown"
      case .conflicted: state = "was stopped and is in the outbox"
      case .failed: state = "was refused and is in the outbox"
      case .proposed: state = "waits for a confirmation"
      case .sent, .rejected, .undone: return nil
      }
      return "another reply of yours to #\(ticketID) \(state)"
    }
  }
}
