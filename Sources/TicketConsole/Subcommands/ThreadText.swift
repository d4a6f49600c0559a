import ConsoleModel
import Helpdesk

/// A ticket and its thread as plain lines.
enum ThreadText {
  static func text(_ detail: TicketDetail, _ entries: [ThreadEntry]) -> String {
    let (ticket, row) = (detail.ticket, detail.row)
    var lines = ["#\(ticket.id)  \(oneLine(ticket.subjectLine))"]
    lines.append(
      "\(row.marked(row.statusLabel, .status)), \(row.marked(row.priority.label, .priority)), "
        + "\(row.marked(ticket.type ?? "no type", .type)), by \(ticket.source.label)")
    let address = detail.requester?.email.map { " <\($0)>" } ?? ""
    lines.append("Requester: \(oneLine(row.requesterName))\(oneLine(address))")
    if let company = detail.company?.name { lines.append("Company: \(oneLine(company))") }
    let group = row.groupName ?? ticket.groupID.map { "group \($0)" } ?? "--"
    lines.append(
      "Agent: \(row.marked(row.agentWords ?? "--", .agent))   "
        + "Group: \(row.marked(group, .group))")
    if !ticket.tags.isEmpty || row.pending.contains(.tags) {
      lines.append("Tags: \(row.marked(oneLine(ticket.tags.joined(separator: ", ")), .tags))")
    }
    if !row.pending.isEmpty {
      lines.append(
        "Waiting in the outbox: \(row.pending.names.joined(separator: ", ")) (marked ~)")
    }
    lines.append("Created: \(ticket.createdAt)   Updated: \(ticket.updatedAt)")
    if let due = ticket.dueAt { lines.append("Due: \(due)") }
    for entry in entries { lines += ["", head(entry)] + body(entry) }
    return lines.joined(separator: "\n")
  }

  /// One entry with its heading, cut after a number of lines.
  static func lines(_ entry: ThreadEntry, limit: Int) -> [String] {
    let lines = body(entry)
    guard lines.count > limit else { return [head(entry)] + lines }
    return [head(entry)] + lines.prefix(limit) + ["[\(lines.count - limit) more lines]"]
  }

  private static func head(_ entry: ThreadEntry) -> String {
    let words =
      switch entry.kind {
      case .customer: "CUSTOMER"
      case .reply: "PUBLIC REPLY"
      case .privateNote: "PRIVATE NOTE - not visible to customer"
      case .publicNote: "PUBLIC NOTE"
      case .forward: "FORWARD (outside the ticket)"
      case .replyToForward: "REPLY TO FORWARD"
      case .feedback: "FEEDBACK"
      case .other: "OTHER"
      }
    return "--- \(words)  \(oneLine(entry.authorName))  \(entry.createdAt)"
  }

  private static func body(_ entry: ThreadEntry) -> [String] {
    let bar = entry.kind.isPrivate ? "# " : ""
    var lines = entry.text.split(separator: "\n", omittingEmptySubsequences: false).map {
      bar + $0
    }
    if !entry.failedEmails.isEmpty {
      lines.insert(
        "\(bar)!! NOT DELIVERED to \(oneLine(entry.failedEmails.joined(separator: ", ")))", at: 0)
    }
    for file in entry.attachments {
      lines.append("\(bar)[file: \(oneLine(file.name)), \(file.size) bytes]")
    }
    return lines
  }

  /// A stranger's words may not begin a line of their own.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
