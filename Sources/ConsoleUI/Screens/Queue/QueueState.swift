import ConsoleModel
import Helpdesk

/// The queue as it is held in memory: a window of rows, never all of them, with the cursor and the
/// marks by ticket number.
public struct QueueState: Equatable, Sendable {
  /// Rows read at a time.
  static let step = 80
  /// The most rows kept.
  static let longestWindow = 600

  public internal(set) var query: QueueQuery
  /// The tab; nil for a query of one's own.
  public internal(set) var viewIndex: Int?
  public internal(set) var name: String
  public internal(set) var rows: [QueueRow] = []
  /// Whether the first and the last row of the query are in the window.
  var isAtStart = true
  var isAtEnd = true
  /// How many rows of the query come before the window; nil where nobody has counted.
  var firstRank: Int?
  /// Tickets of the query as they were counted, or the least that there are; nil until then.
  public internal(set) var total: ViewCount?
  public internal(set) var cursor = 0
  var top = 0
  /// Rows that fit into the pane.
  var height = 1
  /// The ticket under the cursor that has left the view; it stays until the user moves.
  public internal(set) var gone: TicketID?
  /// Where the row under the cursor stays until the user moves, while it belongs elsewhere.
  var anchor: QueuePosition?
  public internal(set) var marks: Set<TicketID> = []
  var lastMarks: Set<TicketID> = []
  /// Marks that the query does not show.
  public internal(set) var hiddenMarks = 0
  var rangeAnchor: TicketID?
  /// What is typed into the filter.
  public internal(set) var filter = ""
  var isLoaded = false

  init(query: QueueQuery, viewIndex: Int?, name: String) {
    self.query = query
    self.viewIndex = viewIndex
    self.name = name
  }

  /// The row under the cursor.
  public var current: QueueRow? { rows.indices.contains(cursor) ? rows[cursor] : nil }

  /// The query with the words of the filter.
  public var filteredQuery: QueueQuery {
    guard !filter.isEmpty else { return query }
    var filtered = query
    filtered.text = query.text.isEmpty ? filter : query.text + " " + filter
    return filtered
  }

  /// Where the cursor stands in the query, from 1, counted from the end that is in the window; nil
  /// where nobody has counted.
  public var rank: Int? {
    if let firstRank { return firstRank + cursor + 1 }
    guard isAtEnd, let total, total.isExact else { return nil }
    let before = total.value - (rows.count - (gone == nil ? 0 : 1))
    // Fewer than there are rows: the number is older than they are.
    return before < 0 ? nil : before + cursor + 1
  }

  /// How many tickets the query has, as far as the rows and the count know it; never fewer than the
  /// rows show. Nil while neither says anything.
  public var knownTotal: ViewCount? {
    let loaded = rows.count - (gone == nil ? 0 : 1)
    if let firstRank {
      let seen = firstRank + loaded
      if isAtEnd { return ViewCount(value: seen) }
      guard let total else { return ViewCount(value: seen, isExact: false) }
      // There are more rows than those that were read.
      return total.isExact && total.value > seen
        ? total : ViewCount(value: max(total.value, seen), isExact: false)
    }
    guard let total else { return nil }
    return total.value >= loaded ? total : ViewCount(value: loaded, isExact: false)
  }

  /// The rows on screen.
  public var visible: Range<Int> { min(top, rows.count)..<min(rows.count, top + max(1, height)) }

  /// Moves the cursor. A row that only stayed for it goes to its place in the order, or out of the view.
  mutating func move(to row: Int) {
    var row = row
    if anchor != nil, rows.indices.contains(cursor), row != cursor {
      let moved = rows.remove(at: cursor)
      if row > cursor { row -= 1 }
      row = max(0, min(row, rows.count - 1))
      let place = query.sort.index(of: moved.position, in: rows)
      let isInWindow = (place > 0 || isAtStart) && (place < rows.count || isAtEnd)
      if gone == nil, isInWindow {
        rows.insert(moved, at: place)
        if place <= row { row += 1 }
      }
      gone = nil
      anchor = nil
    }
    cursor = max(0, min(row, rows.count - 1))
    scroll()
  }

  /// Keeps the cursor on screen. Where it leaves, half a screen of what comes next shows at once: the
  /// eye reads ahead, and a terminal behind a slow line repaints once for many rows.
  mutating func scroll() {
    let height = max(1, height)
    if cursor < top { top = cursor == top - 1 ? cursor - (height - 1) / 2 : cursor }
    if cursor >= top + height {
      top = cursor == top + height ? cursor - height / 2 : cursor - height + 1
    }
    top = max(0, min(top, rows.count - height))
  }

  /// What has to be read so that the next move finds its row.
  var missing: QueueLoad? { missing(margin: height + 8) }

  /// What will have to be read soon, and is better read while nobody waits.
  var missingSoon: QueueLoad? { missing(margin: 2 * height + 40) }

  private func missing(margin: Int) -> QueueLoad? {
    guard isLoaded else { return nil }
    if !isAtEnd, cursor + margin >= rows.count, let lastRead { return .after(lastRead.position) }
    if !isAtStart, cursor < margin, let firstRead { return .before(firstRead.position) }
    return nil
  }

  /// The edges of the window as it was read, without a row that only waits for the user to move.
  private var firstRead: QueueRow? {
    anchor == nil || cursor > 0 ? rows.first : rows.dropFirst().first
  }
  private var lastRead: QueueRow? {
    anchor == nil || cursor < rows.count - 1 ? rows.last : rows.dropLast().last
  }

  /// Takes rows that were read.
  mutating func take(_ window: QueueWindow) {
    switch window.kind {
    case .appended(let edge):
      guard lastRead?.position == edge else { return }
      rows += window.rows
      isAtEnd = window.isAtEnd
      trimFront()
    case .prepended(let edge):
      guard firstRead?.position == edge else { return }
      rows.insert(contentsOf: window.rows, at: 0)
      cursor += window.rows.count
      top += window.rows.count
      firstRank = firstRank.map { max(0, $0 - window.rows.count) }
      isAtStart = window.isAtStart
      if isAtStart { firstRank = 0 }
      trimBack()
    case .replaced(let cursorID):
      replace(with: window, cursorID: cursorID)
    }
    isLoaded = true
    scroll()
  }

  private mutating func replace(with window: QueueWindow, cursorID: TicketID?) {
    let screenRow = cursor - top
    let old = current
    rows = window.rows
    isAtStart = window.isAtStart
    isAtEnd = window.isAtEnd
    firstRank = window.firstRank
    gone = nil
    anchor = nil
    if let anchored = window.anchored, let old, old.id == cursorID {
      rows.insert(anchored.row ?? old, at: anchored.index)
      gone = anchored.hasLeft ? old.id : nil
      anchor = anchored.place
      cursor = anchored.index
    } else if let cursorID, let index = rows.firstIndex(where: { $0.id == cursorID }) {
      cursor = index
    } else {
      cursor = window.startsAtEnd ? max(0, rows.count - 1) : 0
    }
    top = max(0, cursor - max(0, screenRow))
  }

  private mutating func trimFront() {
    let extra = min(rows.count - Self.longestWindow, top - Self.step)
    guard extra > 0, rangeAnchor == nil else { return }
    rows.removeFirst(extra)
    cursor -= extra
    top -= extra
    firstRank = firstRank.map { $0 + extra }
    isAtStart = false
  }

  private mutating func trimBack() {
    let extra = min(rows.count - Self.longestWindow, rows.count - top - height - Self.step)
    guard extra > 0, rangeAnchor == nil else { return }
    rows.removeLast(extra)
    isAtEnd = false
  }
}
