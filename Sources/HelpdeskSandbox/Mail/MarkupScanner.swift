/// Cuts HTML into tags, comments and text. It keeps no tree: what it is used for does not need one.
struct MarkupScanner {
  struct Tag {
    /// In lower case.
    var name: String
    var isClosing: Bool
    /// The whole tag with its angle brackets.
    var source: ArraySlice<UInt8>
  }

  enum Piece {
    case text(ArraySlice<UInt8>)
    case comment
    case tag(Tag)
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ html: String) { bytes = Array(html.utf8) }

  mutating func next() -> Piece? {
    guard index < bytes.count else { return nil }
    if bytes[index] == UInt8(ascii: "<"), let piece = markup() { return piece }
    let start = index
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
    return .text(bytes[start..<index])
  }

  /// A tag or comment at the index; nil where the bracket is only a character.
  private mutating func markup() -> Piece? {
    let rest = bytes[index...]
    if rest.starts(with: "<!--".utf8) {
      var end = index + 4
      while end < bytes.count, !bytes[end...].starts(with: "-->".utf8) { end += 1 }
      index = min(end + 3, bytes.count)
      return .comment
    }
    var cursor = index + 1
    let isClosing = cursor < bytes.count && bytes[cursor] == UInt8(ascii: "/")
    if isClosing { cursor += 1 }
    let nameStart = cursor
    while cursor < bytes.count, Self.isNameByte(bytes[cursor]) { cursor += 1 }
    guard cursor > nameStart, !(0x30...0x39).contains(bytes[nameStart]) else { return nil }
    let name = String(decoding: bytes[nameStart..<cursor], as: UTF8.self).lowercased()
    var quote: UInt8?
    while cursor < bytes.count {
      let byte = bytes[cursor]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      cursor += 1
    }
    let end = min(cursor + 1, bytes.count)
    defer { index = end }
    return .tag(Tag(name: name, isClosing: isClosing, source: bytes[index..<end]))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether a tag has neither event handlers nor addresses that run something.
  var isHarmless: Bool {
    guard contains(UInt8(ascii: "=")) else { return true }
    let text = String(decoding: self, as: UTF8.self).lowercased()
    return !text.contains(" on") && !text.contains("javascript:") && !text.contains("data:")
  }
}

extension MarkupScanner.Tag {
  /// The tag without any attribute; an inlined picture vanishes altogether.
  var stripped: [UInt8] {
    name == "img" ? [] : Array((isClosing ? "</\(name)>" : "<\(name)>").utf8)
  }
}
