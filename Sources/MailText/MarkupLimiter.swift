/// Makes hostile or bloated markup small before it is parsed, in one pass.
///
/// Comments, scripts, styles and huge attribute values (embedded pictures) are left out, and
/// tags below a depth are dropped: the parser looks through all open elements at each tag, so
/// depth times length is the work.
enum MarkupLimiter {
  /// Markup that is safe to parse.
  struct Limited {
    var bytes: [UInt8]
    /// Whether the end was left out.
    var wasCut: Bool
  }

  static func limited(_ html: String, to limit: Int) -> Limited {
    var html = html
    return html.withUTF8 { bytes in
      var scan = MarkupScan(input: bytes, limit: limit)
      return scan.run()
    }
  }
}

/// One pass over markup.
private struct MarkupScan {
  let input: UnsafeBufferPointer<UInt8>
  let limit: Int
  private var position = 0
  private var output: [UInt8] = []
  private var depth = 0
  /// Opening tags dropped whose closing tags have to be dropped too.
  private var dropped = 0

  /// Values of attributes longer than this many bytes are emptied.
  private static let attributeBytes = 4096

  /// Elements without content, and those that close themselves when the next one begins.
  private static let flatElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option",
    "html", "head", "body",
  ]

  init(input: UnsafeBufferPointer<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    output.reserveCapacity(min(input.count, limit))
  }

  mutating func run() -> MarkupLimiter.Limited {
    while position < input.count, output.count < limit {
      guard input[position] == UInt8(ascii: "<") else {
        copyText()
        continue
      }
      switch following {
      case UInt8(ascii: "!"), UInt8(ascii: "?"): skipDeclaration()
      case UInt8(ascii: "/"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        copyTag()
      default:
        output.append(input[position])
        position += 1
      }
    }
    return .init(bytes: output, wasCut: position < input.count)
  }

  private var following: UInt8 { position + 1 < input.count ? input[position + 1] : 0 }

  /// Copies up to the next tag, ending on a character's border when the limit comes first.
  private mutating func copyText() {
    var end = position
    let last = min(input.count, position + limit - output.count)
    while end < last, input[end] != UInt8(ascii: "<") { end += 1 }
    if end == last, end < input.count {
      while end > position, input[end] & 0xC0 == 0x80 { end -= 1 }
      if end == position { end = last }
    }
    output.append(contentsOf: input[position..<end])
    position = end
  }

  private mutating func skipDeclaration() {
    let isComment = matches("<!--", at: position)
    let end = find(isComment ? "-->" : ">", from: position + (isComment ? 4 : 1))
    position = end ?? input.count
  }

  private mutating func copyTag() {
    let start = position
    let isClosing = following == UInt8(ascii: "/")
    var cursor = start + (isClosing ? 2 : 1)
    let nameStart = cursor
    while cursor < input.count, isNameByte(input[cursor]) { cursor += 1 }
    let name = String(decoding: input[nameStart..<min(cursor, nameStart + 24)], as: UTF8.self)
      .lowercased()
    var tag: [UInt8] = Array(input[start..<cursor])
    let isSelfClosing = copyAttributes(from: &cursor, into: &tag)
    position = cursor
    if name == "script" || name == "style" {
      if !isClosing { skipRawText(until: "</\(name)") }
      return
    }
    guard !Self.flatElements.contains(name), !isSelfClosing else {
      output.append(contentsOf: tag)
      return
    }
    if isClosing {
      if dropped > 0 {
        dropped -= 1
        return
      }
      depth = max(0, depth - 1)
    } else if depth >= MailTextLimits.depth {
      dropped += 1
      return
    } else {
      depth += 1
    }
    output.append(contentsOf: tag)
  }

  /// Copies to the end of the tag; true when the tag ends in `/>`.
  private func copyAttributes(from cursor: inout Int, into tag: inout [UInt8]) -> Bool {
    var quote: UInt8 = 0
    var valueStart = 0
    while cursor < input.count {
      let byte = input[cursor]
      tag.append(byte)
      cursor += 1
      if quote != 0 {
        guard byte == quote else { continue }
        quote = 0
        if tag.count - valueStart > Self.attributeBytes {
          tag.removeSubrange(valueStart...)
          tag.append(byte)
        }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        valueStart = tag.count
      } else if byte == UInt8(ascii: ">") {
        return tag.count > 2 && tag[tag.count - 2] == UInt8(ascii: "/")
      }
    }
    return false
  }

  private mutating func skipRawText(until closing: String) {
    while position < input.count {
      guard let next = find("<", from: position) else {
        position = input.count
        return
      }
      if matches(closing, at: next - 1) {
        position = find(">", from: next) ?? input.count
        return
      }
      position = next
    }
  }

  /// The position after the first occurrence.
  private func find(_ text: StaticString, from start: Int) -> Int? {
    var cursor = start
    let length = text.utf8CodeUnitCount
    while cursor + length <= input.count {
      if input[cursor] == text.utf8Start.pointee, matches(text, at: cursor) {
        return cursor + length
      }
      cursor += 1
    }
    return nil
  }

  private func matches(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= input.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { input[start + $0] == text.utf8Start[$0] }
  }

  /// Case-insensitive for ASCII.
  private func matches(_ text: String, at start: Int) -> Bool {
    guard start + text.utf8.count <= input.count else { return false }
    return zip(text.utf8, input[start...]).allSatisfy { expected, found in
      expected == found || (isLetter(expected) && expected == found | 0x20)
    }
  }

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    isLetter(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ":")
  }
}
