public import ConsoleModel
public import Helpdesk
import MailText

/// The file that `$EDITOR` gets: a header that ties it to its ticket, the words, and below a scissors
/// line the thread as context that is never sent.
public struct ReplyFile: Equatable, Sendable {
  /// What a file is made of, and what its header has to name again.
  public struct Original: Equatable, Sendable {
    public var ticketID: TicketID
    public var kind: DraftKind
    /// Nil where it is not known any more.
    public var subject: String?
    public var toEmail: String?
    public var ccEmails: [String]
    public var bccEmails: [String]

    public init(
      ticketID: TicketID, kind: DraftKind, subject: String? = nil, toEmail: String? = nil,
      ccEmails: [String] = [], bccEmails: [String] = []
    ) {
      self.ticketID = ticketID
      self.kind = kind
      self.subject = subject
      self.toEmail = toEmail
      self.ccEmails = ccEmails
      self.bccEmails = bccEmails
    }
  }

  /// The words between the header and the scissors, without blank lines around them.
  public var text: String
  public var ccEmails: [String]
  public var bccEmails: [String]
  /// What is wrong in the header, and what holds instead. The words are taken all the same.
  public var problems: [String] = []

  static let scissors =
    "# ------------------------ >8 ------------------------ nothing below is sent"
  private static let fieldNames: Set<String> = ["ticket", "kind", "subject", "to", "cc", "bcc"]

  /// The file for a draft. The quoted thread of a reply is made of public entries only.
  public static func text(
    of original: Original, words: String, thread: TicketDetail?, time: LocalTime, now: Timestamp
  ) -> String {
    let isPublic = original.kind.isPublic
    var lines = [
      "Ticket: \(original.ticketID)",
      "Kind: \(isPublic ? "PUBLIC" : "PRIVATE")",
      "Subject: \(oneLine(original.subject ?? ""))",
    ]
    if isPublic {
      lines.append("To: \(oneLine(original.toEmail ?? ""))")
      lines.append("Cc: \(original.ccEmails.map(oneLine).joined(separator: ", "))")
      lines.append("Bcc: \(original.bccEmails.map(oneLine).joined(separator: ", "))")
    }
    lines += ["", words, "", scissors]
    for entry in thread?.entries.suffix(20) ?? [] {
      if isPublic, entry.kind.isPrivate { continue }
      lines.append("")
      lines.append("# \(oneLine(entry.speaker)), \(time.short(entry.createdAt, now: now))")
      lines += entry.text.prefix(4000).split(separator: "\n", omittingEmptySubsequences: false)
        .map { "> " + $0.filter { !$0.isControl } }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the file back. Every word above the scissors comes back, whatever became of the header;
  /// ticket and kind never change, and recipients only to addresses.
  public static func read(_ file: String, for original: Original) -> ReplyFile {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }.prefix { $0 != scissors }
    let (fields, strange, rest) = header(of: Array(lines))
    var result = ReplyFile(
      text: words(strange + rest), ccEmails: original.ccEmails, bccEmails: original.bccEmails)
    if let first = strange.first {
      result.problems.append(
        "“\(first.prefix(30))” is no header line and stands in the text now")
    }
    guard !fields.isEmpty else {
      result.problems.append("the header is gone: ticket and recipients are as before")
      return result
    }
    if fields["ticket"] != original.ticketID.description {
      result.problems.append(
        "the header names another ticket: this stays with #\(original.ticketID), recipients as before"
      )
      return result
    }
    let kind = original.kind.isPublic ? "PUBLIC" : "PRIVATE"
    if fields["kind"]?.uppercased() != kind {
      result.problems.append(
        "the header names another kind: this stays a \(kind) "
          + (original.kind.isPublic ? "reply" : "note"))
    }
    if let subject = original.subject, fields["subject"] != oneLine(subject).trimmed {
      result.problems.append("the subject stays as it is")
    }
    guard original.kind.isPublic else { return result }
    if let to = original.toEmail, fields["to"] != oneLine(to).trimmed {
      result.problems.append("To stays as it is")
    }
    result.take("Cc", fields["cc"], \.ccEmails)
    result.take("Bcc", fields["bcc"], \.bccEmails)
    return result
  }

  /// Takes a line of addresses; one that is wrong or gone changes nothing.
  private mutating func take(
    _ name: String, _ line: String?, _ list: WritableKeyPath<ReplyFile, [String]>
  ) {
    guard let line else {
      if !self[keyPath: list].isEmpty { problems.append("\(name) is gone and stays as it was") }
      return
    }
    do throws(EmailAddress.Problem) {
      self[keyPath: list] = try EmailAddress.list(line).map(\.address)
    } catch {
      problems.append("“\(error.text.prefix(40))” is no address: \(name) stays as it was")
    }
  }

  /// The header's fields, lines inside it that are none of its own, and what comes after it. A block
  /// that names neither ticket nor kind is no header.
  private static func header(
    of lines: [String]
  ) -> (fields: [String: String], strange: [String], rest: [String]) {
    var fields: [String: String] = [:]
    var strange: [String] = []
    // Lines of other names are the header's only when more of it follows.
    var pending: [String] = []
    var end = 0
    for (index, line) in lines.enumerated() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].allSatisfy({ $0.isLetter || $0 == "-" })
      else { break }
      let name = line[..<colon].lowercased()
      if fieldNames.contains(name) {
        if fields[name] != nil { break }
        fields[name] = String(line[line.index(after: colon)...]).trimmed
        strange += pending
        pending = []
        end = index + 1
      } else {
        pending.append(line)
      }
    }
    guard fields["ticket"] != nil || fields["kind"] != nil else { return ([:], [], lines) }
    return (fields, strange, Array(lines[end...]))
  }

  private static func words(_ lines: [String]) -> String {
    var words = lines[...]
    while words.first?.trimmed.isEmpty == true { words.removeFirst() }
    while words.last?.trimmed.isEmpty == true { words.removeLast() }
    return words.joined(separator: "\n")
  }

  private static func oneLine(_ text: String) -> String { text.filter { !$0.isControl } }
}

extension Character {
  /// A line break or another control.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }
}
