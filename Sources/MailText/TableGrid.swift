/// The columns of a table, found before it is read: which of them hold anything, and in which of
/// them each cell stands. An empty cell keeps its place, so that numbers stay in their column;
/// columns that are empty in all rows (spacers) take none.
struct TableGrid {
  /// For each column the number of columns with words before it.
  private var placeBefore: [Int] = []
  private var cursor = RowCursor()

  /// Columns beyond this have no places.
  private static let mostColumns = 64

  init(_ table: MarkupTree.Node) {
    var holdsWords: [Bool] = []
    var rows = RowCursor()
    Self.walk(table) { step in
      switch step {
      case .row: rows.beginRow()
      case .cell(let cell, let hasWords):
        let column = rows.place(cell)
        while holdsWords.count <= column { holdsWords.append(false) }
        if hasWords { holdsWords[column] = true }
      }
    }
    var count = 0
    for holds in holdsWords {
      placeBefore.append(count)
      if holds { count += 1 }
    }
  }

  mutating func beginRow() { cursor.beginRow() }

  /// The place of the next cell of the row.
  mutating func place(_ cell: MarkupTree.Node) -> Int {
    let column = cursor.place(cell)
    return column < placeBefore.count ? placeBefore[column] : placeBefore.last ?? 0
  }

  /// Follows the columns of cells through the rows.
  private struct RowCursor {
    /// Rows that cells of earlier rows still reach into, for each column.
    private var reach: [Int] = []
    private var column = 0

    mutating func beginRow() {
      column = 0
      for index in reach.indices where reach[index] > 0 { reach[index] -= 1 }
    }

    mutating func place(_ cell: MarkupTree.Node) -> Int {
      while column < reach.count, reach[column] > 0 { column += 1 }
      let place = min(column, mostColumns)
      let width = max(1, min(Self.number(cell, "colspan"), mostColumns))
      let height = max(1, Self.number(cell, "rowspan"))
      for covered in place..<min(place + width, mostColumns) {
        while reach.count <= covered { reach.append(0) }
        reach[covered] = max(reach[covered], height)
      }
      column = place + width
      return place
    }

    private static func number(_ cell: MarkupTree.Node, _ name: String) -> Int {
      min(1000, cell.attribute(name).flatMap { Int($0) } ?? 1)
    }
  }

  private enum Step {
    case row
    case cell(MarkupTree.Node, hasWords: Bool)
  }

  /// Meets the rows and cells of the table, not those of tables inside it.
  private static func walk(_ table: MarkupTree.Node, _ visit: (Step) -> Void) {
    var cells: [(node: MarkupTree.Node, hasWords: Bool)] = []
    MarkupTree.walk(from: table) { step in
      switch step {
      case .enter(let node):
        if let text = node.text {
          if !cells.isEmpty, !cells[cells.count - 1].hasWords, hasWords(text) {
            cells[cells.count - 1].hasWords = true
          }
          return false
        }
        switch node.name {
        case "table" where node != table:
          if !cells.isEmpty { cells[cells.count - 1].hasWords = true }
          return false
        case "img", "input", "hr":
          if !cells.isEmpty { cells[cells.count - 1].hasWords = true }
        case "tr": visit(.row)
        case "td", "th": cells.append((node, false))
        default: break
        }
      case .leave(let node):
        if let cell = cells.last, cell.node == node {
          visit(.cell(cell.node, hasWords: cell.hasWords))
          cells.removeLast()
        }
      }
      return true
    }
  }

  private static func hasWords(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      !scalar.properties.isWhitespace && !TextFlow.isInvisible(scalar) && scalar.value != 0x200C
        && scalar.value != 0x200D
    }
  }
}
