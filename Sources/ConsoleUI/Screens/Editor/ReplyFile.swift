import ConsoleModel
import Helpdesk
import MailText

/// The file that `$EDITOR` gets: a header that ties it to its ticket, the words, and below a scissors
/// line the thread as context that is never sent.
struct ReplyFile: Equatable {
  var text: String
  var ccEmails: [String]
  var bccEmails: [String]

  static let scissors =
    "# ------------------------ >8 ------------------------ nothing below is sent"

  /// The file for a draft. The quoted thread of a reply is made of public entries only.
  static func text(of composer: Composer, thread: TicketDetail?, time: LocalTime, now: Timestamp)
    -> String
  {
    var lines = [
      "Ticket: \(composer.ticketID)",
      "Kind: \(composer.kind.isPublic ? "PUBLIC" : "PRIVATE")",
      "Subject: \(oneLine(composer.subject))",
    ]
    if composer.kind.isPublic {
      lines.append("To: \(oneLine(composer.requesterEmail))")
      lines.append("Cc: \(composer.ccEmails.map(oneLine).joined(separator: ", "))")
      lines.append("Bcc: \(composer.bccEmails.map(oneLine).joined(separator: ", "))")
    }
    lines += ["", composer.editor.text, "", scissors]
    for entry in thread?.entries.suffix(20) ?? [] {
      if composer.kind.isPublic, entry.kind.isPrivate { continue }
      lines.append("")
      lines.append("# \(oneLine(entry.speaker)), \(time.short(entry.createdAt, now: now))")
      lines += entry.text.prefix(4000).split(separator: "\n", omittingEmptySubsequences: false)
        .map { "> " + $0.filter { !$0.isControl } }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads the file back. Another ticket or kind in the header, or no words at all, is refused.
  static func read(
    _ file: String, for id: TicketID, kind: DraftKind
  ) -> Result<ReplyFile, CallFailure> {
    let all = file.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
    }
    var fields: [String: String] = [:]
    var index = 0
    while index < all.count, !all[index].isEmpty, let colon = all[index].firstIndex(of: ":") {
      fields[all[index][..<colon].lowercased()] =
        String(all[index][all[index].index(after: colon)...]).trimmed
      index += 1
    }
    guard fields["ticket"] == id.description else {
      return .failure(CallFailure("the file's header no longer names ticket #\(id)"))
    }
    guard fields["kind"] == (kind.isPublic ? "PUBLIC" : "PRIVATE") else {
      return .failure(CallFailure("the file's header names another kind than it began with"))
    }
    var words = all[min(all.count, index)...].prefix { $0 != scissors }
    while words.first?.trimmed.isEmpty == true { words.removeFirst() }
    while words.last?.trimmed.isEmpty == true { words.removeLast() }
    guard !words.isEmpty else { return .failure(CallFailure("the file has no words")) }
    do throws(EmailAddress.Problem) {
      return .success(
        ReplyFile(
          text: words.joined(separator: "\n"),
          ccEmails: try EmailAddress.list(fields["cc"] ?? "").map(\.address),
          bccEmails: try EmailAddress.list(fields["bcc"] ?? "").map(\.address)))
    } catch {
      return .failure(CallFailure("\(error.text.prefix(60)) is no address"))
    }
  }

  private static func oneLine(_ text: String) -> String { text.filter { !$0.isControl } }
}

extension Character {
  /// A line break or another control.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }
}
