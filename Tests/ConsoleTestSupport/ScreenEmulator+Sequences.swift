import Terminal

/// The sequences that ncurses and the console send.
extension ScreenEmulator {
  mutating func escape(_ letter: Character) {
    switch letter {
    case "7": savedCursor = cursor
    case "8": cursor = savedCursor
    case "D": lineFeed()
    case "E":
      cursor.x = 0
      lineFeed()
    case "M":
      if cursor.y == top { scroll(from: top, by: -1) } else { cursor.y = max(0, cursor.y - 1) }
    case "c":
      self = ScreenEmulator(size: size)
    case "=", ">", "\\", "H": break
    default: unknownSequences.append(String(letter))
    }
    willWrap = false
  }

  /// A string of the terminal: the title, the clipboard, the question for the background.
  mutating func string(_ kind: Character, _ body: String) {
    guard kind == "]" else {
      unknownSequences.append("\(kind)\(body)")
      return
    }
    let parts = body.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    switch parts.first {
    case "0", "2": title = rest
    case "52": clipboard.append(String(rest.drop { $0 != ";" }.dropFirst()))
    case "11" where rest == "?":
      func word(_ value: UInt8) -> String {
        let digits = String(value, radix: 16)
        return digits.count == 1 ? "0\(digits)0\(digits)" : digits + digits
      }
      let color = [background.red, background.green, background.blue].map(word)
      answers += "\u{1B}]11;rgb:\(color.joined(separator: "/"))\u{1B}\\".utf8
    default: unknownSequences.append("]\(body)")
    }
  }

  mutating func controlSequence(_ body: String, _ final: Character) {
    let marker = body.first.map { "<=>?".contains($0) } == true ? body.first : nil
    let inner = body.drop { "<=>?".contains($0) }
    let numbers = inner.split(separator: ";", omittingEmptySubsequences: false).map {
      Int($0.prefix { $0.isNumber }) ?? 0
    }
    let hasIntermediate = inner.contains { !$0.isNumber && $0 != ";" && $0 != ":" }
    if marker == "?", final == "p", inner.hasSuffix("$") {
      let value = numbers.first == 2026 ? 2 : 0
      answers += "\u{1B}[?\(numbers.first ?? 0);\(value)$y".utf8
      return
    }
    if marker == "?", final == "h" || final == "l" {
      for mode in numbers { setMode(mode, final == "h") }
      return
    }
    if final == "m", marker == nil {
      select(numbers)
      return
    }
    if "tnqc".contains(final), marker != nil || hasIntermediate || final != "m" {
      if final == "n", marker == nil, numbers == [5] { answers += "\u{1B}[0n".utf8 }
      if final == "c" { answers += "\u{1B}[?62;22c".utf8 }
      return
    }
    guard marker == nil, !hasIntermediate else {
      unknownSequences.append("[\(body)\(final)")
      return
    }
    willWrap = false
    if !move(final, numbers), !edit(final, numbers) {
      unknownSequences.append("[\(body)\(final)")
    }
  }

  private mutating func setMode(_ mode: Int, _ isOn: Bool) {
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    switch mode {
    case 25: isCursorVisible = isOn
    case 47, 1047, 1049:
      guard isOn != isAlternateScreen else { return }
      isAlternateScreen = isOn
      if isOn {
        savedGrid = grid
        savedCursor = cursor
        grid = Self.blankGrid(size, Style())
      } else {
        grid = savedGrid ?? grid
        cursor = savedCursor
        savedGrid = nil
      }
    default: break
    }
  }

  private mutating func move(_ final: Character, _ numbers: [Int]) -> Bool {
    let count = max(1, numbers.first ?? 1)
    switch final {
    case "H", "f":
      let column = max(1, numbers.count > 1 ? numbers[1] : 1)
      cursor = Point(x: min(size.width, column) - 1, y: min(size.height, count) - 1)
    case "A": cursor.y = max(cursor.y >= top ? top : 0, cursor.y - count)
    case "B", "e":
      cursor.y = min(cursor.y <= bottom ? bottom : size.height - 1, cursor.y + count)
    case "C", "a": cursor.x = min(size.width - 1, cursor.x + count)
    case "D": cursor.x = max(0, cursor.x - count)
    case "E": cursor = Point(x: 0, y: min(size.height - 1, cursor.y + count))
    case "F": cursor = Point(x: 0, y: max(0, cursor.y - count))
    case "G", "`": cursor.x = min(size.width, count) - 1
    case "d": cursor.y = min(size.height, count) - 1
    case "s": savedCursor = cursor
    case "u": cursor = savedCursor
    case "r":
      top = count - 1
      bottom = (numbers.count > 1 && numbers[1] > 0 ? numbers[1] : size.height) - 1
      cursor = .zero
    case "h", "l": break
    default: return false
    }
    return true
  }

  private mutating func edit(_ final: Character, _ numbers: [Int]) -> Bool {
    let count = max(1, numbers.first ?? 1)
    let blank = EmulatedCell(text: " ", style: Style(background: style.background))
    let left = min(count, size.width - cursor.x)
    switch final {
    case "J":
      let below = cursor.y + 1..<size.height
      switch numbers.first ?? 0 {
      case 0:
        eraseLine(cursor.x..<size.width)
        for row in below { grid[row] = Array(repeating: blank, count: size.width) }
      case 1:
        eraseLine(0..<cursor.x + 1)
        for row in 0..<cursor.y { grid[row] = Array(repeating: blank, count: size.width) }
      default: grid = Self.blankGrid(size, style)
      }
    case "K":
      switch numbers.first ?? 0 {
      case 0: eraseLine(cursor.x..<size.width)
      case 1: eraseLine(0..<cursor.x + 1)
      default: eraseLine(0..<size.width)
      }
    case "X": eraseLine(cursor.x..<cursor.x + left)
    case "L": if (top...bottom).contains(cursor.y) { scroll(from: cursor.y, by: -count) }
    case "M": if (top...bottom).contains(cursor.y) { scroll(from: cursor.y, by: count) }
    case "S": scroll(from: top, by: count)
    case "T": scroll(from: top, by: -count)
    case "P":
      grid[cursor.y].removeSubrange(cursor.x..<cursor.x + left)
      grid[cursor.y] += Array(repeating: blank, count: left)
    case "@":
      grid[cursor.y].insert(contentsOf: Array(repeating: blank, count: left), at: cursor.x)
      grid[cursor.y].removeLast(left)
    case "b": repeatLast(count)
    default: return false
    }
    return true
  }

  private mutating func eraseLine(_ columns: Range<Int>) {
    for column in columns {
      grid[cursor.y][column] = EmulatedCell(
        text: " ", style: Style(background: style.background))
    }
  }

  /// Select graphic rendition: attributes and colours.
  private mutating func select(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = Style()
      case 1: style.attributes.insert(.bold)
      case 2: style.attributes.insert(.dim)
      case 4: style.attributes.insert(.underline)
      case 7: style.attributes.insert(.reverse)
      case 22: style.attributes.subtract([.bold, .dim])
      case 24: style.attributes.remove(.underline)
      case 27: style.attributes.remove(.reverse)
      case 30...37: style.foreground = .palette(UInt8(code - 30))
      case 39: style.foreground = .standard
      case 40...47: style.background = .palette(UInt8(code - 40))
      case 49: style.background = .standard
      case 90...97: style.foreground = .palette(UInt8(code - 82))
      case 100...107: style.background = .palette(UInt8(code - 92))
      case 38, 48:
        guard rest.popFirst() == 5, let index = rest.popFirst() else { return }
        let color = Color.palette(UInt8(clamping: index))
        if code == 38 { style.foreground = color } else { style.background = color }
      default: unknownSequences.append("[\(code)m")
      }
    }
  }
}
