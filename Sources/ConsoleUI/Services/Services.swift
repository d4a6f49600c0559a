public import Helpdesk

/// Everything the console needs from outside, as closures, so that screens can be tested with values.
///
/// Reads answer at once from the local databases and run on the main thread, between two key presses:
/// each may cost a fraction of a millisecond, never a request. Calls that write or use the network
/// return at once and answer later, from any thread, exactly once.
public struct Services {
  public var queue: QueueReads
  public var directory: DirectoryReads
  public var outbox: OutboxReads
  public var audit: AuditReads
  public var journal: JournalCalls
  public var sync: SyncCalls
  public var shell: ShellCalls
  public var files: FileCalls

  public init(
    queue: QueueReads, directory: DirectoryReads, outbox: OutboxReads, audit: AuditReads,
    journal: JournalCalls, sync: SyncCalls, shell: ShellCalls, files: FileCalls
  ) {
    self.queue = queue
    self.directory = directory
    self.outbox = outbox
    self.audit = audit
    self.journal = journal
    self.sync = sync
    self.shell = shell
    self.files = files
  }
}

/// Takes the outcome of one call; to be called exactly once, from any thread.
public typealias Answer<Outcome> = @Sendable (Outcome) -> Void

/// Why a call did not do what it was asked, as one sentence for people: what failed, what was kept,
/// what to do next. Never holds a secret or a body.
public struct CallFailure: Error, Equatable, Sendable {
  public var sentence: String

  public init(_ sentence: String) { self.sentence = sentence }
}

/// What background work tells the console without being asked; send it through `ActionQueue.notify`.
public enum Notice: Equatable, Sendable {
  /// Rows, counts, threads or the directory have changed in the cache.
  case cacheChanged
  /// One ticket's thread or fields have changed in the cache.
  case ticketChanged
  /// Something in the outbox or the drafts has moved.
  case outboxChanged
  /// The link, the budget or the sync's progress has changed.
  case statusChanged
  /// One sentence for the status line.
  case message(String)
  /// What the start found of the time before: tickets whose words were brought back, and sentences
  /// about words that are elsewhere.
  case recovered([TicketID], [String])
  /// The program is asked to end, by a signal.
  case endRequested
}
