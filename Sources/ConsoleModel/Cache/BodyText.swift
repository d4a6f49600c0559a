import Helpdesk
import MailText

/// The plain text of a body as the cache keeps and shows it.
enum BodyText {
  /// Bytes of one message that are kept; what is cut off is said at the end.
  static let byteLimit = 1_000_000

  /// Costs time with a long body: make it outside a transaction.
  static func make(_ body: MessageBody) -> String {
    guard !body.html.isEmpty else { return cut(body.text) }
    return cut(MailText.plainText(fromHTML: body.html))
  }

  /// The ticket with its description as plain text alone, so that nothing is left to be made while
  /// the database is locked.
  static func prepare(_ ticket: Ticket) -> Ticket {
    var prepared = ticket
    prepared.description = ticket.description.map { MessageBody(html: "", text: make($0)) }
    return prepared
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > byteLimit else { return text }
    let kept = String(decoding: text.utf8.prefix(byteLimit), as: UTF8.self)
    return kept + "\n[cut here: the message has \(text.utf8.count) bytes]"
  }
}
