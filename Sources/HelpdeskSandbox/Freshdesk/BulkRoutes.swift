/// Changes of many tickets at once, as background jobs, and merging.
enum BulkRoutes {
  private static let properties: KeyValuePairs<String, BodyFields.Kind> = [
    "from_email": .text, "skip_close_notification": .bool, "email_config_id": .integer,
    "group_id": .integer, "priority": .integer, "parent_id": .integer,
    "requester_id": .integer, "responder_id": .integer, "source": .integer,
    "status": .integer, "type": .text, "product_id": .integer, "due_by": .time,
    "fr_due_by": .time, "custom_fields": .object, "tags": .texts,
    "internal_agent_id": .integer, "internal_group_id": .integer,
  ]

  static func update(_ call: APICall) throws -> APIReply {
    let action = try bulkAction(call, ["ids", "properties", "reply"])
    let ids = try ids(action)
    let object = action["properties"]?.object ?? JSONObject()
    var fields = try BodyFields(object: object, properties)
    var changed: [(old: TicketRecord, new: TicketRecord)] = []
    for id in ids {
      guard let old = try call.store.ticket(id), old.state == .normal else { continue }
      var new = old
      try TicketFields.apply(&fields, to: &new, call)
      if let requester = fields.integer("requester_id") { new.requesterID = requester }
      changed.append((old, new))
      if !fields.problems.isEmpty { break }
    }
    try fields.finish()
    let reply = action["reply"]?.object?["body"]?.string
    for (old, draft) in changed {
      var new = draft
      new.updatedAt = call.now
      try call.desk.save(new, now: call.now)
      if new.status == 5, old.status != 5, fields.bool("skip_close_notification") != true {
        try call.desk.announceClosing(of: new, now: call.now)
      }
      if let reply {
        let mail = OutgoingMail(body: reply, to: try call.desk.requesterEmail(new))
        _ = try call.desk.reply(mail, by: call.agent.id, on: new, now: call.now)
      }
    }
    return try job(call, name: "bulk_update")
  }

  static func delete(_ call: APICall) throws -> APIReply {
    let action = try bulkAction(call, ["ids"])
    for id in try ids(action) {
      guard var ticket = try call.store.ticket(id), ticket.state == .normal else { continue }
      ticket.state = .deleted
      ticket.updatedAt = call.now
      try call.desk.save(ticket, now: call.now)
    }
    return try job(call, name: "bulk_delete")
  }

  /// The secondaries' threads go over to the primary; they are closed with a note.
  static func merge(_ call: APICall) throws -> APIReply {
    let fields = try BodyFields(
      call,
      [
        "primary_id": .integer, "ticket_ids": .integers, "note_in_primary": .object,
        "note_in_secondary": .object, "convert_recepients_to_cc": .bool,
      ], required: ["primary_id", "ticket_ids"])
    try fields.finish()
    let primaryID = fields.integer("primary_id") ?? 0
    guard let primary = try call.store.ticket(primaryID), primary.state == .normal else {
      throw APIRefusal.notFound
    }
    for id in fields.integers("ticket_ids") ?? [] {
      guard var secondary = try call.store.ticket(id), secondary.state == .normal, id != primaryID
      else { throw APIRefusal.invalid(.value("ticket_ids", "There is no ticket matching \(id)")) }
      try call.store.connection.execute(
        "UPDATE conversations SET ticket_id = ? WHERE ticket_id = ?", primaryID, id)
      secondary.setStatus(5, at: call.now)
      secondary.updatedAt = call.now
      try call.desk.save(secondary, now: call.now)
      try note(
        fields.object["note_in_secondary"]?.object,
        standard: "This ticket is closed and merged into ticket \(primaryID)", on: secondary, call)
      try note(
        fields.object["note_in_primary"]?.object,
        standard: "Ticket with ID \(id) is merged into this ticket", on: primary, call)
    }
    return .noContent
  }

  private static func note(
    _ given: JSONObject?, standard: String, on ticket: TicketRecord, _ call: APICall
  ) throws {
    _ = try call.desk.note(
      given?["body"]?.string ?? standard, isPrivate: given?["private"]?.bool ?? false,
      incoming: false, notify: [], attachments: nil, by: call.agent.id, on: ticket, now: call.now)
  }

  private static func bulkAction(_ call: APICall, _ keys: Set<String>) throws -> JSONObject {
    let fields = try BodyFields(call, ["bulk_action": .object], required: ["bulk_action"])
    try fields.finish()
    let action = fields.object["bulk_action"]?.object ?? JSONObject()
    let strangers = action.keys.filter { !keys.contains($0) }
    if !strangers.isEmpty { throw APIRefusal.invalid(strangers.map { .unknown($0) }) }
    return action
  }

  private static func ids(_ action: JSONObject) throws -> [Int64] {
    guard let value = action["ids"] else { throw APIRefusal.invalid(.missing("ids")) }
    guard let ids = value.integers, !ids.isEmpty else {
      throw APIRefusal.invalid(.type("ids", "Array", got: value))
    }
    return ids
  }

  private static func job(_ call: APICall, name: String) throws -> APIReply {
    let id = try call.store.nextDocumentID(.job, from: 1)
    try call.store.save(
      DocumentRecord(
        kind: .job, id: id, updatedAt: call.now,
        document: [
          "id": .string(String(id)), "name": .string(name), "status": "IN PROGRESS",
          "progress": 0, "created_at": JSONValue(time: call.now),
          "updated_at": JSONValue(time: call.now),
          "status_updated_at": JSONValue(time: call.now),
        ]))
    return APIReply(
      status: 202,
      object: [
        "job_id": .string(String(id)), "href": .string("\(call.base)/api/v2/jobs/\(id)"),
      ])
  }
}

extension Route {
  static let bulk: [Route] = [
    Route("POST", "tickets/bulk_update", BulkRoutes.update),
    Route("POST", "tickets/bulk_delete", BulkRoutes.delete),
    Route("PUT", "tickets/merge", BulkRoutes.merge),
  ]
}
