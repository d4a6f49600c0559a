/// A run of lines in a message that belong together for a reader.
public struct MessageBlock: Equatable, Sendable {
  public enum Kind: String, Sendable {
    /// The writer's own words.
    case text
    /// Words of an earlier message.
    case quote
    case signature
    /// The legal paragraph that mail servers put under a message.
    case disclaimer
  }

  public var kind: Kind
  public var lines: [String]
  /// Whether it may be hidden behind a count. Never true for the writer's words, nor for quotes
  /// that may have answers between or inside them.
  public var isFoldable: Bool

  public init(kind: Kind, lines: [String], isFoldable: Bool) {
    self.kind = kind
    self.lines = lines
    self.isFoldable = isFoldable
  }
}

extension MailText {
  /// Splits the readable text of a message into blocks. All lines are in the blocks, in order.
  ///
  /// A quote may be folded only when the message has words of its own outside it, no words of the
  /// writer stand between quoted lines, and nothing hints at answers inside the quote.
  public static func blocks(of text: String) -> [MessageBlock] {
    var reader = MessageLines(text)
    return reader.blocks()
  }
}

/// Finds out for each line of a message what it is.
private struct MessageLines {
  private let lines: [String]
  private var kinds: [MessageBlock.Kind]

  /// Longer signatures are taken for words, so that nothing is hidden by a line of two dashes.
  private static let longestSignature = 15

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    kinds = Array(repeating: .text, count: lines.count)
  }

  mutating func blocks() -> [MessageBlock] {
    guard lines.contains(where: { !isBlank($0) }) else {
      return lines == [""] ? [] : [MessageBlock(kind: .text, lines: lines, isFoldable: false)]
    }
    markQuotes()
    markSignatures()
    markDisclaimers()
    let mayFoldQuotes = quotesMayBeFolded()
    var blocks: [MessageBlock] = []
    for (line, kind) in zip(lines, kinds) {
      if blocks.last?.kind == kind {
        blocks[blocks.count - 1].lines.append(line)
      } else {
        let isFoldable = kind == .quote ? mayFoldQuotes : kind != .text
        blocks.append(MessageBlock(kind: kind, lines: [line], isFoldable: isFoldable))
      }
    }
    return blocks
  }

  private func isBlank(_ line: String) -> Bool {
    line.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }

  private func isQuoted(_ line: String) -> Bool {
    let rest = line.utf8.drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: ">") && line.utf8.count - rest.count <= 3
  }

  /// The next line with words, at or after `index`.
  private func nextWords(_ index: Int) -> Int? {
    index < lines.count ? lines[index...].firstIndex { !isBlank($0) } : nil
  }

  private mutating func markQuotes() {
    var index = 0
    while index < lines.count {
      if isQuoted(lines[index]) {
        kinds[index] = .quote
        index += 1
        // Blank lines inside a quote belong to it.
        if let next = nextWords(index), isQuoted(lines[next]) {
          for blank in index..<next { kinds[blank] = .quote }
          index = next
        }
        continue
      }
      guard let header = QuoteHeader.find(in: lines, at: index) else {
        index += 1
        continue
      }
      let end = index + header.lineCount
      let next = nextWords(end)
      if let next, isQuoted(lines[next]) {
        for line in index..<next { kinds[line] = .quote }
        index = next
      } else if header.isCertain, next != nil {
        // What follows is the old message without marks, to the end.
        for line in index..<lines.count { kinds[line] = .quote }
        return
      } else {
        index += 1
      }
    }
  }

  private mutating func markSignatures() {
    for index in lines.indices where kinds[index] == .text {
      let end = kinds[index...].firstIndex(of: .quote) ?? lines.count
      let line = lines[index]
      if line == "--" || line == "-- ", end - index <= Self.longestSignature {
        for signed in index..<end { kinds[signed] = .signature }
      } else if MailPhrases.isDeviceSignature(line), nextWords(index + 1).map({ $0 >= end }) ?? true
      {
        kinds[index] = .signature
      }
    }
  }

  private mutating func markDisclaimers() {
    var index = 0
    while let start = nextWords(index) {
      let end = lines[start...].firstIndex(where: isBlank) ?? lines.count
      if kinds[start..<end].allSatisfy({ $0 == .text }), MailPhrases.isDisclaimer(lines[start]) {
        for line in start..<end { kinds[line] = .disclaimer }
      }
      index = end
    }
  }

  private func quotesMayBeFolded() -> Bool {
    let own = lines.indices.filter { kinds[$0] == .text && !isBlank(lines[$0]) }
    guard let firstOwn = own.first else { return false }
    guard let firstQuote = kinds.firstIndex(of: .quote), let lastQuote = kinds.lastIndex(of: .quote)
    else { return false }
    if own.contains(where: { $0 > firstQuote && $0 < lastQuote }) { return false }
    // Old text without marks under nothing of the writer's own: the answer may be anywhere in it.
    if firstOwn > firstQuote, !lines[firstQuote...lastQuote].contains(where: isQuoted) {
      return false
    }
    if own.contains(where: { MailPhrases.hintsAtInlineAnswers(lines[$0]) }) { return false }
    return !lines.indices.contains {
      kinds[$0] == .quote && MailPhrases.looksLikeInlineAnswer(lines[$0])
    }
  }
}
