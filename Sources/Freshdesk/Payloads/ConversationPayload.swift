import Helpdesk

extension Conversation {
  /// Reads an entry of a ticket's thread; nil without an id.
  init?(payload: JSONValue, of ticket: TicketID) {
    guard let id = payload["id"]?.integer else { return nil }
    let created = payload["created_at"]?.time
    let updated = payload["updated_at"]?.time
    self.init(
      id: ConversationID(id),
      ticketID: payload["ticket_id"]?.integer.map(TicketID.init) ?? ticket,
      kind: ConversationKind(payload: payload), authorID: payload["user_id"]?.integer ?? 0,
      body: MessageBody(payload: payload, html: "body", text: "body_text")
        ?? MessageBody(html: "", text: ""),
      fromEmail: payload["from_email"]?.string, toEmails: payload["to_emails"]?.strings ?? [],
      ccEmails: payload["cc_emails"]?.strings ?? [],
      bccEmails: payload["bcc_emails"]?.strings ?? [],
      attachments: (payload["attachments"]?.elements ?? []).compactMap(Attachment.init(payload:)),
      createdAt: created ?? updated ?? Timestamp(0),
      updatedAt: updated ?? created ?? Timestamp(0),
      lastEditedAt: payload["last_edited_at"]?.time,
      isKindCertain: ConversationKind.isMarked(payload),
      failedEmails: payload["delivery_details"]?["failed_emails"]?.addresses ?? [])
  }
}

extension JSONValue {
  /// Addresses from a list of texts or of objects with an `email`.
  fileprivate var addresses: [String] {
    elements.compactMap { $0.string ?? $0["email"]?.string }.filter { !$0.isEmpty }
  }
}

extension ConversationKind {
  /// Works out who spoke to whom. Anything private stays private whatever else it claims.
  ///
  /// `source`: 0 reply, 2 note, 6 survey feedback, 8 forward. `category`, undocumented and seen on
  /// the wire: 1 customer, 2 private note or forward, 3 agent in public, 6 reply to a forward,
  /// 7 survey feedback. Seeded accounts say `incoming: false` even for category 1.
  init(payload: JSONValue) {
    let source = payload["source"]?.integer ?? payload["Source"]?.integer
    let category = payload["category"]?.integer
    let isPrivate = payload["private"]?.flag ?? (category == 2)
    if source == 8 {
      self = .forward
    } else if category == 6 {
      self = .replyToForward
    } else if isPrivate {
      self = .privateNote
    } else if category == 7 || source == 6 {
      self = .feedback
    } else if category == 1 || payload["incoming"]?.flag == true {
      self = .customer
    } else if source == 2 {
      self = .publicNote
    } else if source == 0 || category == 3 {
      self = .reply
    } else {
      self = .other
    }
  }

  /// Whether an entry says by itself who wrote it. Without a category, and with an `incoming` that
  /// is false at everything, only its author tells.
  static func isMarked(_ payload: JSONValue) -> Bool {
    payload["category"]?.integer != nil || payload["incoming"]?.flag == true
      || payload["private"]?.flag == true || (payload["source"]?.integer ?? 0) != 0
  }
}

extension PostedConversation {
  /// Reads the answer to a reply or a note. `now` stands in for a moment that is missing.
  init?(payload: JSONValue, now: Timestamp?) {
    guard let id = payload["id"]?.integer else { return nil }
    self.init(
      id: ConversationID(id), createdAt: payload["created_at"]?.time ?? now ?? Timestamp(0))
  }
}
