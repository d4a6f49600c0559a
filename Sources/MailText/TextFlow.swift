/// Writes running text into lines: collapses white space, holds line ends back until words follow,
/// and puts quote marks, list marks and indents in front.
struct TextFlow {
  /// How far the next words are from the last ones.
  enum Break: Int, Comparable {
    case none, line, blank

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  private let limit: Int
  private var output = String()
  private var pending = Break.none
  private var needsSpace = false
  private var isLineEmpty = true
  private var lastWasBlank = false
  /// Hard blanks at the start of a line, kept as an indent.
  private var leadingBlanks = 0
  private var pendingJoiner: Unicode.Scalar?
  private var quoteDepthOfLastLine = 0
  /// Written before the words of a table cell: on the line of the cell before, or first on its own.
  private var separator: String?
  private var cellMark: String?
  private var isStrikeOpen = false
  /// The next character follows without a blank.
  private var isGlued = false
  private var runs: [InkMarks.Run] = []
  /// Set once the limit is reached; everything written afterwards is left out.
  private(set) var isFull = false

  /// Levels of quoting that are shown; deeper ones look like the deepest.
  static let deepestQuote = 20
  private static let widestIndent = 40

  var quoteDepth = 0
  /// Blanks in front of each line, from lists.
  var indent = 0
  /// Whether the next words are struck out: marked as `~~words~~` in each line.
  var isStruckOut = false
  /// The ink of the next words.
  var ink = Ink()
  /// The mark of a list item that has no words yet; it stands within the indent.
  var marker: String?
  /// Whether nothing has been written since a table cell began.
  private(set) var isAtCellStart = false
  /// Lines ended so far.
  private(set) var lineCount = 0
  /// Bytes written so far.
  var size: Int { output.utf8.count }

  /// `limit` in bytes of UTF-8.
  init(limit: Int) { self.limit = limit }

  /// The text, without blank lines at its ends, and where its ink changes.
  mutating func finish() -> (text: String, runs: [InkMarks.Run]) {
    closeStrike()
    return (output, runs)
  }

  /// Asks for a line end, or a blank line, before the next words.
  mutating func request(_ distance: Break) {
    if marker != nil || isAtCellStart { return }
    needsSpace = false
    if isLineEmpty || pending != .none, leadingBlanks > 0 {
      leadingBlanks = 0
      pending = .blank
    } else {
      pending = max(pending, distance)
    }
  }

  /// A line end that the writer asked for: the second in a row makes a blank line.
  mutating func lineBreak() {
    needsSpace = false
    leadingBlanks = 0
    pending = pending == .none && !isLineEmpty ? .line : .blank
  }

  /// Begins a table cell; `sameRow` says that its words go on the line of the cell before, and
  /// `skipped` how many empty cells are between the two.
  mutating func beginCell(sameRow: Bool, skipped: Int) {
    if sameRow {
      pending = .none
      needsSpace = false
      separator = isLineEmpty ? nil : " | " + String(repeating: "| ", count: max(0, skipped))
    }
    let isFirst = !sameRow || isLineEmpty
    cellMark = isFirst && skipped > 0 ? String(repeating: "| ", count: skipped) : nil
    isAtCellStart = true
  }

  mutating func endCell() {
    // Hard blanks alone hold the place of a cell.
    if isAtCellStart { leadingBlanks = 0 }
    isAtCellStart = false
    cellMark = nil
  }

  /// Takes back a request for a blank line, so that the rows of a table stay together.
  mutating func closeUp() { pending = min(pending, .line) }

  mutating func write(_ text: String, keepingLines: Bool = false) {
    for scalar in text.unicodeScalars {
      if isFull { return }
      switch scalar.value {
      case 0x0A, 0x2028, 0x2029:
        if keepingLines { lineEnd() } else { needsSpace = true }
      case 0x09 where keepingLines: blanks(4)
      case 0x20 where keepingLines: blanks(1)
      case 0x20, 0x09, 0x0B, 0x0C, 0x0D: needsSpace = true
      case 0xA0, 0x2007, 0x202F: blanks(1)
      case 0x200C, 0x200D: pendingJoiner = scalar
      default:
        if !Self.isInvisible(scalar) { put(scalar) }
      }
    }
  }

  enum Side { case before, after }

  /// Writes a sign that belongs to the next words without a blank.
  mutating func writeMark(_ sign: String, glues side: Side) {
    let hadSpace = needsSpace
    if side == .before { isGlued = true }
    for scalar in sign.unicodeScalars where !isFull { put(scalar) }
    if side == .before { needsSpace = hadSpace } else { isGlued = true }
  }

  /// Writes words that must not be changed or broken, such as a link's target.
  mutating func writeInline(_ text: String) {
    for scalar in text.unicodeScalars where !isFull {
      if scalar == " " { needsSpace = true } else { put(scalar) }
    }
  }

  /// Characters that show nothing, or that would make a terminal or a reader show something else.
  static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E: true
    case 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  private mutating func lineEnd() {
    needsSpace = false
    leadingBlanks = 0
    pending = pending == .none && !isLineEmpty ? .line : .blank
  }

  private mutating func blanks(_ count: Int) {
    pendingJoiner = nil
    if isLineEmpty || pending != .none {
      leadingBlanks = min(leadingBlanks + count, Self.widestIndent)
    } else {
      for _ in 0..<count { append(" ") }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let startsLine = flushBreak()
    if isStrikeOpen, !isStruckOut { closeStrike() }
    if !startsLine, needsSpace, !isGlued { append(" ") }
    needsSpace = false
    isGlued = false
    if isStruckOut, !isStrikeOpen {
      output += "~~"
      isStrikeOpen = true
    }
    if startsLine ? ink != Ink() || runs.last?.ink != ink : runs.last?.ink != ink {
      runs.append(InkMarks.Run(offset: output.utf8.count, ink: ink))
    }
    if let pendingJoiner, !startsLine, !lastWasBlank { append(pendingJoiner) }
    pendingJoiner = nil
    isAtCellStart = false
    append(scalar)
  }

  /// Ends the line where one was asked for; true when the next character is the first of its line.
  private mutating func flushBreak() -> Bool {
    if pending != .none, !output.isEmpty {
      endLine()
      if pending == .blank {
        beginLine(depth: min(quoteDepth, quoteDepthOfLastLine), isBlank: true)
        endLine()
      }
    }
    pending = .none
    guard isLineEmpty else {
      if let separator {
        closeStrike()
        trimEnd()
        output += separator
      }
      if separator != nil { needsSpace = false }
      separator = nil
      return false
    }
    separator = nil
    beginLine(depth: quoteDepth, isBlank: false)
    return true
  }

  private mutating func beginLine(depth: Int, isBlank: Bool) {
    let shown = min(depth, Self.deepestQuote)
    if shown > 0 {
      output +=
        isBlank
        ? String(repeating: "> ", count: shown - 1) + ">" : String(repeating: "> ", count: shown)
    }
    quoteDepthOfLastLine = depth
    if isBlank { return }
    let inset = min(indent, Self.widestIndent) - (marker?.count ?? 0)
    output += String(repeating: " ", count: max(0, inset) + leadingBlanks)
    leadingBlanks = 0
    if let marker {
      output += marker
      self.marker = nil
    }
    if let cellMark {
      output += cellMark
      self.cellMark = nil
    }
    isLineEmpty = false
  }

  private mutating func closeStrike() {
    guard isStrikeOpen else { return }
    isStrikeOpen = false
    trimEnd()
    output += "~~"
  }

  private mutating func endLine() {
    closeStrike()
    trimEnd()
    output += "\n"
    lineCount += 1
    isLineEmpty = true
  }

  private mutating func trimEnd() {
    while output.utf8.last == 0x20 { output.unicodeScalars.removeLast() }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    output.unicodeScalars.append(scalar)
    lastWasBlank = scalar == " "
    if output.utf8.count >= limit { isFull = true }
  }
}
