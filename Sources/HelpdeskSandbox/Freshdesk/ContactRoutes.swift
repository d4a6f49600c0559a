/// Contacts: list, view, create, update, delete, restore, merge.
enum ContactRoutes {
  private static let states = ["blocked", "deleted", "unverified", "verified"]

  private static let fields: KeyValuePairs<String, BodyFields.Kind> = [
    "name": .text, "email": .text, "phone": .text, "mobile": .text, "twitter_id": .text,
    "unique_external_id": .text, "other_emails": .texts, "company_id": .integer,
    "view_all_tickets": .bool, "other_companies": .anything, "address": .text,
    "avatar": .anything, "custom_fields": .object, "description": .text, "job_title": .text,
    "language": .text, "tags": .texts, "time_zone": .text, "social_handler": .anything,
  ]

  static func list(_ call: APICall) throws -> APIReply {
    let page = try call.page()
    var query = ContactQuery(limit: page.limit, offset: page.offset)
    query.email = call.value("email")
    query.phone = call.value("phone")
    query.mobile = call.value("mobile")
    query.companyID = try call.number("company_id")
    query.externalID = call.value("unique_external_id")
    query.updatedSince = try call.time("updated_since") ?? call.time("_updated_since")
    if let state = call.value("state") {
      guard states.contains(state) else { throw APIRefusal.invalid(.oneOf("state", states)) }
      query.state = state
    }
    let found = try call.store.contacts(query)
    return APIReply(call, page, found) { $0.object(listForm($1)) }
  }

  static func view(_ call: APICall) throws -> APIReply {
    APIReply(object: viewForm(try find(call)))
  }

  static func create(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(call, self.fields, required: ["name"])
    let ways = ["email", "phone", "mobile", "twitter_id", "unique_external_id"]
    if !ways.contains(where: { fields.text($0) != nil }) { fields.reject(.missing("email")) }
    try check(&fields, except: nil, call)
    let contact = try call.desk.add(
      merged(ContactDocument.empty, fields), now: call.now)
    return APIReply(status: 201, object: viewForm(contact))
      .located(call, "contacts/\(contact.id)")
  }

  static func update(_ call: APICall) throws -> APIReply {
    var contact = try find(call)
    if contact.isGone { throw APIRefusal.wrongState }
    var fields = try BodyFields(call, self.fields)
    try check(&fields, except: contact.id, call)
    contact.document = merged(contact.document, fields)
    contact.updatedAt = call.now
    try call.store.save(contact)
    return APIReply(object: viewForm(contact))
  }

  static func delete(_ call: APICall) throws -> APIReply {
    var contact = try find(call)
    if contact.isGone { throw APIRefusal.wrongState }
    contact.state = "deleted"
    contact.updatedAt = call.now
    try call.store.save(contact)
    return .noContent
  }

  static func hardDelete(_ call: APICall) throws -> APIReply {
    let contact = try find(call)
    let isForced = call.value("force")?.lowercased() == "true"
    guard contact.isGone || isForced else {
      throw APIRefusal.invalid(.value("id", "The contact must be deleted first, or force be true"))
    }
    try call.store.destroyContact(contact.id)
    return .noContent
  }

  static func restore(_ call: APICall) throws -> APIReply {
    var contact = try find(call)
    guard contact.state == "deleted" else { throw APIRefusal.notFound }
    contact.state = "verified"
    contact.updatedAt = call.now
    try call.store.save(contact)
    return .noContent
  }

  /// The contact works the queue from now on, under the same id and with a key of its own.
  static func makeAgent(_ call: APICall) throws -> APIReply {
    let contact = try find(call)
    if contact.isGone || contact.email == nil { throw APIRefusal.wrongState }
    let fields = try BodyFields(
      call,
      [
        "occasional": .bool, "signature": .text, "ticket_scope": .integer,
        "skill_ids": .integers, "group_ids": .integers, "role_ids": .integers,
        "type": .anything, "focus_mode": .bool,
      ])
    try fields.finish()
    guard var document = try call.store.agents().last?.document else { throw APIRefusal.notFound }
    var person = document["contact"]?.object ?? JSONObject()
    person["name"] = .string(contact.name)
    person["email"] = JSONValue(contact.email)
    document["contact"] = .object(person)
    document["id"] = .integer(contact.id)
    document["group_ids"] = .array([])
    document["ticket_scope"] = 1
    document["created_at"] = JSONValue(time: call.now)
    document["updated_at"] = JSONValue(time: call.now)
    document.merge(fields.object)
    let seed = UInt64(try call.store.setting("seed") ?? "") ?? 0
    let scope = document["ticket_scope"]?.integer.flatMap(AgentRecord.Scope.init) ?? .all
    try call.store.save(
      AgentRecord(
        id: contact.id, key: AgentKey.of(contact.id, seed: seed),
        name: contact.name, email: contact.email ?? "", role: "agent", scope: scope,
        document: document))
    var answer = viewForm(contact)
    answer["agent"] = .object(document)
    return APIReply(object: answer)
  }

  static func invite(_ call: APICall) throws -> APIReply {
    let contact = try find(call)
    if contact.isGone { throw APIRefusal.wrongState }
    return .noContent
  }

  /// The secondaries' tickets go over to the primary; the secondaries are deleted.
  static func merge(_ call: APICall) throws -> APIReply {
    let fields = try BodyFields(
      call,
      [
        "primary_contact_id": .integer, "secondary_contact_ids": .integers,
        "contact": .object,
      ], required: ["primary_contact_id", "secondary_contact_ids"])
    try fields.finish()
    let primaryID = fields.integer("primary_contact_id") ?? 0
    guard var primary = try call.store.contact(primaryID) else { throw APIRefusal.notFound }
    for id in fields.integers("secondary_contact_ids") ?? [] {
      guard var secondary = try call.store.contact(id), id != primaryID else {
        throw APIRefusal.notFound
      }
      try call.store.connection.execute(
        "UPDATE tickets SET requester_id = ?, updated_at = ? WHERE requester_id = ?", primaryID,
        call.now, id)
      secondary.state = "deleted"
      secondary.updatedAt = call.now
      try call.store.save(secondary)
    }
    if let chosen = fields.object["contact"]?.object { primary.document.merge(chosen) }
    primary.updatedAt = call.now
    try call.store.save(primary)
    return .noContent
  }

  static func autocomplete(_ call: APICall) throws -> APIReply {
    let found = try call.store.contacts(beginning: call.value("term") ?? "", limit: 20)
    return APIReply { writer in
      writer.array(found) { writer, contact in
        writer.object(["id": .integer(contact.id), "name": .string(contact.name)])
      }
    }
  }

  // Forms

  static func listForm(_ contact: ContactRecord) -> JSONObject {
    viewForm(contact).without(ContactDocument.viewOnly)
  }

  static func viewForm(_ contact: ContactRecord) -> JSONObject {
    var document = contact.document
    document["created_at"] = JSONValue(time: contact.createdAt)
    document["updated_at"] = JSONValue(time: contact.updatedAt)
    if contact.state == "deleted" { document["deleted"] = true }
    return document
  }

  private static func find(_ call: APICall) throws -> ContactRecord {
    guard let contact = try call.store.contact(call.id) else { throw APIRefusal.notFound }
    return contact
  }

  private static func check(
    _ fields: inout BodyFields, except id: Int64?, _ call: APICall
  ) throws {
    if let company = fields.integer("company_id"),
      try call.store.document(.company, company) == nil
    {
      fields.reject(.value("company_id", "There is no company matching the given company_id"))
    }
    if let email = fields.text("email"), !TicketFields.isAddress(email) {
      fields.reject(.value("email", "It should be in the 'valid email address' format"))
    }
    try fields.finish()
    if let email = fields.text("email"), let other = try call.store.contact(email: email),
      other.id != id
    {
      var refusal = APIRefusal.invalid([.duplicate("email")], status: 409)
      if var problem = refusal.body?["errors"]?.array?.first?.object {
        problem["additional_info"] = ["user_id": .integer(other.id)]
        refusal.body?["errors"] = .array([.object(problem)])
      }
      throw refusal
    }
  }

  private static func merged(_ document: JSONObject, _ fields: BodyFields) -> JSONObject {
    var document = document
    document.merge(fields.object.without(["avatar"]))
    if let email = fields.text("email") { document["email"] = .string(email.lowercased()) }
    return document
  }
}

extension Route {
  static let contacts: [Route] = [
    Route(
      "GET", "contacts",
      query: [
        "email", "phone", "mobile", "company_id", "state", "contact_type", "updated_since",
        "_updated_since", "unique_external_id",
      ], paged: true, ContactRoutes.list),
    Route("POST", "contacts", ContactRoutes.create),
    Route("GET", "contacts/autocomplete", query: ["term"], ContactRoutes.autocomplete),
    Route("POST", "contacts/merge", ContactRoutes.merge),
    Route("GET", "contacts/:id", ContactRoutes.view),
    Route("PUT", "contacts/:id", ContactRoutes.update),
    Route("DELETE", "contacts/:id", ContactRoutes.delete),
    Route("DELETE", "contacts/:id/hard_delete", query: ["force"], ContactRoutes.hardDelete),
    Route("PUT", "contacts/:id/restore", body: false, ContactRoutes.restore),
    Route("PUT", "contacts/:id/make_agent", admin: true, ContactRoutes.makeAgent),
    Route("PUT", "contacts/:id/send_invite", body: false, ContactRoutes.invite),
    Route("GET", "contact_fields", paged: true) { call in
      APIReply { $0.array(SetUpRoutes.personFields("Full name", now: call.now)) { $0.object($1) } }
    },
    Route("GET", "company_fields", paged: true) { call in
      APIReply { $0.array(SetUpRoutes.personFields("Name", now: call.now)) { $0.object($1) } }
    },
  ]
}

extension SetUpRoutes {
  /// The one field that contacts and companies cannot be without.
  static func personFields(_ label: String, now: Int64) -> [JSONObject] {
    [
      [
        "id": 1, "name": "name", "label": .string(label), "position": 1,
        "required_for_agents": true, "type": "default_name", "default": true,
        "customers_can_edit": true, "editable_in_signup": true,
        "label_for_customers": .string(label), "required_for_customers": true,
        "displayed_for_customers": true, "created_at": JSONValue(time: now),
        "updated_at": JSONValue(time: now),
      ]
    ]
  }
}
