/// One CSI sequence that a terminal has sent.
struct ControlSequence {
  private let marker: UInt8?
  private let intermediate: UInt8?
  private let parameters: [Int]
  private let final: UInt8

  /// The bytes between `CSI` and the final letter, and that letter.
  init(body: ArraySlice<UInt8>, final: UInt8) {
    self.final = final
    var rest = body
    if let first = rest.first, (0x3C...0x3F).contains(first) {
      marker = first
      rest = rest.dropFirst()
    } else {
      marker = nil
    }
    if let last = rest.last, last < 0x30 {
      intermediate = last
      rest = rest.dropLast()
    } else {
      intermediate = nil
    }
    parameters = rest.split(separator: 0x3B, omittingEmptySubsequences: false).prefix(16).map {
      part in
      part.prefix { $0 != 0x3A }.prefix(9).reduce(0) { sum, digit in
        (0x30...0x39).contains(digit) ? sum * 10 + Int(digit - 0x30) : sum
      }
    }
  }

  /// True for the sequence before pasted text.
  var beginsPaste: Bool {
    final == 0x7E && marker == nil && intermediate == nil && parameters.first == 200
  }

  /// What the sequence means; nil for answers nobody reads and for unknown ones.
  var report: KeyDecoder.Report? {
    if marker == 0x3F, intermediate == 0x24, final == 0x79, parameters.count == 2 {
      return .mode(parameters[0], isSupported: parameters[1] == 1 || parameters[1] == 2)
    }
    if marker == 0x3F, intermediate == nil, final == 0x63 { return .answer(.attributes) }
    if marker == nil, intermediate == nil, final == 0x6E, parameters == [0] || parameters == [3] {
      return .answer(.status)
    }
    if marker == 0x3C, final == 0x4D { return mouse.map { .mouse($0) } }
    guard marker == nil, intermediate == nil else { return nil }
    if parameters == [] || parameters == [0] {
      if final == 0x49 { return .focus(true) }
      if final == 0x4F { return .focus(false) }
    }
    return key.map { .key($0) }
  }

  /// A button that went down, in the form `CSI < button ; column ; row M`; other buttons, drags and
  /// modifiers mean nothing.
  private var mouse: MouseEvent? {
    guard intermediate == nil, parameters.count == 3, parameters[1] > 0, parameters[2] > 0 else {
      return nil
    }
    let place = Point(x: parameters[1] - 1, y: parameters[2] - 1)
    switch parameters[0] {
    case 0: return MouseEvent(.press, at: place)
    case 64: return MouseEvent(.wheelUp, at: place)
    case 65: return MouseEvent(.wheelDown, at: place)
    default: return nil
    }
  }

  /// Shift 1, Alt 2, Ctrl 4, as the second parameter less one.
  private var modifiers: Int { parameters.count > 1 ? max(0, parameters[1] - 1) : 0 }
  private var hasShift: Bool { modifiers & 1 != 0 }
  private var hasAlt: Bool { modifiers & 2 != 0 }
  private var hasControl: Bool { modifiers & 4 != 0 }

  private var key: Key? {
    switch final {
    case 0x41: hasShift ? .shiftUp : .up
    case 0x42: hasShift ? .shiftDown : .down
    case 0x43: hasAlt || hasControl ? .wordRight : .right
    case 0x44: hasAlt || hasControl ? .wordLeft : .left
    case 0x48: .home
    case 0x46: .end
    case 0x5A: .backTab
    // `R` with parameters is also the answer to a question for the cursor's place.
    case 0x50, 0x51, 0x53: .function(Int(final) - 0x4F)
    case 0x7E: editingKey
    case 0x75: parameters.first.flatMap { Self.key(code: $0, modifiers: modifiers) }
    default: nil
    }
  }

  /// The keys of `CSI number ~`.
  private var editingKey: Key? {
    switch parameters.first {
    case 1, 7: .home
    case 2: .insert
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    case .some(let number) where (11...15).contains(number): .function(number - 10)
    case .some(let number) where (17...21).contains(number): .function(number - 11)
    case 23, 24: parameters.first.map { .function($0 - 12) }
    case 27 where parameters.count == 3: Self.key(code: parameters[2], modifiers: modifiers)
    default: nil
    }
  }

  /// A key given as a code of Unicode with modifiers, as some terminals send the ones that have no
  /// byte of their own.
  private static func key(code: Int, modifiers: Int) -> Key? {
    switch code {
    case 9: return modifiers & 1 != 0 ? .backTab : .tab
    case 13: return .enter
    case 27: return .escape
    case 8, 127: return .backspace
    default: break
    }
    guard code >= 0x20, code < 0x110000, let scalar = Unicode.Scalar(UInt32(code)),
      DisplayWidth.scalarClass(of: scalar) != .invisible
    else { return nil }
    let character = Character(scalar)
    if modifiers & 4 != 0 { return .control(Character(character.lowercased())) }
    if modifiers & 2 != 0 { return .alt(character) }
    return .character(character)
  }

  /// The colour of a terminal's answer: `11;rgb:rrrr/gggg/bbbb`, `11;rgba:` with a fourth part, or
  /// `11;#rrggbb`.
  static func background(_ body: ArraySlice<UInt8>) -> RGB? {
    let prefix = Array("11;".utf8)
    guard body.starts(with: prefix) else { return nil }
    let spelling = body.dropFirst(prefix.count)
    let parts: [ArraySlice<UInt8>]
    if spelling.first == 0x23 {
      let digits = spelling.dropFirst()
      guard digits.count % 3 == 0, !digits.isEmpty else { return nil }
      let length = digits.count / 3
      parts = (0..<3).map { digits.dropFirst($0 * length).prefix(length) }
    } else if let name = ["rgb:", "rgba:"].first(where: { spelling.starts(with: $0.utf8) }) {
      let all = spelling.dropFirst(name.utf8.count).split(separator: 0x2F)
      guard all.count == name.utf8.count - 1 else { return nil }
      parts = Array(all.prefix(3))
    } else {
      return nil
    }
    let values = parts.compactMap { part -> UInt8? in
      guard (1...4).contains(part.count), !part.contains(0x2B), !part.contains(0x2D),
        let value = Int(String(decoding: part, as: UTF8.self), radix: 16)
      else { return nil }
      return UInt8(value * 255 / ((1 << (4 * part.count)) - 1))
    }
    guard values.count == 3 else { return nil }
    return RGB(values[0], values[1], values[2])
  }
}
