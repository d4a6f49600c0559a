import Helpdesk

/// What an undo did.
public enum UndoResult: Equatable, Sendable {
  /// It had not left. Its words are a draft again; `isParked` when a newer draft of the ticket
  /// stood there and was kept as the current one.
  case takenBack(QueuedWrite, draft: Draft?, isParked: Bool)
  /// Several that had not left, of one bulk action.
  case batchTakenBack(BatchID, count: Int)
  /// They had been sent: opposite changes are queued, as a new batch when there are several.
  case reversing([WriteID], batch: BatchID?, takenBack: Int)
}

extension Journal {
  /// Takes a write back before it leaves, or queues the opposite change of one that was sent.
  public func undo(_ id: WriteID) async throws(JournalError) -> UndoResult {
    try await change { try $0.undo(try $0.writes.find(id)) }
  }

  /// Undoes all of a bulk action: what waits is taken back, what was sent gets its opposite change.
  public func undoBatch(_ batch: BatchID) async throws(JournalError) -> UndoResult {
    try await change(completeUntil: await options.cacheIsCompleteUntil()) { try $0.undo(batch) }
  }

  /// The key `u`: the newest thing that was done, if it has a way back; a bulk action as a whole.
  /// Changes sent more than an hour ago are left alone. Nil when there is nothing.
  public func undoLast() async throws(JournalError) -> UndoResult? {
    try await change(completeUntil: await options.cacheIsCompleteUntil()) { transaction in
      let candidates = try transaction.writes.select(
        """
        account = ? AND undone_by IS NULL AND follows IS NULL
        AND (state IN ('confirmed', 'queued') OR (state = 'sent' AND updated_at >= ?))
        """, [transaction.options.account, transaction.now.seconds - 3600],
        order: "state = 'sent', id DESC LIMIT 1")
      guard let newest = candidates.first else { return nil }
      if let batch = newest.batch { return try transaction.undo(batch) }
      return try transaction.undo(newest)
    }
  }
}

extension JournalTransaction {
  fileprivate func undo(_ write: QueuedWrite) throws -> UndoResult {
    if write.state == .sent {
      let id = try reverse(write, batch: nil)
      return .reversing([id], batch: nil, takenBack: 0)
    }
    let outcome = try takeBack(write)
    return .takenBack(outcome.write, draft: outcome.draft, isParked: outcome.draftIsParked)
  }

  fileprivate func undo(_ batch: BatchID) throws -> UndoResult {
    let members = try writes.select("batch = ?", [batch.rawValue])
    let waiting = members.filter { $0.state == .confirmed || $0.state == .queued }
    let sent = members.filter { $0.state == .sent && $0.undoneBy == nil }
    for write in waiting { _ = try takeBack(write) }
    if sent.isEmpty {
      guard !waiting.isEmpty else {
        throw JournalError.cannotUndo(reason: "nothing of it is waiting or was sent")
      }
      return .batchTakenBack(batch, count: waiting.count)
    }
    let opposite = sent.count > 1 ? try openBatch("undo") : nil
    return .reversing(
      try sent.map { try reverse($0, batch: opposite) }, batch: opposite,
      takenBack: waiting.count)
  }

  private func takeBack(_ write: QueuedWrite) throws -> Outcome {
    let outcome = try move(write.id, .takenBack, detail: "taken back by \(options.person)")
    try log(
      .decision,
      "\(options.person) took back \(options.vocabulary.phrase(write)) (write \(write.id))")
    return outcome
  }

  private func reverse(_ write: QueuedWrite, batch: BatchID?) throws -> WriteID {
    guard case .update(var update) = write.payload else {
      throw JournalError.cannotUndo(reason: "it has left, and words cannot be called back")
    }
    guard write.undoneBy == nil else {
      throw JournalError.cannotUndo(reason: "it was undone already")
    }
    update.before = try writes.base(of: write)
    guard !update.before.isEmpty else {
      throw JournalError.cannotUndo(reason: "the values before it are not known")
    }
    let id = try propose(
      write.ticketID, .update(update.opposite(undoing: write.id)), batch: batch)
    try confirm(id, shown: try digest(of: try writes.find(id)))
    try writes.set(write.id, ["undone_by": id.rawValue])
    return id
  }
}
