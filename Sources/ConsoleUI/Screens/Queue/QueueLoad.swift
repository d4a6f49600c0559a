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
  /// Whether a cursor that is not among the rows stays where it was.
  public var keepsCursor = false
  /// The newest state of the ticket that has left the view, and where it would stand.
  public var ghost: QueueRow?
  public var ghostIndex: Int?
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

  private func again(
    _ id: TicketID?, _ old: QueuePosition?, rank: Int?, count: Int, of query: QueueQuery,
    limit: Int
  ) -> QueueWindow? {
    if rank == 0 || id == nil || old == nil {
      let rows = rows(query, nil, count)
      var window = QueueWindow(
        kind: .replaced(id), query: query, rows: rows, isAtStart: true,
        isAtEnd: rows.count < count, firstRank: 0)
      guard let id, !rows.contains(where: { $0.id == id }) else { return window }
      if let place = position(id, query) {
        return around(id, at: place, of: query, limit: limit)
      }
      window.keepsCursor = true
      window.ghost = rowsOf([id]).first
      return window
    }
    guard let id, let old else { return nil }
    if let place = position(id, query) { return around(id, at: place, of: query, limit: limit) }
    let half = limit / 2
    let before = rowsBefore(query, old, half)
    let after = rows(query, old, half)
    var window = QueueWindow(
      kind: .replaced(id), query: query, rows: before + after, isAtStart: before.count < half,
      isAtEnd: after.count < half, firstRank: before.count < half ? 0 : nil)
    window.keepsCursor = true
    window.ghost = rowsOf([id]).first
    window.ghostIndex = before.count
    return window
  }
}
