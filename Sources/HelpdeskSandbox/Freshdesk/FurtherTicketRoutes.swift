/// What else can be asked of and done to tickets: watching, time, ratings.
enum FurtherTicketRoutes {
  static func watchers(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    let ids = try call.store.watchers(of: ticket.id)
    return APIReply(object: ["watcher_ids": .array(ids.map { .integer($0) })])
  }

  static func watch(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    let fields = try BodyFields(call, ["user_id": .integer])
    try fields.finish()
    try call.store.watch(ticket.id, by: fields.integer("user_id") ?? call.agent.id)
    return .noContent
  }

  static func unwatch(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    try call.store.unwatch(ticket.id, by: call.agent.id)
    return .noContent
  }

  // Time

  static func timeEntries(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    return try SetUpRoutes.list(call, .timeEntry, parent: ticket.id)
  }

  static func addTime(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.findChangeable(call)
    var fields = try BodyFields(call, timeFields)
    let seconds = seconds(&fields)
    try fields.finish()
    let isRunning = fields.bool("timer_running") ?? (seconds == nil)
    let agentID = fields.integer("agent_id") ?? call.agent.id
    if isRunning { try stopTimers(of: agentID, call) }
    let id = try call.store.nextDocumentID(.timeEntry, from: 1)
    let start = fields.time("start_time") ?? call.now
    let document: JSONObject = [
      "billable": .bool(fields.bool("billable") ?? true), "note": fields.object["note"] ?? .null,
      "id": .integer(id), "timer_running": .bool(isRunning), "agent_id": .integer(agentID),
      "ticket_id": .integer(ticket.id), "company_id": JSONValue(ticket.companyID),
      "time_spent": .string(clock(seconds ?? 0)),
      "executed_at": JSONValue(time: fields.time("executed_at") ?? call.now),
      "start_time": JSONValue(time: start), "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now), "time_spent_in_seconds": .integer(seconds ?? 0),
    ]
    try call.store.save(
      DocumentRecord(
        kind: .timeEntry, id: id, parent: ticket.id, updatedAt: call.now, document: document))
    return APIReply(status: 201, object: document)
  }

  static func updateTime(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(call, timeFields)
    let seconds = seconds(&fields)
    try fields.finish()
    var changes = fields.object
    if let seconds { changes["time_spent_in_seconds"] = .integer(seconds) }
    return try SetUpRoutes.update(call, .timeEntry, changes)
  }

  static func toggleTimer(_ call: APICall) throws -> APIReply {
    guard let record = try call.store.document(.timeEntry, call.id) else {
      throw APIRefusal.notFound
    }
    let entry = record.document
    guard entry["timer_running"]?.bool == true else {
      try stopTimers(of: entry["agent_id"]?.integer ?? 0, call)
      return try SetUpRoutes.update(
        call, .timeEntry, ["timer_running": true, "start_time": JSONValue(time: call.now)])
    }
    return try SetUpRoutes.update(call, .timeEntry, stopped(entry, call))
  }

  /// One timer an agent: others stop.
  private static func stopTimers(of agentID: Int64, _ call: APICall) throws {
    for var record in try call.store.documents(.timeEntry)
    where record.document["timer_running"]?.bool == true
      && record.document["agent_id"]?.integer == agentID
    {
      record.document.merge(stopped(record.document, call))
      try call.store.save(record)
    }
  }

  private static func stopped(_ entry: JSONObject, _ call: APICall) -> JSONObject {
    let start = entry["start_time"]?.string.flatMap(WireTime.parse) ?? call.now
    let spent = (entry["time_spent_in_seconds"]?.integer ?? 0) + max(call.now - start, 0)
    return [
      "timer_running": false, "time_spent_in_seconds": .integer(spent),
      "time_spent": .string(clock(spent)),
    ]
  }

  private static let timeFields: KeyValuePairs<String, BodyFields.Kind> = [
    "agent_id": .integer, "billable": .bool, "note": .text, "time_spent": .text,
    "timer_running": .bool, "start_time": .time, "executed_at": .time,
  ]

  private static func seconds(_ fields: inout BodyFields) -> Int64? {
    guard let text = fields.text("time_spent") else { return nil }
    let parts = text.split(separator: ":").compactMap { Int64($0) }
    guard parts.count == 2, parts[0] >= 0, (0..<60).contains(parts[1]) else {
      fields.reject(.value("time_spent", "It should be in the 'hh:mm' format"))
      return nil
    }
    return parts[0] * 3600 + parts[1] * 60
  }

  private static func clock(_ seconds: Int64) -> String {
    let pad = { (number: Int64) in number < 10 ? "0\(number)" : "\(number)" }
    return "\(pad(seconds / 3600)):\(pad(seconds / 60 % 60))"
  }

  // Ratings

  static func ratings(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    return try SetUpRoutes.list(call, .rating, parent: ticket.id)
  }

  static func rate(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.findChangeable(call)
    let fields = try BodyFields(
      call, ["feedback": .text, "ratings": .object], required: ["ratings"])
    try fields.finish()
    let id = try call.store.nextDocumentID(.rating, from: 1)
    let document: JSONObject = [
      "id": .integer(id), "survey_id": 1, "user_id": .integer(ticket.requesterID),
      "agent_id": JSONValue(ticket.responderID), "feedback": fields.object["feedback"] ?? .null,
      "group_id": JSONValue(ticket.groupID), "ticket_id": .integer(ticket.id),
      "ratings": fields.object["ratings"] ?? .null, "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now),
    ]
    try call.store.save(
      DocumentRecord(
        kind: .rating, id: id, parent: ticket.id, updatedAt: call.now, document: document))
    return APIReply(status: 201, object: document)
  }

  static func associated(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    return APIReply(
      object: [
        "tickets": .array(
          try ticket.parentID.flatMap { try call.store.ticket($0) }.map { parent in
            [["id": .integer(parent.id), "subject": JSONValue(parent.subject)]]
          } ?? [])
      ])
  }
}

extension Route {
  static let furtherTickets: [Route] = [
    Route("GET", "tickets/:id/watchers", FurtherTicketRoutes.watchers),
    Route("POST", "tickets/:id/watch", FurtherTicketRoutes.watch),
    Route("PUT", "tickets/:id/watch", FurtherTicketRoutes.watch),
    Route("PUT", "tickets/:id/unwatch", body: false, FurtherTicketRoutes.unwatch),
    Route("GET", "tickets/:id/associated_tickets", FurtherTicketRoutes.associated),
    Route("GET", "tickets/:id/time_entries", paged: true, FurtherTicketRoutes.timeEntries),
    Route("POST", "tickets/:id/time_entries", FurtherTicketRoutes.addTime),
    Route(
      "GET", "time_entries",
      query: ["company_id", "agent_id", "executed_after", "executed_before", "billable"],
      paged: true
    ) { try SetUpRoutes.list($0, .timeEntry) },
    Route("PUT", "time_entries/:id", FurtherTicketRoutes.updateTime),
    Route("PUT", "time_entries/:id/toggle_timer", body: false, FurtherTicketRoutes.toggleTimer),
    Route("DELETE", "time_entries/:id") { try SetUpRoutes.delete($0, .timeEntry) },
    Route("GET", "tickets/:id/satisfaction_ratings", paged: true, FurtherTicketRoutes.ratings),
    Route("POST", "tickets/:id/satisfaction_ratings", FurtherTicketRoutes.rate),
    Route(
      "GET", "surveys/satisfaction_ratings", query: ["created_since", "user_id"], paged: true
    ) { call in
      try SetUpRoutes.list(call, .rating, updatedSince: try call.time("created_since"))
    },
    Route("GET", "surveys", query: ["state"], paged: true) { try SetUpRoutes.list($0, .survey) },
  ]
}
