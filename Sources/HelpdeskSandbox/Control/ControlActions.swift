/// People who act by order: customers who write, colleagues who work.
enum ControlActions {
  /// A customer opens a ticket by mail.
  static func openTicket(
    _ order: JSONObject, _ desk: Desk, _ now: Int64, _ writer: inout JSONWriter
  ) throws -> Int {
    guard let email = order["email"]?.string, TicketFields.isAddress(email) else {
      throw ControlComplaint(sentence: "\"email\" is the customer's address.")
    }
    let requester = try desk.contact(email: email, name: order["name"]?.string, now: now)
    var ticket = try desk.newTicket(
      requester: requester, priority: order["priority"]?.integer ?? 2, now: now)
    ticket.subject = order["subject"]?.string ?? "No subject"
    ticket.source = 1
    ticket.toEmails = JSONValue([Desk.supportEmail]).text
    ticket.dueKnownAt = now
    let text = order["description"]?.string ?? ""
    try desk.open(ticket, description: MailBody.html(text), attachments: nil, now: now)
    writer.object(["id": .integer(ticket.id), "requester_id": .integer(requester.id)])
    return 201
  }

  /// The requester of a ticket writes.
  static func customerReply(
    _ id: String, _ order: JSONObject, _ desk: Desk, _ now: Int64, _ writer: inout JSONWriter
  ) throws -> Int {
    guard let body = order["body"]?.string else {
      throw ControlComplaint(sentence: "\"body\" is missing.")
    }
    let ticket = try ticket(Int64(id), desk)
    let entry = try desk.customerWrites(body, on: ticket, now: now)
    writer.object(["id": .integer(entry.id), "ticket_id": .integer(ticket.id)])
    return 201
  }

  /// A colleague updates, replies or writes a note.
  static func act(
    _ id: String, _ order: JSONObject, _ desk: Desk, _ now: Int64, _ writer: inout JSONWriter
  ) throws -> Int {
    guard let agent = try Int64(id).flatMap({ try desk.store.agent($0) }) else {
      throw ControlComplaint(status: 404, sentence: "There is no such agent.")
    }
    let ticket = try ticket(order["ticket_id"]?.integer, desk)
    if let update = order["update"]?.object {
      var changed = ticket
      try apply(update, to: &changed, now: now)
      changed.updatedAt = now
      try desk.save(changed, now: now)
      if changed.status == 5, ticket.status != 5 {
        try desk.announceClosing(of: changed, now: now)
      }
      writer.object(["ticket_id": .integer(ticket.id)])
    } else if let body = text(order["reply"]) {
      let mail = OutgoingMail(body: body, to: try desk.requesterEmail(ticket))
      let entry = try desk.reply(mail, by: agent.id, on: ticket, now: now)
      writer.object(["id": .integer(entry.id), "ticket_id": .integer(ticket.id)])
    } else if let body = text(order["note"]) {
      let isPrivate = order["note"]?.object?["private"]?.bool ?? true
      let entry = try desk.note(
        body, isPrivate: isPrivate, incoming: false, notify: [], attachments: nil, by: agent.id,
        on: ticket, now: now)
      writer.object(["id": .integer(entry.id), "ticket_id": .integer(ticket.id)])
    } else {
      throw ControlComplaint(sentence: "An agent can \"update\", \"reply\" or \"note\".")
    }
    return 201
  }

  private static func apply(
    _ update: JSONObject, to ticket: inout TicketRecord, now: Int64
  ) throws {
    for member in update.members {
      switch (member.key, member.value) {
      case ("status", .integer(let status)): ticket.setStatus(status, at: now)
      case ("priority", .integer(let priority)): ticket.priority = priority
      case ("responder_id", let value): ticket.responderID = value.integer
      case ("group_id", let value): ticket.groupID = value.integer
      case ("type", let value): ticket.type = value.string
      case ("subject", .string(let subject)): ticket.subject = subject
      case ("tags", let value): ticket.tags = JSONValue(value.strings ?? []).text
      case ("spam", .bool(let isSpam)): ticket.state = isSpam ? .spam : .normal
      case ("deleted", .bool(let isDeleted)): ticket.state = isDeleted ? .deleted : .normal
      default: throw ControlComplaint(sentence: "An update cannot set \"\(member.key)\" to that.")
      }
    }
  }

  private static func ticket(_ id: Int64?, _ desk: Desk) throws -> TicketRecord {
    guard let id, let ticket = try desk.store.ticket(id) else {
      throw ControlComplaint(status: 404, sentence: "There is no such ticket.")
    }
    return ticket
  }

  /// A body given as text, or as an object with `body`.
  private static func text(_ value: JSONValue?) -> String? {
    value?.string ?? value?.object?["body"]?.string
  }
}
