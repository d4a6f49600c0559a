import Terminal

/// Columns of text for people. Widths count cells of the terminal.
struct TextTable {
  private let head: [String]
  private var rows: [[String]] = []
  private let columnLimit: Int

  /// Cells wider than `columnLimit` are cut, except in the last column.
  init(_ head: [String], columnLimit: Int = 60) {
    self.head = head
    self.columnLimit = columnLimit
  }

  mutating func add(_ cells: [String]) { rows.append(cells.map { DisplayText.clean($0) }) }

  /// The head and all rows, two blanks between columns.
  var text: String {
    let all = [head] + rows
    let widths = head.indices.map { column in
      min(columnLimit, all.map { DisplayWidth.cells(of: $0[column]) }.max() ?? 0)
    }
    return all.map { cells in
      let padded = cells.enumerated().map { column, cell in
        column == cells.count - 1 ? cell : DisplayText.pad(cell, to: widths[column])
      }
      return padded.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
