/// Writes a person's words as HTML that a helpdesk keeps as they are.
enum HTMLWriter {
  static func html(of text: String) -> String {
    let lines = lines(of: text)
    var html = ""
    var paragraph: [String] = []
    var blanks = 0
    for line in lines + [""] {
      if line.isEmpty {
        if !paragraph.isEmpty {
          html += "<p>" + paragraph.joined(separator: "<br>") + "</p>"
          paragraph = []
          blanks = 0
        }
        blanks += 1
      } else {
        // The blank line between paragraphs is theirs; further ones are written out.
        if paragraph.isEmpty, blanks > 1, !html.isEmpty {
          paragraph = Array(repeating: "", count: min(blanks, 20) - 1)
        }
        paragraph.append(escaped(line))
      }
    }
    return html
  }

  /// Lines with any kind of line end, without blanks at the end of each.
  private static func lines(of text: String) -> [String] {
    var lines: [String] = []
    var line = String.UnicodeScalarView()
    var lastWasReturn = false
    func end() {
      while line.last == " " || line.last == "\t" || line.last == "\u{A0}" { line.removeLast() }
      lines.append(String(line))
      line.removeAll()
    }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A:
        if !lastWasReturn { end() }
      case 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029: end()
      default: line.append(scalar)
      }
      lastWasReturn = scalar.value == 0x0D
    }
    end()
    return lines
  }

  private static func escaped(_ line: String) -> String {
    var html = String.UnicodeScalarView()
    func write(_ text: String) { html.append(contentsOf: text.unicodeScalars) }
    var lastWasBlank = true
    for scalar in line.unicodeScalars {
      var isBlank = false
      switch scalar {
      case "&": write("&amp;")
      case "<": write("&lt;")
      case ">": write("&gt;")
      case "\"": write("&quot;")
      case "\t":
        write("&nbsp;&nbsp;&nbsp;&nbsp;")
        isBlank = true
      case " ", "\u{A0}":
        write(lastWasBlank || scalar != " " ? "&nbsp;" : " ")
        isBlank = true
      default:
        // Control characters have no place in a mail and none in XML-minded readers.
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { continue }
        html.append(scalar)
      }
      lastWasBlank = isBlank
    }
    return String(html)
  }
}
