/// Several lines of text that are being typed: a reply or a note, soft-wrapped to its pane.
public struct TextEditor: Equatable, Sendable {
  /// A place in the text: line and character, both from 0.
  public struct Place: Hashable, Sendable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The most characters taken; `dropped` tells how many of the newest had no room.
  public static let longestText = 500_000
  private static let deepestUndo = 200

  /// What undo goes back to.
  private struct Snapshot: Equatable, Sendable {
    var lines: [[Character]]
    var cursor: Place
  }

  private(set) var lines: [[Character]]
  /// Characters of the last key or text entered that had no room any more.
  public private(set) var dropped = 0
  public private(set) var cursor: Place
  /// The first screen row shown: a line and which of its wrapped rows.
  var top = Place(line: 0, column: 0)
  private var past: [Snapshot] = []
  private var future: [Snapshot] = []
  /// True while typed characters belong to the undo step of the one before.
  private var isTyping = false
  /// The screen column that moving up and down keeps to.
  private var wantedColumn: Int?

  /// A text with the cursor at its end, or at its beginning for a text to be written above.
  public init(_ text: String = "", cursorAtEnd: Bool = true) {
    lines = Self.split(text)
    cursor = Place(line: 0, column: 0)
    if cursorAtEnd { cursor = end }
  }

  public var text: String { lines.map { String($0) }.joined(separator: "\n") }
  public var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }

  private var end: Place { Place(line: lines.count - 1, column: lines[lines.count - 1].count) }

  /// Edits; false when the key is none of the editor's, so that its owner can have it.
  ///
  /// `width` is the width the text is wrapped to. Beside the keys of `TextField`: Enter breaks the
  /// line, Up/Down and PgUp/PgDn move over wrapped rows, Ctrl-z undoes, Ctrl-y repeats.
  public mutating func handle(_ key: Key, width: Int, height: Int = 10) -> Bool {
    let wanted = wantedColumn
    wantedColumn = nil
    dropped = 0
    switch key {
    case .character(let character): insert(String(character), isTyped: true)
    case .paste(let text): insert(text)
    case .enter: insert("\n")
    case .tab: insert("\t")
    case .left, .control("b"): move(to: before(cursor))
    case .right, .control("f"): move(to: after(cursor))
    case .up: moveRows(-1, width: width, wanted: wanted)
    case .down: moveRows(1, width: width, wanted: wanted)
    case .pageUp: moveRows(-max(1, height - 1), width: width, wanted: wanted)
    case .pageDown: moveRows(max(1, height - 1), width: width, wanted: wanted)
    case .home, .control("a"): move(to: Place(line: cursor.line, column: 0))
    case .end, .control("e"): move(to: Place(line: cursor.line, column: lines[cursor.line].count))
    case .wordLeft, .alt("b"): move(to: wordStart())
    case .wordRight, .alt("f"): move(to: wordEnd())
    case .backspace: remove(from: before(cursor), to: cursor)
    case .delete, .control("d"): remove(from: cursor, to: after(cursor))
    case .control("w"): remove(from: wordStart(), to: cursor)
    case .alt("d"): remove(from: cursor, to: wordEnd())
    case .control("u"): remove(from: Place(line: cursor.line, column: 0), to: cursor)
    case .control("k"):
      let lineEnd = Place(line: cursor.line, column: lines[cursor.line].count)
      remove(from: cursor, to: lineEnd == cursor ? after(cursor) : lineEnd)
    case .control("z"): undo()
    case .control("y"): redo()
    default:
      wantedColumn = wanted
      return false
    }
    return true
  }

  /// Enters text at the cursor: breaks of any form break the line, controls but tabs are dropped.
  public mutating func insert(_ text: String) { insert(text, isTyped: false) }

  private mutating func insert(_ text: String, isTyped: Bool) {
    let room = max(0, Self.longestText - lines.reduce(0) { $0 + $1.count + 1 })
    let fitting = text.prefix(room)
    dropped = text[fitting.endIndex...].count
    guard !fitting.isEmpty else { return }
    var inserted = Self.split(String(fitting))
    if !isTyped || !isTyping { remember() }
    isTyping = isTyped
    let line = lines[cursor.line]
    let after = line[cursor.column...]
    // Joined as text, so that a typed mark becomes part of the character before it.
    inserted[0] = Array(String(line[..<cursor.column]) + String(inserted[0]))
    let lastLine = inserted.count - 1
    cursor = Place(line: cursor.line + lastLine, column: inserted[lastLine].count)
    inserted[lastLine] += after
    lines.replaceSubrange(cursor.line - lastLine...cursor.line - lastLine, with: inserted)
  }

  private mutating func remove(from start: Place, to end: Place) {
    guard start != end else { return }
    remember()
    isTyping = false
    let head = lines[start.line][..<start.column]
    let tail = lines[end.line][end.column...]
    lines.replaceSubrange(start.line...end.line, with: [Array(head) + tail])
    cursor = start
  }

  /// Puts another text in the place of the old one, as one step that can be undone.
  public mutating func replace(with text: String) {
    remember()
    isTyping = false
    lines = Self.split(text)
    cursor = end
  }

  // Undo

  private mutating func remember() {
    past.append(Snapshot(lines: lines, cursor: cursor))
    if past.count > Self.deepestUndo { past.removeFirst() }
    future = []
  }

  private mutating func undo() {
    guard let snapshot = past.popLast() else { return }
    future.append(Snapshot(lines: lines, cursor: cursor))
    restore(snapshot)
  }

  private mutating func redo() {
    guard let snapshot = future.popLast() else { return }
    past.append(Snapshot(lines: lines, cursor: cursor))
    restore(snapshot)
  }

  private mutating func restore(_ snapshot: Snapshot) {
    lines = snapshot.lines
    cursor = snapshot.cursor
    isTyping = false
  }

  // Motion

  private mutating func move(to place: Place) {
    isTyping = false
    cursor = place
  }

  private func before(_ place: Place) -> Place {
    if place.column > 0 { return Place(line: place.line, column: place.column - 1) }
    guard place.line > 0 else { return place }
    return Place(line: place.line - 1, column: lines[place.line - 1].count)
  }

  private func after(_ place: Place) -> Place {
    if place.column < lines[place.line].count {
      return Place(line: place.line, column: place.column + 1)
    }
    guard place.line + 1 < lines.count else { return place }
    return Place(line: place.line + 1, column: 0)
  }

  private func wordStart() -> Place {
    if cursor.column == 0 { return before(cursor) }
    return Place(
      line: cursor.line,
      column: WordMotion.start(before: cursor.column, in: lines[cursor.line]))
  }

  private func wordEnd() -> Place {
    if cursor.column == lines[cursor.line].count { return after(cursor) }
    return Place(
      line: cursor.line, column: WordMotion.end(after: cursor.column, in: lines[cursor.line]))
  }

  private mutating func moveRows(_ rows: Int, width: Int, wanted: Int?) {
    isTyping = false
    let column = wanted ?? screenColumn(of: cursor, width: width)
    cursor = place(rows: rows, from: cursor, column: column, width: width)
    wantedColumn = column
  }

  /// The lines of a text without controls; there is always one.
  private static func split(_ text: String) -> [[Character]] {
    var lines: [[Character]] = []
    var line = String.UnicodeScalarView()
    var wasReturn = false
    for scalar in text.unicodeScalars {
      defer { wasReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0A where wasReturn: continue
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029:
        lines.append(Array(String(line)))
        line = String.UnicodeScalarView()
      case 0..<0x09, 0x0E..<0x20, 0x7F..<0xA0: continue
      default: line.append(scalar)
      }
    }
    lines.append(Array(String(line)))
    return lines
  }
}
