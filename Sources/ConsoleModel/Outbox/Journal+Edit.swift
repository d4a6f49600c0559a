import Helpdesk

extension Journal {
  /// Turns an item that was never applied back into the draft of its ticket, in one transaction.
  /// A newer draft that stands there is kept as the current one, and the words are parked.
  /// - Returns: the draft; nil for a change of fields, which has no words and is only taken back.
  @discardableResult
  public func returnToDraft(
    _ id: WriteID
  ) async throws(JournalError) -> (draft: Draft, isParked: Bool)? {
    try await change { transaction in
      let outcome = try transaction.takeBack(try transaction.writes.find(id))
      return outcome.draft.map { ($0, outcome.draftIsParked) }
    }
  }
}
