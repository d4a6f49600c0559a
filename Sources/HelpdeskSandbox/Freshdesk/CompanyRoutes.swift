/// Companies: list, view, create, update, delete.
enum CompanyRoutes {
  private static let fields: KeyValuePairs<String, BodyFields.Kind> = [
    "name": .text, "domains": .texts, "description": .text, "note": .text,
    "custom_fields": .object, "health_score": .text, "account_tier": .text,
    "renewal_date": .time, "industry": .text,
  ]

  static func list(_ call: APICall) throws -> APIReply {
    let since = try call.time("updated_since") ?? call.time("_updated_since")
    return try SetUpRoutes.list(call, .company, updatedSince: since)
  }

  static func view(_ call: APICall) throws -> APIReply { try SetUpRoutes.view(call, .company) }

  static func create(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(call, self.fields, required: ["name"])
    try check(&fields, except: nil, call)
    let id = try call.store.nextDocumentID(.company, from: 2001)
    var document: JSONObject = [
      "id": .integer(id), "name": .null, "description": .null, "note": .null,
      "domains": .array([]), "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now), "custom_fields": .object([:]),
      "health_score": .null, "account_tier": .null, "renewal_date": .null, "industry": .null,
      "org_company_id": .integer(id),
    ]
    document.merge(fields.object)
    try call.store.save(
      DocumentRecord(kind: .company, id: id, updatedAt: call.now, document: document))
    return APIReply(status: 201, object: document).located(call, "companies/\(id)")
  }

  static func update(_ call: APICall) throws -> APIReply {
    guard try call.store.document(.company, call.id) != nil else { throw APIRefusal.notFound }
    var fields = try BodyFields(call, self.fields)
    try check(&fields, except: call.id, call)
    return try SetUpRoutes.update(call, .company, fields.object)
  }

  static func delete(_ call: APICall) throws -> APIReply {
    let reply = try SetUpRoutes.delete(call, .company)
    try call.store.connection.execute(
      "UPDATE tickets SET company_id = NULL WHERE company_id = ?", call.id)
    let people = try call.store.contacts("company_id = ?", [call.id])
    for var person in people {
      person.document["company_id"] = .null
      person.updatedAt = call.now
      try call.store.save(person)
    }
    return reply
  }

  static func autocomplete(_ call: APICall) throws -> APIReply {
    let name = (call.value("name") ?? "").lowercased()
    let found = try call.store.documents(.company).filter {
      NamePrefix.fits($0.name, name)
    }
    return APIReply { writer in
      writer.object { writer in
        writer.key("companies")
        writer.array(Array(found.prefix(20))) { writer, company in
          writer.object(["id": .integer(company.id), "name": .string(company.name)])
        }
      }
    }
  }

  private static func check(
    _ fields: inout BodyFields, except id: Int64?, _ call: APICall
  ) throws {
    try fields.finish()
    if let name = fields.text("name"),
      let other = try call.store.document(.company, named: name), other.id != id
    {
      throw APIRefusal.invalid([.duplicate("name")], status: 409)
    }
  }
}

extension Route {
  static let companies: [Route] = [
    Route(
      "GET", "companies", query: ["updated_since", "_updated_since"], paged: true,
      CompanyRoutes.list),
    Route("POST", "companies", CompanyRoutes.create),
    Route("GET", "companies/autocomplete", query: ["name"], CompanyRoutes.autocomplete),
    Route("GET", "companies/:id", CompanyRoutes.view),
    Route("PUT", "companies/:id", CompanyRoutes.update),
    Route("DELETE", "companies/:id", CompanyRoutes.delete),
  ]
}
