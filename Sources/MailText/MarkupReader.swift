/// Reads a parsed mail into running text: knows what each element means for a reader.
struct MarkupReader {
  private var flow: TextFlow
  private var context: [Context] = []
  private var link: Link?
  /// Counts of the numbered lists that are open; nil for lists with bullets.
  private var lists: [Int?] = []
  private var rows: [Row] = []

  /// What has to be put back when an element ends.
  private struct Context {
    var indent: Int
    var quoteDepth: Int
    var keepsLines: Bool
  }

  /// A link that is being read.
  private struct Link {
    var target: String
    var shown = ""
  }

  /// A table row that is being read.
  private struct Row {
    /// Bytes written before it began.
    var size: Int
    /// The number of the line on which its words began; nil while it has none.
    var firstLine: Int?
  }

  init(textLimit: Int) { flow = TextFlow(limit: textLimit) }

  mutating func read(_ tree: MarkupTree) {
    tree.walk { step in
      guard !flow.isFull else { return false }
      switch step {
      case .enter(let node):
        if let text = node.text {
          words(text)
          return false
        }
        return enter(node)
      case .leave(let node):
        leave(node)
        return true
      }
    }
  }

  /// The text, with a closing line when not all of it is there.
  mutating func finish(inputWasCut: Bool) -> String {
    flow.finish() + (inputWasCut || flow.isFull ? MailTextLimits.cutNotice : "")
  }

  private var keepsLines: Bool { context.last?.keepsLines ?? false }

  private mutating func words(_ text: String) {
    flow.write(text, keepingLines: keepsLines)
    noteRowStart()
    if link != nil { link?.shown += text.prefix(300) }
  }

  /// Marks where the words of the open rows began.
  private mutating func noteRowStart() {
    guard let row = rows.last, row.firstLine == nil, flow.size > row.size else { return }
    for index in rows.indices where rows[index].firstLine == nil {
      rows[index].firstLine = flow.lineCount
    }
  }

  /// False when nothing below the element is for a reader.
  private mutating func enter(_ node: MarkupTree.Node) -> Bool {
    let name = node.name
    if Self.unread.contains(name) || Self.isHidden(node) { return false }
    context.append(
      Context(indent: flow.indent, quoteDepth: flow.quoteDepth, keepsLines: keepsLines))
    switch name {
    case "br": flow.lineBreak()
    case "img": picture(node)
    case "hr":
      flow.request(.line)
      flow.writeInline("--------")
      flow.request(.line)
    case "a":
      if let target = node.attribute("href").flatMap(LinkTarget.shownTarget) {
        link = Link(target: target)
      }
    case "pre", "listing", "xmp":
      flow.request(.blank)
      context[context.count - 1].keepsLines = true
    case "blockquote": quote(node)
    case "ul", "ol", "menu", "dir":
      flow.request(lists.isEmpty ? .blank : .line)
      lists.append(name == "ol" ? (node.attribute("start").flatMap { Int($0) } ?? 1) : Int?.none)
    case "li": item(node)
    case "dd":
      flow.request(.line)
      flow.indent += 4
    case "table": flow.request(rows.isEmpty ? .blank : .line)
    case "tr":
      flow.request(.line)
      rows.append(Row(size: flow.size))
    case "td", "th": cell()
    default: block(name, node)
    }
    return true
  }

  private mutating func leave(_ node: MarkupTree.Node) {
    let name = node.name
    switch name {
    case "a": endLink()
    case "ul", "ol", "menu", "dir":
      lists.removeLast()
      flow.marker = nil
      flow.request(lists.isEmpty ? .blank : .line)
    case "li":
      flow.marker = nil
      flow.request(.line)
    case "td", "th": flow.endCell()
    case "tr":
      if let row = rows.popLast(), row.firstLine == flow.lineCount { flow.closeUp() }
      flow.request(.line)
    case "table": flow.request(rows.isEmpty ? .blank : .line)
    case "pre", "listing", "xmp", "blockquote": flow.request(.blank)
    case "dd": flow.request(.line)
    default:
      if Self.paragraphs.contains(name) {
        flow.request(.blank)
      } else if Self.blocks.contains(name) {
        flow.request(isQuoteContainer(node) ? .blank : .line)
      }
    }
    if let outer = context.popLast() {
      flow.indent = outer.indent
      flow.quoteDepth = outer.quoteDepth
    }
  }

  private mutating func block(_ name: String, _ node: MarkupTree.Node) {
    if Self.paragraphs.contains(name) {
      flow.request(.blank)
    } else if Self.blocks.contains(name) {
      flow.request(.line)
      if isQuoteContainer(node) { quote(node) }
    }
    if let style = Self.style(of: node), style.contains("white-space:pre") {
      context[context.count - 1].keepsLines = true
    }
  }

  private mutating func quote(_ node: MarkupTree.Node) {
    flow.request(.blank)
    let style = Self.style(of: node) ?? ""
    let isIndent =
      node.attribute("class") == nil && node.attribute("type") == nil
      && style.contains("border:none")
    if isIndent { flow.indent += 4 } else { flow.quoteDepth += 1 }
  }

  /// A container that mail programs put around a quote; one with a block quote inside leaves the
  /// marking to that.
  private func isQuoteContainer(_ node: MarkupTree.Node) -> Bool {
    guard let classes = node.attribute("class") else { return false }
    let isQuote = classes.split(separator: " ").contains { Self.quoteClasses.contains(String($0)) }
    return isQuote && !Self.holdsBlockQuote(node)
  }

  private static func holdsBlockQuote(_ node: MarkupTree.Node) -> Bool {
    var level = [node]
    for _ in 0..<3 {
      let children = level.flatMap { parent in
        (0..<min(parent.childCount, 50)).compactMap { parent.child($0) }
      }
      if children.contains(where: { $0.name == "blockquote" }) { return true }
      level = Array(children.prefix(50))
    }
    return false
  }

  private mutating func item(_ node: MarkupTree.Node) {
    flow.marker = nil
    flow.request(.line)
    let level = max(0, lists.count - 1)
    let number = lists.last ?? nil
    let marker = number.map { "\($0). " } ?? "- "
    flow.marker = marker
    flow.indent += marker.count
    if let number, number < Int.max { lists[level] = number + 1 }
  }

  private mutating func cell() {
    guard let row = rows.last else {
      flow.request(.line)
      return
    }
    let sameRow = row.firstLine == flow.lineCount
    if !sameRow { flow.request(.line) }
    flow.beginCell(sameRow: sameRow)
  }

  private mutating func picture(_ node: MarkupTree.Node) {
    let isTracker = ["width", "height"].contains { side in
      node.attribute(side).flatMap { Int($0.prefix { $0.isNumber }) }.map { $0 <= 2 } ?? false
    }
    guard !isTracker else { return }
    let name = (node.attribute("alt") ?? "").prefix(200)
    let text = TagStripper.collapsed(String(name))
    flow.writeInline(text.isEmpty ? "[image]" : "[image: \(text)]")
    noteRowStart()
  }

  private mutating func endLink() {
    guard let link else { return }
    self.link = nil
    let note = LinkTarget.note(shown: TagStripper.collapsed(link.shown), target: link.target)
    if !note.isEmpty { flow.writeInline(" " + note) }
  }

  private static func style(of node: MarkupTree.Node) -> String? {
    node.attribute("style").map { style in
      String(style.lowercased().unicodeScalars.filter { !$0.properties.isWhitespace })
    }
  }

  private static func isHidden(_ node: MarkupTree.Node) -> Bool {
    if node.attribute("hidden") != nil { return true }
    guard let style = style(of: node) else { return false }
    return style.contains("display:none") || style.contains("visibility:hidden")
      || (style.contains("max-height:0") && style.contains("overflow:hidden"))
  }

  private static let unread: Set<String> = [
    "head", "title", "script", "style", "template", "iframe", "object", "embed", "svg", "math",
    "noframes", "noembed", "canvas", "audio", "video", "select", "textarea", "input",
  ]
  private static let paragraphs: Set<String> = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "dl"]
  private static let blocks: Set<String> = [
    "div", "section", "article", "header", "footer", "main", "nav", "aside", "center", "form",
    "fieldset", "figure", "figcaption", "address", "dt", "details", "summary", "caption",
    "tbody", "thead", "tfoot", "body", "html",
  ]
  private static let quoteClasses: Set<String> = [
    "gmail_quote", "yahoo_quoted", "freshdesk_quote", "protonmail_quote", "moz-forward-container",
  ]
}
