/// The lists that are open while a mail is read, and the marks of their items.
struct ListMarks {
  private struct List {
    var isNumbered: Bool
    var style: Style
    var number: Int
    var step: Int
    /// Items open directly in it.
    var openItems = 0
  }

  private enum Style { case decimal, lowerLetter, upperLetter, lowerRoman, upperRoman }

  private var lists: [List] = []

  var isEmpty: Bool { lists.isEmpty }

  /// Whether a list that begins here stands directly in another, as some editors nest them.
  var isBetweenItems: Bool { lists.last.map { $0.openItems == 0 } ?? false }

  mutating func begin(_ node: MarkupTree.Node, _ style: InlineStyle) {
    guard node.name == "ol" else {
      lists.append(List(isNumbered: false, style: .decimal, number: 0, step: 0))
      return
    }
    let isReversed = node.attribute("reversed") != nil
    let start = node.attribute("start").flatMap(Self.number)
    let first = start ?? (isReversed ? Self.itemCount(node) : 1)
    lists.append(
      List(
        isNumbered: true, style: Self.style(node, style), number: first, step: isReversed ? -1 : 1))
  }

  mutating func end() { _ = lists.popLast() }

  /// The mark of an item that begins.
  mutating func beginItem(_ node: MarkupTree.Node) -> String {
    guard var list = lists.last else { return "- " }
    list.openItems += 1
    defer { lists[lists.count - 1] = list }
    guard list.isNumbered else { return "- " }
    if let value = node.attribute("value").flatMap(Self.number) { list.number = value }
    let mark = Self.mark(list.number, list.style) + ". "
    list.number += list.step
    return mark
  }

  mutating func endItem() {
    guard !lists.isEmpty else { return }
    lists[lists.count - 1].openItems = max(0, lists[lists.count - 1].openItems - 1)
  }

  private static func number(_ text: String) -> Int? {
    Int(text.trimmingPrefix { $0.isWhitespace }.prefix { $0.isNumber || $0 == "-" || $0 == "+" })
      .map { max(-1_000_000_000, min(1_000_000_000, $0)) }
  }

  private static func itemCount(_ list: MarkupTree.Node) -> Int {
    (0..<list.childCount).count { list.child($0)?.name == "li" }
  }

  private static func style(_ node: MarkupTree.Node, _ style: InlineStyle) -> Style {
    let css = style["list-style-type"] ?? style["list-style"] ?? ""
    for (name, found) in cssStyles where css.contains(name) { return found }
    return switch node.attribute("type") {
    case "a": .lowerLetter
    case "A": .upperLetter
    case "i": .lowerRoman
    case "I": .upperRoman
    default: .decimal
    }
  }

  private static let cssStyles: [(String, Style)] = [
    ("lower-alpha", .lowerLetter), ("lower-latin", .lowerLetter), ("upper-alpha", .upperLetter),
    ("upper-latin", .upperLetter), ("lower-roman", .lowerRoman), ("upper-roman", .upperRoman),
  ]

  private static func mark(_ number: Int, _ style: Style) -> String {
    switch style {
    case .decimal: String(number)
    case .lowerLetter: letters(number) ?? String(number)
    case .upperLetter: letters(number)?.uppercased() ?? String(number)
    case .lowerRoman: roman(number) ?? String(number)
    case .upperRoman: roman(number)?.uppercased() ?? String(number)
    }
  }

  private static func letters(_ number: Int) -> String? {
    guard number > 0 else { return nil }
    var rest = number
    var text = ""
    while rest > 0 {
      rest -= 1
      text = String(UnicodeScalar(UInt8(97 + rest % 26))) + text
      rest /= 26
    }
    return text
  }

  private static func roman(_ number: Int) -> String? {
    guard (1..<4000).contains(number) else { return nil }
    let signs = [
      (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
      (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ]
    var rest = number
    return signs.reduce(into: "") { text, sign in
      while rest >= sign.0 {
        text += sign.1
        rest -= sign.0
      }
    }
  }
}
