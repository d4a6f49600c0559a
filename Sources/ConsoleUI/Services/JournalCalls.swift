public import ConsoleModel
public import Helpdesk

/// Calls that write to the journal. Each returns at once and answers when the change is on disk.
public struct JournalCalls {
  /// Saves a draft over the state that its words were written in; see `DraftStore.save`.
  public var saveDraft:
    (_ draft: Draft, _ over: DraftReference?, @escaping Answer<Result<DraftSave, CallFailure>>) ->
      Void
  /// Deletes this state of a draft, which the user has confirmed; false when it was changed since.
  public var removeDraft: (DraftReference, @escaping Answer<Result<Bool, CallFailure>>) -> Void
  /// Says which draft this window has open; answers with the other windows that have it open.
  public var setOpenDraft: (DraftKey?, @escaping Answer<[ProcessIdentity]>) -> Void
  /// Queues confirmed writes in one transaction; several updates are one batch with one undo.
  /// Removes the state of the draft that a reply or note was made of, in the same transaction.
  public var submit:
    ([Submission], DraftReference?, @escaping Answer<Result<SubmissionReceipt, CallFailure>>) ->
      Void
  /// Takes a held write back, or queues the opposite change of one that was sent.
  public var undo: (UndoTarget, @escaping Answer<Result<UndoReceipt, CallFailure>>) -> Void
  /// Takes back what of a bulk action has not left; answers with how many changes.
  public var stopBatch: (BatchID, @escaping Answer<Result<Int, CallFailure>>) -> Void
  /// Moves one item of the outbox on; answers with one sentence for the status line.
  public var change: (OutboxChange, WriteID, @escaping Answer<Result<String, CallFailure>>) -> Void
  /// Sends what waits without its hold and its pauses; answers with one sentence.
  public var flush: (@escaping Answer<Result<String, CallFailure>>) -> Void
  /// Turns the account's stop switch, for every process; answers when the file is there or gone.
  public var setStopped: (Bool, @escaping Answer<Result<Void, CallFailure>>) -> Void
  /// How long so many update calls will take with the budget there is.
  public var forecast: (_ calls: Int) -> Forecast

  public init(
    saveDraft:
      @escaping (Draft, DraftReference?, @escaping Answer<Result<DraftSave, CallFailure>>) -> Void,
    removeDraft: @escaping (DraftReference, @escaping Answer<Result<Bool, CallFailure>>) -> Void,
    setOpenDraft: @escaping (DraftKey?, @escaping Answer<[ProcessIdentity]>) -> Void,
    submit:
      @escaping (
        [Submission], DraftReference?, @escaping Answer<Result<SubmissionReceipt, CallFailure>>
      ) -> Void,
    undo: @escaping (UndoTarget, @escaping Answer<Result<UndoReceipt, CallFailure>>) -> Void,
    stopBatch: @escaping (BatchID, @escaping Answer<Result<Int, CallFailure>>) -> Void,
    change:
      @escaping (OutboxChange, WriteID, @escaping Answer<Result<String, CallFailure>>) -> Void,
    flush: @escaping (@escaping Answer<Result<String, CallFailure>>) -> Void,
    setStopped: @escaping (Bool, @escaping Answer<Result<Void, CallFailure>>) -> Void,
    forecast: @escaping (Int) -> Forecast
  ) {
    self.saveDraft = saveDraft
    self.removeDraft = removeDraft
    self.setOpenDraft = setOpenDraft
    self.submit = submit
    self.undo = undo
    self.stopBatch = stopBatch
    self.change = change
    self.flush = flush
    self.setStopped = setStopped
    self.forecast = forecast
  }
}

/// A write that a person has confirmed, exactly as it was shown. Three cases that never turn into one
/// another.
public enum Submission: Equatable, Sendable {
  case reply(TicketID, ReplyContent)
  case privateNote(TicketID, NoteContent)
  case update(TicketID, UpdateContent)

  public var ticketID: TicketID {
    switch self {
    case .reply(let id, _), .privateNote(let id, _), .update(let id, _): id
    }
  }
}

/// What the journal made of a submission.
public struct SubmissionReceipt: Equatable, Sendable {
  public var ids: [WriteID]
  public var batch: BatchID?
  /// Until when it is held; nil when nothing is held.
  public var holdUntil: Timestamp?

  public init(ids: [WriteID], batch: BatchID? = nil, holdUntil: Timestamp? = nil) {
    self.ids = ids
    self.batch = batch
    self.holdUntil = holdUntil
  }
}

/// What is to be undone: one write, or all of one bulk action.
public enum UndoTarget: Hashable, Sendable {
  case write(WriteID)
  case batch(BatchID)
}

/// What undoing did.
public typealias UndoReceipt = UndoResult

/// What a person can do to one item of the outbox.
public enum OutboxChange: String, CaseIterable, Sendable {
  /// Tries the same bytes again after a failure.
  case retry
  /// Sends a stopped item although the ticket has moved on; the person has confirmed it.
  case sendAnyway
  /// Sends an item of unknown outcome a second time; the person knows that it may arrive twice.
  case sendAgain
  /// Looks for an item of unknown outcome in the thread again; never sends.
  case lookAgain
  /// Turns it back into the draft it was.
  case edit
  /// Throws it away.
  case discard
}

/// What a number of calls will cost.
public struct Forecast: Equatable, Sendable {
  /// Seconds until the last of them has been sent.
  public var seconds: Int
  /// Calls of the window that are left and allowed; nil until the first answer told.
  public var budget: Budget?

  public init(seconds: Int, budget: Budget? = nil) {
    self.seconds = seconds
    self.budget = budget
  }
}

/// Calls left in the window, as the helpdesk's answers say.
public struct Budget: Equatable, Sendable {
  public var remaining: Int
  public var limit: Int

  public init(remaining: Int, limit: Int) {
    self.remaining = remaining
    self.limit = limit
  }
}
