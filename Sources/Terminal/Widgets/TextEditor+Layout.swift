/// How the editor's lines lie on the screen.
extension TextEditor {
  /// The ranges of characters of one line's screen rows; an empty line has one empty row.
  func rows(ofLine line: Int, width: Int) -> [Range<Int>] {
    let characters = lines[line]
    let width = max(2, width)
    var rows: [Range<Int>] = []
    var start = 0
    var used = 0
    /// Where the row may break: after the last blank.
    var breakPoint = 0
    var usedAtBreak = 0
    for (index, character) in characters.enumerated() {
      let cells = Self.cells(of: character)
      if used + cells > width, character != " ", index > start {
        let end = breakPoint > start ? breakPoint : index
        rows.append(start..<end)
        used = breakPoint > start ? used - usedAtBreak : 0
        start = end
      }
      used += cells
      if character == " " || character == "\t" {
        breakPoint = index + 1
        usedAtBreak = used
      }
    }
    rows.append(start..<characters.count)
    return rows
  }

  /// Which of its line's screen rows a place is in.
  private func rowIndex(of place: Place, rows: [Range<Int>]) -> Int {
    rows.lastIndex { $0.lowerBound <= place.column } ?? 0
  }

  /// The screen column of a place in its row.
  func screenColumn(of place: Place, width: Int) -> Int {
    let rows = rows(ofLine: place.line, width: width)
    let row = rows[rowIndex(of: place, rows: rows)]
    return lines[place.line][row.lowerBound..<place.column].reduce(0) { $0 + Self.cells(of: $1) }
  }

  /// The place so many screen rows on, as near to a screen column as its row allows.
  func place(rows distance: Int, from place: Place, column: Int, width: Int) -> Place {
    var line = place.line
    var lineRows = rows(ofLine: line, width: width)
    var index = rowIndex(of: place, rows: lineRows)
    for _ in 0..<abs(distance) {
      if distance > 0 {
        if index + 1 < lineRows.count {
          index += 1
        } else if line + 1 < lines.count {
          line += 1
          lineRows = rows(ofLine: line, width: width)
          index = 0
        }
      } else if index > 0 {
        index -= 1
      } else if line > 0 {
        line -= 1
        lineRows = rows(ofLine: line, width: width)
        index = lineRows.count - 1
      }
    }
    let row = lineRows[index]
    var target = row.lowerBound
    var used = 0
    // The end of a wrapped row is the beginning of the next one, so the cursor stops before it.
    let last = index + 1 < lineRows.count ? max(row.lowerBound, row.upperBound - 1) : row.upperBound
    while target < last, used + Self.cells(of: lines[line][target]) <= column {
      used += Self.cells(of: lines[line][target])
      target += 1
    }
    return Place(line: line, column: target)
  }

  /// Scrolls so that the cursor is in sight; to be called after each edit with the pane's size.
  public mutating func scroll(to size: Size) {
    let width = size.width
    let height = max(1, size.height)
    if top.line >= lines.count { top = Place(line: lines.count - 1, column: 0) }
    let topRows = rows(ofLine: top.line, width: width).count
    top.column = min(top.column, topRows - 1)
    let cursorRow = rowIndex(of: cursor, rows: rows(ofLine: cursor.line, width: width))
    if (cursor.line, cursorRow) < (top.line, top.column) {
      top = Place(line: cursor.line, column: cursorRow)
      return
    }
    // The highest top that still shows the cursor in the last row of the pane.
    var line = cursor.line
    var row = cursorRow
    for _ in 0..<(height - 1) {
      if (line, row) <= (top.line, top.column) { return }
      if row > 0 {
        row -= 1
      } else {
        line -= 1
        row = rows(ofLine: line, width: width).count - 1
      }
    }
    if (line, row) > (top.line, top.column) { top = Place(line: line, column: row) }
  }

  /// Draws the text from the scrolled top; with the focus the frame's cursor stands in it.
  public func draw(
    in rect: Rect, of frame: inout Frame, role: Role = .fieldText, isFocused: Bool = true
  ) {
    guard !rect.isEmpty else { return }
    frame.fill(rect, role: role)
    var line = top.line
    var skipped = top.column
    var y = rect.y
    while y < rect.maxY, line < lines.count {
      let lineRows = rows(ofLine: line, width: rect.width)
      let cursorRow = line == cursor.line ? rowIndex(of: cursor, rows: lineRows) : nil
      for (index, row) in lineRows.enumerated().dropFirst(skipped) {
        guard y < rect.maxY else { break }
        var column = rect.x
        for position in row {
          if index == cursorRow, position == cursor.column, isFocused {
            frame.showCursor(at: Point(x: min(column, rect.maxX - 1), y: y))
          }
          let character = lines[line][position]
          column = frame.put(
            String(character), at: Point(x: column, y: y), role: role,
            width: rect.maxX - column)
        }
        if index == cursorRow, cursor.column == row.upperBound, isFocused {
          frame.showCursor(at: Point(x: min(column, rect.maxX - 1), y: y))
        }
        y += 1
      }
      skipped = 0
      line += 1
    }
  }

  /// The cells a character takes; a tab takes those of its blanks.
  private static func cells(of character: Character) -> Int {
    if let ascii = character.asciiValue, ascii >= 0x20 { return 1 }
    return DisplayWidth.cells(of: String(character))
  }
}
