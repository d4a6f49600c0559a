import Helpdesk

/// Decides which page of a list is read next. Pure: from the cursor on disk and the page just read
/// to the cursor that is saved with that page.
///
/// *Tickets* come ascending by `updatedAt`. Pages of one window drift: a ticket that is changed
/// while we read leaves its page, the rest moves up, and the next page number skips one. So the
/// window starts again after each page, at the newest moment seen, and what is read twice is saved
/// twice. One second of overlap makes it right whether the vendor's "since" is inclusive or not.
/// Once that second is long over by the server's own clock it is complete, and is not read again.
/// The place never passes the server's clock: a ticket from the future must not hide what is changed
/// in the meantime.
///
/// Only when a whole page lies within that second is the next page of the same window read; so the
/// vendor's last page (the 300th at Freshdesk) is out of reach, unless so many tickets share a second.
///
/// *Companies, contacts and ratings* have no such order. They are read page by page in one window;
/// the next window starts at the server's time at the first page of this one.
struct SyncPlan: Equatable {
  /// The last page that may be asked for in a window of tickets.
  var lastTicketPage: Int

  static let overlap: Int64 = 1
  /// Seconds after which nothing more is expected to appear in a second that is over.
  static let settling: Int64 = 30
  /// How much is read twice where the server's clock is not known.
  static let clockDoubt: Int64 = 600

  /// The page to read now.
  struct Request: Equatable {
    var since: Timestamp?
    var page: Int
  }

  /// What a page of tickets has shown.
  struct SeenPage: Equatable {
    var newest: Timestamp?
    var hasNext: Bool
    var serverTime: Timestamp?
    /// Whether a ticket of the very second that the window begins with was in it.
    var holdsStart = false
    /// Whether the vendor is known to serve that second.
    var sinceIsInclusive = false
  }

  /// Where to begin: at the saved place, or at the beginning of time for a full reading that has
  /// not begun yet.
  func start(_ cursor: SyncCursor, isFull: Bool) -> SyncCursor {
    guard isFull, !cursor.isFull else { return cursor }
    return SyncCursor(phase: cursor.phase, finishedAt: cursor.finishedAt, isFull: true)
  }

  func request(_ cursor: SyncCursor) -> Request {
    let since =
      cursor.phase == .tickets ? cursor.windowStart ?? Timestamp(0) : cursor.windowStart
    return Request(since: since, page: max(cursor.page, 1))
  }

  /// The cursor after a page of tickets, and whether it was the last one.
  func advance(_ cursor: SyncCursor, past page: SeenPage, now: Timestamp)
    -> (cursor: SyncCursor, isEnd: Bool)
  {
    var next = cursor
    let start = cursor.windowStart ?? Timestamp(0)
    let bound = page.serverTime ?? now + Self.clockDoubt
    guard start <= bound + Self.clockDoubt else {
      // The place lies ahead of the server's clock, so it says nothing: begin again.
      return (SyncCursor(phase: cursor.phase, finishedAt: cursor.finishedAt), false)
    }
    let isBeyondNow = page.newest.map { $0 > bound } ?? false
    let isEnd = !page.hasNext || (isBeyondNow && cursor.page >= lastTicketPage)
    let newest = [page.newest, cursor.newestSeen].compactMap(\.self).max().map { min($0, bound) }
    next.newestSeen = newest
    let restart = newest.map { max($0 + -Self.overlap, start) } ?? start
    next.page = 1
    if isEnd {
      next.windowStart = restart
      if let newest, bound - newest >= Self.settling, page.serverTime != nil {
        next.windowStart = page.sinceIsInclusive ? newest + 1 : newest
      }
      next.finishedAt = now
      next.isFull = false
    } else if isBeyondNow {
      // All that is left are tickets from the future: page by page, as the window cannot move.
      next.windowStart = start
      next.page = cursor.page + 1
    } else if page.holdsStart, cursor.page == 1, start == cursor.newestSeen {
      // That second was complete, so the vendor's "since" is inclusive: go on behind it.
      next.windowStart = start + 1
    } else if restart > start {
      next.windowStart = restart
    } else if cursor.page >= lastTicketPage {
      // More tickets in one second than the vendor serves in a window: the rest of that second
      // cannot be listed at all.
      next.windowStart = start + Self.overlap
    } else {
      next.windowStart = start
      next.page = cursor.page + 1
    }
    return (next, isEnd)
  }

  /// The cursor after a page of a list without order. `serverTime` is that of the answer.
  func advance(
    _ cursor: SyncCursor, nextPage: Int?, serverTime: Timestamp?, now: Timestamp
  ) -> SyncCursor {
    var next = cursor
    if cursor.page <= 1 { next.newestSeen = serverTime ?? now + -Self.clockDoubt }
    if let nextPage, nextPage > cursor.page {
      next.page = nextPage
    } else {
      next.windowStart = next.newestSeen
      next.page = 1
      next.finishedAt = now
      next.isFull = false
    }
    return next
  }
}
