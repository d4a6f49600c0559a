/// The thread of a ticket: list, reply, note, forward, edit, delete.
enum ConversationRoutes {
  static func list(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    let page = try call.page()
    let thread = try call.store.conversations(
      of: ticket.id, limit: page.limit, offset: page.offset)
    return APIReply(call, page, thread) { TicketJSON.write($1, base: call.base, to: &$0) }
  }

  static func reply(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.findChangeable(call)
    var fields = try BodyFields(
      call,
      [
        "body": .text, "structured_body": .anything, "from_email": .text, "user_id": .integer,
        "cc_emails": .texts, "bcc_emails": .texts, "attachments": .anything,
      ])
    let body = body(of: &fields)
    checkAddresses(&fields, ["cc_emails", "bcc_emails"])
    if let from = fields.text("from_email"), !(try isOurs(from, call)) {
      fields.reject(.value("from_email", "There is no email config matching the given from_email"))
    }
    try checkAuthor(&fields, call)
    try fields.finish()
    let mail = OutgoingMail(
      body: body, to: try call.desk.requesterEmail(ticket), cc: fields.texts("cc_emails") ?? [],
      bcc: fields.texts("bcc_emails") ?? [], from: fields.text("from_email"),
      attachments: try Attachments.store(fields.uploads, in: call.store, now: call.now))
    let author = fields.integer("user_id") ?? call.agent.id
    let entry = try call.desk.reply(mail, by: author, on: ticket, now: call.now)
    return APIReply(status: 201) { writer in
      writer.object { writer in
        writeCommon(entry, call, to: &writer)
        writer.member("from_email", entry.fromEmail)
        writer.member("cc_emails", json: entry.ccEmails)
        writer.member("bcc_emails", json: entry.bccEmails)
        writer.member("to_emails", json: entry.toEmails)
        writer.member("replied_to", json: entry.toEmails)
        writer.nullMember("source_additional_info")
      }
    }
  }

  static func note(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.findChangeable(call)
    var fields = try BodyFields(
      call,
      [
        "body": .text, "structured_body": .anything, "private": .bool, "incoming": .bool,
        "notify_emails": .texts, "user_id": .integer, "attachments": .anything,
      ])
    let body = body(of: &fields)
    checkAddresses(&fields, ["notify_emails"])
    try checkAuthor(&fields, call)
    try fields.finish()
    let entry = try call.desk.note(
      body, isPrivate: fields.bool("private") ?? true, incoming: fields.bool("incoming") ?? false,
      notify: fields.texts("notify_emails") ?? [],
      attachments: try Attachments.store(fields.uploads, in: call.store, now: call.now),
      by: fields.integer("user_id") ?? call.agent.id, on: ticket, now: call.now)
    return APIReply(status: 201) { writeNote(entry, call, to: &$0) }
  }

  static func forward(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.findChangeable(call)
    var fields = try BodyFields(
      call,
      [
        "body": .text, "to_emails": .texts, "cc_emails": .texts, "bcc_emails": .texts,
        "from_email": .text, "agent_id": .integer, "include_quoted_text": .bool,
        "include_original_attachments": .bool, "attachments": .anything,
      ], required: ["body", "to_emails"])
    checkAddresses(&fields, ["to_emails", "cc_emails", "bcc_emails"])
    if fields.texts("to_emails") == [] { fields.reject(.missing("to_emails")) }
    try fields.finish()
    var mail = OutgoingMail(
      body: fields.text("body") ?? "", source: ConversationRecord.Source.forward,
      to: fields.texts("to_emails") ?? [], cc: fields.texts("cc_emails") ?? [],
      bcc: fields.texts("bcc_emails") ?? [], from: fields.text("from_email"))
    mail.attachments = try Attachments.store(fields.uploads, in: call.store, now: call.now)
    let entry = try call.desk.reply(
      mail, by: fields.integer("agent_id") ?? call.agent.id, on: ticket, now: call.now)
    return APIReply(status: 201) { TicketJSON.write(entry, base: call.base, to: &$0) }
  }

  /// Notes can be edited, replies cannot; the entry's `updated_at` stays where it was.
  static func update(_ call: APICall) throws -> APIReply {
    var entry = try findNote(call)
    let fields = try BodyFields(call, ["body": .text, "attachments": .anything])
    try fields.finish()
    if let body = fields.text("body") { entry.body = MailBody.rewritten(body) }
    if let files = try Attachments.store(fields.uploads, in: call.store, now: call.now) {
      let all =
        (entry.attachments.flatMap { JSONParser.parse($0)?.array } ?? [])
        + (JSONParser.parse(files)?.array ?? [])
      entry.attachments = JSONValue.array(all).text
    }
    entry.lastEditedAt = call.now
    entry.lastEditedUserID = call.agent.id
    try call.store.save(entry)
    try touch(entry.ticketID, call)
    return APIReply { writeNote(entry, call, to: &$0) }
  }

  static func delete(_ call: APICall) throws -> APIReply {
    guard let entry = try call.store.conversation(call.id) else { throw APIRefusal.notFound }
    try call.store.deleteConversation(entry.id)
    try touch(entry.ticketID, call)
    return .noContent
  }

  private static func findNote(_ call: APICall) throws -> ConversationRecord {
    guard let entry = try call.store.conversation(call.id) else { throw APIRefusal.notFound }
    guard entry.source == ConversationRecord.Source.note else {
      throw APIRefusal.wrongVerb(allow: ["DELETE"])
    }
    return entry
  }

  private static func touch(_ ticketID: Int64, _ call: APICall) throws {
    guard var ticket = try call.store.ticket(ticketID) else { return }
    ticket.updatedAt = call.now
    try call.desk.save(ticket, now: call.now)
  }

  /// The body, or the text of a structured one.
  private static func body(of fields: inout BodyFields) -> String {
    if let body = fields.text("body"), !body.isEmpty { return body }
    let structured = fields.object["structured_body"]
    let object = structured?.object ?? structured?.string.flatMap { JSONParser.parse($0)?.object }
    let contents = object?["body_contents"]?.array ?? []
    let texts = contents.compactMap { $0.object?["data"]?.object?["content"]?.string }
    if texts.isEmpty { fields.reject(.missing("body")) }
    return texts.joined(separator: "<br>")
  }

  private static func checkAddresses(_ fields: inout BodyFields, _ keys: [String]) {
    for key in keys where !(fields.texts(key) ?? []).allSatisfy(TicketFields.isAddress) {
      fields.reject(.value(key, "It should contain elements of type valid email only"))
    }
  }

  private static func checkAuthor(_ fields: inout BodyFields, _ call: APICall) throws {
    guard let id = fields.integer("user_id") else { return }
    if try call.store.agent(id) == nil, try call.store.contact(id) == nil {
      fields.reject(.value("user_id", "There is no contact matching the given user_id"))
    }
  }

  private static func isOurs(_ address: String, _ call: APICall) throws -> Bool {
    let bare =
      address.hasSuffix(">")
      ? address.dropLast().split(separator: "<").last.map(String.init) ?? "" : address
    return try call.store.documents(.emailConfig).contains {
      $0.document["reply_email"]?.string == bare
    }
  }

  private static func writeCommon(
    _ entry: ConversationRecord, _ call: APICall, to writer: inout JSONWriter
  ) {
    writer.member("body", entry.body)
    writer.member("body_text", MailBody.text(entry.body))
    writer.member("id", entry.id)
    writer.member("user_id", entry.userID)
    writer.member("ticket_id", entry.ticketID)
    writer.member("created_at", time: entry.createdAt)
    writer.member("updated_at", time: entry.updatedAt)
    writer.key("attachments")
    TicketJSON.writeAttachments(entry.attachments ?? "[]", base: call.base, to: &writer)
  }

  private static func writeNote(
    _ entry: ConversationRecord, _ call: APICall, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writeCommon(entry, call, to: &writer)
      writer.member("incoming", entry.incoming)
      writer.member("private", entry.isPrivate)
      writer.nullMember("support_email")
      writer.member("to_emails", json: entry.toEmails ?? "[]")
      writer.member("notified_to", json: entry.toEmails ?? "[]")
    }
  }
}
