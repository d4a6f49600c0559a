import ConsoleModel
public import Helpdesk
import Terminal

/// Where the user is: everything that going back brings again.
struct Location: Equatable, Sendable {
  var screen: Screen
  var focus: Pane
  var queue: QueueState
  var threadID: TicketID?
  var page: PageState
  var helpPlace: Place
}

/// A page that was entered, with the way back.
struct Visit: Equatable, Sendable {
  /// What was entered.
  enum Page: Equatable, Sendable {
    /// A full screen.
    case screen
    /// A list of tickets in the queue: a query, a contact, a company.
    case list
    /// One ticket that was asked for from elsewhere than its row.
    case thread
  }

  var origin: Location
  var page: Page
}

/// The place that `-` changes to, with the way back from there.
struct AlternatePlace: Equatable, Sendable {
  var location: Location
  var visits: [Visit]
}

/// One stack of entered pages: `q` and Esc always lead back to where the user came from, and only at
/// its end out of the program.
extension ConsoleState {
  /// The most pages on the stack; the first one stays, so that the way out is never lost.
  private static let deepestStack = 50

  private var location: Location {
    Location(
      screen: screen, focus: focus, queue: queue, threadID: thread.ticketID, page: page,
      helpPlace: helpPlace)
  }

  /// Notes the way back before a page is entered.
  mutating func enter(_ page: Visit.Page) {
    visits.append(Visit(origin: location, page: page))
    if visits.count > Self.deepestStack { visits.remove(at: 1) }
  }

  /// Goes back to a place as it was left, with the rows as the cache has them now.
  private mutating func restore(_ location: Location) -> [Effect] {
    let (marks, lastMarks, hiddenMarks) = (queue.marks, queue.lastMarks, queue.hiddenMarks)
    let isSameList =
      queue.query == location.queue.query && queue.filter == location.queue.filter
    screen = location.screen
    focus = location.focus
    queue = location.queue
    queue.marks = marks
    queue.lastMarks = lastMarks
    queue.hiddenMarks = hiddenMarks
    page = location.page
    helpPlace = location.helpPlace
    thread.open(location.threadID)
    sidebar = ListViewport()
    paneSize = .normal
    relayout()
    return [queue.isLoaded ? reloading : .loadQueue(.first), .loadCounts]
      + (isSameList || marks.isEmpty ? [] : [.countMarks])
  }

  /// Whether no page has been entered and the queue has the keys.
  public var isAtRoot: Bool { visits.isEmpty && screen == .desk && focus == .queue }

  /// One level out: from the sidebar to the thread, from the thread to its list, from an entered
  /// page to where it was entered from.
  mutating func leaveLevel() -> [Effect] {
    if screen == .desk, focus > (visits.last?.page == .thread ? .thread : .queue) {
      return focusOn(focus == .sidebar ? .thread : .queue)
    }
    guard let visit = visits.popLast() else { return [] }
    return restore(visit.origin)
  }

  /// Home: the view that all entered pages were entered from.
  mutating func goHome() -> [Effect] {
    guard let root = visits.first?.origin else { return focusOn(.queue) }
    rememberPlace()
    visits = []
    let effects = restore(root)
    return effects + focusOn(.queue)
  }

  // cd -

  /// Notes the place that `-` leads back to: the last view, list or ticket, not a page over it.
  mutating func rememberPlace() {
    if screen == .desk {
      alternate = AlternatePlace(location: location, visits: visits)
    } else if let index = visits.lastIndex(where: { $0.origin.screen == .desk }) {
      alternate = AlternatePlace(
        location: visits[index].origin, visits: Array(visits[..<index]))
    }
  }

  /// `-`: changes between two places.
  mutating func goToAlternate() -> [Effect] {
    guard let other = alternate else {
      say("no other view or ticket yet; \(shown(.goBack)) changes between the last two")
      return []
    }
    rememberPlace()
    visits = other.visits
    return restore(other.location)
  }

  // The tickets of a search

  /// The tickets that the search found, in its order.
  public var hitNumbers: [TicketID] { page.hits.map(\.ticketID) }

  /// Which of the search's results is open, from 1, and how many there are; nil elsewhere.
  var openHit: (number: Int, count: Int)? {
    guard screen == .desk, let hits = visits.last?.hits, let hit = hits.hit,
      hit.ticketID == thread.ticketID
    else { return nil }
    let number = hits.found.prefix(hits.viewport.cursor + 1).count { $0.ticket != nil }
    return (number, hits.hits.count)
  }

  /// Opens a result of the search at the text that was found.
  mutating func openHit(_ hit: TicketHit, words: String) -> [Effect] {
    thread.open(hit.ticketID)
    sidebar = ListViewport()
    thread.seek(words)
    relayout()
    return openedEffects(hit.ticketID)
  }

  /// J and K in a thread that was opened from search results; nil in other threads.
  mutating func stepHit(_ step: Int) -> [Effect]? {
    guard screen == .desk, focus != .queue, openHit != nil, let last = visits.indices.last else {
      return nil
    }
    let page = visits[last].origin.page
    let cursor = page.viewport.cursor
    let rows = page.found.indices.filter { page.found[$0].ticket != nil }
    let row = step > 0 ? rows.first { $0 > cursor } : rows.last { $0 < cursor }
    guard let row, let hit = page.found[row].ticket else {
      say(step > 0 ? "this is the last result" : "this is the first result")
      return []
    }
    visits[last].origin.page.move(to: row, count: page.found.count)
    return openHit(hit, words: page.words)
  }
}

extension Visit {
  /// The results that the open ticket was chosen from.
  fileprivate var hits: PageState? {
    page == .thread && origin.screen == .hits ? origin.page : nil
  }
}
