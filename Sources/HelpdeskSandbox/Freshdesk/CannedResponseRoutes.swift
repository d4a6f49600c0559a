/// Ready answers and their folders; for administrators.
enum CannedResponseRoutes {
  static func folder(_ call: APICall) throws -> APIReply {
    guard let folder = try call.store.document(.cannedFolder, call.id) else {
      throw APIRefusal.notFound
    }
    let responses = try call.store.documents(.cannedResponse, parent: call.id)
    var document = folder.document
    document["canned_responses"] = .array(
      responses.map { ["id": .integer($0.id), "title": .string($0.name)] })
    return APIReply(object: document)
  }

  static func responses(_ call: APICall) throws -> APIReply {
    guard try call.store.document(.cannedFolder, call.id) != nil else { throw APIRefusal.notFound }
    return try SetUpRoutes.list(call, .cannedResponse, parent: call.id)
  }

  static func createFolder(_ call: APICall) throws -> APIReply {
    let fields = try BodyFields(call, ["name": .text], required: ["name"])
    try fields.finish()
    let id = try call.store.nextDocumentID(.cannedFolder, from: 201)
    let document: JSONObject = [
      "id": .integer(id), "name": fields.object["name"] ?? .null, "personal": false,
      "responses_count": 0, "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now),
    ]
    try call.store.save(
      DocumentRecord(kind: .cannedFolder, id: id, updatedAt: call.now, document: document))
    return APIReply(status: 201, object: document)
      .located(call, "canned_response_folders/\(id)")
  }

  static func renameFolder(_ call: APICall) throws -> APIReply {
    let fields = try BodyFields(call, ["name": .text], required: ["name"])
    try fields.finish()
    return try SetUpRoutes.update(call, .cannedFolder, fields.object)
  }

  static func create(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(
      call, kinds, required: ["title", "content_html", "folder_id", "visibility"])
    try check(&fields, call)
    let id = try call.store.nextDocumentID(.cannedResponse, from: 301)
    let html = fields.text("content_html") ?? ""
    var document: JSONObject = [
      "id": .integer(id), "title": .null, "folder_id": .null,
      "content": .string(MailBody.descriptionText(html)), "content_html": .null,
      "attachments": .array([]), "created_at": JSONValue(time: call.now),
      "updated_at": JSONValue(time: call.now), "group_ids": .array([]), "visibility": 0,
    ]
    document.merge(fields.object.without(["attachments"]))
    let folderID = fields.integer("folder_id") ?? 0
    try call.store.save(
      DocumentRecord(
        kind: .cannedResponse, id: id, parent: folderID, updatedAt: call.now, document: document))
    if var folder = try call.store.document(.cannedFolder, folderID) {
      let count = folder.document["responses_count"]?.integer ?? 0
      folder.document["responses_count"] = .integer(count + 1)
      try call.store.save(folder)
    }
    return APIReply(status: 201, object: document).located(call, "canned_responses/\(id)")
  }

  static func update(_ call: APICall) throws -> APIReply {
    guard var record = try call.store.document(.cannedResponse, call.id) else {
      throw APIRefusal.notFound
    }
    var fields = try BodyFields(call, kinds)
    try check(&fields, call)
    record.document.merge(fields.object.without(["attachments"]))
    if let html = fields.text("content_html") {
      record.document["content"] = .string(MailBody.descriptionText(html))
    }
    record.document["updated_at"] = JSONValue(time: call.now)
    record.updatedAt = call.now
    record.parent = record.document["folder_id"]?.integer ?? record.parent
    try call.store.save(record)
    return APIReply(object: record.document)
  }

  private static let kinds: KeyValuePairs<String, BodyFields.Kind> = [
    "title": .text, "content_html": .text, "folder_id": .integer, "visibility": .integer,
    "group_ids": .integers, "attachments": .anything,
  ]

  private static func check(_ fields: inout BodyFields, _ call: APICall) throws {
    if let visibility = fields.integer("visibility"), !(0...2).contains(visibility) {
      fields.reject(.oneOf("visibility", ["0", "1", "2"]))
    }
    if let id = fields.integer("folder_id"), try call.store.document(.cannedFolder, id) == nil {
      fields.reject(.value("folder_id", "There is no folder matching the given folder_id"))
    }
    try fields.finish()
  }
}

extension Route {
  static let cannedResponses: [Route] = [
    Route("GET", "canned_response_folders", paged: true, admin: true) {
      try SetUpRoutes.list($0, .cannedFolder)
    },
    Route("POST", "canned_response_folders", admin: true, CannedResponseRoutes.createFolder),
    Route("GET", "canned_response_folders/:id", admin: true, CannedResponseRoutes.folder),
    Route("PUT", "canned_response_folders/:id", admin: true, CannedResponseRoutes.renameFolder),
    Route(
      "GET", "canned_response_folders/:id/responses", paged: true, admin: true,
      CannedResponseRoutes.responses),
    Route("POST", "canned_responses", admin: true, CannedResponseRoutes.create),
    Route("GET", "canned_responses/:id", admin: true) {
      try SetUpRoutes.view($0, .cannedResponse)
    },
    Route("PUT", "canned_responses/:id", admin: true, CannedResponseRoutes.update),
  ]
}
