import ConsoleModel
import ConsoleUI
import Helpdesk

/// The review of a reply as text: everything that will leave, and what is worth a warning.
enum ReplyReview {
  /// `others` tell of other replies to the same ticket that are on their way.
  static func text(
    _ content: ReplyContent, _ detail: TicketDetail, account: Account, others: [String] = []
  ) -> String {
    let known = Set(
      (detail.entries.flatMap { $0.toEmails + $0.ccEmails } + detail.ticket.ccEmails
        + [content.toEmail]).map { $0.lowercased() })
    func addresses(_ list: [String]) -> String {
      list.map { known.contains($0.lowercased()) ? $0 : "\($0) (not in this thread so far)" }
        .joined(separator: ", ")
    }
    var lines = ["", "SEND PUBLIC REPLY to a CUSTOMER", ""]
    lines.append("Ticket   #\(detail.ticket.id)  \(oneLine(detail.ticket.subjectLine))")
    lines.append("To       \(oneLine(detail.row.requesterName)) <\(oneLine(content.toEmail))>")
    if !content.ccEmails.isEmpty { lines.append("Cc       \(addresses(content.ccEmails))") }
    if !content.bccEmails.isEmpty { lines.append("Bcc      \(addresses(content.bccEmails))") }
    lines.append("From     \(oneLine(account.agentName)), account \(account.name)")
    if let status = content.thenStatus {
      let mails = status.isDone ? " (the customer may be mailed about it)" : ""
      lines.append("Then     status \(detail.row.statusLabel) -> \(status.defaultLabel)\(mails)")
    }
    for file in content.attachments {
      lines.append("File     \(oneLine(file.name)), \(file.size) bytes")
    }
    let dangers = FindingWords.dangers(
      recipients: [content.toEmail] + content.ccEmails + content.bccEmails,
      requesterName: detail.row.requesterName, text: content.text, knownAddresses: known,
      knownDomains: Set(detail.company?.domains ?? []))
    for danger in dangers { lines.append("Warning  LOOK TWICE: \(oneLine(danger))") }
    for other in others { lines.append("Warning  \(other)") }
    for warning in warnings(content) { lines.append("Warning  \(warning)") }
    let rule = String(repeating: "-", count: 60)
    return (lines + [rule, content.text, rule, ""]).joined(separator: "\n")
  }

  /// What a reader would want to be told before it leaves.
  static func warnings(_ content: ReplyContent) -> [String] {
    var warnings: [String] = []
    if let word = FindingWords.attachmentWord(in: content.text), content.attachments.isEmpty {
      warnings.append("the text says \"\(word)\": NO FILE IS ATTACHED")
    }
    let words = content.text.lowercased()
    if words.contains("{{") || words.contains("[name]") || words.contains("<name>") {
      warnings.append("a placeholder is left in the text")
    }
    return warnings
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
