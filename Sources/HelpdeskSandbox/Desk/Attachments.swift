/// The files of tickets and threads.
enum Attachments {
  /// Stores the uploads and gives their JSON, or nil without any.
  static func store(_ uploads: [Upload], in store: Store, now: Int64) throws -> String? {
    if uploads.isEmpty { return nil }
    var files: [JSONValue] = []
    for upload in uploads {
      let id = try store.nextID("attachments", from: firstID)
      try store.connection.execute(
        "INSERT INTO attachments VALUES (?, ?, ?, ?)", id, upload.name, upload.contentType,
        upload.content)
      files.append(
        metadata(
          id, name: upload.name, type: upload.contentType, size: upload.content.count, at: now))
    }
    return JSONValue.array(files).text
  }

  /// Both lists in one, as JSON.
  static func joined(_ known: String?, _ added: String?) -> String? {
    let lists = [known, added].compactMap { $0.flatMap { JSONParser.parse($0)?.array } }
    return lists.isEmpty ? nil : JSONValue.array(lists.flatMap(\.self)).text
  }

  static func metadata(
    _ id: Int64, name: String, type: String, size: Int, at now: Int64
  ) -> JSONValue {
    .object([
      "id": .integer(id), "content_type": .string(type), "size": .integer(Int64(size)),
      "name": .string(name), "created_at": JSONValue(time: now), "updated_at": JSONValue(time: now),
    ])
  }

  /// Ids of uploaded files; those below belong to generated ones, whose bytes are made when asked.
  static let firstID: Int64 = 20_000_000_001

  static func address(_ id: Int64, base: String) -> String {
    "\(base)/attachments/\(id)?Expires=4102444800&Signature=sandbox&Key-Pair-Id=sandbox"
  }
}

/// A file in a form.
struct Upload: Equatable, Sendable {
  var field: String
  var name: String
  var contentType: String
  var content: [UInt8]
}
