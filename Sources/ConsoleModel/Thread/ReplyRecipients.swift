import Helpdesk

/// Who receives a reply unless the user says otherwise; the same on the screen and on the command
/// line.
public struct ReplyRecipients: Equatable, Sendable {
  /// The requester's address; nil where none is known.
  public var to: String?
  public var cc: [String]

  public init(to: String?, cc: [String]) {
    self.to = to
    self.cc = cc
  }

  /// Copies go to those who are in the conversation now: before the first reply to the ticket's own
  /// copies, later to those of the last reply, to whom the customer has added since, and to those of
  /// the ticket's copies that the helpdesk itself would propose. So an address that a colleague took
  /// out does not come back. The helpdesk's own mailboxes, the writer and the
  /// requester never get one, and each address stands once, however it is spelled.
  public init(for detail: TicketDetail) {
    to = detail.requester?.email ?? detail.ticket.requester?.email
    if to?.isEmpty == true { to = nil }
    var seen = detail.ownAddresses
    seen.formUnion(
      ([to] + [detail.requester?.email]).compactMap(\.self).map(EmailAddress.key))
    seen.formUnion((detail.requester?.otherEmails ?? []).map(EmailAddress.key))
    cc = []
    for text in Self.candidates(detail) {
      for mailbox in (try? EmailAddress.list(text)) ?? [] where seen.insert(mailbox.key).inserted {
        cc.append(mailbox.address)
      }
    }
  }

  private static func candidates(_ detail: TicketDetail) -> [String] {
    guard let last = detail.entries.lastIndex(where: { $0.kind == .reply && $0.id != nil }) else {
      return detail.ticket.ccEmails + (detail.ticket.replyCcEmails ?? [])
    }
    let later = detail.entries[(last + 1)...].filter { $0.kind == .customer }
    var copies = detail.ticket.ccEmails
    if let proposed = detail.ticket.replyCcEmails.map({ Set($0.map(EmailAddress.key)) }) {
      copies.removeAll { !proposed.contains(EmailAddress.key($0)) }
    }
    return detail.entries[last].ccEmails + later.flatMap { $0.toEmails + $0.ccEmails } + copies
  }
}
