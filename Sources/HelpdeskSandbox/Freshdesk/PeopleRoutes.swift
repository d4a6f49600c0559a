/// Agents and groups.
enum PeopleRoutes {
  static func me(_ call: APICall) throws -> APIReply { APIReply(object: call.agent.document) }

  static func agents(_ call: APICall) throws -> APIReply {
    let page = try call.page()
    let email = call.value("email")?.lowercased()
    let occasional = call.value("state").map { $0 == "occasional" }
    let found = try call.store.agents().filter { agent in
      (email.map { $0 == agent.email } ?? true)
        && (occasional.map { $0 == (agent.document["occasional"]?.bool ?? false) } ?? true)
        && (call.value("mobile").map { $0 == contact(agent)["mobile"]?.string } ?? true)
        && (call.value("phone").map { $0 == contact(agent)["phone"]?.string } ?? true)
    }
    let sorted = found.sorted { $0.name < $1.name }
    return APIReply(call, page, Array(sorted.dropFirst(page.offset).prefix(page.limit))) {
      $0.object($1.document.without(["group_ids", "role_ids", "skill_ids", "focus_mode"]))
    }
  }

  static func agent(_ call: APICall) throws -> APIReply {
    guard let agent = try call.store.agent(call.id) else { throw APIRefusal.notFound }
    return APIReply(object: agent.document)
  }

  static func autocompleteAgents(_ call: APICall) throws -> APIReply {
    let term = (call.value("term") ?? "").lowercased()
    let found = try call.store.agents().filter { agent in
      agent.email.hasPrefix(term) || NamePrefix.fits(agent.name, term)
    }
    return APIReply { writer in
      writer.array(found) { writer, agent in
        writer.object { writer in
          writer.member("id", agent.id)
          writer.member("name", agent.name)
          writer.member("email", agent.email)
          writer.nullMember("avatar")
        }
      }
    }
  }

  static func updateAgent(_ call: APICall) throws -> APIReply {
    guard var agent = try call.store.agent(call.id) else { throw APIRefusal.notFound }
    let fields = try BodyFields(
      call,
      [
        "occasional": .bool, "signature": .text, "ticket_scope": .integer,
        "group_ids": .integers, "role_ids": .integers, "skill_ids": .integers,
        "available": .bool, "focus_mode": .bool,
      ])
    try fields.finish()
    agent.document.merge(fields.object)
    agent.document["updated_at"] = JSONValue(time: call.now)
    if let scope = fields.integer("ticket_scope").flatMap(AgentRecord.Scope.init) {
      agent.scope = scope
    }
    try call.store.save(agent)
    return APIReply(object: agent.document)
  }

  // Groups

  static func groups(_ call: APICall) throws -> APIReply {
    try SetUpRoutes.list(call, .group) { $0.without(["agent_ids"]) }
  }

  static func group(_ call: APICall) throws -> APIReply { try SetUpRoutes.view(call, .group) }

  static func createGroup(_ call: APICall) throws -> APIReply {
    var fields = try groupFields(call, required: ["name"])
    if let name = fields.text("name"), try call.store.document(.group, named: name) != nil {
      fields.reject(.duplicate("name"))
      throw APIRefusal.invalid(fields.problems, status: 409)
    }
    try fields.finish()
    let id = try call.store.nextDocumentID(.group, from: 101)
    var document: JSONObject = [
      "id": .integer(id), "name": .null, "description": .null, "escalate_to": .null,
      "unassigned_for": "30m", "business_hour_id": .null,
      "group_type": "support_agent_group", "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now), "auto_ticket_assign": 0,
      "agent_ids": .array([]),
    ]
    document.merge(fields.object)
    try call.store.save(
      DocumentRecord(kind: .group, id: id, updatedAt: call.now, document: document))
    return APIReply(status: 201, object: document).located(call, "groups/\(id)")
  }

  static func updateGroup(_ call: APICall) throws -> APIReply {
    let fields = try groupFields(call)
    try fields.finish()
    return try SetUpRoutes.update(call, .group, fields.object)
  }

  static func deleteGroup(_ call: APICall) throws -> APIReply {
    try SetUpRoutes.delete(call, .group)
  }

  private static func groupFields(_ call: APICall, required: [String] = []) throws -> BodyFields {
    var fields = try BodyFields(
      call,
      [
        "name": .text, "description": .text, "agent_ids": .integers, "escalate_to": .integer,
        "unassigned_for": .text, "business_hour_id": .integer, "auto_ticket_assign": .anything,
      ], required: required)
    let spans = ["30m", "1h", "2h", "4h", "8h", "12h", "1d", "2d", "3d"]
    if let span = fields.text("unassigned_for"), !spans.contains(span) {
      fields.reject(.oneOf("unassigned_for", spans))
    }
    return fields
  }

  private static func contact(_ agent: AgentRecord) -> JSONObject {
    agent.document["contact"]?.object ?? JSONObject()
  }
}

extension Route {
  static let people: [Route] = [
    Route("GET", "agents/me", PeopleRoutes.me),
    Route(
      "GET", "agents", query: ["email", "mobile", "phone", "state", "only"], paged: true,
      admin: true, PeopleRoutes.agents),
    Route(
      "GET", "agents/autocomplete", query: ["term"], admin: true,
      PeopleRoutes.autocompleteAgents),
    Route("GET", "agents/:id", admin: true, PeopleRoutes.agent),
    Route("PUT", "agents/:id", admin: true, PeopleRoutes.updateAgent),
    Route("GET", "groups", paged: true, admin: true, PeopleRoutes.groups),
    Route("POST", "groups", admin: true, PeopleRoutes.createGroup),
    Route("GET", "groups/:id", admin: true, PeopleRoutes.group),
    Route("PUT", "groups/:id", admin: true, PeopleRoutes.updateGroup),
    Route("DELETE", "groups/:id", admin: true, PeopleRoutes.deleteGroup),
  ]
}
