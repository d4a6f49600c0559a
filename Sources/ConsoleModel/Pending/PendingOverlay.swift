/// Keeps the cache's pending changes equal to the journal's open writes, so that every reader of the
/// cache sees own changes at once: rows, orders, counts, searches, and other processes as well.
///
/// The journal is the truth; this may run any number of times, in any number of processes.
public actor PendingOverlay {
  private let journal: Journal
  private let cache: CacheStore
  /// How far this process has read; nil before the first look.
  private var mark: JournalMark?
  private var hasLooked = false

  public init(journal: Journal, cache: CacheStore) {
    self.journal = journal
    self.cache = cache
  }

  /// Brings the cache up to all that the journal holds now. True when a ticket shows something else
  /// than before.
  @discardableResult
  public func catchUp() async throws -> Bool {
    if !hasLooked {
      mark = try await cache.pendingMark()
      hasLooked = true
    }
    guard let snapshot = try await journal.pending(since: mark) else { return false }
    let hasChanged = try await cache.lay(snapshot)
    if snapshot.replacesMark || snapshot.mark.number > mark?.number ?? -1 { mark = snapshot.mark }
    return hasChanged
  }

  /// Compares everything once, as after a start: it puts right whatever a crash has left.
  @discardableResult
  public func checkAll() async throws -> Bool {
    let hasChanged = try await catchUp()
    guard let snapshot = try await journal.pending(since: nil) else { return hasChanged }
    return try await cache.lay(snapshot) || hasChanged
  }
}
