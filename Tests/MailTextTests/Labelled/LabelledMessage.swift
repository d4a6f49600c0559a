import MailText

/// A message with what is the writer's in it and what is quoted.
struct LabelledMessage: Sendable {
  var name: String
  var html: String
  /// The messages of the thread before it.
  var earlier: [String] = []
  /// Lines of the writer.
  var own: [String]
  /// Lines of an old message that the reader need not see again; none where it has to be shown.
  var quoted: [String] = []

  /// What is shown of it and what is folded.
  func seen() -> (shown: String, hidden: String) {
    let texts = earlier.map { MailText.plainText(fromHTML: $0) }
    let blocks = MailText.blocks(
      of: MailText.plainText(fromHTML: html), after: EarlierWords(texts), earlierCount: texts.count)
    func words(_ isFolded: Bool) -> String {
      Self.plain(
        blocks.filter { $0.isFoldable == isFolded }.flatMap(\.lines).joined(separator: " "))
    }
    return (words(false), words(true))
  }

  /// The writer's lines that are not shown.
  var lostLines: [String] {
    let shown = seen().shown
    return own.filter { !shown.contains(Self.plain($0)) }
  }

  /// Whether all of the old message is folded.
  var isFolded: Bool {
    let (shown, hidden) = seen()
    return quoted.allSatisfy { hidden.contains(Self.plain($0)) && !shown.contains(Self.plain($0)) }
  }

  /// Letters and digits with single blanks between words: how lines are laid out does not count.
  static func plain(_ text: String) -> String {
    text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
  }
}
