import Helpdesk

extension Ticket {
  /// Reads a ticket as a list or a view serves it; nil without an id.
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    let created = payload["created_at"]?.time
    let updated = payload["updated_at"]?.time
    self.init(
      id: TicketID(id), subject: payload["subject"]?.string ?? "",
      status: payload["status"]?.number.map(TicketStatus.init(rawValue:)) ?? .open,
      priority: payload["priority"]?.number.flatMap(TicketPriority.init(rawValue:)) ?? .low,
      source: payload["source"]?.number.map(TicketSource.init(rawValue:)) ?? .email,
      type: payload["type"]?.string,
      requesterID: ContactID(
        payload["requester_id"]?.integer ?? payload["requester"]?["id"]?.integer ?? 0),
      companyID: payload["company_id"]?.integer.map(CompanyID.init),
      agentID: payload["responder_id"]?.integer.map(AgentID.init),
      groupID: payload["group_id"]?.integer.map(GroupID.init),
      tags: payload["tags"]?.strings ?? [],
      ccEmails: payload["cc_emails"]?.strings ?? [],
      replyCcEmails: payload["reply_cc_emails"]?.strings,
      supportEmails: payload["support_email"]?.string.map { [$0] } ?? [],
      createdAt: created ?? updated ?? Timestamp(0),
      updatedAt: updated ?? created ?? Timestamp(0),
      firstResponseDueAt: payload["fr_due_by"]?.time, dueAt: payload["due_by"]?.time,
      isFirstResponseOverdue: payload["fr_escalated"]?.flag ?? false,
      isOverdue: payload["is_escalated"]?.flag ?? false,
      isSpam: payload["spam"]?.flag ?? false, isDeleted: payload["deleted"]?.flag ?? false,
      customFields: CustomFieldValue.fields(payload: payload["custom_fields"]),
      moments: payload["stats"].map(TicketMoments.init(payload:)),
      description: MessageBody(payload: payload, html: "description", text: "description_text"),
      attachments: (payload["attachments"]?.elements ?? []).compactMap(Attachment.init(payload:)),
      requester: payload["requester"].flatMap(PersonSummary.init(payload:)))
  }
}

extension TicketMoments {
  init(payload: JSONValue) {
    self.init(
      firstRespondedAt: payload["first_responded_at"]?.time,
      agentRespondedAt: payload["agent_responded_at"]?.time,
      requesterRespondedAt: payload["requester_responded_at"]?.time,
      statusUpdatedAt: payload["status_updated_at"]?.time,
      resolvedAt: payload["resolved_at"]?.time, closedAt: payload["closed_at"]?.time,
      pendingSince: payload["pending_since"]?.time)
  }
}

extension PersonSummary {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    self.init(id: id, name: payload["name"]?.string ?? "", email: payload["email"]?.string)
  }
}

extension MessageBody {
  /// Nil where the answer has neither form.
  init?(payload: JSONValue, html: StaticString, text: StaticString) {
    let html = payload[html]?.string
    let text = payload[text]?.string
    guard html != nil || text != nil else { return nil }
    self.init(html: html ?? "", text: text ?? "")
  }
}

extension CustomFieldValue {
  /// The fields that hold something; null means that a field is empty.
  static func fields(payload: JSONValue?) -> [String: CustomFieldValue] {
    var fields: [String: CustomFieldValue] = [:]
    for (name, value) in payload?.members ?? [] { fields[name] = CustomFieldValue(payload: value) }
    return fields
  }

  init?(payload: JSONValue) {
    switch payload.kind {
    case .yes: self = .flag(true)
    case .no: self = .flag(false)
    case .number:
      guard let number = payload.double else { return nil }
      self = .number(number)
    case .string, .escaped: self = .text(payload.string ?? "")
    case .array: self = .list(payload.strings)
    case .object, .null: return nil
    }
  }
}

extension Attachment {
  /// The documentation sometimes prints `file_size` for `size`.
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    self.init(
      id: id, name: payload["name"]?.string ?? "",
      size: payload["size"]?.integer ?? payload["file_size"]?.integer ?? 0,
      contentType: payload["content_type"]?.string, url: payload["attachment_url"]?.string)
  }
}

extension JSONValue {
  /// A whole number that fits an `Int`.
  var number: Int? { integer.map(Int.init) }
}
