/// One key as the terminal reports it, free of the bytes it came in.
public enum Key: Hashable, Sendable {
  /// A printable character, the blank included.
  case character(Character)
  /// A letter or sign with Ctrl, as a small letter: `.control("d")` is Ctrl-d.
  case control(Character)
  /// A character with Alt.
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, pageUp, pageDown, home, end
  /// Ctrl or Alt with an arrow, which moves by words.
  case wordLeft, wordRight
  case shiftUp, shiftDown
  /// F1 and so on.
  case function(Int)
  /// Pasted text as it came, breaks included; never to be taken as keys.
  case paste(String)
}

extension Key {
  /// The names used in key tables, beside single characters, `Ctrl-x`, `Alt-x` and `F1`.
  private static let names: [(key: Key, name: String)] = [
    (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"),
    (.backspace, "Backspace"), (.delete, "Del"), (.insert, "Ins"), (.up, "Up"), (.down, "Down"),
    (.left, "Left"), (.right, "Right"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
    (.home, "Home"), (.end, "End"), (.wordLeft, "Ctrl-Left"), (.wordRight, "Ctrl-Right"),
    (.shiftUp, "Shift-Up"), (.shiftDown, "Shift-Down"), (.character(" "), "Space"),
    (.control(" "), "Ctrl-Space"),
  ]

  /// A key from its notation, such as `j`, `Ctrl-d`, `PgDn` or `Space`; nil for any other word.
  public init?(notation: String) {
    if let named = Self.names.first(where: { $0.name == notation }) {
      self = named.key
    } else if notation.count == 1, let character = notation.first, character != " " {
      self = .character(character)
    } else if notation.count == 6, notation.hasPrefix("Ctrl-"), let letter = notation.last {
      self = .control(Character(letter.lowercased()))
    } else if notation.count == 5, notation.hasPrefix("Alt-"), let letter = notation.last {
      self = .alt(letter)
    } else if notation.hasPrefix("F"), let number = Int(notation.dropFirst()),
      (1...24).contains(number)
    {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The key in the notation of key tables; pasted text is `Paste`.
  public var notation: String {
    if let named = Self.names.first(where: { $0.key == self }) { return named.name }
    switch self {
    case .character(let character): return String(character)
    case .control(let letter): return "Ctrl-\(letter)"
    case .alt(let letter): return "Alt-\(letter)"
    case .function(let number): return "F\(number)"
    case .paste: return "Paste"
    default: return ""
    }
  }
}

/// Keys pressed one after the other, such as `g o`.
public struct KeySequence: Hashable, Sendable, CustomStringConvertible {
  public var keys: [Key]

  public init(_ keys: [Key]) { self.keys = keys }

  /// Keys separated by blanks; nil when one of them is unknown or there is none.
  public init?(notation: String) {
    var keys: [Key] = []
    for word in notation.split(separator: " ") {
      guard let key = Key(notation: String(word)) else { return nil }
      keys.append(key)
    }
    guard !keys.isEmpty else { return nil }
    self.keys = keys
  }

  /// The sequence in the notation of key tables.
  public var notation: String { keys.map(\.notation).joined(separator: " ") }

  public var description: String { notation }

  /// True when the other sequence begins with this one and goes on.
  public func isPrefix(of other: KeySequence) -> Bool {
    keys.count < other.keys.count && other.keys.starts(with: keys)
  }
}
