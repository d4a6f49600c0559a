import Helpdesk

extension Journal {
  /// Turns an item that was never applied back into the draft of its ticket, in one transaction.
  /// A newer draft that stands there is kept as the current one, and the words are parked beside it.
  /// - Returns: the draft; nil for a change of fields, which has no words and is only taken back.
  @discardableResult
  public func returnToDraft(
    _ id: WriteID
  ) async throws(JournalError) -> (draft: Draft, isParked: Bool)? {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      let person = transaction.options.person
      switch write.state {
      case .confirmed, .queued:
        let outcome = try transaction.move(id, .takenBack, detail: "taken back by \(person)")
        try transaction.log(
          .decision,
          "\(person) took back \(transaction.options.vocabulary.phrase(write)) (write \(id))")
        return outcome.draft.map { ($0, outcome.draftIsParked) }
      default:
        try transaction.move(id, .discarded, detail: "turned into a draft by \(person)")
        try transaction.log(
          .decision,
          "\(person) turned \(transaction.options.vocabulary.phrase(write)) (write \(id)) into a draft"
        )
        guard let draft = write.payload.draft(of: write.ticketID, at: transaction.now) else {
          return nil
        }
        return (draft, try transaction.drafts.keep(draft).isParked)
      }
    }
  }
}
