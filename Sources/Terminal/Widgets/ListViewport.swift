/// Which row of a list the cursor is on and which row stands at the top of its pane.
///
/// The list itself is elsewhere; every call is told how many rows there are and how many fit.
public struct ListViewport: Hashable, Sendable {
  /// The row under the cursor, from 0; 0 in an empty list.
  public private(set) var cursor: Int
  /// The first row shown.
  public private(set) var offset: Int

  public init(cursor: Int = 0, offset: Int = 0) {
    self.cursor = max(0, cursor)
    self.offset = max(0, offset)
  }

  /// The rows that are shown.
  public func visible(count: Int, height: Int) -> Range<Int> {
    let start = min(offset, max(0, count))
    return start..<min(max(0, count), start + max(0, height))
  }

  /// Puts the cursor on a row, as near as the list allows, and scrolls no more than needed.
  public mutating func move(to row: Int, count: Int, height: Int) {
    cursor = min(max(0, row), max(0, count - 1))
    scroll(count: count, height: height)
  }

  public mutating func move(by rows: Int, count: Int, height: Int) {
    move(to: cursor + rows, count: count, height: height)
  }

  /// A page on, keeping one row in sight; back for a negative number of pages.
  public mutating func movePages(_ pages: Int, count: Int, height: Int) {
    move(by: pages * max(1, height - 1), count: count, height: height)
  }

  /// Half a page on, or back for a negative number.
  public mutating func moveHalfPages(_ halves: Int, count: Int, height: Int) {
    move(by: halves * max(1, height / 2), count: count, height: height)
  }

  public mutating func moveToFirst(count: Int, height: Int) {
    move(to: 0, count: count, height: height)
  }

  public mutating func moveToLast(count: Int, height: Int) {
    move(to: count - 1, count: count, height: height)
  }

  /// Keeps cursor and top inside a list that has changed its length or a pane that has changed its
  /// height.
  public mutating func fit(count: Int, height: Int) {
    move(to: cursor, count: count, height: height)
  }

  /// Puts the cursor on the row of an item after the list has changed, on the same screen row when
  /// the list allows; without the item the cursor keeps its number. Returns whether it was found.
  @discardableResult
  public mutating func follow<ID: Equatable>(_ id: ID?, in ids: [ID], height: Int) -> Bool {
    guard let id, let row = ids.firstIndex(of: id) else {
      fit(count: ids.count, height: height)
      return false
    }
    let screenRow = cursor - offset
    offset = max(0, row - max(0, screenRow))
    move(to: row, count: ids.count, height: height)
    return true
  }

  /// Puts the row under the cursor into the middle of the pane.
  public mutating func centerCursor(count: Int, height: Int) {
    offset = max(0, cursor - height / 2)
    scroll(count: count, height: height)
  }

  private mutating func scroll(count: Int, height: Int) {
    let height = max(1, height)
    if cursor < offset { offset = cursor }
    if cursor >= offset + height { offset = cursor - height + 1 }
    offset = max(0, min(offset, count - height))
  }
}
