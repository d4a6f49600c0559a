/// Resources that are kept as documents, and the verbs that most of them share.
enum SetUpRoutes {
  static func list(
    _ call: APICall, _ kind: DocumentRecord.Kind, parent: Int64? = nil,
    updatedSince: Int64? = nil, form: (JSONObject) -> JSONObject = { $0 }
  ) throws -> APIReply {
    let page = try call.page()
    let found = try call.store.documents(
      kind, parent: parent, updatedSince: updatedSince, limit: page.limit, offset: page.offset)
    return APIReply(call, page, found) { $0.object(form($1.document)) }
  }

  static func view(_ call: APICall, _ kind: DocumentRecord.Kind) throws -> APIReply {
    guard let record = try call.store.document(kind, call.id) else { throw APIRefusal.notFound }
    return APIReply(object: record.document)
  }

  static func update(
    _ call: APICall, _ kind: DocumentRecord.Kind, _ changes: JSONObject
  ) throws -> APIReply {
    guard var record = try call.store.document(kind, call.id) else { throw APIRefusal.notFound }
    record.document.merge(changes)
    record.document["updated_at"] = JSONValue(time: call.now)
    record.updatedAt = call.now
    try call.store.save(record)
    return APIReply(object: record.document)
  }

  static func delete(_ call: APICall, _ kind: DocumentRecord.Kind) throws -> APIReply {
    guard try call.store.document(kind, call.id) != nil else { throw APIRefusal.notFound }
    try call.store.deleteDocument(kind, call.id)
    return .noContent
  }

  static func job(_ call: APICall) throws -> APIReply {
    guard let record = try call.store.document(.job, call.id) else { throw APIRefusal.notFound }
    let isDone = call.now >= record.updatedAt + call.desk.settings.jobSeconds
    var document = record.document
    document["status"] = isDone ? "COMPLETED" : "IN PROGRESS"
    document["progress"] = isDone ? 100 : 0
    return APIReply(object: document)
  }

  /// A ticket field as administrators see it: choices are objects, whatever they are elsewhere.
  static func adminForm(_ field: JSONObject) -> JSONObject {
    var form = field.without(["customers_can_filter"])
    let labels: [String]? =
      switch field["choices"] {
      case .array(let texts): texts.compactMap(\.string)
      case .object(let object): object.members.map { $0.value.array?.first?.string ?? $0.key }
      default: nil
      }
    if let labels {
      form["choices"] = .array(
        labels.enumerated().map { place, label in
          [
            "id": .integer(Int64(place + 1)), "position": .integer(Int64(place + 1)),
            "value": .string(label), "parent_choice_id": .null, "choices": [],
          ]
        })
    }
    return form
  }

  static func settings(_ call: APICall) -> APIReply {
    APIReply(object: [
      "primary_language": "en", "supported_languages": .array([]),
      "portal_languages": .array([]), "help_widget_languages": .array([]),
    ])
  }
}

extension Route {
  static let setUp: [Route] = [
    Route("GET", "ticket_fields", query: ["type"], paged: true) { call in
      let fields = try call.store.documents(.ticketField).filter { record in
        call.value("type").map { $0 == record.document["type"]?.string } ?? true
      }
      let page = try call.page()
      let shown = Array(fields.dropFirst(page.offset).prefix(page.limit))
      return APIReply(call, page, shown) { $0.object($1.document) }
    },
    Route("GET", "admin/ticket_fields", query: ["include"], admin: true) { call in
      let fields = try call.store.documents(.ticketField)
      return APIReply { $0.array(fields) { $0.object(SetUpRoutes.adminForm($1.document)) } }
    },
    Route("GET", "admin/ticket_fields/:id", query: ["include"], admin: true) { call in
      guard let field = try call.store.document(.ticketField, call.id) else {
        throw APIRefusal.notFound
      }
      return APIReply(object: SetUpRoutes.adminForm(field.document))
    },
    Route("GET", "automations/:id/rules", paged: true, admin: true) { call in
      guard [1, 3, 4].contains(call.id) else { throw APIRefusal.notFound }
      return APIReply(body: Array("[]".utf8))
    },
    Route("GET", "roles", paged: true, admin: true) { try SetUpRoutes.list($0, .role) },
    Route("GET", "roles/:id", admin: true) { try SetUpRoutes.view($0, .role) },
    Route("GET", "products", paged: true, admin: true) { try SetUpRoutes.list($0, .product) },
    Route("GET", "products/:id", admin: true) { try SetUpRoutes.view($0, .product) },
    Route("GET", "email_configs", paged: true, admin: true) {
      try SetUpRoutes.list($0, .emailConfig)
    },
    Route("GET", "email_configs/:id", admin: true) { try SetUpRoutes.view($0, .emailConfig) },
    Route("GET", "business_hours", paged: true, admin: true) {
      try SetUpRoutes.list($0, .businessHour)
    },
    Route("GET", "business_hours/:id", admin: true) { try SetUpRoutes.view($0, .businessHour) },
    Route("GET", "sla_policies", paged: true, admin: true) {
      try SetUpRoutes.list($0, .slaPolicy)
    },
    Route("GET", "scenario_automations", paged: true) { try SetUpRoutes.list($0, .scenario) },
    Route("GET", "scenario_automations.json", paged: true) {
      try SetUpRoutes.list($0, .scenario)
    },
    // Recorded: the pages of a list are accepted here and mean nothing.
    Route("GET", "settings/helpdesk", query: ["page", "per_page"], SetUpRoutes.settings),
    Route("GET", "jobs/:id", SetUpRoutes.job),
  ]
}
