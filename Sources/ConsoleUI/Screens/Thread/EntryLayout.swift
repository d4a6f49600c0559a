import ConsoleModel
import Helpdesk
import MailText
import Terminal

/// Lays one entry of a thread out into lines.
struct EntryLayout {
  /// Bytes of a message that are laid out; a normal mail stays far below.
  static let byteLimit = 128 << 10
  /// Lines of one message that are laid out.
  static let lineLimit = 3000

  var width: Int
  var showsQuotes: Bool
  var showsHeaders: Bool
  var isFolded: Bool
  /// The number of the entry's first attachment in the list of files.
  var firstFile: Int
  /// The words of the thread, and how many of its messages were there before the entry.
  var earlier = EarlierWords()
  var earlierCount = 0

  /// The heading, then what is to be read.
  func lines(of entry: ThreadEntry) -> [ThreadLine] {
    var lines = [
      ThreadLine(kind: .heading, indent: 0, bar: "", text: entry.speaker, role: Self.role(entry))
    ]
    lines += undelivered(entry)
    guard !isFolded else { return lines }
    if showsHeaders { lines += headers(of: entry) }
    // Files belong to the writer's own words, before what is folded after them.
    let words = words(of: entry)
    let folded = words.reversed().prefix { $0.kind == .fold }.count
    return lines + words.dropLast(folded) + files(of: entry) + words.suffix(folded)
  }

  static func role(_ entry: ThreadEntry) -> Role {
    switch entry.kind {
    case .customer, .feedback: .customerWords
    case .privateNote, .forward, .replyToForward: .privateNote
    case .reply, .publicNote: .agentWords
    case .other: .systemWords
    }
  }

  private func bar(_ entry: ThreadEntry) -> String { entry.kind.isPrivate ? "# " : "" }

  /// Whom it did not reach; stands under the heading even of a folded entry.
  private func undelivered(_ entry: ThreadEntry) -> [ThreadLine] {
    guard !entry.failedEmails.isEmpty else { return [] }
    let text = "NOT DELIVERED to " + entry.failedEmails.joined(separator: ", ")
    return DisplayText.wrap(text, to: max(10, width - 4), limit: 4).map {
      ThreadLine(kind: .words, indent: 3, bar: bar(entry), text: $0, role: .error)
    }
  }

  private func headers(of entry: ThreadEntry) -> [ThreadLine] {
    var lines: [ThreadLine] = []
    func add(_ name: String, _ addresses: [String]) {
      guard !addresses.isEmpty else { return }
      let text = name + ": " + addresses.joined(separator: ", ")
      for line in DisplayText.wrap(text, to: max(10, width - 4), limit: 6) {
        lines.append(
          ThreadLine(kind: .words, indent: 3, bar: bar(entry), text: line, role: .systemWords))
      }
    }
    add("To", entry.toEmails)
    add("Cc", entry.ccEmails)
    return lines
  }

  private func words(of entry: ThreadEntry) -> [ThreadLine] {
    let bar = bar(entry)
    // Where there is room, lines end well before the pane beside them.
    let margin = width > 80 ? 4 : 1
    let room = max(8, width - 3 - margin - bar.count)
    let base: Role = entry.kind.isPrivate ? .privateNote : .normal
    let (text, isCut) = Self.beginning(of: entry.text)
    var lines: [ThreadLine] = []
    var hidden: (quoted: Int, other: Int) = (0, 0)
    for block in MailText.blocks(of: text, after: earlier, earlierCount: earlierCount) {
      guard lines.count < Self.lineLimit else { break }
      if block.isFoldable, !showsQuotes {
        flushHidden(&hidden, of: block.kind == .quote ? .quote : .signature, into: &lines)
        if block.kind == .quote {
          hidden.quoted += block.lines.count
        } else {
          hidden.other += block.lines.count
        }
        continue
      }
      flushHidden(&hidden, of: nil, into: &lines)
      let role: Role =
        switch block.kind {
        case .text: base
        case .quote: .quote
        case .signature, .disclaimer: .signature
        }
      for line in block.lines {
        // A quotation keeps its marks on every line that it is wrapped to.
        let marks = block.kind == .quote ? Self.quoteMarks(line, room: room) : ""
        let text = line.dropFirst(marks.count)
        for part in WrappedLines(text, width: room - marks.count) {
          guard lines.count < Self.lineLimit else { break }
          lines.append(
            ThreadLine(kind: .words, indent: 3, bar: bar, text: marks + part, role: role))
        }
      }
    }
    flushHidden(&hidden, of: nil, into: &lines)
    while let last = lines.last, last.kind == .words, last.text.isEmpty { lines.removeLast() }
    while let first = lines.first, first.kind == .words, first.text.isEmpty { lines.removeFirst() }
    if isCut || lines.count >= Self.lineLimit {
      let size = Digits.bytes(Int64(entry.text.utf8.count))
      lines.append(
        ThreadLine(
          kind: .fold, indent: 3, bar: bar,
          text: "[the message goes on: \(size) in all; o opens it in the browser]",
          role: .warning))
    }
    return lines
  }

  /// The `> > ` at the beginning of a quoted line, as far as there is room for text after it.
  private static func quoteMarks(_ line: some StringProtocol, room: Int) -> String {
    var marks = line.prefix { $0 == ">" || $0 == " " }
    guard marks.contains(">"), marks.count <= room / 2 else { return "" }
    while marks.last == " ", marks.dropLast().last == " " { marks.removeLast() }
    return String(marks)
  }

  /// Says how many lines are hidden; quotes and signatures on lines of their own.
  private func flushHidden(
    _ hidden: inout (quoted: Int, other: Int), of next: MessageBlock.Kind?,
    into lines: inout [ThreadLine]
  ) {
    func say(_ text: String) {
      while let last = lines.last, last.kind == .words, last.text.isEmpty { lines.removeLast() }
      lines.append(ThreadLine(kind: .fold, indent: 3, bar: "", text: text, role: .dim))
    }
    if hidden.quoted > 0, next != .quote {
      say("[+ \(Digits.count(hidden.quoted, "quoted line")) hidden: zq]")
      hidden.quoted = 0
    }
    if hidden.other > 0, next == nil {
      say("[+ \(Digits.count(hidden.other, "line")) of signature hidden: zq]")
      hidden.other = 0
    }
  }

  private func files(of entry: ThreadEntry) -> [ThreadLine] {
    guard !entry.attachments.isEmpty else { return [] }
    var lines: [ThreadLine] = []
    var text = ""
    func flush() {
      guard !text.isEmpty else { return }
      lines.append(
        ThreadLine(kind: .attachment, indent: 3, bar: bar(entry), text: text, role: .attachment))
      text = ""
    }
    for (index, file) in entry.attachments.prefix(50).enumerated() {
      let name = DisplayText.truncate(file.name, to: max(8, width - 24), ellipsis: "~")
      let piece = "[\(firstFile + index)] \(name)  \(Digits.bytes(file.size))"
      if !text.isEmpty, DisplayWidth.cells(of: text) + DisplayWidth.cells(of: piece) + 7 > width {
        flush()
      }
      text += (text.isEmpty ? "" : "   ") + piece
    }
    let hint = "      (F files/links)"
    if DisplayWidth.cells(of: text) + hint.count + 4 <= width { text += hint }
    flush()
    return lines
  }

  /// As much of a text as is laid out, cut between scalars.
  private static func beginning(of text: String) -> (String, isCut: Bool) {
    guard text.utf8.count > byteLimit else { return (text, false) }
    var end = text.utf8.index(text.startIndex, offsetBy: byteLimit)
    while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    return (String(text[..<end]), true)
  }
}
