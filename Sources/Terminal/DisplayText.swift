/// Makes hostile text harmless and fits it into columns.
///
/// What comes out holds no control, no escape sequence, no bidi control, nothing of unknown width
/// and at most three marks on a letter; its width is the sum of `DisplayWidth.cells`.
public enum DisplayText {
  /// The text on one line: breaks and tabs become blanks.
  public static func clean(_ text: some StringProtocol) -> String {
    if DisplayWidth.isPlainASCII(text) { return String(text) }
    var result = String.UnicodeScalarView()
    for drawn in DisplayScalars(text, breaks: .blank) { result.append(drawn.scalar) }
    return String(result)
  }

  /// The text with its line breaks, each as one "\n".
  public static func cleanLines(_ text: some StringProtocol) -> String {
    if DisplayWidth.isPlainASCII(text) { return String(text) }
    var result = String.UnicodeScalarView()
    for drawn in DisplayScalars(text, breaks: .keep) { result.append(drawn.scalar) }
    return String(result)
  }

  /// The text cut to at most so many cells; what was cut is shown by `ellipsis` when given.
  public static func truncate(
    _ text: some StringProtocol, to width: Int, ellipsis: String = ""
  ) -> String {
    guard width > 0 else { return "" }
    if DisplayWidth.isPlainASCII(text), text.utf8.count <= width { return String(text) }
    var kept = String.UnicodeScalarView()
    var used = 0
    let room = max(0, width - DisplayWidth.cells(of: ellipsis))
    var fitting = kept
    var isCut = false
    for drawn in DisplayScalars(text, breaks: .blank) {
      if used + drawn.width > width {
        isCut = true
        break
      }
      kept.append(drawn.scalar)
      used += drawn.width
      if used <= room { fitting = kept }
    }
    guard isCut else { return String(kept) }
    if ellipsis.isEmpty { return String(kept) }
    return String(fitting) + truncate(ellipsis, to: width)
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
