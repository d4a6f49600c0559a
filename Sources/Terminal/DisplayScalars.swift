/// A scalar that may be drawn, and the cells it takes; a kept line break has the width 0.
struct DisplayScalar: Equatable {
  let scalar: Unicode.Scalar
  let width: Int

  /// True for a line break, which only comes when breaks are kept.
  var isBreak: Bool { scalar == "\n" }
  /// True for a mark that belongs to the scalar before it.
  var isMark: Bool { width == 0 && scalar != "\n" }
}

/// The scalars of a hostile text that may reach the screen, one after the other and lazily: no
/// control, no escape sequence, no bidi control, nothing of unknown width.
struct DisplayScalars<Text: StringProtocol>: Sequence, IteratorProtocol {
  /// What becomes of line breaks.
  enum Breaks {
    /// A line break becomes a blank.
    case blank
    /// Each form of line break becomes one "\n".
    case keep
  }

  /// Tabs move to the next multiple of this many cells.
  private let tabStop = 4
  /// The longest run of a terminal string (OSC, DCS and the like) that is taken for one.
  private let longestString = 4096

  private let utf8: String.UTF8View
  private var index: String.Index
  private let breaks: Breaks
  private var column = 0
  private var marks = 0
  private var mayTakeMark = false
  private var pendingBlanks = 0
  private var pending: Unicode.Scalar?

  init(_ text: Text, breaks: Breaks) {
    var text = String(text)
    text.makeContiguousUTF8()
    utf8 = text.utf8
    index = utf8.startIndex
    self.breaks = breaks
  }

  mutating func next() -> DisplayScalar? {
    if pendingBlanks > 0 {
      pendingBlanks -= 1
      return drawn(" ", 1)
    }
    while let scalar = take() {
      let value = scalar.value
      if value >= 0x20 && value < 0x7F { return drawn(scalar, 1) }
      if value < 0xA0 || value == 0x2028 || value == 0x2029 {
        if let control = control(scalar) { return control }
        continue
      }
      if value >= 0x1F1E6 && value <= 0x1F1FF {
        // A pair of regional indicators is a flag of disputed width; its letters are not.
        return drawn(Unicode.Scalar(UInt8(value - 0x1F1E6) + 0x41), 1)
      }
      switch DisplayWidth.scalarClass(of: scalar) {
      case .narrow: return drawn(scalar, 1)
      case .wide: return drawn(scalar, 2)
      case .unknown: return drawn("\u{FFFD}", 1)
      case .mark:
        guard mayTakeMark, marks < Cell.markLimit else { continue }
        marks += 1
        return DisplayScalar(scalar: scalar, width: 0)
      case .invisible:
        if value == 0x200D { skipJoined() }
      }
    }
    return nil
  }

  private mutating func take() -> Unicode.Scalar? {
    guard let (scalar, after) = decode(at: index) else { return nil }
    index = after
    return scalar
  }

  private func peek() -> Unicode.Scalar? { decode(at: index)?.scalar }

  private mutating func skipOne() {
    if let (_, after) = decode(at: index) { index = after }
  }

  /// The scalar at a place and the place after it; nil at the end. A string's UTF-8 is always
  /// valid, and reading it byte by byte is several times faster than its view of scalars.
  private func decode(at place: String.Index) -> (scalar: Unicode.Scalar, after: String.Index)? {
    guard place < utf8.endIndex else { return nil }
    let first = utf8[place]
    var next = utf8.index(after: place)
    if first < 0x80 { return (Unicode.Scalar(first), next) }
    let count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    var value = UInt32(first) & (0x3F >> UInt32(count))
    for _ in 0..<count where next < utf8.endIndex {
      value = value << 6 | UInt32(utf8[next] & 0x3F)
      next = utf8.index(after: next)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", next)
  }

  private mutating func drawn(_ scalar: Unicode.Scalar, _ width: Int) -> DisplayScalar {
    column += width
    marks = 0
    mayTakeMark = true
    return DisplayScalar(scalar: scalar, width: width)
  }

  /// A control's visible form: a break, a blank, blanks up to the tab stop, or nothing.
  private mutating func control(_ scalar: Unicode.Scalar) -> DisplayScalar? {
    switch scalar.value {
    case 0x09:
      pendingBlanks = tabStop - column % tabStop - 1
      return drawn(" ", 1)
    case 0x0A, 0x0B, 0x0C, 0x85, 0x2028, 0x2029:
      return lineBreak()
    case 0x0D:
      if peek() == "\n" { skipOne() }
      return lineBreak()
    case 0x1B:
      skipEscape()
      return nil
    case 0x9B:
      skipControlSequence()
      return nil
    case 0x90, 0x98, 0x9D, 0x9E, 0x9F:
      skipTerminalString()
      return nil
    default:
      return nil
    }
  }

  private mutating func lineBreak() -> DisplayScalar {
    guard breaks == .keep else { return drawn(" ", 1) }
    column = 0
    marks = 0
    mayTakeMark = false
    return DisplayScalar(scalar: "\n", width: 0)
  }

  /// Skips what follows an ESC and belongs to its sequence.
  private mutating func skipEscape() {
    guard let first = peek() else { return }
    switch first {
    case "[":
      skipOne()
      skipControlSequence()
    case "]", "P", "X", "^", "_":
      skipOne()
      skipTerminalString()
    default:
      while let next = peek(), next.value >= 0x20 && next.value <= 0x2F {
        skipOne()
      }
      if let last = peek(), last.value >= 0x30 && last.value <= 0x7E {
        skipOne()
      }
    }
  }

  /// Skips parameters, intermediates and the final letter of a CSI sequence.
  private mutating func skipControlSequence() {
    while let next = peek(), next.value >= 0x20 && next.value <= 0x3F {
      skipOne()
    }
    if let last = peek(), last.value >= 0x40 && last.value <= 0x7E {
      skipOne()
    }
  }

  /// Skips up to BEL or ST; a string without an end loses its introducer only, so that nobody can
  /// hide the rest of a text.
  private mutating func skipTerminalString() {
    var cursor = index
    var length = 0
    while length < longestString, let (scalar, after) = decode(at: cursor) {
      switch scalar.value {
      case 0x07, 0x9C:
        index = after
        return
      case 0x1B where decode(at: after)?.scalar == "\\":
        index = after
        skipOne()
        return
      case 0x0A, 0x0D: return
      default:
        cursor = after
        length += 1
      }
    }
  }

  /// Skips the emoji after a joiner, so that a joined sequence shows its first one alone; letters
  /// after a joiner stay.
  private mutating func skipJoined() {
    guard mayTakeMark, let next = peek(), Self.isPicture(next) else { return }
    skipOne()
  }

  /// True for pictures that join with others: emoji and the older symbols used in sequences.
  private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value >= 0x1F000 && value <= 0x1FAFF || value >= 0x2600 && value <= 0x27BF
      || value >= 0x2190 && value <= 0x21FF || value >= 0x2B00 && value <= 0x2BFF
  }
}
