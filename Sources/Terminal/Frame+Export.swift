/// Ways to look at a frame without a terminal.
extension Frame {
  /// The rows as text, each of the full width, blanks at the end included.
  public var rows: [String] {
    (0..<size.height).map { row in
      var text = ""
      for column in 0..<size.width { text += cells[row * size.width + column].text }
      return text
    }
  }

  /// The rows with a line break after each.
  public var text: String { rows.map { $0 + "\n" }.joined() }

  /// The roles of the cells: a row of letters for each row of the frame, and a key to the letters
  /// that occur; `.` is `normal`.
  public var roleDump: String {
    var letters: [Role: Character] = [.normal: "."]
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    for (index, role) in Role.allCases.filter({ $0 != .normal }).enumerated() {
      letters[role] = index < alphabet.count ? alphabet[index] : "?"
    }
    var used: Set<Role> = []
    var dump = ""
    for row in 0..<size.height {
      for column in 0..<size.width {
        let role = cells[row * size.width + column].role
        used.insert(role)
        dump.append(letters[role] ?? "?")
      }
      dump += "\n"
    }
    for role in Role.allCases where used.contains(role) {
      dump += "\(letters[role] ?? "?") \(role)\n"
    }
    return dump
  }

  /// The frame for a terminal: text with SGR sequences, a reset and a line break after each row.
  public func ansi(theme: Theme, depth: ColorDepth) -> String {
    var text = ""
    for row in 0..<size.height {
      var current: Role?
      for column in 0..<size.width {
        let cell = cells[row * size.width + column]
        if cell.isContinuation { continue }
        if cell.role != current {
          text += Self.escape(theme.style(for: cell.role, depth: depth))
          current = cell.role
        }
        text += cell.text
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  /// The frame as a picture, in the colours of a theme on its own background.
  public func svg(theme: Theme) -> String {
    let cellWidth = 8
    let cellHeight = 17
    let canvas = theme.canvas
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(size.width * cellWidth)" \
      height="\(size.height * cellHeight)" font-family="monospace" font-size="13">
      <rect width="100%" height="100%" fill="\(canvas.background.hex)"/>
      """
    ]
    for row in 0..<size.height {
      var column = 0
      while column < size.width {
        let role = cells[row * size.width + column].role
        var end = column
        var text = ""
        while end < size.width, cells[row * size.width + end].role == role {
          text += cells[row * size.width + end].text
          end += 1
        }
        parts.append(
          Self.svgRun(
            text, style: theme.style(for: role, depth: .many), canvas: canvas,
            area: Rect(
              x: column * cellWidth, y: row * cellHeight, width: (end - column) * cellWidth,
              height: cellHeight)))
        column = end
      }
    }
    parts.append("</svg>\n")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func svgRun(
    _ text: String, style: Style, canvas: (foreground: RGB, background: RGB), area: Rect
  ) -> String {
    var foreground = style.foreground.rgb ?? canvas.foreground
    var background = style.background.rgb ?? canvas.background
    if style.attributes.contains(.reverse) { swap(&foreground, &background) }
    if style.attributes.contains(.dim) { foreground = foreground.mixed(with: background) }
    var lines: [String] = []
    if background != canvas.background {
      lines.append(
        """
        <rect x="\(area.x)" y="\(area.y)" width="\(area.width)" height="\(area.height)" \
        fill="\(background.hex)"/>
        """)
    }
    if text.contains(where: { $0 != " " }) {
      let weight = style.attributes.contains(.bold) ? " font-weight=\"bold\"" : ""
      let line = style.attributes.contains(.underline) ? " text-decoration=\"underline\"" : ""
      lines.append(
        """
        <text x="\(area.x)" y="\(area.y + 13)" textLength="\(area.width)" \
        lengthAdjust="spacingAndGlyphs" xml:space="preserve" \
        fill="\(foreground.hex)"\(weight)\(line)>\(escaped(text))</text>
        """)
    }
    return lines.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }

  private static func escape(_ style: Style) -> String {
    var codes = ["0"]
    if style.attributes.contains(.bold) { codes.append("1") }
    if style.attributes.contains(.dim) { codes.append("2") }
    if style.attributes.contains(.underline) { codes.append("4") }
    if style.attributes.contains(.reverse) { codes.append("7") }
    if case .palette(let index) = style.foreground { codes.append("38;5;\(index)") }
    if case .palette(let index) = style.background { codes.append("48;5;\(index)") }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }
}
