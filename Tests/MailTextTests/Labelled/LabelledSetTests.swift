import Testing

@testable import MailText

/// The two figures that say whether folding can be trusted.
@Suite struct LabelledSetTests {
  static let messages = LanguageParts.all.enumerated().flatMap { index, parts in
    MessageBuilder(parts, seed: index).messages
  }

  @Test func noWordsOfAWriterAreHiddenAndQuotationsAreFolded() {
    let lines = Self.messages.reduce(0) { $0 + $1.own.count }
    let hidden = Self.messages.flatMap { message in
      message.lostLines.map { "\(message.name): \($0)" }
    }
    let quotations = Self.messages.filter { !$0.quoted.isEmpty }
    let open = quotations.filter { !$0.isFolded }
    print(
      "labelled set: \(Self.messages.count) messages in \(LanguageParts.all.count) languages;",
      "writers' lines hidden: \(hidden.count) of \(lines);",
      "quotations folded: \(quotations.count - open.count) of \(quotations.count)",
      open.map(\.name))
    #expect(Self.messages.count >= 300)
    #expect(hidden.isEmpty, "\(hidden.joined(separator: "\n"))")
    #expect(
      (quotations.count - open.count) * 100 >= quotations.count * 95,
      "\(open.map(\.name).joined(separator: "\n"))")
  }

  @Test func messagesWrittenAgainstTheRulesLoseNothing() {
    let messages = AdversarialMessages.all
    let hidden = messages.flatMap { message in message.lostLines.map { "\(message.name): \($0)" } }
    let open = messages.filter { !$0.quoted.isEmpty && !$0.isFolded }
    print(
      "adversarial set: \(messages.count) messages; writers' lines hidden: \(hidden.count);",
      "quotations left open: \(open.count)")
    #expect(messages.count >= 60)
    #expect(hidden.isEmpty, "\(hidden.joined(separator: "\n"))")
    #expect(open.isEmpty, "\(open.map(\.name).joined(separator: "\n"))")
  }

  /// Rules that were tempting once: each takes the lines of a message and says which are shown.
  private static let badRules: [(name: String, shown: @Sendable ([Substring]) -> [Substring])] = [
    ("a signature is what follows two dashes", { $0.prefix { $0 != "--" }.map(\.self) }),
    (
      "a device line is what begins like one",
      { lines in lines.filter { line in !line.hasPrefix("Sent from") && !line.hasPrefix("Envoyé") }
      }
    ),
    (
      "a legal paragraph is what begins like one",
      { lines in lines.filter { line in !line.hasPrefix("This message is") } }
    ),
    (
      "an old message is what follows a header's first field",
      { lines in
        lines.prefix { line in !line.hasPrefix("From:") && !line.hasPrefix("Von:") }.map(\.self)
      }
    ),
    (
      "an old message is what follows a line that ends in a colon",
      { lines in lines.prefix { !$0.hasSuffix(":") }.map(\.self) }
    ),
  ]

  /// The set finds out rules that hide too much, and rules that fold nothing.
  @Test(arguments: badRules.indices)
  func aBadRuleIsFoundOut(index: Int) {
    let rule = Self.badRules[index]
    let found = Self.messages.filter { message in
      let lines = MailText.plainText(fromHTML: message.html)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let shown = LabelledMessage.plain(rule.shown(lines).joined(separator: " "))
      return message.own.contains { !shown.contains(LabelledMessage.plain($0)) }
    }
    #expect(!found.isEmpty, "\(rule.name)")
  }

  @Test func foldingOnlyWhatIsMarkedIsFoundOut() {
    let quotations = Self.messages.filter { !$0.quoted.isEmpty }
    let open = quotations.filter { message in
      MailText.plainText(fromHTML: message.html).split(separator: "\n").contains { line in
        !line.hasPrefix(">") && message.quoted.contains { line.hasSuffix($0) }
      }
    }
    #expect(open.count * 20 > quotations.count)
  }
}
