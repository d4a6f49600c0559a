import Helpdesk

/// What an undo did.
public struct UndoResult: Equatable, Sendable {
  /// Writes that had not reached the helpdesk and never will, with all that followed them.
  public var takenBack: [QueuedWrite] = []
  /// The opposite changes of what has reached it, or may have; queued.
  public var opposite: [QueuedWrite] = []
  /// The batch of the opposite changes, when there are several.
  public var batch: BatchID?
  /// The words that were taken back, as the draft they were.
  public var draft: Draft?
  /// A newer draft of the ticket stood there and was kept as the current one.
  public var isParked = false
  /// Why nothing was undone.
  public var refusal: UndoRefusal?
  /// The number of members of a bulk action that were left as they are because the values before them
  /// are not known.
  public var lackingValues = 0

  public init(
    takenBack: [QueuedWrite] = [], opposite: [QueuedWrite] = [], batch: BatchID? = nil,
    draft: Draft? = nil, isParked: Bool = false, refusal: UndoRefusal? = nil,
    lackingValues: Int = 0
  ) {
    self.takenBack = takenBack
    self.opposite = opposite
    self.batch = batch
    self.draft = draft
    self.isParked = isParked
    self.refusal = refusal
    self.lackingValues = lackingValues
  }

  public var isEmpty: Bool { takenBack.isEmpty && opposite.isEmpty }
}

/// Why there is no way back.
public enum UndoRefusal: Equatable, Sendable {
  /// Words that were sent at this moment cannot be called back.
  case hasLeft(Timestamp)
  /// Words that are being sent now.
  case isLeaving
  /// Nobody knows yet whether the words arrived.
  case isUnclear
  /// It was taken back, undone or discarded already, here or elsewhere.
  case isBack
  /// The values before the change are not known.
  case lacksValues
}

extension Journal {
  /// Takes a write back with all that follows it before it leaves, or queues the opposite change of
  /// one that has left.
  public func undo(_ id: WriteID) async throws(JournalError) -> UndoResult {
    try await change { transaction in
      var result = UndoResult()
      try transaction.undo(try transaction.writes.find(id), batch: nil, into: &result)
      return result
    }
  }

  /// Undoes all of a bulk action: what waits is taken back, what was sent gets its opposite change.
  public func undoBatch(_ batch: BatchID) async throws(JournalError) -> UndoResult {
    try await change(completeUntil: await options.cacheIsCompleteUntil()) { transaction in
      let members = try transaction.writes.select("batch = ?", [batch.rawValue])
      var result = UndoResult()
      if members.count(where: { $0.mayHaveLeft && $0.undoneBy == nil }) > 1 {
        result.batch = try transaction.openBatch("undo")
      }
      for write in members {
        try transaction.undo(write, batch: result.batch, into: &result)
      }
      if !result.isEmpty {
        result.refusal = nil
      } else if result.lackingValues > 0 {
        result.refusal = .lacksValues
      }
      return result
    }
  }

  /// Takes back what of a bulk action has not left; what was sent stays. Returns how many.
  public func stopBatch(_ batch: BatchID) async throws(JournalError) -> Int {
    try await change { transaction in
      var result = UndoResult()
      for write in try transaction.writes.select("batch = ?", [batch.rawValue])
      where write.isWaiting {
        try transaction.undo(write, batch: nil, into: &result)
      }
      return result.takenBack.count
    }
  }
}

extension QueuedWrite {
  /// Whether it is confirmed and has not left.
  fileprivate var isWaiting: Bool { state == .confirmed || state == .queued }

  /// Whether it is on its way or further, so that only an opposite change helps.
  fileprivate var mayHaveLeft: Bool { state == .sending || state == .sent || state == .unknown }
}

extension JournalTransaction {
  fileprivate func undo(
    _ write: QueuedWrite, batch: BatchID?, into result: inout UndoResult
  ) throws {
    switch write.state {
    case .confirmed, .queued, .proposed, .conflicted, .failed:
      let outcome = try takeBack(write)
      result.takenBack.append(outcome.write)
      if write.isWaiting {
        result.takenBack += try writes.select(
          "follows = ? AND state = 'undone'", [write.id.rawValue])
      }
      result.draft = outcome.draft ?? result.draft
      result.isParked = outcome.draftIsParked || result.isParked
    case .sending, .sent, .unknown: try reverse(write, batch: batch, into: &result)
    case .rejected, .undone: result.refusal = .isBack
    }
  }

  /// Takes back what waits, with all that follows it, or throws away what never was applied; words
  /// become a draft again. Refused for what has left or come to its end.
  func takeBack(_ write: QueuedWrite) throws -> Outcome {
    var outcome = try move(
      write.id, write.isWaiting ? .takenBack : .discarded,
      detail: "taken back by \(options.person)")
    try log(
      .decision,
      "\(options.person) took back \(options.vocabulary.phrase(write)) (write \(write.id))")
    // The move of what waits has made the draft.
    if !write.isWaiting, let draft = write.payload.draft(of: write.ticketID, at: now) {
      outcome.draft = draft
      outcome.draftIsParked = try drafts.keep(draft).isParked
    }
    return outcome
  }

  /// Queues the opposite of a change that has reached the helpdesk or is on its way; it waits for its
  /// turn behind it.
  private func reverse(
    _ write: QueuedWrite, batch: BatchID?, into result: inout UndoResult
  ) throws {
    guard case .update(var update) = write.payload else {
      result.refusal =
        switch write.state {
        case .sending: .isLeaving
        case .unknown: .isUnclear
        case .proposed, .confirmed, .queued, .sent, .rejected, .undone, .conflicted, .failed:
          .hasLeft(write.updatedAt)
        }
      return
    }
    guard write.undoneBy == nil else {
      result.refusal = .isBack
      return
    }
    update.before = try writes.base(of: write)
    guard !update.before.isEmpty else {
      result.refusal = .lacksValues
      result.lackingValues += 1
      return
    }
    let id = try propose(
      write.ticketID, .update(update.opposite(undoing: write.id)), batch: batch)
    try confirm(id, shown: try digest(of: try writes.find(id)))
    try writes.set(write.id, ["undone_by": id.rawValue])
    result.opposite.append(try writes.find(id))
  }
}
