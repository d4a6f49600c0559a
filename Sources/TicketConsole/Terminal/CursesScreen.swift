import CNcurses
import Glibc
import Terminal

/// Shows frames on the terminal: hands the cells that differ to ncurses, which sends what it must.
final class CursesScreen {
  /// How a role is handed to ncurses.
  private struct Look: Equatable {
    var attributes: Int32
    var pair: Int32
    /// A blank of it, which every cell is copied from.
    var blank: cchar_t
    /// Whether a blank in this look is nothing but the terminal's own ground.
    var leavesGround: Bool
    /// Whether words in it are in the terminal's own colours.
    var isPlain: Bool

    static func == (left: Self, right: Self) -> Bool {
      left.attributes == right.attributes && left.pair == right.pair
    }
  }

  private let screen: OpaquePointer
  private let outputStream: UnsafeMutablePointer<FILE>
  private let inputStream: UnsafeMutablePointer<FILE>
  private let output: FrameOutput
  private let colors: Int
  private var looks: [Look] = []
  private var cells: UnsafeMutableBufferPointer<cchar_t>
  /// The frame ncurses holds; nil when its screen is empty or unknown.
  private var drawn: Frame?
  private var isClosed = false
  /// Whether lines are drawn with `-`, `|` and `+`.
  private let usesASCIILines: Bool
  /// Whether the cursor is also seen where no text is written.
  var showsCursor = false

  private(set) var size: Size
  private(set) var theme: Theme

  /// Opens the terminal; nil when ncurses cannot. `isColored` false never sends a colour,
  /// `usesASCIILines` draws borders with ASCII characters.
  init?(
    term: String, input: Int32, output: Int32, writer: TerminalOutput, theme: Theme,
    isColored: Bool, usesASCIILines: Bool
  ) {
    let stream = fcntl(output, F_DUPFD_CLOEXEC, 0)
    guard let outputStream = fdopen(stream, "w") else { return nil }
    guard let inputStream = fdopen(dup(input), "r") else {
      fclose(outputStream)
      return nil
    }
    guard let screen = cn_open(term, outputStream, inputStream) else {
      fclose(outputStream)
      fclose(inputStream)
      return nil
    }
    self.screen = screen
    self.outputStream = outputStream
    self.inputStream = inputStream
    self.theme = theme
    self.usesASCIILines = usesASCIILines
    self.output = FrameOutput(stream: stream, terminal: output, output: writer)
    colors = isColored ? Int(cn_start_colors()) : 0
    cells = .allocate(capacity: 1)
    size = Size(width: Int(cn_columns()), height: Int(cn_rows()))
    resize(to: size)
    apply(theme)
  }

  deinit {
    close()
    cells.deallocate()
  }

  var depth: ColorDepth { ColorDepth(colors: colors) }

  /// Draws with other colours from the next frame on.
  func apply(_ theme: Theme) {
    self.theme = theme
    // Roles of the same colours share a pair, so that nothing is sent between them. The terminal's
    // own colours are a pair too: to return to pair 0 ncurses resets every attribute as well.
    var pairs: [[Color]: Int32] = [:]
    if depth == .none {
      pairs[[.standard, .standard]] = 0
    } else {
      pairs[[.standard, .standard]] = 1
      cn_define_pair(1, -1, -1)
      cn_set_ground(1)
    }
    looks = Role.allCases.map { role in
      let style = theme.style(for: role, depth: depth)
      let colors = [style.foreground, style.background]
      let pair = pairs[colors] ?? Int32(pairs.count + 1)
      if pairs.updateValue(pair, forKey: colors) == nil {
        cn_define_pair(pair, Self.index(style.foreground), Self.index(style.background))
      }
      let attributes = Int32(style.attributes.rawValue)
      var blank = cchar_t()
      cn_set_blank(&blank, attributes, pair)
      return Look(
        attributes: attributes, pair: pair, blank: blank,
        leavesGround: style.background == .standard
          && style.attributes.isDisjoint(with: [.reverse, .underline]),
        isPlain: style == Style())
    }
    repaintAll()
  }

  private static func index(_ color: Color) -> Int32 {
    if case .palette(let index) = color { Int32(index) } else { -1 }
  }

  /// Follows the terminal to another size; the next frame is drawn whole.
  func resize(to size: Size) {
    cn_resize(Int32(size.height), Int32(size.width))
    self.size = size
    cells.deallocate()
    cells = .allocate(capacity: max(1, size.width))
    cells.initialize(repeating: cchar_t())
    cn_clear()
    drawn = nil
  }

  /// Makes the next frame repaint everything, because something else may have written.
  func repaintAll() {
    drawn = nil
    cn_repaint_all()
  }

  /// Gives the terminal its ordinary modes; the owner leaves the full screen.
  func suspend() { cn_suspend() }

  /// Takes the program's modes again; the next frame repaints everything.
  func resume() {
    cn_resume()
    drawn = nil
  }

  /// Leaves full-screen mode for good.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    output.send { cn_end() }
    cn_delete(screen)
    fclose(outputStream)
    fclose(inputStream)
  }

  /// Shows a frame in one write; what lies outside the terminal is cut. `isSynchronized` asks the
  /// terminal to show nothing before the whole is there.
  func present(_ frame: Frame, isSynchronized: Bool) {
    let rows = min(frame.size.height, size.height)
    let columns = min(frame.size.width, size.width)
    let previous = drawn.flatMap { $0.size == frame.size ? $0 : nil }
    if previous == nil { cn_clear() }
    for row in 0..<rows {
      if let previous {
        if frame.hasSameRow(row, as: previous) { continue }
        put(row, of: frame, columns: differing(row, frame, previous, columns))
      } else {
        put(row, of: frame, columns: 0..<columns)
      }
    }
    let cursor = frame.cursor.flatMap { $0.x < columns && $0.y < rows ? $0 : nil }
    drawn = frame
    output.send(
      prefix: isSynchronized ? "\u{1B}[?2026h" : "", suffix: isSynchronized ? "\u{1B}[?2026l" : ""
    ) {
      cn_refresh(
        Int32(cursor?.y ?? -1), Int32(cursor?.x ?? -1),
        cursor != nil && (frame.isCursorVisible || showsCursor) ? 1 : 0)
    }
  }

  /// The columns from the first cell that differs to the last, whole wide characters.
  private func differing(
    _ row: Int, _ frame: Frame, _ previous: Frame, _ columns: Int
  ) -> Range<Int> {
    let start = row * frame.size.width
    return frame.cells.withUnsafeBufferPointer { new in
      previous.cells.withUnsafeBufferPointer { old in
        var first = 0
        while first < columns, new[start + first] == old[start + first] { first += 1 }
        var end = columns
        while end > first, new[start + end - 1] == old[start + end - 1] { end -= 1 }
        while first > 0,
          new[start + first].isContinuation || old[start + first].isContinuation
        { first -= 1 }
        while end < columns, new[start + end].isContinuation || old[start + end].isContinuation {
          end += 1
        }
        return first..<end
      }
    }
  }

  private func put(_ row: Int, of frame: Frame, columns: Range<Int>) {
    guard !columns.isEmpty else { return }
    let start = row * frame.size.width
    let count = frame.cells.withUnsafeBufferPointer { all in
      let row = UnsafeBufferPointer(rebasing: all[start..<start + frame.size.width])
      return looks.withUnsafeBufferPointer { fill(row, columns, $0) }
    }
    cells.withMemoryRebound(to: cchar_t.self) { cells in
      cn_put_cells(Int32(row), Int32(columns.lowerBound), cells.baseAddress, Int32(count))
    }
  }

  /// Prepares the cells of some columns of a row, and returns how many ncurses cells that took.
  private func fill(
    _ row: UnsafeBufferPointer<Cell>, _ columns: Range<Int>, _ looks: UnsafeBufferPointer<Look>
  ) -> Int {
    var count = 0
    // Blanks look the same in the colour of their neighbours, and then it is not set twice.
    var gap = Gap(after: columns.lowerBound - 1, row, looks)
    for column in columns {
      let cell = row[column]
      if cell.isContinuation { continue }
      var look = Int(cell.role.rawValue)
      if cell.isBlank {
        if let gap, gap.columns.contains(column) { look = gap.look }
      } else if !looks[look].isPlain {
        gap = Gap(after: column + Int(cell.width) - 1, row, looks)
      }
      // A wide character at the edge of a narrower terminal has no room for its right half.
      if cell.width == 2, column + 1 >= size.width {
        set(count, " ", looks[look])
        count += 1
        continue
      }
      count += set(count, cell, looks[look])
    }
    return count
  }

  /// The blanks between two words of one colour, and that colour.
  private struct Gap {
    var columns: Range<Int>
    /// The place of the look among the looks.
    var look: Int

    /// The most blanks between two words that are sent in the colour of the words.
    private static let longest = 16

    /// The gap that a column is in or ends at; nil where a blank keeps its own look.
    init?(
      after column: Int, _ row: UnsafeBufferPointer<Cell>, _ looks: UnsafeBufferPointer<Look>
    ) {
      func look(_ column: Int) -> Look { looks[Int(row[column].role.rawValue)] }
      func isGround(_ column: Int) -> Bool { row[column].isBlank && look(column).leavesGround }
      // Asked at every coloured letter, and most have a letter behind them.
      guard column + 1 < row.count, isGround(column + 1) else { return nil }
      var word = column
      while word >= 0, column - word <= Self.longest, isGround(word) { word -= 1 }
      guard word >= 0, !row[word].isBlank, look(word).leavesGround, !look(word).isPlain
      else { return nil }
      var end = word + 1
      while end < row.count, end - word <= Self.longest + 1, isGround(end) { end += 1 }
      guard end < row.count, !isGround(end), look(end) == look(word) else { return nil }
      columns = word + 1..<end
      self.look = Int(row[word].role.rawValue)
    }
  }

  private func set(_ index: Int, _ scalar: Unicode.Scalar, _ look: Look) {
    cells[index] = look.blank
    cells[index].chars.0 = wchar_t(scalar.value)
  }

  /// Prepares a cell and returns how many ncurses cells that took: a scalar to which the C library
  /// gives another width than the frame becomes a U+FFFD, with a blank when it was wide.
  private func set(_ index: Int, _ cell: Cell, _ look: Look) -> Int {
    let value = cell.scalar.value
    if value < 0x7F, !cell.hasMarks {
      set(index, cell.scalar, look)
      return 1
    }
    if usesASCIILines, let plain = LineDrawing.ascii(for: cell.scalar) {
      set(index, plain, look)
      return 1
    }
    guard cn_width(wchar_t(value)) == Int32(cell.width) else {
      set(index, "\u{FFFD}", look)
      guard cell.width == 2 else { return 1 }
      set(index + 1, " ", look)
      return 2
    }
    set(index, cell.scalar, look)
    guard cell.hasMarks else { return 1 }
    let marks = cell.marks.map { wchar_t($0.value) }.filter { cn_width($0) == 0 } + [0, 0, 0]
    (cells[index].chars.1, cells[index].chars.2, cells[index].chars.3) =
      (marks[0], marks[1], marks[2])
    return 1
  }
}
