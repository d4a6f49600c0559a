/// What a person typed into a search field, as an expression of the full-text index.
///
/// Words are found wherever they stand, all of them are needed; `"two words"` in quotes must stand
/// together; a `*` at the end finds every word that begins so. Nothing typed is an operator.
public struct SearchTerms: Equatable, Sendable {
  public struct Term: Equatable, Sendable {
    public var text: String
    public var isPrefix: Bool
    /// The words that the index has for it; several when signs or blanks stand in between.
    var words: [String]
    /// A beginning that is looked up by its first letters only.
    var isShortened = false

    /// The index does not know the places of words: this has to be found in the text itself.
    var isPhrase: Bool { words.count > 1 }
  }

  public var terms: [Term]

  /// `prefixes`: every word stands for all words that begin so, as in filter as you type.
  /// `lastIsPrefix`: only the last one does, because it may still be growing; a single letter does
  /// not, it begins a word of nearly every text.
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
    guard lastIsPrefix, typed.last?.isWhitespace == false, typed.last != "\"" else { return }
    if let last = terms.last?.words.last, last.count > 1 { terms[terms.count - 1].isPrefix = true }
  }

  /// The length of the longest beginnings that the index of messages keeps ready.
  static let indexedPrefix = 5

  /// The same with long beginnings cut to what the index keeps ready: a superset of the hits, whose
  /// texts have to be looked at. Nil when nothing is to be cut.
  var shortened: SearchTerms? {
    var copy = self
    for index in terms.indices {
      guard terms[index].isPrefix, !terms[index].isPhrase, let word = terms[index].words.first,
        word.unicodeScalars.count > Self.indexedPrefix
      else { continue }
      let start = word.unicodeScalars.prefix(Self.indexedPrefix)
      copy.terms[index].words = [String(String.UnicodeScalarView(start))]
      copy.terms[index].isShortened = true
    }
    return copy == self ? nil : copy
  }

  private mutating func append(_ text: Substring, isPrefix: Bool) {
    let words = Self.words(text)
    guard !words.isEmpty else { return }
    terms.append(Term(text: String(text), isPrefix: isPrefix, words: words))
  }

  public var isEmpty: Bool { terms.isEmpty }

  /// The expression for `MATCH`; nil when there is no word in it.
  var expression: String? {
    guard !terms.isEmpty else { return nil }
    return terms.flatMap(Self.expressions).joined(separator: " AND ")
  }

  private static func expressions(_ term: Term) -> [String] {
    term.words.enumerated().map { place, word in
      // One Chinese or Japanese character is the first of a pair in the index.
      let isSingle =
        word.unicodeScalars.count == 1 && word.unicodeScalars.allSatisfy(IndexText.isUnspaced)
      let isGrowing = term.isPrefix && place == term.words.count - 1
      return "\"\(word)\"" + (isGrowing || isSingle ? " *" : "")
    }
  }

  /// Cuts as the index does: at everything that is no letter, digit or mark, and runs without blanks
  /// into pairs.
  private static func words(_ text: Substring) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var run: [Unicode.Scalar] = []
    func closeWord() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    func closeRun() {
      if run.count == 1 { words.append(String(String.UnicodeScalarView(run))) }
      for index in run.indices.dropFirst() {
        words.append(String(String.UnicodeScalarView([run[index - 1], run[index]])))
      }
      run = []
    }
    for scalar in text.unicodeScalars {
      if IndexText.isUnspaced(scalar) {
        closeWord()
        run.append(scalar)
      } else if IndexText.isPartOfWord(scalar) {
        closeRun()
        word.append(scalar)
      } else {
        closeWord()
        closeRun()
      }
    }
    closeWord()
    closeRun()
    return words
  }
}
