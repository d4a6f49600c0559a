import Helpdesk

/// How large the pages of the ticket list are. A page that is too large for this program is asked
/// for in smaller pieces, then without the customers' first words, then ticket by ticket; what was
/// left out comes with the thread.
struct PageSize: Equatable {
  /// Nil for the vendor's own size.
  var perPage: Int?
  var mayHaveDescriptions: Bool

  static let steps = [
    PageSize(perPage: nil, mayHaveDescriptions: true),
    PageSize(perPage: 10, mayHaveDescriptions: true),
    PageSize(perPage: 10, mayHaveDescriptions: false),
    PageSize(perPage: 1, mayHaveDescriptions: false),
  ]
}

/// Where the ticket list is being read, and in pages of which size.
struct TicketPager {
  private(set) var cursor: SyncCursor
  private let fullPage: Int
  private var step = 0
  /// Tickets read since the pages became smaller.
  private var passed = 0

  init(_ cursor: SyncCursor, fullPage: Int) {
    self.cursor = cursor
    self.fullPage = max(1, fullPage)
  }

  var size: PageSize { PageSize.steps[step] }

  private func count(_ size: PageSize) -> Int { min(size.perPage ?? fullPage, fullPage) }

  /// Makes the pages smaller; false where they cannot be.
  mutating func shrink() -> Bool {
    guard step + 1 < PageSize.steps.count else { return false }
    let before = count(size)
    step += 1
    // The same place in the window, counted in the new pages.
    cursor.page = (cursor.page - 1) * before / count(size) + 1
    passed = 0
    return true
  }

  /// Takes the cursor after a page, and returns to full pages behind the large tickets.
  mutating func advance(to next: SyncCursor, items: Int) {
    cursor = next
    guard step > 0 else { return }
    passed += items
    if cursor.page == 1, passed >= fullPage {
      step = 0
      passed = 0
    }
  }

  /// The cursor as it is kept on disk: its page counts full pages.
  var kept: SyncCursor {
    var kept = cursor
    kept.page = (cursor.page - 1) * count(size) / fullPage + 1
    return kept
  }
}
