public import ConsoleModel
public import Helpdesk

/// Whether files still fit: the helpdesk counts all files of a ticket together.
public enum AttachmentRoom {
  /// Why a file cannot be sent along with others on a ticket; nil when it can.
  public static func problem(
    _ file: OutgoingFile, with others: [OutgoingFile], on detail: TicketDetail?, limit: Int64?
  ) -> String? {
    guard let limit else { return nil }
    let inTicket = (detail?.entries ?? []).flatMap(\.attachments).reduce(0) { $0 + $1.size }
    let attached = others.reduce(0) { $0 + $1.size }
    guard inTicket + attached + file.size > limit else { return nil }
    var parts: [String] = []
    if inTicket > 0 { parts.append("the ticket has \(Digits.bytes(inTicket))") }
    if attached > 0 { parts.append("\(Digits.bytes(attached)) are attached") }
    let taken = parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
    return "\(file.name) is too large, not attached: \(Digits.bytes(file.size)) of at most "
      + "\(Digits.bytes(limit)) for all files of a ticket\(taken)"
  }
}
