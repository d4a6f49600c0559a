public import ConsoleModel
public import Helpdesk

/// Reads of the journal: what waits to be sent, and what is being written.
public struct OutboxReads {
  /// Every write that is not in an end state, oldest first.
  public var items: () -> [QueuedWrite]
  /// One write with its history; nil when the journal does not know it.
  public var item: (_ id: WriteID) -> OutboxItem?
  /// How far a bulk action has come; nil for an unknown batch.
  public var progress: (_ batch: BatchID) -> BatchProgress?
  /// The tickets of a bulk action whose change failed, was stopped or is not clear.
  public var failures: (_ batch: BatchID) -> [TicketID]
  /// Every draft, newest first, parked ones included.
  public var drafts: () -> [SavedDraft]

  public init(
    items: @escaping () -> [QueuedWrite], item: @escaping (WriteID) -> OutboxItem?,
    progress: @escaping (BatchID) -> BatchProgress?,
    failures: @escaping (BatchID) -> [TicketID], drafts: @escaping () -> [SavedDraft]
  ) {
    self.items = items
    self.item = item
    self.progress = progress
    self.failures = failures
    self.drafts = drafts
  }
}

/// A write with what happened to it, and what is new at the helpdesk when it was stopped.
public struct OutboxItem: Equatable, Sendable {
  public var write: QueuedWrite
  public var history: [HistoryStep]
  /// Entries that came in since the person looked, oldest first.
  public var newWords: [NewWords]
  /// Fields that somebody else has changed since.
  public var changedFields: [ChangedField]

  public init(
    write: QueuedWrite, history: [HistoryStep] = [], newWords: [NewWords] = [],
    changedFields: [ChangedField] = []
  ) {
    self.write = write
    self.history = history
    self.newWords = newWords
    self.changedFields = changedFields
  }

  /// One move in a write's life.
  public struct HistoryStep: Equatable, Sendable {
    public var at: Timestamp
    /// A few words: "queued by you", "check: 1 new message -> stopped".
    public var words: String

    public init(at: Timestamp, words: String) {
      self.at = at
      self.words = words
    }
  }

  /// An entry of the thread that stopped the write.
  public struct NewWords: Equatable, Sendable {
    public var at: Timestamp
    /// "customer" or the agent's name.
    public var author: String
    /// The first words; a stranger's text.
    public var text: String

    public init(at: Timestamp, author: String, text: String) {
      self.at = at
      self.author = author
      self.text = text
    }
  }

  /// A field with the value that the person saw, the one it has now, and the one that is wanted.
  public struct ChangedField: Equatable, Sendable {
    public var field: String
    public var seen: String
    public var now: String
    public var wanted: String

    public init(field: String, seen: String, now: String, wanted: String) {
      self.field = field
      self.seen = seen
      self.now = now
      self.wanted = wanted
    }
  }
}
