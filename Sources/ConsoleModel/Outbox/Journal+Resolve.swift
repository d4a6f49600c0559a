import Helpdesk
import SQLite

/// What a person does with an item of the outbox.
extension Journal {
  /// Changes what is to be sent. The old revision is kept and any confirmation is void; confirm the
  /// new digest to let it go. Pass the present payload to stop it while an editor is open.
  public func edit(
    _ id: WriteID, _ payload: WritePayload
  ) async throws(JournalError) -> Proposal {
    try await change { try $0.edit(id, payload) }
  }

  /// `edit` and `confirm` in one transaction: the `y` of a review that was opened from the outbox.
  public func editAndConfirm(
    _ id: WriteID, _ payload: WritePayload
  ) async throws(JournalError) {
    try await change { transaction in
      let proposal = try transaction.edit(id, payload)
      try transaction.confirm(id, shown: proposal.digest)
    }
  }

  /// "Send anyway" for a stopped write: what is new now counts as seen. The caller has asked again,
  /// with the new words on screen; `newest` is the newest conversation that was shown, if other than
  /// the conflict's.
  public func sendAnyway(
    _ id: WriteID, seen newest: ConversationID? = nil
  ) async throws(JournalError) {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      guard write.state == .conflicted else {
        throw WriteMachine.Refusal.noSuchMove(from: write.state, event: .confirmed)
      }
      let proposal = try transaction.edit(
        id, write.payload.seeing(newest, write.conflict ?? WriteConflict()))
      try transaction.confirm(id, shown: proposal.digest)
    }
  }

  /// Throws away what was never applied; gives up on what has an unknown outcome, whose state stays
  /// `unknown` because nobody knows. What still waits is taken back first.
  public func discard(_ id: WriteID) async throws(JournalError) {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      let phrase = transaction.options.vocabulary.phrase(write)
      let person = transaction.options.person
      switch write.state {
      case .unknown:
        try transaction.move(id, .gaveUp, detail: "given up by \(person)")
        try transaction.log(
          .decision, "\(person) gave up on \(phrase) (write \(id)); its outcome is unknown")
      case .confirmed, .queued:
        try transaction.move(id, .edited, detail: "to be discarded")
        try transaction.move(id, .discarded, detail: "discarded by \(person)")
        try transaction.log(.decision, "\(person) discarded \(phrase) (write \(id))")
      case .proposed, .conflicted, .failed, .sending, .sent, .rejected, .undone:
        // The table of states refuses what has left or come to its end.
        try transaction.move(id, .discarded, detail: "discarded by \(person)")
        try transaction.log(.decision, "\(person) discarded \(phrase) (write \(id))")
      }
    }
  }

  /// Tries the same bytes again after a refusal; the confirmation still stands, and the thread is
  /// checked again before it leaves. For an unknown outcome it only looks again, see `lookAgain`.
  public func retry(_ id: WriteID) async throws(JournalError) {
    try await change { transaction in
      if try transaction.writes.find(id).state == .unknown {
        try transaction.lookAgain(id)
        return
      }
      try transaction.move(
        id, .retried, detail: "retried by \(transaction.options.person)",
        setting: ["problem": String?.none, "returns": 0])
    }
  }

  /// Looks for an unknown write at the helpdesk again, from the first look on. Never sends.
  public func lookAgain(_ id: WriteID) async throws(JournalError) {
    try await change { try $0.lookAgain(id) }
  }

  /// A second copy of a write with an unknown outcome. It is only proposed: the review has to say
  /// that it may arrive twice, and `confirm` lets it go.
  public func sendAgain(_ id: WriteID) async throws(JournalError) -> Proposal {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      try transaction.checkHasNoCopy(id)
      try transaction.move(id, .sentAgain, detail: "a second copy is proposed")
      let copy = try transaction.propose(write.ticketID, write.payload, repeats: id)
      return Proposal(
        id: copy, revision: 1,
        digest: try transaction.digest(of: try transaction.writes.find(copy)))
    }
  }

  /// `sendAgain` and its confirmation in one transaction, for a screen that has asked already and
  /// has said that it may arrive twice.
  public func sendAgainConfirmed(_ id: WriteID) async throws(JournalError) -> WriteID {
    try await change { transaction in
      let write = try transaction.writes.find(id)
      try transaction.checkHasNoCopy(id)
      try transaction.move(id, .sentAgain, detail: "a second copy is sent")
      let copy = try transaction.propose(write.ticketID, write.payload, repeats: id)
      try transaction.confirm(
        copy, shown: try transaction.digest(of: try transaction.writes.find(copy)))
      return copy
    }
  }

  /// The copy that was made of an item of unknown outcome, unless it was taken back or thrown away.
  public func copy(of id: WriteID) async throws(JournalError) -> WriteID? {
    try await perform { try WriteTable(connection: $0).copy(of: id) }
  }

  /// Ends all holds now: the outbox's "flush all". What needs a person stays where it is.
  public func releaseHolds() async throws(JournalError) {
    try await change { transaction in
      for write in try transaction.writes.select(
        "state = 'confirmed' AND hold_until > ?", [transaction.now.seconds])
      {
        try transaction.writes.set(write.id, ["hold_until": transaction.now.seconds])
      }
      try transaction.connection.execute(
        "UPDATE writes SET not_before = NULL WHERE state = 'queued' AND waiting_for <> 'limit'")
    }
  }
}

extension WriteTable {
  fileprivate func copy(of id: WriteID) throws -> WriteID? {
    try connection.first(
      """
      SELECT id FROM writes WHERE repeats = ? AND repeats IS NOT NULL
      AND state NOT IN ('rejected', 'undone') ORDER BY id DESC LIMIT 1
      """, id.rawValue
    ) { row throws(SQLiteError) in WriteID(try row.int64(0)) }
  }
}

extension JournalTransaction {
  /// One unclear outcome has one copy: who asks twice would send three times.
  fileprivate func checkHasNoCopy(_ id: WriteID) throws {
    if let copy = try writes.copy(of: id) { throw JournalError.sentAgain(id, as: copy) }
  }

  fileprivate func lookAgain(_ id: WriteID) throws {
    try move(id, .lookedAgain, setting: ["problem": String?.none])
    try writes.set(id, ["not_before": now.seconds])
  }

  func edit(_ id: WriteID, _ payload: WritePayload) throws -> Proposal {
    let old = try writes.find(id)
    guard old.payload.kind == payload.kind else {
      // A private note and a public reply never turn into one another.
      throw WriteMachine.Refusal.noSuchMove(from: old.state, event: .edited)
    }
    guard !payload.isEmpty else { throw JournalError.empty }
    let revision = old.revision + 1
    let isPublic = payload.isCustomerFacing(mailsCustomerOnClose: options.mailsCustomerOnClose)
    try move(
      id, .edited, detail: "revision \(revision)",
      setting: [
        "payload": try StoredPayload.encode(payload), "revision": revision,
        "customer_facing": isPublic,
      ])
    let write = try writes.find(id)
    return Proposal(id: id, revision: revision, digest: try digest(of: write))
  }
}

extension WritePayload {
  /// The same write by somebody who has seen what stopped it.
  fileprivate func seeing(_ shown: ConversationID?, _ conflict: WriteConflict) -> WritePayload {
    let newest = shown ?? conflict.newestConversationID
    switch self {
    case .reply(var reply):
      reply.seenConversationID = newest ?? reply.seenConversationID
      // The status was shown as well, so the one shown is no reason to stop again.
      if !conflict.fields.isEmpty { reply.seenStatus = conflict.current.status }
      return .reply(reply)
    case .privateNote(var note):
      note.seenConversationID = newest ?? note.seenConversationID
      return .privateNote(note)
    case .update(var update):
      update.seenConversationID = newest ?? update.seenConversationID
      // The present values are the ones that were seen now.
      update.before.merge(conflict.current)
      return .update(update)
    }
  }
}
