import Terminal

/// A terminal without a window: what a program has written, as rows of cells.
///
/// Understands what ncurses sends to xterm-256color, tmux-256color and the like; every other
/// sequence is remembered in `unknownSequences`, so that a test can see that none was sent.
public struct ScreenEmulator: Sendable {
  /// One cell as the terminal would show it.
  public struct EmulatedCell: Equatable, Sendable {
    /// The text; empty for the right half of a wide character.
    public var text = " "
    public var style = Style()
  }

  public internal(set) var size: Size
  public internal(set) var cursor = Point.zero
  public internal(set) var isCursorVisible = true
  /// True between `smcup` and `rmcup`.
  public internal(set) var isAlternateScreen = false
  /// The private modes that are on, such as 2004 for bracketed paste.
  public internal(set) var modes: Set<Int> = []
  public internal(set) var title = ""
  /// The base64 text of each copy to the clipboard (OSC 52).
  public internal(set) var clipboard: [String] = []
  public internal(set) var bellCount = 0
  /// Sequences that are none of the emulator's, without their ESC.
  public internal(set) var unknownSequences: [String] = []
  /// What a terminal would answer to the questions it was asked; to be sent by its owner.
  public var answers: [UInt8] = []
  /// The colour given to a program that asks for the background.
  public var background = RGB(0, 0, 0)

  var grid: [[EmulatedCell]]
  var savedGrid: [[EmulatedCell]]?
  var savedCursor = Point.zero
  var style = Style()
  var top = 0
  var bottom: Int
  var willWrap = false
  var isLineDrawing = false
  private var lastText = " "
  private var pending: [UInt8] = []

  public init(size: Size) {
    self.size = size
    bottom = size.height - 1
    grid = Self.blankGrid(size, Style())
  }

  /// The rows as text, each of the full width.
  public var rows: [String] { grid.map { row in row.map(\.text).joined() } }

  /// The rows without the blanks at their ends, one to a line.
  public var text: String {
    rows.map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  public func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }

  public subscript(_ point: Point) -> EmulatedCell {
    guard grid.indices.contains(point.y), grid[point.y].indices.contains(point.x) else {
      return EmulatedCell()
    }
    return grid[point.y][point.x]
  }

  /// Follows the window to another size, as xterm does: cut or filled at the right and below.
  public mutating func resize(to size: Size) {
    self.size = size
    top = 0
    bottom = size.height - 1
    grid = Self.fitted(grid, size)
    savedGrid = savedGrid.map { Self.fitted($0, size) }
    cursor = Point(x: min(cursor.x, size.width - 1), y: min(cursor.y, size.height - 1))
  }

  private static func fitted(_ grid: [[EmulatedCell]], _ size: Size) -> [[EmulatedCell]] {
    let blank = blankGrid(size, Style())
    return blank.indices.map { row in
      guard row < grid.count else { return blank[row] }
      return Array((grid[row] + blank[row]).prefix(size.width))
    }
  }

  static func blankGrid(_ size: Size, _ style: Style) -> [[EmulatedCell]] {
    let cell = EmulatedCell(text: " ", style: Style(background: style.background))
    return Array(repeating: Array(repeating: cell, count: size.width), count: size.height)
  }

  // Bytes

  /// Takes bytes as the program wrote them; a sequence may be split anywhere.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending.append(contentsOf: bytes)
    var index = 0
    while index < pending.count, let length = step(at: index) { index += length }
    pending.removeFirst(min(index, pending.count))
  }

  /// Carries out one control, sequence or run of text; nil when it is incomplete.
  private mutating func step(at index: Int) -> Int? {
    let byte = pending[index]
    if byte == 0x1B { return escape(at: index) }
    if byte < 0x20 || byte == 0x7F {
      control(byte)
      return 1
    }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
    guard index + length <= pending.count else { return nil }
    for scalar in String(decoding: pending[index..<index + length], as: UTF8.self).unicodeScalars {
      write(scalar)
    }
    return length
  }

  private mutating func escape(at index: Int) -> Int? {
    guard index + 1 < pending.count else { return nil }
    let kind = pending[index + 1]
    var end = index + 2
    switch kind {
    case 0x5B:
      while end < pending.count, !(0x40...0x7E).contains(pending[end]) { end += 1 }
      guard end < pending.count else { return nil }
      controlSequence(
        String(decoding: pending[index + 2..<end], as: UTF8.self),
        Character(Unicode.Scalar(pending[end])))
      return end + 1 - index
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:
      while end < pending.count {
        let isTerminator =
          pending[end] == 0x1B && end + 1 < pending.count && pending[end + 1] == 0x5C
        if pending[end] == 0x07 || isTerminator {
          let body = String(decoding: pending[index + 2..<end], as: UTF8.self)
          string(Character(Unicode.Scalar(kind)), body)
          return end + (isTerminator ? 2 : 1) - index
        }
        end += 1
      }
      return nil
    case 0x20...0x2F:
      guard end < pending.count else { return nil }
      if kind == 0x28 { isLineDrawing = pending[end] == 0x30 }
      return 3
    default:
      escape(Character(Unicode.Scalar(kind)))
      return 2
    }
  }

  // Text

  private mutating func write(_ scalar: Unicode.Scalar) {
    let drawn = isLineDrawing ? Self.lineDrawing[scalar] ?? scalar : scalar
    // A mark of direction takes no room and is not seen.
    if drawn == "\u{200E}" { return }
    let width = DisplayWidth.cells(of: drawn)
    if width == 0 {
      guard cursor.x > 0 || willWrap else { return }
      let column = willWrap ? cursor.x : cursor.x - 1
      let base = grid[cursor.y][column].text.isEmpty ? column - 1 : column
      grid[cursor.y][base].text.unicodeScalars.append(drawn)
      return
    }
    if willWrap || width == 2 && cursor.x == size.width - 1 {
      cursor.x = 0
      lineFeed()
      willWrap = false
    }
    breakWide(at: cursor)
    if width == 2 { breakWide(at: Point(x: cursor.x + 1, y: cursor.y)) }
    lastText = String(drawn)
    grid[cursor.y][cursor.x] = EmulatedCell(text: lastText, style: style)
    if width == 2 { grid[cursor.y][cursor.x + 1] = EmulatedCell(text: "", style: style) }
    if cursor.x + width >= size.width {
      cursor.x = size.width - 1
      willWrap = true
    } else {
      cursor.x += width
    }
  }

  /// Blanks the other half of a wide character that is about to be overwritten.
  private mutating func breakWide(at point: Point) {
    let row = point.y
    if grid[row][point.x].text.isEmpty, point.x > 0 { grid[row][point.x - 1].text = " " }
    if point.x + 1 < size.width, grid[row][point.x + 1].text.isEmpty {
      grid[row][point.x + 1].text = " "
    }
  }

  mutating func repeatLast(_ count: Int) {
    for scalar in lastText.unicodeScalars {
      for _ in 0..<count { write(scalar) }
    }
  }

  mutating func lineFeed() {
    if cursor.y == bottom {
      scroll(from: top, by: 1)
    } else if cursor.y < size.height - 1 {
      cursor.y += 1
    }
  }

  /// Moves the lines from a row to the bottom of the region: up for a positive number.
  mutating func scroll(from first: Int, by lines: Int) {
    let blank = Self.blankGrid(Size(width: size.width, height: 1), style)[0]
    for _ in 0..<min(abs(lines), bottom - first + 1) {
      if lines > 0 {
        grid.remove(at: first)
        grid.insert(blank, at: bottom)
      } else {
        grid.remove(at: bottom)
        grid.insert(blank, at: first)
      }
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 0x07: bellCount += 1
    case 0x08: cursor.x = max(0, cursor.x - 1)
    case 0x09: cursor.x = min(size.width - 1, (cursor.x / 8 + 1) * 8)
    case 0x0A, 0x0B, 0x0C: lineFeed()
    case 0x0D: cursor.x = 0
    case 0x0E: isLineDrawing = true
    case 0x0F: isLineDrawing = false
    default: unknownSequences.append("control \(byte)")
    }
    if byte != 0x07 { willWrap = false }
  }

  /// DEC's signs for lines and corners.
  private static let lineDrawing: [Unicode.Scalar: Unicode.Scalar] = [
    "j": "┘", "k": "┐", "l": "┌", "m": "└", "n": "┼", "q": "─", "t": "├", "u": "┤", "v": "┴",
    "w": "┬", "x": "│", "a": "▒", "`": "◆", "f": "°", "g": "±", "~": "·",
  ]
}
