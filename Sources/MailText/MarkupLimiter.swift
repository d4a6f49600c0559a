/// Makes hostile or bloated markup small before it is parsed, in one pass.
///
/// It splits the markup into tags as the parser does and leaves out what no reader sees: comments,
/// scripts, styles, attributes that the reader does not use, embedded pictures. Where the parser
/// would need more than linear time (nested elements, formatting elements that are opened again in
/// each paragraph) tags are left out, never text.
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
  private var nesting = TagNesting()
  /// Whether `svg`, `math` or `select` was seen. Inside them the parser decides otherwise what is
  /// raw text and what a comment, so that from there on all of it is handed on.
  private var leavesRawText = false
  /// `html` and `body` tags whose attributes are kept; the parser merges each with all before.
  private var documentTags = 4
  private var isFull = false

  init(input: UnsafeBufferPointer<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    output.reserveCapacity(min(input.count, limit))
  }

  mutating func run() -> MarkupLimiter.Limited {
    while position < input.count, output.count < limit, !isFull {
      guard input[position] == UInt8(ascii: "<") else {
        copyText()
        continue
      }
      switch following(1) {
      case UInt8(ascii: "!"), UInt8(ascii: "?"): declaration()
      case UInt8(ascii: "/") where isLetter(following(2)): closingTag()
      case UInt8(ascii: "/") where position + 2 < input.count: declaration()
      case let byte where isLetter(byte): openingTag()
      default:
        // Alone it is a word, and must not meet what follows a tag that is left out.
        output += leavesRawText ? [UInt8(ascii: "<")] : Array("&lt;".utf8)
        position += 1
      }
    }
    return .init(bytes: output, wasCut: position < input.count)
  }

  private func following(_ distance: Int) -> UInt8 {
    position + distance < input.count ? input[position + distance] : 0
  }

  /// Copies up to the next tag, ending on a character's border when the limit comes first.
  private mutating func copyText() {
    var end = position
    let last = min(input.count, position + limit - output.count)
    while end < last, input[end] != UInt8(ascii: "<") { end += 1 }
    if end == last, end < input.count {
      while end > position, input[end] & 0xC0 == 0x80 { end -= 1 }
      if end == position { end = last }
    }
    nesting.countWork(into: &output)
    output.append(contentsOf: input[position..<end])
    position = end
  }

  /// Skips a comment, a declaration, or what the parser takes for a comment.
  private mutating func declaration() {
    let end =
      matches("<!--", at: position)
      ? commentEnd(from: position + 4) : after(">", from: position + 1)
    let next = end ?? input.count
    if leavesRawText, next - position <= MarkupTag.longestValue {
      output.append(contentsOf: input[position..<next])
    } else {
      markSeam()
    }
    position = next
  }

  /// The position after a comment whose words begin at `start`.
  private func commentEnd(from start: Int) -> Int? {
    if matches(">", at: start) { return start + 1 }
    if matches("->", at: start) { return start + 2 }
    var cursor = start
    while let next = after("--", from: cursor) {
      if matches(">", at: next) { return next + 1 }
      if matches("!>", at: next) { return next + 2 }
      cursor = next - 1
    }
    return nil
  }

  private mutating func closingTag() {
    guard let tag = MarkupTag(in: input, at: position) else { return unendedTag() }
    position = tag.end
    guard nesting.close(tag.kind, tag.name, mustKeep: leavesRawText, output: &output) else {
      return markSeam()
    }
    if copiesWhole(tag) { return }
    output.append(contentsOf: "</".utf8)
    output.append(contentsOf: tag.name.utf8)
    output.append(UInt8(ascii: ">"))
  }

  private mutating func openingTag() {
    guard let tag = MarkupTag(in: input, at: position, keepsAll: leavesRawText) else {
      return unendedTag()
    }
    position = tag.end
    switch tag.kind {
    case .unwanted where !leavesRawText: return markSeam()
    case .raw where !leavesRawText:
      skipRawText(until: tag.name)
      return markSeam()
    case .document where !leavesRawText:
      documentTags -= 1
      if documentTags < 0 { return markSeam() }
    case .foreign: leavesRawText = true
    case .raw, .shownRaw, .plain, .flat, .formatting, .block, .inline, .document, .unwanted: break
    }
    guard nesting.open(tag, mustKeep: leavesRawText, output: &output) else { return markSeam() }
    if copiesWhole(tag) { return }
    tag.write(to: &output, from: input)
    guard !leavesRawText else { return }
    if tag.kind == .plain { copyRawText(until: nil) }
    if tag.kind == .shownRaw { copyRawText(until: tag.name) }
  }

  /// The parser shows nothing of a tag that the markup ends in, unless it takes it for text.
  private mutating func unendedTag() {
    if leavesRawText, input.count - position <= MarkupTag.longestValue {
      output.append(contentsOf: input[position...])
    }
    position = input.count
  }

  /// Copies a tag as it is, so that it stays the same words where the parser takes it for text.
  private mutating func copiesWhole(_ tag: MarkupTag) -> Bool {
    guard leavesRawText, tag.end - tag.start <= MarkupTag.longestWhole else { return false }
    output.append(contentsOf: input[tag.start..<tag.end])
    return true
  }

  /// Keeps what is before and after a tag that is left out from becoming one entity.
  private mutating func markSeam() {
    for byte in output.suffix(32).reversed() {
      if byte == UInt8(ascii: "&") {
        output += Array("<wbr>".utf8)
        return
      }
      guard isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "#") else {
        return
      }
    }
  }

  /// Copies text in which tags and comments are words, up to its closing tag.
  private mutating func copyRawText(until name: String?) {
    let start = position
    if let name { findClosing(name) } else { position = input.count }
    var end = min(position, start + max(0, limit - output.count))
    if end < position {
      while end > start, input[end] & 0xC0 == 0x80 { end -= 1 }
      position = end
      isFull = true
    }
    output.append(contentsOf: input[start..<end])
  }

  private mutating func skipRawText(until name: String) {
    findClosing(name)
    if position < input.count { position = after(">", from: position) ?? input.count }
  }

  /// Moves to the closing tag of that name, or to the end.
  private mutating func findClosing(_ name: String) {
    while let next = after("</", from: position) {
      let end = next + name.utf8.count
      let isName = end < input.count && MarkupTag.isSame(name, input[next..<end])
      if isName, MarkupTag.endsName(input[end]) {
        position = next - 2
        return
      }
      position = next
    }
    position = input.count
  }

  /// The position after the first occurrence.
  private func after(_ text: StaticString, from start: Int) -> Int? {
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

  private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
