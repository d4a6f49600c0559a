/// The lines with which mail programs introduce the message that is answered.
struct QuoteHeader {
  enum Kind: Equatable {
    /// `-----Original Message-----`
    case divider
    /// `---------- Forwarded message ---------`
    case forward
    /// `From:`, `Sent:`, `To:`, `Subject:`; whether a helpdesk sent that message, or its subject
    /// has a ticket's number.
    case fields(isOfConversation: Bool)
    /// `On Monday, Ann wrote:`
    case attribution
  }

  var kind: Kind
  var lineCount: Int

  /// The header that begins in the line, which has no quote marks.
  static func find(in lines: [String], at index: Int) -> QuoteHeader? {
    let line = lines[index]
    // Most lines have none of these signs, and are done with at the speed of memory.
    guard line.utf8.contains(where: { $0 == 0x3A || $0 == 0x2D || $0 == 0x5F || $0 == 0xEF }) else {
      return startsAttribution(line) ? attribution(in: lines, at: index) : nil
    }
    if let divider = divider(line) {
      // The fields below a divider belong to it.
      guard let next = nextLine(in: lines, after: index), next - index <= 3,
        let fields = headerFields(in: lines, at: next)
      else { return QuoteHeader(kind: divider, lineCount: 1) }
      let kind = divider == .forward ? .forward : fields.kind
      return QuoteHeader(kind: kind, lineCount: next - index + fields.lineCount)
    }
    return headerFields(in: lines, at: index) ?? attribution(in: lines, at: index)
  }

  /// The lines of old messages without their headers, as far as they can be told.
  static func oldMessages(in lines: [String]) -> [Range<Int>] {
    let bare = lines.map { String(unquoted($0)) }
    var found: [Range<Int>] = []
    var start: Int?
    var isMarked = false
    var index = 0
    func end(at line: Int) {
      if let start, start < line { found.append(start..<line) }
    }
    while index < lines.count {
      if let header = find(in: bare, at: index) {
        end(at: index)
        index += header.lineCount
        start = index
        isMarked = nextLine(in: lines, after: index - 1).map { isQuoted(lines[$0]) } ?? false
        continue
      }
      let isBlank = bare[index].allSatisfy(\.isWhitespace)
      if start == nil, isQuoted(lines[index]) {
        start = index
        isMarked = true
      } else if isMarked, start != nil, !isBlank, !isQuoted(lines[index]) {
        end(at: index)
        start = nil
      }
      index += 1
    }
    end(at: lines.count)
    return found
  }

  static func isQuoted(_ line: String) -> Bool {
    let rest = line.utf8.drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: ">") && line.utf8.count - rest.count <= 3
  }

  /// The line without its quote marks.
  static func unquoted(_ line: String) -> Substring {
    isQuoted(line) ? line.drop { $0 == ">" || $0 == " " } : line[...]
  }

  private static func nextLine(in lines: [String], after index: Int) -> Int? {
    guard index + 1 < lines.count else { return nil }
    return lines[(index + 1)...].firstIndex { !$0.allSatisfy(\.isWhitespace) }
  }

  // Dividers

  /// A line drawn across a message without words.
  static func isRule(_ line: String) -> Bool {
    let trimmed = trim(line)
    return trimmed.utf8.count >= 8 && trimmed.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F }
  }

  private static func divider(_ line: String) -> Kind? {
    guard line.utf8.count <= 160 else { return nil }
    let trimmed = trim(line)
    let isDrawn = trimmed.hasPrefix("---") && trimmed.hasSuffix("---")
    let words = trim(trimmed.filter { $0 != "-" && $0 != ":" && $0 != "：" }).lowercased()
    if QuotePhrases.forwards.contains(words), isDrawn || trimmed.hasSuffix(":") { return .forward }
    return isDrawn && QuotePhrases.dividers.contains(words) ? .divider : nil
  }

  // Fields

  /// A block of fields that is a mail's header and no form: nothing but a header's fields, with an
  /// address or a subject.
  private static func headerFields(in lines: [String], at index: Int) -> QuoteHeader? {
    guard let first = field(of: lines[index]), QuotePhrases.fromWords.contains(first.name) else {
      return nil
    }
    var found: Set<Int> = []
    var subject: String?
    var hasAddress = first.value.contains("@")
    let isOfDesk = QuotePhrases.isDeskAddress(first.value)
    var end = index + 1
    var place = end
    while place < min(lines.count, index + 16) {
      let line = lines[place]
      if line.allSatisfy(\.isWhitespace) {
        // Fields may be paragraphs of their own.
        guard let next = nextLine(in: lines, after: place), next <= place + 2,
          let name = field(of: lines[next])?.name,
          QuotePhrases.otherFields.contains(where: { $0.contains(name) }), subject == nil
        else { break }
        place = next
        continue
      }
      guard let field = field(of: line) else {
        // A long list of recipients may take lines of its own, and so may a subject.
        let isRecipients = line.contains("@") || line.contains(";")
        guard isRecipients, subject == nil, line.utf8.count < 400 else { break }
        place += 1
        continue
      }
      guard let kind = QuotePhrases.otherFields.firstIndex(where: { $0.contains(field.name) })
      else {
        // A field that no mail has: this is a form.
        if end == place, !isSentence(field.value) { return nil }
        break
      }
      if kind == 2 { subject = field.value }
      if field.value.contains("@") { hasAddress = true }
      if kind < 3 { found.insert(kind) }
      place += 1
      end = place
    }
    // Date, recipients, subject.
    let isHeader =
      (hasAddress && found.count >= 2)
      || (subject != nil && found.contains(0) && found.contains(1))
    guard isHeader else { return nil }
    let hasTag = subject?.contains("[#") == true
    return QuoteHeader(kind: .fields(isOfConversation: isOfDesk || hasTag), lineCount: end - index)
  }

  private static func isSentence(_ text: String) -> Bool { text.split(separator: " ").count > 6 }

  /// A field at the start of the line, its name in lower case.
  private static func field(of line: String) -> (name: String, value: String)? {
    guard line.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else { return nil }
    let head = line.prefix(60).filter { $0 != "*" }
    guard let colon = head.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
    let name = trim(String(head[..<colon]))
    guard !name.isEmpty, name.count <= 20 else { return nil }
    let value = line[
      line.index(after: line.firstIndex { $0 == ":" || $0 == "：" } ?? line.startIndex)...]
    return (name.lowercased(), trim(String(value.filter { $0 != "*" })))
  }

  // Attributions

  private static func startsAttribution(_ line: String) -> Bool {
    guard line.utf8.count <= 300, line.utf8.contains(where: { (0x30...0x39).contains($0) }) else {
      return false
    }
    return true
  }

  /// `On Monday 2 Nov 2026 at 10:00, Ann <a@x.example> wrote:` and its like, on up to three lines:
  /// a date with a time or an address, and the end that mail programs give it.
  private static func attribution(in lines: [String], at index: Int) -> QuoteHeader? {
    guard startsAttribution(lines[index]) else { return nil }
    var joined = ""
    for (offset, line) in lines[index...].prefix(3).enumerated() {
      let trimmed = trim(line)
      if trimmed.isEmpty { return nil }
      joined += (joined.isEmpty ? "" : " ") + trimmed
      guard joined.utf8.count <= 400 else { return nil }
      guard joined.hasSuffix(":") || joined.hasSuffix("：") else { continue }
      return isAttribution(joined)
        ? QuoteHeader(kind: .attribution, lineCount: offset + 1) : nil
    }
    return nil
  }

  /// Whether a quoted line may name the writer of what follows it: "Ann wrote:".
  static func mayBeAttribution(_ line: Substring) -> Bool {
    guard line.utf8.count <= 120, line.last == ":" || line.last == "：" else { return false }
    let body = trim(line.dropLast().lowercased())
    return QuotePhrases.verbs.contains(where: body.hasSuffix)
  }

  private static func isAttribution(_ line: String) -> Bool {
    let lower = line.lowercased()
    let body = trim(String(lower.dropLast()))
    let hasAddress = body.contains("@")
    guard hasDate(lower), hasAddress || hasTime(lower) else { return false }
    // Sentences before it are the writer's own.
    let sentences = [". ", "! ", "? "].reduce(0) { $0 + body.ranges(of: $1).count }
    guard !body.contains("? "), !body.contains("! "), sentences <= 4,
      !QuotePhrases.ownWriting.contains(where: (" " + body + " ").contains)
    else { return false }
    let startsLikeDate = QuotePhrases.startsLikeDate(lower)
    // With an address as the last word it needs no verb.
    if startsLikeDate, hasAddress, body.hasSuffix(">") || body.hasSuffix(")") { return true }
    // Some languages put the name first and the verb last.
    if !startsLikeDate {
      guard hasTime(lower), hasAddress || body.contains("tarihinde") else { return false }
      return QuotePhrases.verbs.contains(where: body.hasSuffix)
        || QuotePhrases.nameFirst.contains(where: body.contains)
    }
    return QuotePhrases.verbs.contains { verb in
      body.hasSuffix(verb) || body.contains(verb + " ")
    }
  }

  /// A year or a day with a month.
  private static func hasDate(_ text: String) -> Bool {
    let numbers = text.split { !$0.isNumber }
    return numbers.count >= 2
      && numbers.contains { number in
        number.count == 4
          && (Int(number).map { (1990...2600).contains($0) || (1300...1500).contains($0) } ?? true)
          || number.count <= 2
      }
  }

  /// `10:00`, `10.00`, `10時00分`
  private static func hasTime(_ text: String) -> Bool {
    let letters = Array(text)
    for index in letters.indices.dropFirst().dropLast(2) where ":.h時点时".contains(letters[index]) {
      if letters[index - 1].isNumber, letters[index + 1].isNumber, letters[index + 2].isNumber {
        return true
      }
    }
    return false
  }

  private static func trim(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
