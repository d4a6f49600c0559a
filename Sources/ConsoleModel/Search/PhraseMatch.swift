/// What the full-text index cannot tell about a hit, and what is therefore looked for in its text:
/// words that have to stand together, and beginnings that are longer than the index keeps.
struct PhraseMatch {
  private var phrases: [FoldedText] = []
  private var beginnings: [FoldedText] = []

  init(_ terms: SearchTerms) {
    for term in terms.terms {
      if term.isPhrase { phrases.append(FoldedText(term.text)) }
      if term.isShortened { beginnings.append(FoldedText(term.text)) }
    }
  }

  func isIn(_ text: String) -> Bool {
    if phrases.isEmpty && beginnings.isEmpty { return true }
    // Most texts say yes or no as they are; only accents and other scripts need a folded copy.
    let isPlain = text.utf8.allSatisfy { $0 < 0x80 }
    if phrases.allSatisfy({ $0.isIn(plain: text, atWordStart: false) }),
      beginnings.allSatisfy({ $0.isIn(plain: text, atWordStart: true) })
    {
      return true
    }
    if isPlain { return false }
    let folded = FoldedText(text)
    return phrases.allSatisfy { folded.contains($0, atWordStart: false) }
      && beginnings.allSatisfy { folded.contains($0, atWordStart: true) }
  }
}
