/// The fields of a request body, checked against what the call knows.
struct BodyFields {
  /// What a field may hold.
  enum Kind {
    case text
    case integer
    case bool
    case texts
    case integers
    case object
    case time
    case anything
  }

  private(set) var object: JSONObject
  private(set) var uploads: [Upload]
  private var isForm: Bool
  /// Gathered until `finish`, as the vendor reports all of them together.
  private(set) var problems: [APIRefusal.Problem] = []

  /// Reads JSON or a form. Unknown keys, missing keys and wrong types become problems. `kinds` is
  /// in the order of the vendor's documentation.
  init(_ call: APICall, _ kinds: KeyValuePairs<String, Kind>, required: [String] = []) throws {
    let type = call.request.headers["Content-Type"] ?? "application/json"
    if type.lowercased().hasPrefix("multipart/form-data") {
      guard let form = FormData.parse(call.request.body, contentType: type) else {
        throw APIRefusal.badJSON
      }
      (object, uploads, isForm) = (form.fields, form.uploads, true)
    } else {
      let body = call.request.body
      guard let value = body.isEmpty ? .object([:]) : JSONParser.parse(body),
        let object = value.object
      else { throw APIRefusal.badJSON }
      (self.object, uploads, isForm) = (object, [], false)
    }
    check(kinds, required)
    checkUploads()
  }

  /// Reads an object within a body.
  init(object: JSONObject, _ kinds: KeyValuePairs<String, Kind>) throws {
    (self.object, uploads, isForm) = (object, [], false)
    check(kinds, [])
  }

  private mutating func check(_ kinds: KeyValuePairs<String, Kind>, _ required: [String]) {
    let known = Dictionary(kinds.map { ($0.key, $0.value) }) { first, _ in first }
    for member in object.members {
      guard let kind = known[member.key] else {
        problems.append(.unknown(member.key))
        continue
      }
      check(member.key, member.value, kind)
    }
    for key in required where object[key] == nil || object[key] == .null {
      problems.append(.missing(key))
    }
  }

  mutating func reject(_ problem: APIRefusal.Problem) { problems.append(problem) }

  /// Throws what has gathered.
  func finish() throws {
    if !problems.isEmpty { throw APIRefusal.invalid(problems) }
  }

  func has(_ key: String) -> Bool { object[key] != nil }
  func text(_ key: String) -> String? { object[key]?.string }
  func integer(_ key: String) -> Int64? { object[key]?.integer }
  func bool(_ key: String) -> Bool? { object[key]?.bool }
  func texts(_ key: String) -> [String]? { object[key]?.strings }
  func integers(_ key: String) -> [Int64]? { object[key]?.integers }
  func time(_ key: String) -> Int64? { object[key]?.string.flatMap(WireTime.parse) }

  private mutating func check(_ key: String, _ value: JSONValue, _ kind: Kind) {
    let value = isForm ? formValue(value, kind) : value
    if isForm { object[key] = value }
    if value == .null { return }
    let (fits, expected): (Bool, String) =
      switch kind {
      case .text: (value.string != nil, "String")
      case .integer: (value.integer != nil, "Positive Integer")
      case .bool: (value.bool != nil, "Boolean")
      case .texts: (value.strings != nil, "Array")
      case .integers: (value.integers != nil, "Array")
      case .object: (value.object != nil, "key/value pair")
      case .time: (value.string.flatMap(WireTime.parse) != nil, "combined date and time ISO8601")
      case .anything: (true, "")
      }
    if !fits { problems.append(.type(key, expected, got: value)) }
  }

  /// Parts of a form are text: numbers and flags are read from it.
  private func formValue(_ value: JSONValue, _ kind: Kind) -> JSONValue {
    switch (kind, value) {
    case (.integer, .string(let text)): Int64(text).map { .integer($0) } ?? value
    case (.bool, .string(let text)):
      text.lowercased() == "true" ? true : text.lowercased() == "false" ? false : value
    case (.integers, .array(let items)):
      .array(items.map { $0.string.flatMap(Int64.init).map { .integer($0) } ?? $0 })
    default: value
    }
  }

  /// All files together may have 20 MB.
  private mutating func checkUploads() {
    if uploads.reduce(0, { $0 + $1.content.count }) > 20 * 1024 * 1024 {
      problems.append(
        .value("attachments", "Invalid file size. Total size should not be greater than 20 MB"))
    }
    for upload in uploads where upload.field != "attachments" && upload.field != "avatar" {
      problems.append(.unknown(upload.field))
    }
  }
}
