public import ConsoleModel
public import Helpdesk

/// A read of rows that the queue asks for.
public enum QueueLoad: Equatable, Sendable {
  case first
  case last
  case after(QueuePosition)
  case before(QueuePosition)
  /// The rows around a ticket; the cursor goes to it.
  case around(TicketID)
  /// The same place again after the cache has changed. `rank` is 0 when the window begins with the
  /// first row.
  case again(TicketID?, QueuePosition?, rank: Int?, count: Int)
  /// The nearest ticket with unanswered customer words, from a place on or back.
  case unanswered(QueuePosition?, isForward: Bool)
}

/// Rows as they were read.
public struct QueueWindow: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// They follow this row, or come before it; dropped when it is no longer at the edge.
    case appended(after: QueuePosition)
    case prepended(before: QueuePosition)
    /// All rows are new; the cursor goes to this ticket.
    case replaced(TicketID?)
  }

  public var kind: Kind
  /// The query that was read; an answer to an older one is dropped.
  public var query: QueueQuery
  public var rows: [QueueRow]
  public var isAtStart: Bool
  public var isAtEnd: Bool
  public var firstRank: Int?
  /// The row under the cursor where it stands elsewhere now, or has left the view.
  var anchored: AnchoredRow?
  public var startsAtEnd = false

  init(
    kind: Kind, query: QueueQuery, rows: [QueueRow], isAtStart: Bool, isAtEnd: Bool,
    firstRank: Int? = nil
  ) {
    self.kind = kind
    self.query = query
    self.rows = rows
    self.isAtStart = isAtStart
    self.isAtEnd = isAtEnd
    self.firstRank = firstRank
  }
}

/// The row under the cursor keeps its place until the user moves, whatever has become of the ticket.
struct AnchoredRow: Equatable, Sendable {
  /// The ticket as it is now; nil where the cache has lost it.
  var row: QueueRow?
  /// Its place among the other rows of the window.
  var index: Int
  /// The place in the order that it had when the user came to it.
  var place: QueuePosition
  var hasLeft: Bool
}

extension QueueReads {
  /// Does one read; nil when there is nothing to be found.
  func window(_ load: QueueLoad, of query: QueueQuery, height: Int) -> QueueWindow? {
    let limit = max(QueueState.step, height + 16)
    switch load {
    case .first:
      let rows = rows(query, nil, limit)
      return QueueWindow(
        kind: .replaced(nil), query: query, rows: rows, isAtStart: true,
        isAtEnd: rows.count < limit, firstRank: 0)
    case .last:
      let rows = lastRows(query, limit)
      let isWhole = rows.count < limit
      var window = QueueWindow(
        kind: .replaced(rows.last?.id), query: query, rows: rows, isAtStart: isWhole,
        isAtEnd: true, firstRank: isWhole ? 0 : nil)
      window.startsAtEnd = true
      return window
    case .after(let position):
      let rows = rows(query, position, limit)
      return QueueWindow(
        kind: .appended(after: position), query: query, rows: rows, isAtStart: false,
        isAtEnd: rows.count < limit)
    case .before(let position):
      let rows = rowsBefore(query, position, limit)
      return QueueWindow(
        kind: .prepended(before: position), query: query, rows: rows, isAtStart: rows.count < limit,
        isAtEnd: false)
    case .around(let id):
      return around(id, at: position(id, query), of: query, limit: limit)
    case .again(let id, let old, let rank, let count):
      return again(id, old, rank: rank, count: max(limit, count), of: query, limit: limit)
    case .unanswered(let place, let isForward):
      var wanted = query
      wanted.needsAnswer = true
      let found =
        isForward
        ? rows(wanted, place, 1) : place.map { rowsBefore(wanted, $0, 1) } ?? []
      guard let id = found.first?.id else { return nil }
      return around(id, at: position(id, query), of: query, limit: limit)
    }
  }

  private func around(
    _ id: TicketID, at position: QueuePosition?, of query: QueueQuery, limit: Int
  ) -> QueueWindow? {
    guard let position, var row = rowsOf([id]).first else { return nil }
    row.position = position
    let half = limit / 2
    let before = rowsBefore(query, position, half)
    let after = rows(query, position, half)
    return QueueWindow(
      kind: .replaced(id), query: query, rows: before + [row] + after,
      isAtStart: before.count < half, isAtEnd: after.count < half,
      firstRank: before.count < half ? 0 : nil)
  }

  /// Reads the same place again. The ticket under the cursor stays between the rows that it stood
  /// between, so that the next one is its neighbour: none is skipped when many leave at once.
  private func again(
    _ id: TicketID?, _ old: QueuePosition?, rank: Int?, count: Int, of query: QueueQuery,
    limit: Int
  ) -> QueueWindow? {
    guard let id, let old else {
      let rows = rows(query, nil, count)
      return QueueWindow(
        kind: .replaced(id), query: query, rows: rows, isAtStart: true,
        isAtEnd: rows.count < count, firstRank: 0)
    }
    var window: QueueWindow
    var index: Int
    if rank == 0, let whole = fromTheStart(id, old, count: count, of: query) {
      (window, index) = whole
    } else {
      let half = limit / 2
      let before = rowsBefore(query, old, half)
      let after = rows(query, old, half)
      window = QueueWindow(
        kind: .replaced(id), query: query, rows: (before + after).filter { $0.id != id },
        isAtStart: before.count < half, isAtEnd: after.count < half,
        firstRank: before.count < half ? 0 : nil)
      index = before.count { $0.id != id }
    }
    let place = position(id, query)
    var row = rowsOf([id]).first
    row?.position = place ?? old
    let natural = place.map { query.sort.index(of: $0, in: window.rows) }
    if natural == index, let row {
      window.rows.insert(row, at: index)
    } else {
      window.anchored = AnchoredRow(row: row, index: index, place: old, hasLeft: place == nil)
    }
    return window
  }

  /// The rows from the first one on without a ticket, and where that stood among them; nil when its
  /// place lies behind them.
  private func fromTheStart(
    _ id: TicketID, _ old: QueuePosition, count: Int, of query: QueueQuery
  ) -> (QueueWindow, Int)? {
    let rows = rows(query, nil, count)
    let others = rows.filter { $0.id != id }
    let isAtEnd = rows.count < count
    let index = query.sort.index(of: old, in: others)
    guard index < others.count || isAtEnd else { return nil }
    return (
      QueueWindow(
        kind: .replaced(id), query: query, rows: others, isAtStart: true, isAtEnd: isAtEnd,
        firstRank: 0), index
    )
  }
}

extension QueueSort {
  /// Where a place lies among rows in this order.
  func index(of place: QueuePosition, in rows: [QueueRow]) -> Int {
    rows.firstIndex { row in
      let (a, b) = ((place.key, place.id), (row.position.key, row.position.id))
      return isDescending ? a > b : a < b
    } ?? rows.count
  }
}
