/// One tag, split as the parser splits it, with the attributes that are handed on.
struct MarkupTag {
  /// What a tag means for the work of the parser.
  enum Kind {
    /// Elements without content, and those that end when the next one begins.
    case flat
    /// Elements that hold others and end open inline elements.
    case block
    case inline
    /// Elements that the parser opens again in each following paragraph until they are closed.
    case formatting
    /// Elements whose content is no markup and is not shown.
    case raw
    /// Elements whose content is no markup and is shown.
    case shownRaw
    /// All that follows is text.
    case plain
    /// `html` and `body`.
    case document
    /// Elements with rules of their own inside.
    case foreign
    /// Tags that only harm: they would hide the text or add words of the parser.
    case unwanted
  }

  /// In lower case.
  var name: String
  var kind: Kind
  var isSelfClosing = false
  let start: Int
  /// The position after the tag.
  var end: Int
  /// Where the attributes stand that are kept.
  private(set) var attributes: [Range<Int>] = []

  /// Bytes of an attribute that are kept.
  static let longestValue = 4096
  /// Longer tags are always written again.
  static let longestWhole = 256
  /// Attributes of one tag that are kept where all are of use.
  private static let mostAttributes = 24

  /// Nil when the markup ends before the tag does; the parser then shows nothing of it.
  init?(in input: UnsafeBufferPointer<UInt8>, at start: Int, keepsAll: Bool = false) {
    self.start = start
    let isClosing = start + 1 < input.count && input[start + 1] == UInt8(ascii: "/")
    var cursor = start + (isClosing ? 2 : 1)
    let nameStart = cursor
    while cursor < input.count, !Self.endsName(input[cursor]) { cursor += 1 }
    let nameEnd = min(cursor, nameStart + Self.longestName)
    name = Self.lowercased(input[nameStart..<nameEnd])
    kind = Self.kinds[name] ?? .inline
    end = input.count
    var seen: UInt32 = 0
    while true {
      var lastWasSlash = false
      while cursor < input.count, Self.isBlank(input[cursor]) || input[cursor] == Self.slash {
        lastWasSlash = input[cursor] == Self.slash
        cursor += 1
      }
      guard cursor < input.count else { return nil }
      if input[cursor] == UInt8(ascii: ">") {
        isSelfClosing = lastWasSlash
        end = cursor + 1
        return
      }
      guard let attribute = Self.attribute(in: input, from: &cursor) else { return nil }
      if isClosing { continue }
      if keepsAll {
        if attributes.count < Self.mostAttributes { attributes.append(attribute.range) }
      } else if let place = Self.place(of: attribute.name, in: input, for: kind),
        seen & (1 << place) == 0
      {
        seen |= 1 << place
        attributes.append(attribute.range)
      }
    }
  }

  func write(to output: inout [UInt8], from input: UnsafeBufferPointer<UInt8>) {
    output.append(UInt8(ascii: "<"))
    output.append(contentsOf: name.utf8)
    for range in attributes {
      output.append(UInt8(ascii: " "))
      guard range.count > Self.longestValue else {
        output.append(contentsOf: input[range])
        continue
      }
      var cut = range.lowerBound + Self.longestValue
      while input[cut] & 0xC0 == 0x80 { cut -= 1 }
      output.append(contentsOf: input[range.lowerBound..<cut])
      let last = input[range.upperBound - 1]
      if last == UInt8(ascii: "\"") || last == UInt8(ascii: "'") { output.append(last) }
    }
    // The slash of an unquoted value must not become that of the tag.
    if isSelfClosing || output.last == Self.slash { output.append(UInt8(ascii: " ")) }
    if isSelfClosing { output.append(Self.slash) }
    output.append(UInt8(ascii: ">"))
  }

  /// Reads one attribute; nil when the markup ends in it.
  private static func attribute(
    in input: UnsafeBufferPointer<UInt8>, from cursor: inout Int
  ) -> (name: Range<Int>, range: Range<Int>)? {
    let start = cursor
    cursor += 1
    while cursor < input.count, !endsName(input[cursor]), input[cursor] != UInt8(ascii: "=") {
      cursor += 1
    }
    let name = start..<cursor
    while cursor < input.count, isBlank(input[cursor]) { cursor += 1 }
    guard cursor < input.count else { return nil }
    guard input[cursor] == UInt8(ascii: "=") else { return (name, name) }
    cursor += 1
    while cursor < input.count, isBlank(input[cursor]) { cursor += 1 }
    guard cursor < input.count else { return nil }
    let first = input[cursor]
    if first == UInt8(ascii: ">") { return (name, name) }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      cursor += 1
      while cursor < input.count, input[cursor] != first { cursor += 1 }
      guard cursor < input.count else { return nil }
      cursor += 1
    } else {
      while cursor < input.count, !isBlank(input[cursor]), input[cursor] != UInt8(ascii: ">") {
        cursor += 1
      }
      guard cursor < input.count else { return nil }
    }
    return (name, start..<cursor)
  }

  /// The place of an attribute among those that the reader uses.
  private static func place(
    of name: Range<Int>, in input: UnsafeBufferPointer<UInt8>, for kind: Kind
  ) -> Int? {
    guard name.count <= 8 else { return nil }
    return (kind == .formatting ? formattingAttributes : usedAttributes).firstIndex {
      $0.utf8.count == name.count && isSame($0, input[name])
    }
  }

  private static let usedAttributes = [
    "style", "class", "hidden", "href", "alt", "width", "height", "colspan", "rowspan", "type",
    "value", "start", "reversed", "checked", "label", "color", "face", "open",
  ]
  /// What else a formatting element says changes nothing for a reader.
  private static let formattingAttributes = ["style", "hidden", "href", "color", "face"]

  // Bytes

  static let slash = UInt8(ascii: "/")
  private static let longestName = 24

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  /// Whether a tag's or an attribute's name ends before this byte.
  static func endsName(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == slash || byte == UInt8(ascii: ">")
  }

  /// Case-insensitive for ASCII; `name` is in lower case.
  static func isSame(_ name: String, _ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    zip(name.utf8, bytes).allSatisfy { expected, found in
      expected == found || (isLetter(expected) && expected == found | 0x20)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }

  private static func lowercased(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(
      decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static let kinds: [String: Kind] = {
    var kinds: [String: Kind] = [:]
    func add(_ kind: Kind, _ names: [String]) { for name in names { kinds[name] = kind } }
    add(
      .flat,
      [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "image", "input",
        "keygen", "link", "meta", "param", "source", "track", "wbr", "p", "li", "td", "th", "tr",
        "tbody", "thead", "tfoot", "dt", "dd", "option", "head",
      ])
    add(
      .block,
      [
        "address", "applet", "article", "aside", "blockquote", "button", "caption", "center",
        "colgroup", "details", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "listing", "main",
        "marquee", "menu", "nav", "noscript", "object", "ol", "pre", "section", "summary", "table",
        "template", "ul",
      ])
    add(
      .formatting,
      [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
      ])
    add(.raw, ["script", "style", "title", "iframe", "noembed", "noframes"])
    add(.shownRaw, ["textarea", "xmp"])
    add(.plain, ["plaintext"])
    add(.document, ["html", "body"])
    add(.foreign, ["svg", "math", "select"])
    add(.unwanted, ["frameset", "frame", "isindex"])
    return kinds
  }()
}
