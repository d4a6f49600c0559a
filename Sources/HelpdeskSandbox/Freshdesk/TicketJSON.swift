/// Tickets, entries of threads and files as the vendor writes them.
enum TicketJSON {
  /// The list's form; `more` adds what the view or an include has.
  static func write(
    _ ticket: TicketRecord, now: Int64, to writer: inout JSONWriter,
    more: (inout JSONWriter) throws -> Void = { _ in }
  ) rethrows {
    let isOpen = ticket.status != 4 && ticket.status != 5
    let isLateResponse =
      ticket.firstRespondedAt == nil && isOpen && (ticket.firstResponseDueBy ?? .max) < now
    let isLate = isOpen && (ticket.dueBy ?? .max) < now
    let knowsDue = now >= ticket.dueKnownAt
    try writer.object { writer in
      writer.member("cc_emails", json: ticket.ccEmails)
      writer.member("fwd_emails", json: "[]")
      writer.member("reply_cc_emails", json: ticket.ccEmails)
      writer.member("ticket_cc_emails", json: ticket.ccEmails)
      writer.member("ticket_bcc_emails", json: "[]")
      writer.member("fr_escalated", isLateResponse)
      writer.member("spam", ticket.state == .spam)
      writer.member("email_config_id", ticket.emailConfigID)
      writer.member("group_id", ticket.groupID)
      writer.member("priority", ticket.priority)
      writer.member("requester_id", ticket.requesterID)
      writer.member("responder_id", ticket.responderID)
      writer.member("source", ticket.source)
      writer.member("company_id", ticket.companyID)
      writer.member("status", ticket.status)
      writer.member("subject", ticket.subject)
      writer.member("association_type", ticket.parentID.map { _ in 2 })
      writer.member("support_email", ticket.source == 1 ? Desk.supportEmail : nil)
      writer.member("to_emails", json: ticket.toEmails)
      writer.member("product_id", ticket.productID)
      writer.member("id", ticket.id)
      writer.member("type", ticket.type)
      writer.member("due_by", time: knowsDue ? ticket.dueBy : nil)
      writer.member("fr_due_by", time: knowsDue ? ticket.firstResponseDueBy : nil)
      writer.member("is_escalated", isLate || isLateResponse)
      writer.member("custom_fields", json: ticket.customFields)
      writer.member("created_at", time: ticket.createdAt)
      writer.member("updated_at", time: ticket.updatedAt)
      writer.nullMember("associated_tickets_count")
      writer.member("tags", json: ticket.tags)
      writer.nullMember("nr_due_by")
      writer.member("nr_escalated", false)
      writer.nullMember("source_additional_info")
      writer.nullMember("structured_description")
      writer.nullMember("form_id")
      writer.nullMember("sentiment_score")
      writer.nullMember("initial_sentiment_score")
      writer.nullMember("internal_agent_id")
      writer.nullMember("internal_group_id")
      if ticket.state == .deleted { writer.member("deleted", true) }
      try more(&writer)
    }
  }

  /// The view's form: with description and files, and the includes asked for.
  static func writeView(
    _ ticket: TicketRecord, _ call: APICall, includes: Set<String> = [],
    to writer: inout JSONWriter
  ) throws {
    try write(ticket, now: call.now, to: &writer) { writer in
      let (body, attachments) = try call.store.description(of: ticket.id)
      writer.member("description", body)
      writer.member("description_text", MailBody.descriptionText(body))
      writer.key("attachments")
      writeAttachments(attachments, base: call.base, to: &writer)
      if let parent = ticket.parentID {
        writer.member("associated_tickets_list", json: "[\(parent)]")
      }
      try writeIncludes(ticket, call, includes, to: &writer)
      if includes.contains("conversations") {
        writer.key("conversations")
        let thread = try call.store.conversations(of: ticket.id, limit: 10, offset: 0)
        writer.array(thread) { write($1, base: call.base, to: &$0) }
      }
    }
  }

  /// `requester`, `company` and `stats`.
  static func writeIncludes(
    _ ticket: TicketRecord, _ call: APICall, _ includes: Set<String>, to writer: inout JSONWriter
  ) throws {
    if includes.contains("requester") {
      let person = try call.store.contact(ticket.requesterID)
      writer.key("requester")
      writer.object { writer in
        writer.member("id", ticket.requesterID)
        writer.member("name", person?.name)
        writer.member("email", person?.email)
        writer.member("mobile", person?.mobile)
        writer.member("phone", person?.phone)
      }
    }
    if includes.contains("company") {
      writer.key("company")
      if let id = ticket.companyID, let company = try call.store.document(.company, id) {
        writer.object { writer in
          writer.member("id", id)
          writer.member("name", company.name)
        }
      } else {
        writer.raw("{}")
      }
    }
    if includes.contains("stats") {
      writer.key("stats")
      writer.object { writer in
        writer.member("agent_responded_at", time: ticket.agentRespondedAt)
        writer.member("requester_responded_at", time: ticket.requesterRespondedAt)
        writer.member("first_responded_at", time: ticket.firstRespondedAt)
        writer.member("status_updated_at", time: ticket.statusUpdatedAt)
        writer.member("reopened_at", time: ticket.reopenedAt)
        writer.member("resolved_at", time: ticket.resolvedAt)
        writer.member("closed_at", time: ticket.closedAt)
        writer.member("pending_since", time: ticket.pendingSince)
      }
    }
  }

  /// An entry of a thread, with every key of the form of 2024.
  static func write(
    _ entry: ConversationRecord, base: String, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("body", entry.body)
      writer.member("body_text", MailBody.text(entry.body))
      writer.member("id", entry.id)
      writer.member("incoming", entry.incoming)
      writer.member("private", entry.isPrivate)
      writer.member("user_id", entry.userID)
      writer.member("support_email", entry.source == 0 ? Desk.supportEmail : nil)
      writer.member("source", entry.source)
      writer.member("category", entry.category)
      writer.member("to_emails", json: entry.toEmails ?? "[]")
      writer.member("from_email", entry.fromEmail)
      writer.member("cc_emails", json: entry.ccEmails ?? "[]")
      writer.member("bcc_emails", json: entry.bccEmails)
      writer.nullMember("email_failure_count")
      writer.nullMember("outgoing_failures")
      writer.nullMember("thread_id")
      writer.nullMember("thread_message_id")
      writer.member("created_at", time: entry.createdAt)
      writer.member("updated_at", time: entry.updatedAt)
      writer.member("last_edited_at", time: entry.lastEditedAt)
      writer.member("last_edited_user_id", entry.lastEditedUserID)
      writer.key("attachments")
      writeAttachments(entry.attachments ?? "[]", base: base, to: &writer)
      writer.nullMember("automation_id")
      writer.nullMember("automation_type_id")
      writer.member("auto_response", false)
      writer.member("ticket_id", entry.ticketID)
      writer.nullMember("threading_type")
      writer.member("delivery_details", json: #"{"failed_emails":[],"pending_emails":[]}"#)
      writer.nullMember("source_additional_info")
      if entry.source == ConversationRecord.Source.forward {
        writer.member("deleted", false)
        writer.member("cloud_files", json: "[]")
        writer.member("has_quoted_text", true)
      }
    }
  }

  /// Files with an address that can be fetched without a key.
  static func writeAttachments(_ json: String, base: String, to writer: inout JSONWriter) {
    guard json != "[]", let files = JSONParser.parse(json)?.array else {
      writer.raw("[]")
      return
    }
    writer.array(files) { writer, file in
      guard var file = file.object, let id = file["id"]?.integer else { return writer.null() }
      file["attachment_url"] = .string(Attachments.address(id, base: base))
      writer.object(file)
    }
  }
}
