import CGumbo

/// What the elements of HTML are for a reader.
enum MarkupElements {
  struct Role: OptionSet {
    let rawValue: Int

    /// Nothing below it is shown by a browser.
    static let unread = Role(rawValue: 1)
    static let paragraph = Role(rawValue: 2)
    static let block = Role(rawValue: 4)
    /// With a blank line above and below.
    static let apart = Role(rawValue: 8)
    static let preformatted = Role(rawValue: 16)
    static let struckOut = Role(rawValue: 32)
  }

  /// Names and roles by the parser's numbers.
  static let all: [(name: String, role: Role)] = (0...Int(cgumbo_tag_count())).map { tag in
    let name = tag < cgumbo_tag_count() ? String(cString: cgumbo_tag_name(Int32(tag))) : ""
    let role = roles.reduce(into: Role()) { role, named in
      if named.names.contains(name) { role.insert(named.role) }
    }
    return (name, role)
  }

  private static let roles: [(role: Role, names: Set<String>)] = [
    (
      .unread,
      [
        "head", "title", "script", "style", "template", "iframe", "noframes", "noembed", "rp",
      ]
    ),
    (.paragraph, ["p", "h1", "h2", "h3", "h4", "h5", "h6", "dl"]),
    (.apart, ["pre", "listing", "xmp", "plaintext", "textarea", "blockquote"]),
    (.preformatted, ["pre", "listing", "xmp", "plaintext", "textarea"]),
    (.struckOut, ["s", "strike", "del"]),
    (
      .block,
      [
        "div", "section", "article", "header", "footer", "main", "nav", "aside", "center", "form",
        "fieldset", "figure", "figcaption", "address", "dt", "dd", "details", "summary", "caption",
        "tbody", "thead", "tfoot", "body", "html", "li", "tr", "hr", "legend", "hgroup", "select",
        "option", "optgroup", "noscript", "svg", "dialog",
      ]
    ),
  ]
  /// Raised letters after a number.
  static let ordinals: Set<String> = [
    "st", "nd", "rd", "th", "er", "ère", "ere", "re", "e", "ème", "eme", "o", "a", "os", "as", "º",
    "ª", "de", "ste", "tm", "®", "™",
  ]
  private static let quoteClasses: Set<String> = [
    "gmail_quote", "yahoo_quoted", "freshdesk_quote", "protonmail_quote", "moz-forward-container",
  ]

  /// A container that mail programs put around a quote; one with a block quote inside leaves the
  /// marking to that.
  static func isQuoteContainer(_ node: MarkupTree.Node) -> Bool {
    guard let classes = node.attribute("class"), node.name != "blockquote",
      classes.split(separator: " ").contains(where: { quoteClasses.contains(String($0)) })
    else { return false }
    return !holdsBlockQuote(node)
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
}
