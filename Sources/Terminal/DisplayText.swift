/// Makes hostile text harmless and fits it into columns.
///
/// What comes out holds no control, no escape sequence, no bidi control, nothing of unknown width
/// and at most three marks on a letter; its width is the sum of `DisplayWidth.cells`.
public enum DisplayText {
  /// The text on one line: breaks and tabs become blanks.
  public static func clean(_ text: some StringProtocol) -> String {
    if DisplayWidth.isPlainASCII(text) { return String(text) }
    var result = DrawnText()
    result.reserve(text.utf8.count)
    for drawn in DisplayScalars(text, breaks: .blank) { result.append(drawn.scalar) }
    return result.string
  }

  /// The text with its line breaks, each as one "\n".
  public static func cleanLines(_ text: some StringProtocol) -> String {
    if DisplayWidth.isPlainASCII(text) { return String(text) }
    var result = DrawnText()
    result.reserve(text.utf8.count)
    for drawn in DisplayScalars(text, breaks: .keep) { result.append(drawn.scalar) }
    return result.string
  }

  /// The first of some texts that has room, which lose words from one to the next; the last one is
  /// cut with "..".
  public static func first(of texts: [String], in width: Int) -> String {
    texts.first { DisplayWidth.cells(of: $0) <= width }
      ?? truncate(texts.last ?? "", to: width, ellipsis: "..")
  }

  /// The text cut to at most so many cells; what was cut is shown by `ellipsis` when given.
  public static func truncate(
    _ text: some StringProtocol, to width: Int, ellipsis: String = ""
  ) -> String {
    guard width > 0 else { return "" }
    if text.utf8.count <= width, DisplayWidth.isPlainASCII(text) { return String(text) }
    var kept = DrawnText()
    var used = 0
    let room = max(0, width - DisplayWidth.cells(of: ellipsis))
    var fitting = 0
    for drawn in DisplayScalars(text, breaks: .blank) {
      if used + drawn.width > width {
        if ellipsis.isEmpty { return kept.string }
        kept.cut(to: fitting)
        return kept.string + truncate(ellipsis, to: width)
      }
      kept.append(drawn.scalar)
      used += drawn.width
      if used <= room { fitting = kept.length }
    }
    return kept.string
  }

  /// Where text stands in a column that is wider.
  public enum Alignment: Sendable {
    case left, right, center
  }

  /// The text cut or filled up with blanks to exactly so many cells.
  public static func pad(
    _ text: some StringProtocol, to width: Int, alignment: Alignment = .left, ellipsis: String = ""
  ) -> String {
    let fitted = truncate(text, to: width, ellipsis: ellipsis)
    let missing = max(0, width - DisplayWidth.cells(of: fitted))
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    return String(repeating: " ", count: before) + fitted
      + String(repeating: " ", count: missing - before)
  }

  /// The text in lines of at most `width` cells, at most `limit` lines.
  ///
  /// Lines break at blanks and between wide characters; a longer word is cut. Blanks at the
  /// beginning of a paragraph stay, those at a break go.
  public static func wrap(
    _ text: some StringProtocol, to width: Int, limit: Int = .max
  ) -> [String] {
    Array(WrappedLines(text, width: width).prefix(limit))
  }
}
