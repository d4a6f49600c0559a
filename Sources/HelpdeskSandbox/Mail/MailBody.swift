/// What the helpdesk makes of the HTML that it is given, and the plain text that it derives.
enum MailBody {
  /// Drops what a mail may not carry (scripts, styles, comments, event handlers, inlined
  /// pictures) and wraps the rest as the vendor does.
  static func rewritten(_ html: String) -> String {
    let clean = sanitised(html)
    return """
      <div style="font-family:-apple-system, BlinkMacSystemFont, Segoe UI, Roboto, \
      Helvetica Neue, Arial, sans-serif; font-size:14px"><div dir="ltr">\(clean)</div></div>
      """
  }

  /// The text of `body_text`: tags and line ends become blanks, which are not collapsed.
  static func text(_ html: String) -> String { text(html, lineBreaks: false) }

  /// The text of `description_text`, where breaks and the ends of blocks become line ends.
  static func descriptionText(_ html: String) -> String { text(html, lineBreaks: true) }

  /// Plain text as HTML: escaped, line ends as breaks.
  static func html(_ text: String) -> String {
    var html = "<div>"
    for scalar in text.unicodeScalars where scalar != "\r" {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "\n": html += "<br>"
      default: html.unicodeScalars.append(scalar)
      }
    }
    return html + "</div>"
  }

  static func sanitised(_ html: String) -> String {
    var kept: [UInt8] = []
    var scanner = MarkupScanner(html)
    var skipped: String?
    while let piece = scanner.next() {
      switch piece {
      case .text(let bytes):
        if skipped == nil { kept += bytes }
      case .comment:
        break
      case .tag(let tag):
        if let open = skipped {
          if tag.isClosing && tag.name == open { skipped = nil }
        } else if ["script", "style", "iframe", "object", "form"].contains(tag.name) {
          if !tag.isClosing { skipped = tag.name }
        } else {
          kept += tag.source.isHarmless ? Array(tag.source) : tag.stripped
        }
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  private static func text(_ html: String, lineBreaks: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(html.utf8.count)
    var scanner = MarkupScanner(html)
    while let piece = scanner.next() {
      switch piece {
      case .text(let bytes):
        for byte in bytes { text.append(byte < 0x20 ? 0x20 : byte) }
      case .comment:
        break
      case .tag(let tag):
        let breaks = ["br", "p", "div", "li", "blockquote", "tr"].contains(tag.name)
        let ends = tag.isClosing || tag.name == "br"
        if lineBreaks && breaks && ends {
          text.append(0x0A)
        } else if !lineBreaks || text.last != 0x0A {
          text.append(0x20)
        }
      }
    }
    let blank = { (byte: UInt8) in byte == 0x20 || byte == 0x0A }
    let start = text.firstIndex { !blank($0) } ?? text.endIndex
    let end = text.lastIndex { !blank($0) }.map { $0 + 1 } ?? start
    return Entities.decoded(text[start..<end])
  }
}

/// The few named entities of mail, and the numbered ones.
enum Entities {
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "&"),
        let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let text = character(String(decoding: bytes[index + 1..<end], as: UTF8.self))
      else {
        result.append(bytes[index])
        index += 1
        continue
      }
      result += text.utf8
      index = end + 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos", "#39": return "'"
    case "nbsp": return "\u{A0}"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let number =
        digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
  }
}
