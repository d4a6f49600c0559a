/// The declarations of a `style` attribute, read as a browser reads them: what is in doubt counts
/// as not said, so that no text is hidden by mistake.
struct InlineStyle {
  private var values: [String: (value: String, isImportant: Bool)] = [:]

  init(_ style: String?) {
    guard let style else { return }
    for declaration in Self.declarations(of: style) { add(declaration) }
  }

  /// The value that counts, in lower case without blanks at its ends.
  subscript(_ property: String) -> String? { values[property]?.value }

  private mutating func add(_ declaration: Substring) {
    guard let colon = declaration.firstIndex(of: ":") else { return }
    let name = Self.trim(declaration[..<colon]).lowercased()
    var value = Self.trim(declaration[declaration.index(after: colon)...]).lowercased()
    guard !name.isEmpty, !value.isEmpty, !name.contains(where: \.isWhitespace) else { return }
    var isImportant = false
    if let mark = value.lastIndex(of: "!") {
      guard Self.trim(value[value.index(after: mark)...]) == "important" else { return }
      value = String(Self.trim(value[..<mark]))
      isImportant = true
    }
    if values[name]?.isImportant == true, !isImportant { return }
    values[name] = (value, isImportant)
  }

  /// Split at semicolons outside of strings, brackets and comments.
  private static func declarations(of style: String) -> [Substring] {
    let text = style.contains("/*") ? withoutComments(style) : style
    var parts: [Substring] = []
    var start = text.startIndex
    var quote: UInt8 = 0
    var depth = 0
    var index = text.startIndex
    let utf8 = text.utf8
    while index < text.endIndex {
      let byte = utf8[index]
      switch byte {
      case _ where quote != 0: if byte == quote { quote = 0 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: ";") where depth == 0:
        parts.append(text[start..<index])
        start = utf8.index(after: index)
      default: break
      }
      index = utf8.index(after: index)
    }
    parts.append(text[start...])
    return parts
  }

  private static func withoutComments(_ style: String) -> String {
    var result = ""
    var rest = style[...]
    while let open = rest.firstRange(of: "/*") {
      result += rest[..<open.lowerBound] + " "
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "*/") else { return result }
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  private static func trim(_ text: some StringProtocol) -> Substring {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }

  // What it says

  var isDisplayed: Bool? { self["display"].map { $0 != "none" } }

  var isVisible: Bool? {
    switch self["visibility"] {
    case "hidden": false
    case "visible": true
    default: nil
    }
  }

  /// Whether line ends count; nil where the style does not say.
  var keepsLines: Bool? {
    self["white-space"].map { $0.hasPrefix("pre") || $0 == "break-spaces" }
  }

  var isStruckOut: Bool {
    ["text-decoration", "text-decoration-line"].contains { property in
      self[property]?.split(separator: " ").contains("line-through") == true
    }
  }

  /// Whether the margin above (or below) is said to be nothing; nil where it is not said.
  func hasMargin(_ side: Side) -> Bool? {
    if let own = self[side == .top ? "margin-top" : "margin-bottom"] { return !Self.isZero(own) }
    guard let parts = self["margin"]?.split(separator: " "), let first = parts.first else {
      return nil
    }
    let isBottomSaid = side == .bottom && parts.count > 2
    return !Self.isZero(String(isBottomSaid ? parts[2] : first))
  }

  enum Side { case top, bottom }

  /// Less than a point looks like nothing.
  private static func isZero(_ length: String) -> Bool {
    let number = length.prefix { $0.isNumber || $0 == "." || $0 == "-" }
    return (Double(number).map { abs($0) < 0.05 } ?? false) && !length.hasSuffix("auto")
  }
}
