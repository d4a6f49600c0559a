import Helpdesk

/// A write as it was put down, with the digest of what has to be shown and confirmed.
public struct Proposal: Equatable, Sendable {
  public var id: WriteID
  public var revision: Int
  public var digest: WriteDigest
}

extension Journal {
  /// Writes a proposal down; it goes nowhere until `confirm` is called with the digest of exactly
  /// what the person saw.
  public func propose(
    _ ticketID: TicketID, _ payload: WritePayload
  ) async throws(JournalError) -> Proposal {
    try await change { transaction in
      let id = try transaction.propose(ticketID, payload)
      let write = try transaction.writes.find(id)
      return Proposal(
        id: id, revision: write.revision, digest: try transaction.digest(of: write))
    }
  }

  /// A person said yes at the console's own prompt to the bytes with this digest. Refused with
  /// `changedSinceShown` when the stored bytes are others.
  public func confirm(_ id: WriteID, _ digest: WriteDigest) async throws(JournalError) {
    try await change { try $0.confirm(id, shown: digest) }
  }

  /// The `y` of the review box: write, confirmation and audit record in one transaction. Pass exactly
  /// the value that was shown, and the state of the draft that it was made of, which is deleted with
  /// it; a draft that was changed since is kept.
  public func proposeAndConfirm(
    _ ticketID: TicketID, _ payload: WritePayload, madeOf draft: DraftReference? = nil
  ) async throws(JournalError) -> WriteID {
    try await change { transaction in
      let id = try transaction.propose(ticketID, payload)
      try transaction.confirm(
        id, shown: try transaction.digest(of: try transaction.writes.find(id)))
      if let draft, try !transaction.drafts.delete(draft), try !transaction.drafts.has(draft.id) {
        throw JournalError.draftGone
      }
      return id
    }
  }

  /// Changes of fields, which need no review: one transaction, one batch id for several. A change
  /// that mails the customer is held like a reply.
  /// - Returns: the batch and its writes in the order given; a single change has no batch.
  public func submitUpdates(
    _ updates: [(ticketID: TicketID, content: UpdateContent)], title: String = ""
  ) async throws(JournalError) -> (batch: BatchID?, writes: [WriteID]) {
    guard !updates.isEmpty else { throw .empty }
    let completeUntil = updates.count > 1 ? await options.cacheIsCompleteUntil() : nil
    return try await change(completeUntil: completeUntil) { transaction in
      let batch = updates.count > 1 ? try transaction.openBatch(title) : nil
      let ids = try updates.map { update in
        let id = try transaction.propose(update.ticketID, .update(update.content), batch: batch)
        try transaction.confirm(
          id, shown: try transaction.digest(of: try transaction.writes.find(id)))
        return id
      }
      return (batch, ids)
    }
  }
}

extension JournalTransaction {
  func openBatch(_ title: String) throws -> BatchID {
    try connection.execute(
      "INSERT INTO batches (title, created_at, complete_until) VALUES (?, ?, ?)", title,
      now.seconds, completeUntil?.seconds)
    return BatchID(connection.lastInsertedRowID)
  }
}
