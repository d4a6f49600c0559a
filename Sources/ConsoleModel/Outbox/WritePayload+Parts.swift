import Helpdesk

extension WritePayload {
  public var subject: String {
    switch self {
    case .reply(let reply): reply.subject
    case .privateNote(let note): note.subject
    case .update(let update): update.subject
    }
  }

  /// The draft that this write was, or would be again; nil for changes of fields.
  public var draftKind: DraftKind? {
    switch self {
    case .reply: .reply
    case .privateNote: .privateNote
    case .update: nil
    }
  }

  /// The status that is set once the words are sent.
  public var thenStatus: TicketStatus? {
    switch self {
    case .reply(let reply): reply.thenStatus
    case .privateNote(let note): note.thenStatus
    case .update: nil
    }
  }

  /// The files that go along.
  public var attachments: [OutgoingFile] {
    switch self {
    case .reply(let reply): reply.attachments
    case .privateNote(let note): note.attachments
    case .update: []
    }
  }

  /// What the request limits tell apart.
  var writeKind: WriteKind {
    switch self {
    case .reply: .reply
    case .privateNote: .privateNote
    case .update: .update
    }
  }

  /// Whether a customer gets to see it, so that it needs a confirmation and the check of the
  /// thread: a reply, and a change to resolved or closed where the helpdesk mails the customer.
  public func isCustomerFacing(mailsCustomerOnClose: Bool) -> Bool {
    switch self {
    case .reply: true
    case .privateNote: false
    case .update(let update): mailsCustomerOnClose && (update.change.status?.isDone ?? false)
    }
  }

  /// The draft that gives the words back to their writer.
  func draft(of ticketID: TicketID, at moment: Timestamp) -> Draft? {
    switch self {
    case .reply(let reply):
      Draft(
        ticketID: ticketID, kind: .reply, text: reply.text, ccEmails: reply.ccEmails,
        bccEmails: reply.bccEmails, attachments: reply.attachments, thenStatus: reply.thenStatus,
        seenConversationID: reply.seenConversationID, updatedAt: moment)
    case .privateNote(let note):
      Draft(
        ticketID: ticketID, kind: .privateNote, text: note.text, attachments: note.attachments,
        thenStatus: note.thenStatus, updatedAt: moment)
    case .update: nil
    }
  }
}

extension UpdateContent {
  /// The change that takes this one back, with the same precondition.
  public func opposite(undoing id: WriteID) -> UpdateContent {
    UpdateContent(
      subject: subject, change: before, before: change, undoes: id,
      seenConversationID: seenConversationID)
  }
}
