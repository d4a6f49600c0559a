/// What a person typed into a search field, as an expression of the full-text index.
///
/// Words are found wherever they stand, all of them are needed; `"two words"` in quotes must stand
/// together; a `*` at the end finds every word that begins so. Nothing typed is an operator.
public struct SearchTerms: Equatable, Sendable {
  public struct Term: Equatable, Sendable {
    public var text: String
    public var isPrefix: Bool
  }

  public var terms: [Term]

  /// `prefixes`: every word stands for all words that begin so, as in filter as you type.
  /// `lastIsPrefix`: only the last one does, because it may still be growing.
  public init(_ typed: String, prefixes: Bool = false, lastIsPrefix: Bool = false) {
    terms = []
    for (index, part) in typed.prefix(500).split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated()
    {
      if index % 2 == 1 {
        append(part, isPrefix: false)
        continue
      }
      for word in part.split(whereSeparator: \.isWhitespace).prefix(20) {
        let isMarked = word.last == "*"
        append(isMarked ? word.dropLast() : word, isPrefix: prefixes || isMarked)
      }
    }
    if lastIsPrefix, typed.last?.isWhitespace == false, typed.last != "\"", !terms.isEmpty {
      terms[terms.count - 1].isPrefix = true
    }
  }

  private mutating func append(_ text: Substring, isPrefix: Bool) {
    // A term without a letter or digit holds no word, and would match nothing.
    guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return }
    terms.append(Term(text: String(text), isPrefix: isPrefix))
  }

  public var isEmpty: Bool { terms.isEmpty }

  /// The expression for `MATCH`; nil when there is no word in it.
  var expression: String? {
    guard !terms.isEmpty else { return nil }
    return terms.map(Self.expression).joined(separator: " AND ")
  }

  private static func expression(_ term: Term) -> String {
    var words = IndexText.prepare(term.text).split(separator: " ")
    let endsUnspaced = term.text.unicodeScalars.last.map(IndexText.isUnspaced) ?? false
    // The lone last character stands at the end of a run only; inside one its pair is enough.
    if endsUnspaced, words.count > 1, words.last?.unicodeScalars.count == 1,
      term.text.unicodeScalars.dropLast().last.map(IndexText.isUnspaced) ?? false
    {
      words.removeLast()
    }
    let isSingle = endsUnspaced && words.last?.unicodeScalars.count == 1
    let quoted = words.joined(separator: " ").replacing("\"", with: "")
    return "\"\(quoted)\"" + (term.isPrefix || isSingle ? " *" : "")
  }
}
