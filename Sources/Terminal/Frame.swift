/// A whole screen as a value: cells row by row, and where the cursor stands when it shows.
public struct Frame: Equatable, Sendable {
  public let size: Size
  /// The cells, row after row.
  public private(set) var cells: ContiguousArray<Cell>
  /// Where the terminal's cursor stands: at the place where text is written, else at what is
  /// selected, where screen readers, braille displays and magnifiers look for it.
  public private(set) var cursor: Point?
  /// Whether it is seen: where text is written.
  public private(set) var isCursorVisible = false

  /// A frame of blanks.
  public init(size: Size) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = ContiguousArray(
      repeating: .blank(), count: self.size.width * self.size.height)
  }

  /// The whole frame as a rectangle.
  public var bounds: Rect { Rect(size: size) }

  /// The cell at a place; a blank outside the frame.
  public subscript(_ point: Point) -> Cell {
    guard bounds.contains(point) else { return .blank() }
    return cells[point.y * size.width + point.x]
  }

  /// True when a row has the same cells in both frames, which must be of the same size.
  public func hasSameRow(_ row: Int, as other: Frame) -> Bool {
    guard size == other.size, row >= 0, row < size.height else { return false }
    let columns = row * size.width..<(row + 1) * size.width
    return cells.withUnsafeBufferPointer { mine in
      other.cells.withUnsafeBufferPointer { others in
        columns.allSatisfy { mine[$0] == others[$0] }
      }
    }
  }

  /// Shows the cursor where text is written; nil hides it and takes it from where it stood.
  public mutating func showCursor(at point: Point?) {
    cursor = point
    isCursorVisible = point != nil
  }

  /// Puts the hidden cursor at the beginning of what is selected.
  public mutating func restCursor(at point: Point) {
    cursor = point
    isCursorVisible = false
  }

  /// Takes cells from another frame of the same size.
  public mutating func copy(_ rect: Rect, from other: Frame) {
    guard size == other.size else { return }
    for row in rect.intersection(bounds).rows {
      breakWide(from: row.x, to: row.maxX, row: row.y)
      for column in row.x..<row.maxX {
        let place = row.y * size.width + column
        cells[place] = other.cells[place]
      }
    }
  }

  // Drawing

  /// Writes a text from a place to the right and returns the column after it.
  ///
  /// The text is cleaned, line breaks become blanks, and it is cut at `width` cells and at the edge
  /// of the frame, which an ellipsis in the last cell shows where more than blanks are missing.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, at point: Point, role: Role = .normal, width: Int = .max
  ) -> Int {
    guard point.y >= 0, point.y < size.height, point.x < size.width, width > 0 else {
      return point.x
    }
    let end = width < size.width - point.x ? point.x + width : size.width
    let plain = text.utf8.withContiguousStorageIfAvailable { bytes in
      putASCII(bytes, at: point, role: role, end: end)
    }
    if let column = plain ?? nil { return column }
    return putScalars(text, at: point, role: role, end: end)
  }

  /// Marks the last cell before `end` as the place where a text was cut; single cells stay as they are.
  private mutating func putEllipsis(before end: Int, at point: Point, role: Role) {
    guard end - point.x > 1, end > 1 else { return }
    breakWide(from: end - 1, to: end, row: point.y)
    cells[point.y * size.width + end - 1] = Cell(
      cleaned: LineDrawing.ellipsis, width: 1, role: role)
  }

  /// Writes a text and fills the rest of `width` with blanks of the same role.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, at point: Point, role: Role = .normal, filling width: Int
  ) -> Int {
    let column = put(text, at: point, role: role, width: width)
    let end = width < size.width - point.x ? point.x + width : size.width
    if column < end {
      let isMarked = self[Point(x: column, y: point.y)].endsRightToLeft
      fill(Rect(x: column, y: point.y, width: end - column, height: 1), role: role)
      if isMarked { endRightToLeft(at: Point(x: column, y: point.y)) }
    }
    return end
  }

  /// Writes a text so that it ends before the column of `point`'s right edge `width`.
  public mutating func putRight(
    _ text: some StringProtocol, at point: Point, role: Role = .normal, width: Int
  ) {
    let fitted = DisplayText.truncate(text, to: width)
    let used = DisplayWidth.cells(of: fitted)
    put(fitted, at: Point(x: point.x + width - used, y: point.y), role: role)
  }

  /// Writes pieces of text one after the other, each in its role, and returns the column behind.
  @discardableResult
  public mutating func put(_ runs: [TextRun], at point: Point, width: Int = .max) -> Int {
    let limit = width < size.width - point.x ? point.x + width : size.width
    var column = point.x
    for run in runs where column < limit {
      column = put(
        run.text, at: Point(x: column, y: point.y), role: run.role, width: limit - column)
    }
    return column
  }

  /// Writes one character, with blanks or a repeated sign, over a rectangle.
  public mutating func fill(_ rect: Rect, with sign: Unicode.Scalar = " ", role: Role = .normal) {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let isNarrow = DisplayWidth.scalarClass(of: sign) == .narrow
    let cell = Cell(cleaned: isNarrow ? sign : "\u{FFFD}", width: 1, role: role)
    for row in area.y..<area.maxY {
      breakWide(from: area.x, to: area.maxX, row: row)
      let start = row * size.width
      for column in area.x..<area.maxX { cells[start + column] = cell }
    }
  }

  /// Gives cells another role and leaves their text.
  public mutating func paint(_ rect: Rect, role: Role) {
    let area = rect.intersection(bounds)
    for row in area.rows {
      for column in row.x..<row.maxX { cells[row.y * size.width + column].role = role }
    }
  }

  /// A horizontal line.
  public mutating func horizontalRule(at point: Point, width: Int, role: Role = .border) {
    fill(
      Rect(x: point.x, y: point.y, width: width, height: 1), with: LineDrawing.horizontal,
      role: role)
  }

  /// A vertical line.
  public mutating func verticalRule(at point: Point, height: Int, role: Role = .border) {
    fill(
      Rect(x: point.x, y: point.y, width: 1, height: height), with: LineDrawing.vertical,
      role: role)
  }

  /// Joins a vertical line to the horizontal ones that it begins at, ends at, or meets.
  public mutating func joinRule(at point: Point, height: Int) {
    func isRule(_ x: Int, _ y: Int) -> Bool {
      self[Point(x: x, y: y)].scalar == LineDrawing.horizontal
    }
    for row in point.y - 1...point.y + height {
      let place = Point(x: point.x, y: row)
      let isInside = row >= point.y && row < point.y + height
      let joined: Unicode.Scalar
      switch (self[place].scalar, isRule(point.x - 1, row), isRule(point.x + 1, row)) {
      case (LineDrawing.vertical, true, true) where isInside: joined = LineDrawing.cross
      case (LineDrawing.vertical, true, false) where isInside: joined = LineDrawing.teeLeft
      case (LineDrawing.vertical, false, true) where isInside: joined = LineDrawing.teeRight
      case (LineDrawing.horizontal, _, _) where !isInside:
        joined = row < point.y ? LineDrawing.teeDown : LineDrawing.teeUp
      case (LineDrawing.teeDown, _, _) where row > point.y,
        (LineDrawing.teeUp, _, _) where row < point.y:
        joined = LineDrawing.cross
      default: continue
      }
      fill(Rect(x: point.x, y: row, width: 1, height: 1), with: joined, role: self[place].role)
    }
  }

  /// Draws the frame of a box with its title in the upper edge and blanks in it; returns its inside.
  @discardableResult
  public mutating func box(
    _ rect: Rect, title: String = "", role: Role = .box, titleRole: Role = .boxTitle
  ) -> Rect {
    fill(rect, role: role)
    horizontalRule(at: rect.origin, width: rect.width, role: role)
    horizontalRule(at: Point(x: rect.x, y: rect.maxY - 1), width: rect.width, role: role)
    verticalRule(at: rect.origin, height: rect.height, role: role)
    verticalRule(at: Point(x: rect.maxX - 1, y: rect.y), height: rect.height, role: role)
    for (x, y, sign) in [
      (rect.x, rect.y, LineDrawing.topLeft), (rect.maxX - 1, rect.y, LineDrawing.topRight),
      (rect.x, rect.maxY - 1, LineDrawing.bottomLeft),
      (rect.maxX - 1, rect.maxY - 1, LineDrawing.bottomRight),
    ] {
      fill(Rect(x: x, y: y, width: 1, height: 1), with: sign, role: role)
    }
    if !title.isEmpty, rect.width > 6 {
      let column = put(
        " " + title, at: Point(x: rect.x + 2, y: rect.y), role: titleRole, width: rect.width - 5)
      put(" ", at: Point(x: column, y: rect.y), role: titleRole)
    }
    return rect.inset(horizontal: 1, vertical: 1)
  }

  // Cells

  /// Writes printable ASCII; nil when a byte is anything else, and then nothing is written.
  private mutating func putASCII(
    _ bytes: UnsafeBufferPointer<UInt8>, at point: Point, role: Role, end: Int
  ) -> Int? {
    let skipped = max(0, -point.x)
    let count = min(bytes.count, end - point.x)
    guard count > skipped else {
      return bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) ? point.x + max(0, count) : nil
    }
    // A later byte can be a mark on the last cell written, so all of them are looked at.
    guard bytes.prefix(count + 1).allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
    breakWide(from: point.x + skipped, to: point.x + count, row: point.y)
    let start = point.y * size.width + point.x
    cells.withUnsafeMutableBufferPointer { cells in
      for offset in skipped..<count {
        cells[start + offset] = Cell(
          cleaned: Unicode.Scalar(bytes[offset]), width: 1, role: role)
      }
    }
    if bytes.count > count, bytes[count...].contains(where: { $0 != 0x20 }) {
      putEllipsis(before: end, at: point, role: role)
    }
    return point.x + count
  }

  private mutating func putScalars(
    _ text: some StringProtocol, at point: Point, role: Role, end: Int
  ) -> Int {
    var column = point.x
    let row = point.y * size.width
    var last: Int?
    var isRightToLeft = false
    defer { if isRightToLeft { endRightToLeft(at: Point(x: column, y: point.y)) } }
    for drawn in DisplayScalars(text, breaks: .blank) {
      if drawn.scalar.isRightToLeft { isRightToLeft = true }
      if drawn.isMark {
        if let last { cells[row + last].add(mark: drawn.scalar) }
        continue
      }
      if column + drawn.width > end {
        if column < end { setBlank(column, row: point.y, role: role) }
        if drawn.scalar != " " { putEllipsis(before: end, at: point, role: role) }
        column = max(point.x, end)
        return column
      }
      last = nil
      if column >= 0 {
        breakWide(from: column, to: column + drawn.width, row: point.y)
        cells[row + column] = Cell(
          cleaned: drawn.scalar, width: UInt8(drawn.width), role: role)
        if drawn.width == 2 { cells[row + column + 1] = .continuation(role) }
        last = column
      } else if column + drawn.width > 0 {
        setBlank(0, row: point.y, role: role)
      }
      column += drawn.width
    }
    return column
  }

  /// Ends a text of right-to-left letters at the cell behind it. Terminals that order such text by
  /// themselves would else take the blanks up to the next column, and the words there, for a part of
  /// it, and let columns change places.
  private mutating func endRightToLeft(at point: Point) {
    guard bounds.contains(point), !self[point].isContinuation, !self[point].endsRightToLeft else {
      return
    }
    cells[point.y * size.width + point.x].add(mark: Cell.leftToRightMark)
  }

  private mutating func setBlank(_ column: Int, row: Int, role: Role) {
    breakWide(from: column, to: column + 1, row: row)
    cells[row * size.width + column] = .blank(role)
  }

  /// Blanks the halves of wide characters that a write from one column to another would leave.
  private mutating func breakWide(from: Int, to: Int, row: Int) {
    let start = row * size.width
    if from > 0, from < size.width, cells[start + from].isContinuation {
      cells[start + from - 1] = .blank(cells[start + from - 1].role)
      cells[start + from] = .blank(cells[start + from].role)
    }
    if to < size.width, to > 0, cells[start + to].isContinuation {
      cells[start + to] = .blank(cells[start + to].role)
      cells[start + to - 1] = .blank(cells[start + to - 1].role)
    }
  }
}

/// A piece of text in one role.
public struct TextRun: Hashable, Sendable {
  public var text: String
  public var role: Role

  public init(_ text: String, _ role: Role = .normal) {
    self.text = text
    self.role = role
  }
}
