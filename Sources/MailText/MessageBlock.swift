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
  /// `earlier` holds the words of the thread, and `earlierCount` says how many of its messages
  /// were there before this one. A quote may be folded when it only repeats them. One that does
  /// not has to be a quotation for certain: introduced by a mail program as part of a
  /// conversation, under words of the writer's own, without a sign of answers inside it.
  public static func blocks(
    of text: String, after earlier: EarlierWords = EarlierWords(), earlierCount: Int = 0
  ) -> [MessageBlock] {
    var reader = MessageLines(text, earlier: earlier, earlierCount: earlierCount)
    return reader.blocks()
  }
}

extension MailText {
  /// Whether the text has lines that earlier messages decide about; a quick look.
  public static func hasQuoteSigns(_ text: String) -> Bool {
    guard text.utf8.count < 256 << 10 else { return true }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.indices.contains { index in
      QuoteHeader.isQuoted(lines[index]) || lines[index] == "--" || lines[index] == "-- "
        || QuoteHeader.find(in: lines, at: index) != nil
    }
  }
}

/// Finds out for each line of a message what it is.
private struct MessageLines {
  private let lines: [String]
  private let earlier: EarlierWords
  private let earlierCount: Int
  private var kinds: [MessageBlock.Kind]
  /// Headers of old messages, each with its lines.
  private var headers: [(kind: QuoteHeader.Kind, lines: Range<Int>)] = []

  /// Headers of older messages that are looked for.
  private static let mostHeaders = 200

  init(_ text: String, earlier: EarlierWords, earlierCount: Int) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    kinds = Array(repeating: .text, count: lines.count)
    self.earlier = earlier
    self.earlierCount = earlierCount
  }

  mutating func blocks() -> [MessageBlock] {
    guard lines.contains(where: { !isBlank($0) }) else {
      return lines == [""] ? [] : [MessageBlock(kind: .text, lines: lines, isFoldable: false)]
    }
    markQuotes()
    let mayFoldQuotes = quotesMayBeFolded()
    markSignatures()
    markDisclaimers()
    // Something of every message is shown.
    let hasWords = lines.indices.contains { index in
      (kinds[index] == .text || (kinds[index] == .quote && !mayFoldQuotes))
        && lines[index].contains { $0.isLetter || $0.isNumber }
    }
    var blocks: [MessageBlock] = []
    for (line, kind) in zip(lines, kinds) {
      if blocks.last?.kind == kind {
        blocks[blocks.count - 1].lines.append(line)
      } else {
        let isFoldable = hasWords && (kind == .quote ? mayFoldQuotes : kind != .text)
        blocks.append(MessageBlock(kind: kind, lines: [line], isFoldable: isFoldable))
      }
    }
    return blocks
  }

  private func isBlank(_ line: String) -> Bool {
    if let first = line.utf8.first, first > 0x20, first < 0x80 { return false }
    return line.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }

  private func isQuoted(_ index: Int) -> Bool { QuoteHeader.isQuoted(lines[index]) }

  /// The next line with words, at or after `index`.
  private func nextWords(_ index: Int) -> Int? {
    index < lines.count ? lines[index...].firstIndex { !isBlank($0) } : nil
  }

  private func share(of range: some Sequence<Int>) -> EarlierWords.Share {
    earlier.share(
      of: range.map { String(QuoteHeader.unquoted(lines[$0])) }, inFirst: earlierCount)
  }

  // Quotes

  private mutating func markQuotes() {
    var index = 0
    while index < lines.count {
      if isQuoted(index) {
        let end = endOfQuoted(from: index)
        markHeaders(in: index..<end)
        for line in index..<end { kinds[line] = .quote }
        index = end
        continue
      }
      guard let header = QuoteHeader.find(in: lines, at: index) else {
        index += 1
        continue
      }
      let end = index + header.lineCount
      let next = nextWords(end)
      let isMarked = next.map(isQuoted) ?? false
      guard isMarked || isCertain(header, upTo: next) else {
        index += 1
        continue
      }
      let start = startOfHeader(index)
      headers.append((header.kind, start..<end))
      // What follows without marks is the old message, to the end.
      let last = isMarked ? next ?? end : lines.count
      markHeaders(in: end..<last)
      for line in start..<last { kinds[line] = .quote }
      index = last
    }
  }

  /// Whether a header stands above unmarked words of the old message.
  private func isCertain(_ header: QuoteHeader, upTo next: Int?) -> Bool {
    guard let next else { return false }
    return switch header.kind {
    case .divider, .forward, .fields: true
    case .attribution: share(of: next..<lines.count) == .all
    }
  }

  /// The first line of a header with the rule above it.
  private func startOfHeader(_ index: Int) -> Int {
    var start = index
    while start > 0, isBlank(lines[start - 1]) { start -= 1 }
    return start > 0 && QuoteHeader.isRule(lines[start - 1]) && kinds[start - 1] == .text
      ? start - 1 : index
  }

  /// The end of marked lines; blank lines between them belong to them.
  private func endOfQuoted(from index: Int) -> Int {
    var end = index
    while let next = nextWords(end), isQuoted(next) { end = next + 1 }
    return end
  }

  private mutating func markHeaders(in range: Range<Int>) {
    let bare = range.map { String(QuoteHeader.unquoted(lines[$0])) }
    var index = 0
    while index < bare.count, headers.count < Self.mostHeaders {
      if let header = QuoteHeader.find(in: bare, at: index) {
        let start = range.lowerBound + index
        headers.append((header.kind, start..<min(range.upperBound, start + header.lineCount)))
        index += header.lineCount
      } else {
        index += 1
      }
    }
  }

  private func quotesMayBeFolded() -> Bool {
    let own = lines.indices.filter { index in
      kinds[index] == .text && lines[index].contains { $0.isLetter || $0.isNumber }
    }
    guard let firstOwn = own.first, let firstQuote = kinds.firstIndex(of: .quote),
      let lastQuote = kinds.lastIndex(of: .quote)
    else { return false }
    if own.contains(where: { $0 > firstQuote && $0 < lastQuote }) { return false }
    let headerLines = Set(headers.flatMap(\.lines))
    let old = (firstQuote...lastQuote).filter {
      kinds[$0] == .quote && !headerLines.contains($0) && !isBlank(lines[$0])
        && !QuoteHeader.mayBeAttribution(QuoteHeader.unquoted(lines[$0]))
    }
    let share = share(of: old)
    if share == .all { return true }
    let isMarked = old.allSatisfy(isQuoted)
    // Something new stands between words that the thread holds, or at their end.
    if case .most(let isInterrupted) = share, isInterrupted || !isMarked { return false }
    // Old text without marks under nothing of the writer's own: the answer may be anywhere in it.
    if firstOwn > firstQuote, !isMarked { return false }
    guard let header = headers.first, isPartOfConversation(header.kind),
      header.lines.lowerBound <= (old.first ?? firstQuote)
    else { return false }
    if own.contains(where: { MailPhrases.hintsAtInlineAnswers(lines[$0]) }) { return false }
    if let last = own.last(where: { $0 < firstQuote }),
      pointsAhead(lines[last], isOnly: own.count == 1)
    {
      return false
    }
    if zip(old, old.dropFirst()).contains(where: { deepens(from: $0, to: $1, headerLines) }) {
      return false
    }
    return !old.contains {
      MailPhrases.looksLikeInlineAnswer(lines[$0]) || InkMarks.areIn(lines[$0])
    }
  }

  /// Whether the second line is quoted deeper than the first without a header above it, as where
  /// somebody marks answers with arrows.
  private func deepens(from first: Int, to second: Int, _ headerLines: Set<Int>) -> Bool {
    func depth(_ line: Int) -> Int {
      lines[line].utf8.prefix { $0 == 0x3E || $0 == 0x20 }.count { $0 == 0x3E }
    }
    return depth(second) > depth(first) && !headerLines.contains { $0 > first && $0 < second }
  }

  private func isPartOfConversation(_ kind: QuoteHeader.Kind) -> Bool {
    switch kind {
    case .attribution: true
    // Forwards look the same, and so do reports.
    case .divider, .forward: false
    case .fields(let isOfConversation): isOfConversation
    }
  }

  /// Whether the writer's last words lead to what follows: "Please see this:", or a mere greeting.
  private func pointsAhead(_ line: String, isOnly: Bool) -> Bool {
    let last = line.last { !$0.isWhitespace }
    if last == ":" || last == "：" { return true }
    return isOnly && (last == "," || last == "，") && line.split(separator: " ").count <= 4
  }

  // Signatures and legal paragraphs

  private mutating func markSignatures() {
    var start = 0
    while start < lines.count {
      guard kinds[start] == .text else {
        start += 1
        continue
      }
      let end = kinds[start...].firstIndex { $0 != .text } ?? lines.count
      if let last = lines[start..<end].lastIndex(where: { !isBlank($0) }) {
        if MailPhrases.isDeviceSignature(lines[last]) { kinds[last] = .signature }
        markSignature(in: start..<last + 1)
      }
      start = end
    }
  }

  /// What follows the last line of two dashes, as far as it is a signature.
  private mutating func markSignature(in range: Range<Int>) {
    let own = range.filter { kinds[$0] == .text }
    guard let separator = own.last(where: { lines[$0] == "--" || lines[$0] == "-- " }) else {
      return
    }
    let signed = own.filter { $0 > separator && !isBlank(lines[$0]) }
    let isSignature =
      SignatureRules.isSignature(signed.map { lines[$0] })
      || (!signed.isEmpty && share(of: signed) == .all)
    guard isSignature else { return }
    for line in separator..<range.upperBound { kinds[line] = .signature }
  }

  /// Only the last paragraphs of the writer's words can be legal ones.
  private mutating func markDisclaimers() {
    var end = lines.count
    while end > 0 {
      guard let last = lines[..<end].lastIndex(where: { !isBlank($0) }) else { return }
      let start = lines[...last].lastIndex(where: isBlank).map { $0 + 1 } ?? 0
      let paragraph = start..<last + 1
      end = start
      if paragraph.contains(where: { kinds[$0] != .text }) {
        if paragraph.allSatisfy({ kinds[$0] != .text }) { continue }
        return
      }
      let before = lines[..<start].last { !isBlank($0) }
      guard MailPhrases.isDisclaimer(paragraph.map { lines[$0] }),
        !(before.map { pointsAhead($0, isOnly: false) } ?? false)
      else { return }
      for line in paragraph { kinds[line] = .disclaimer }
    }
  }
}
