/// Reads a parsed mail into running text: knows what each element means for a reader.
struct MarkupReader {
  private var flow: TextFlow
  private var context: [Context] = []
  private var link: Link?
  private var lists = ListMarks()
  private var tables: [TableGrid] = []
  private var rows: [Row] = []

  /// What has to be put back when an element ends.
  private struct Context {
    var indent = 0
    var quoteDepth = 0
    var keepsLines = false
    var isVisible = true
    var isStruckOut = false
    var ink = Ink()
    /// Inside a drawing or a formula, whose unknown elements each stand on their own.
    var isDrawing = false
    /// Whether a blank line belongs above and below.
    var above = TextFlow.Break.none
    var below = TextFlow.Break.none
    /// Written after the element's words.
    var closing = ""
  }

  /// A link that is being read.
  private struct Link {
    var target: String
    /// The ink around it: that of links says nothing.
    var ink: Ink
    var shown = ""
  }

  /// A table row that is being read.
  private struct Row {
    /// Bytes written before it began.
    var size: Int
    /// The number of the line on which its words began; nil while it has none.
    var firstLine: Int?
    /// The place of the last cell with words.
    var lastPlace: Int?
    /// The place of the cell that is open, and the bytes written before it.
    var cell: (place: Int, size: Int)?
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
    let isCut = inputWasCut || flow.isFull
    let (text, runs) = flow.finish()
    return InkMarks.adding(to: text, runs: runs) + (isCut ? MailTextLimits.cutNotice : "")
  }

  private var current: Context { context.last ?? Context() }

  private mutating func words(_ text: String) {
    guard current.isVisible else { return }
    flow.write(text, keepingLines: current.keepsLines)
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
    let style = InlineStyle(node.attribute("style"))
    let role = node.role
    if role.contains(.unread) || Self.isHidden(node, name, style) { return false }
    var next = current
    next.indent = flow.indent
    next.quoteDepth = flow.quoteDepth
    (next.above, next.below, next.closing) = (.none, .none, "")
    next.isVisible = style.isVisible ?? next.isVisible
    if role.contains(.struckOut) || style.isStruckOut { next.isStruckOut = true }
    if name != "a" { next.ink = next.ink.adding(node, style) }
    next.keepsLines = style.keepsLines ?? (role.contains(.preformatted) || next.keepsLines)
    if name == "svg" || name == "math" { next.isDrawing = true }
    let isQuote = MarkupElements.isQuoteContainer(node)
    (next.above, next.below) = Self.distances(node, role, style)
    if isQuote { next.below = .blank }
    context.append(next)
    apply(next)
    if next.above != .none { flow.request(next.above) }
    if next.isVisible {
      begin(name, node, style)
      if isQuote { quote(node, style) }
    }
    return true
  }

  private mutating func apply(_ context: Context) {
    flow.isStruckOut = context.isStruckOut
    flow.ink = link?.ink ?? context.ink
  }

  private mutating func begin(_ name: String, _ node: MarkupTree.Node, _ style: InlineStyle) {
    switch name {
    case "br": flow.lineBreak()
    case "img": picture(node)
    case "input": field(node)
    case "optgroup": flow.writeInline(TagStripper.collapsed(node.attribute("label") ?? ""))
    case "hr": flow.writeInline("--------")
    case "a":
      if let target = node.attribute("href").flatMap(LinkTarget.shownTarget) {
        link = Link(target: target, ink: flow.ink)
      }
    case "q": enclose("\"", "\"")
    case "rt": enclose("(", ")")
    case "sup", "sub": script(node, isRaised: name == "sup")
    case "blockquote": quote(node, style)
    case "ul", "ol", "menu", "dir":
      if lists.isBetweenItems { flow.indent += 2 }
      flow.request(lists.isEmpty ? .blank : .line)
      lists.begin(node, style)
    case "li": item(node)
    case "dd": flow.indent += 4
    case "table":
      flow.request(rows.isEmpty ? .blank : .line)
      tables.append(TableGrid(node))
    case "tr":
      if !tables.isEmpty { tables[tables.count - 1].beginRow() }
      rows.append(Row(size: flow.size))
    case "td", "th": cell(node)
    default:
      if name == "span" { raisedSpan(node, style) }
      if name.isEmpty, current.isDrawing { flow.request(.line) }
    }
  }

  private mutating func leave(_ node: MarkupTree.Node) {
    let ended = context.popLast() ?? Context()
    if ended.isVisible { end(node.name, ended) }
    if ended.below != .none { flow.request(ended.below) }
    flow.indent = ended.indent
    flow.quoteDepth = ended.quoteDepth
    apply(current)
  }

  private mutating func end(_ name: String, _ ended: Context) {
    if !ended.closing.isEmpty { flow.writeMark(ended.closing, glues: .before) }
    switch name {
    case "a": endLink()
    case "ul", "ol", "menu", "dir":
      lists.end()
      flow.marker = nil
      flow.request(lists.isEmpty ? .blank : .line)
    case "li":
      lists.endItem()
      flow.marker = nil
    case "td", "th":
      flow.endCell()
      if let row = rows.last, let cell = row.cell {
        if flow.size > cell.size { rows[rows.count - 1].lastPlace = cell.place }
        rows[rows.count - 1].cell = nil
      }
    case "tr": if let row = rows.popLast(), row.firstLine == flow.lineCount { flow.closeUp() }
    case "table":
      _ = tables.popLast()
      flow.request(rows.isEmpty ? .blank : .line)
    default: break
    }
  }

  /// The distance above and below that the element asks for by itself.
  private static func distances(
    _ node: MarkupTree.Node, _ role: MarkupElements.Role, _ style: InlineStyle
  ) -> (TextFlow.Break, TextFlow.Break) {
    if role.contains(.paragraph) {
      // Outlook's paragraphs are lines: their style sheet, which is not here, leaves no margin.
      let isLine = node.attribute("class")?.hasPrefix("Mso") == true
      let above = style.hasMargin(.top) ?? !isLine
      let below = style.hasMargin(.bottom) ?? !isLine
      return (above ? .blank : .line, below ? .blank : .line)
    }
    if role.contains(.apart) { return (.blank, .blank) }
    let isBlock = role.contains(.block) || style["display"] == "block"
    return isBlock ? (.line, .line) : (.none, .none)
  }

  private mutating func quote(_ node: MarkupTree.Node, _ style: InlineStyle) {
    flow.request(.blank)
    let isIndent =
      node.attribute("class") == nil && node.attribute("type") == nil
      && ["none", "0", "0px", "none none none none"].contains(style["border"] ?? "-")
    if isIndent { flow.indent += 4 } else { flow.quoteDepth += 1 }
  }

  private mutating func item(_ node: MarkupTree.Node) {
    flow.marker = nil
    flow.request(.line)
    let marker = lists.beginItem(node)
    flow.marker = marker
    flow.indent += marker.count
  }

  private mutating func cell(_ node: MarkupTree.Node) {
    guard let row = rows.last, !tables.isEmpty else {
      flow.request(.line)
      return
    }
    let place = tables[tables.count - 1].place(node)
    let sameRow = row.firstLine == flow.lineCount
    if !sameRow { flow.request(.line) }
    flow.beginCell(sameRow: sameRow, skipped: row.lastPlace.map { place - $0 - 1 } ?? place)
    rows[rows.count - 1].cell = (place, flow.size)
  }

  // Words that no text node holds

  private mutating func enclose(_ opening: String, _ closing: String) {
    flow.writeMark(opening, glues: .after)
    context[context.count - 1].closing = closing
  }

  private mutating func raisedSpan(_ node: MarkupTree.Node, _ style: InlineStyle) {
    switch style["vertical-align"] {
    case "super": script(node, isRaised: true)
    case "sub": script(node, isRaised: false)
    default: break
    }
  }

  /// `m^2`, `H_2O`; an ordinal's letters need no mark.
  private mutating func script(_ node: MarkupTree.Node, isRaised: Bool) {
    let text = TagStripper.collapsed(TagStripper.beginning(of: node, upTo: 60))
    if text.isEmpty || MarkupElements.ordinals.contains(text.lowercased()) { return }
    let sign = isRaised ? "^" : "_"
    let isShort = text.unicodeScalars.count < 60
    let isOneWord = text.trimmingPrefix { "+-−".contains($0) }.allSatisfy { letter in
      letter.isLetter || letter.isNumber || letter == "."
    }
    if isShort, !isOneWord {
      enclose(sign + "(", ")")
    } else {
      flow.writeMark(sign, glues: .after)
    }
  }

  private mutating func picture(_ node: MarkupTree.Node) {
    let sides = ["width", "height"].map { side in
      node.attribute(side).flatMap { Int($0.prefix { $0.isNumber }) }.map { $0 <= 2 } ?? false
    }
    let text = TagStripper.collapsed(node.attribute("alt") ?? "")
    // Pictures that cannot be seen count who reads; those with words are shown.
    if !sides.contains(false) || (text.isEmpty && sides.contains(true)) { return }
    let name = text.count > 200 ? text.prefix(200) + "…" : text
    flow.writeInline(name.isEmpty ? "[image]" : "[image: \(name)]")
    noteRowStart()
  }

  /// What a form's field holds.
  private mutating func field(_ node: MarkupTree.Node) {
    switch node.attribute("type")?.lowercased() ?? "text" {
    case "checkbox", "radio": flow.writeInline(node.attribute("checked") == nil ? "[ ]" : "[x]")
    case "hidden", "password", "file", "image", "range", "color": return
    default:
      let value = TagStripper.collapsed(String((node.attribute("value") ?? "").prefix(1000)))
      if !value.isEmpty { flow.writeInline("[\(value)]") }
    }
    noteRowStart()
  }

  private mutating func endLink() {
    guard let link else { return }
    self.link = nil
    let note = LinkTarget.note(shown: TagStripper.collapsed(link.shown), target: link.target)
    if !note.isEmpty { flow.writeInline(" " + note) }
  }

  private static func isHidden(
    _ node: MarkupTree.Node, _ name: String, _ style: InlineStyle
  ) -> Bool {
    // A helpdesk shows the words without these two.
    if name == "html" || name == "body" { return false }
    if let isDisplayed = style.isDisplayed { return !isDisplayed }
    return node.attribute("hidden") != nil
  }
}
