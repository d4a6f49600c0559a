@testable import MailText

/// What a browser would show of a mail, read from the parser's tree of the whole markup: the judge
/// of what may not be lost. It shares no rule with the reader.
enum VisibleText {
  private static let neverShown: Set<String> = [
    "script", "style", "template", "head", "title", "iframe", "noframes", "noembed", "rp",
  ]

  /// The words of the text nodes that are shown, in their order.
  static func words(of html: String) -> [String] {
    guard let tree = MarkupTree(Array(html.utf8), memoryLimit: 1 << 30) else { return [] }
    var words: [String] = []
    var visibility = [true]
    tree.walk { step in
      switch step {
      case .enter(let node):
        if let text = node.text {
          if visibility.last == true { words += split(text) }
          return false
        }
        let style = declarations(of: node.attribute("style") ?? "")
        if neverShown.contains(node.name) || isHidden(node, style) { return false }
        let isVisible =
          style["visibility"] == "visible"
          || (visibility.last == true && style["visibility"] != "hidden")
        visibility.append(isVisible)
      case .leave: visibility.removeLast()
      }
      return true
    }
    return words
  }

  /// The first words that the text lacks; nil when it has all of them in their order.
  static func firstLoss(of words: [String], in text: String) -> String? {
    let have = Array(text.unicodeScalars)
    var place = 0
    for word in words {
      let wanted = Array(word.unicodeScalars)
      guard let found = find(wanted, in: have, from: place) else { return word }
      place = found + wanted.count
    }
    return nil
  }

  private static func find(
    _ wanted: [Unicode.Scalar], in have: [Unicode.Scalar], from start: Int
  ) -> Int? {
    guard let first = wanted.first, have.count >= wanted.count else { return nil }
    var index = start
    while index + wanted.count <= have.count {
      if have[index] == first, have[index..<index + wanted.count].elementsEqual(wanted) {
        return index
      }
      index += 1
    }
    return nil
  }

  private static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.append(scalar)
      } else if !word.isEmpty, !scalar.properties.isDefaultIgnorableCodePoint {
        words.append(String(word))
        word.removeAll()
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }

  /// Declarations; what is said with strings, brackets or comments is not judged.
  private static func declarations(of style: String) -> [String: String] {
    guard !style.contains(where: { "\"'()[]{}\\!/*<>".contains($0) }) else {
      return style.contains("none") || style.contains("hidden") ? ["display": "none"] : [:]
    }
    var found: [String: String] = [:]
    for part in style.split(separator: ";") {
      let pair = part.split(separator: ":", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      if pair.count == 2 { found[pair[0].lowercased()] = pair[1].lowercased() }
    }
    return found
  }

  private static func isHidden(_ node: MarkupTree.Node, _ style: [String: String]) -> Bool {
    if node.name == "html" || node.name == "body" { return false }
    if let display = style["display"] { return display == "none" }
    return node.attribute("hidden") != nil
  }
}
