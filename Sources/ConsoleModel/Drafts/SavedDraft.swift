public import Helpdesk

/// One stored state of a draft: another save of the same draft has the same id and a later revision.
public struct DraftReference: Hashable, Sendable {
  public var id: Int64
  public var revision: Int

  public init(id: Int64, revision: Int) {
    self.id = id
    self.revision = revision
  }
}

/// A draft as the journal keeps it.
public struct SavedDraft: Equatable, Sendable {
  public var reference: DraftReference
  public var draft: Draft
  /// It gave way to another draft of the same ticket and kind and is kept next to it.
  public var isParked: Bool

  public init(reference: DraftReference, draft: Draft, isParked: Bool = false) {
    self.reference = reference
    self.draft = draft
    self.isParked = isParked
  }

  public var id: Int64 { reference.id }
}

/// What a save did.
public struct DraftSave: Equatable, Sendable {
  public enum Outcome: Equatable, Sendable {
    /// The words are the draft of the ticket.
    case current
    /// They are, and other words that were the draft until then are parked.
    case otherParked
    /// The draft that they were written in was parked by another window, and it was saved there.
    case parked
    /// The draft that they were written in is gone, sent or discarded elsewhere; they are a new one.
    case renewed
  }

  public var reference: DraftReference
  public var outcome: Outcome
  public var savedAt: Timestamp

  public init(reference: DraftReference, outcome: Outcome, savedAt: Timestamp) {
    self.reference = reference
    self.outcome = outcome
    self.savedAt = savedAt
  }

  /// Whether the words are next to another draft that is the ticket's.
  public var isParked: Bool { outcome == .parked }
}
