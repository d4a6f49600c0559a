/// The number of terminal cells a scalar takes, from one fixed table.
///
/// Terminals, ncurses and Swift count differently; what this table says is what gets drawn, because
/// everything it does not know is replaced before it reaches the screen.
public enum DisplayWidth {
  /// What may become of a scalar on the screen.
  public enum ScalarClass: UInt32, Sendable {
    /// A mark drawn over the cell before it.
    case mark = 0
    /// One cell.
    case narrow = 1
    /// Two cells.
    case wide = 2
    /// Unassigned, private or disputed: shown as U+FFFD.
    case unknown = 3
    /// A control, a bidi or format character, a tag, a variation selector: never drawn.
    case invisible = 4
  }

  /// The class of one scalar; about ten nanoseconds outside Latin text.
  public static func scalarClass(of scalar: Unicode.Scalar) -> ScalarClass {
    let value = scalar.value
    if value < 0x300 {
      if value >= 0x20 && value < 0x7F || value >= 0xA0 && value != 0xAD { return .narrow }
      return .invisible
    }
    var low = 0
    var high = boundaries.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if boundaries[middle] >> 3 <= value { low = middle } else { high = middle }
    }
    return ScalarClass(rawValue: boundaries[low] & 7) ?? .unknown
  }

  /// The cells one scalar takes when drawn as it is: 0, 1 or 2; unknown ones count as U+FFFD.
  public static func cells(of scalar: Unicode.Scalar) -> Int {
    switch scalarClass(of: scalar) {
    case .mark, .invisible: 0
    case .narrow, .unknown: 1
    case .wide: 2
    }
  }

  /// The cells a text takes on one line after cleaning.
  public static func cells(of text: some StringProtocol) -> Int {
    if isPlainASCII(text) { return text.utf8.count }
    var sum = 0
    for drawn in DisplayScalars(text, breaks: .blank) { sum += drawn.width }
    return sum
  }

  /// True when the text is nothing but printable ASCII, which needs no cleaning.
  static func isPlainASCII(_ text: some StringProtocol) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    } ?? text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}
