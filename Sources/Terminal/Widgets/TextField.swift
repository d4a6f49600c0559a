/// One line of text that is being typed, edited by whole characters as people see them.
public struct TextField: Equatable, Sendable {
  /// The most characters taken; the rest of a paste is dropped.
  public static let longestText = 10_000

  private var characters: [Character]
  /// The character before which the cursor stands; the length of the text at its end.
  public private(set) var cursor: Int

  public init(_ text: String = "") {
    characters = Array(Self.oneLine(text).prefix(Self.longestText))
    cursor = characters.count
  }

  public var text: String { String(characters) }
  public var isEmpty: Bool { characters.isEmpty }

  /// Puts another text in the place of the old one, the cursor at its end.
  public mutating func replace(with text: String) { self = TextField(text) }

  /// Edits; false when the key is none of the field's, so that its owner can have it.
  ///
  /// Characters and pastes are entered; arrows, Home/End, Ctrl-a/e move, with Ctrl or Alt-b/f by
  /// words; Backspace, Del, Ctrl-d delete, Ctrl-w a word, Ctrl-u to the beginning, Ctrl-k to the end.
  public mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .wordLeft, .alt("b"): cursor = wordStart()
    case .wordRight, .alt("f"): cursor = wordEnd()
    case .backspace: remove(max(0, cursor - 1)..<cursor)
    case .delete, .control("d"): remove(cursor..<min(characters.count, cursor + 1))
    case .control("w"): remove(wordStart()..<cursor)
    case .alt("d"): remove(cursor..<wordEnd())
    case .control("u"): remove(0..<cursor)
    case .control("k"): remove(cursor..<characters.count)
    default: return false
    }
    return true
  }

  /// Enters text at the cursor; breaks and tabs become blanks, other controls are dropped.
  public mutating func insert(_ text: String) {
    let after = characters[cursor...]
    // Joined as text, so that a typed mark becomes part of the character before it.
    let before = String(characters[..<cursor]) + Self.oneLine(text)
    let head = before.prefix(Self.longestText - min(after.count, Self.longestText))
    characters = Array(head) + after
    cursor = head.count
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private func wordStart() -> Int { WordMotion.start(before: cursor, in: characters) }

  private func wordEnd() -> Int { WordMotion.end(after: cursor, in: characters) }

  private static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0D: continue
      case 0x09, 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Draws the part of the text around the cursor in one row; with the focus the frame's cursor
  /// stands in it.
  public func draw(
    in rect: Rect, of frame: inout Frame, role: Role = .fieldText, isFocused: Bool = true
  ) {
    guard rect.width > 0, rect.height > 0 else { return }
    frame.fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), role: role)
    let widths = characters.map { DisplayWidth.cells(of: String($0)) }
    // One cell stays free for the cursor behind the last character.
    var first = cursor
    var used = 1
    while first > 0, used + widths[first - 1] <= rect.width {
      first -= 1
      used += widths[first]
    }
    var column = rect.x
    var cursorColumn = rect.x
    for index in first..<characters.count {
      if index == cursor { cursorColumn = column }
      guard column + widths[index] <= rect.maxX else { break }
      column = frame.put(
        String(characters[index]), at: Point(x: column, y: rect.y), role: role,
        width: rect.maxX - column)
    }
    if cursor == characters.count { cursorColumn = column }
    if isFocused {
      frame.showCursor(at: Point(x: min(cursorColumn, rect.maxX - 1), y: rect.y))
    }
  }
}
