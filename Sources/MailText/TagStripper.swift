/// Text without any form: for comparisons, and for markup that is too hostile to be parsed.
enum TagStripper {
  /// Elements whose border separates words.
  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
  ]
  private static let dropped: Set<String> = ["head", "script", "style", "template", "title"]

  /// All text of the tree, a blank at each border of a block.
  static func text(of tree: MarkupTree) -> String {
    var text = ""
    tree.walk { step in
      switch step {
      case .enter(let node):
        if let words = node.text {
          text += words
          return false
        }
        if dropped.contains(node.name) { return false }
        if blocks.contains(node.name) { text += " " }
      case .leave(let node):
        if blocks.contains(node.name) { text += " " }
      }
      return true
    }
    return text
  }

  /// The first words below a node, without tags; at least `length` bytes where there are as many.
  static func beginning(of node: MarkupTree.Node, upTo length: Int) -> String {
    var text = ""
    var steps = 0
    MarkupTree.walk(from: node) { step in
      steps += 1
      guard text.utf8.count < length, steps < 100 else { return false }
      if case .enter(let node) = step, let words = node.text { text += words }
      return true
    }
    return text
  }

  /// What stands between tags, entities undecoded, up to the limit of readable text.
  static func text(of markup: [UInt8]) -> String {
    var text: [UInt8] = []
    var isInTag = false
    for byte in markup where text.count < MailTextLimits.textBytes {
      switch byte {
      case UInt8(ascii: "<"):
        isInTag = true
        text.append(UInt8(ascii: " "))
      case UInt8(ascii: ">") where isInTag: isInTag = false
      case 0..<0x20 where byte != 0x0A: continue
      default: if !isInTag { text.append(byte) }
      }
    }
    var flow = TextFlow(limit: MailTextLimits.textBytes)
    flow.write(String(decoding: text, as: UTF8.self), keepingLines: true)
    return flow.finish().text
  }

  /// White space collapsed to single blanks and trimmed; invisible characters left out.
  static func collapsed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var needsBlank = false
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return collapsedASCII(text) }
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value == 0xA0 {
        needsBlank = !result.isEmpty
      } else if !TextFlow.isInvisible(scalar), scalar.value != 0x200C, scalar.value != 0x200D {
        if needsBlank { result.append(" ") }
        needsBlank = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func collapsedASCII(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var needsBlank = false
    for byte in text.utf8 {
      switch byte {
      case 0x20, 0x09...0x0D: needsBlank = !result.isEmpty
      case 0..<0x20, 0x7F: continue
      default:
        if needsBlank { result.append(0x20) }
        needsBlank = false
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
