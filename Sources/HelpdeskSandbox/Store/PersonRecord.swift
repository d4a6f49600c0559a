import SQLite

/// Somebody who works the queue, with the key that speaks for them.
struct AgentRecord: Equatable, Sendable {
  enum Scope: Int64, Sendable {
    case all = 1
    case ownGroups = 2
    case own = 3
  }

  var id: Int64
  var key: String
  var name: String
  var email: String
  /// `admin` or `agent`.
  var role: String
  var scope: Scope
  /// The object as `/agents/{id}` serves it.
  var document: JSONObject

  var isAdmin: Bool { role == "admin" }
  var groupIDs: [Int64] { document["group_ids"]?.integers ?? [] }

  static let columns = "id, api_key, name, email, role, scope, document"

  init(
    id: Int64, key: String, name: String, email: String, role: String, scope: Scope,
    document: JSONObject
  ) {
    self.id = id
    self.key = key
    self.name = name
    self.email = email
    self.role = role
    self.scope = scope
    self.document = document
  }

  init(_ row: Row) throws(SQLiteError) {
    id = try row.int64(0)
    key = try row.string(1)
    name = try row.string(2)
    email = try row.string(3)
    role = try row.string(4)
    scope = Scope(rawValue: try row.int64(5)) ?? .all
    document = JSONParser.parse(try row.string(6))?.object ?? JSONObject()
  }

  var values: [any SQLBindable] {
    [id, key, name, email, role, scope.rawValue, JSONValue.object(document).text]
  }
}

/// A customer. The columns are copies for lookups; the document is the truth.
struct ContactRecord: Equatable, Sendable {
  var id: Int64
  /// `verified`, `unverified`, `deleted` or `blocked`.
  var state = "verified"
  var createdAt: Int64
  var updatedAt: Int64
  /// The object as `/contacts/{id}` serves it, without its times.
  var document: JSONObject

  var name: String { document["name"]?.string ?? "" }
  var email: String? { document["email"]?.string }
  var phone: String? { document["phone"]?.string }
  var mobile: String? { document["mobile"]?.string }
  var companyID: Int64? { document["company_id"]?.integer }
  var isGone: Bool { state == "deleted" || state == "blocked" }

  static let columns = """
    id, name, email, phone, mobile, company_id, unique_external_id, state, active, created_at, \
    updated_at, document
    """

  init(id: Int64, at now: Int64, document: JSONObject) {
    self.id = id
    createdAt = now
    updatedAt = now
    self.document = document
  }

  init(_ row: Row) throws(SQLiteError) {
    id = try row.int64(0)
    state = try row.string(7)
    createdAt = try row.int64(9)
    updatedAt = try row.int64(10)
    document = JSONParser.parse(try row.string(11))?.object ?? JSONObject()
  }

  var values: [any SQLBindable] {
    [
      id, name, email, phone, mobile, companyID, document["unique_external_id"]?.string, state,
      document["active"]?.bool ?? false, createdAt, updatedAt, JSONValue.object(document).text,
    ]
  }
}

/// A set-up resource kept as the object that is served: company, group, role, canned response, ….
struct DocumentRecord: Equatable, Sendable {
  enum Kind: String, Sendable {
    case company
    case group
    case role
    case product
    case emailConfig = "email_config"
    case ticketField = "ticket_field"
    case cannedFolder = "canned_folder"
    case cannedResponse = "canned_response"
    case timeEntry = "time_entry"
    case rating
    case job
    case businessHour = "business_hour"
    case slaPolicy = "sla_policy"
    case scenario
    case survey
    case solutionCategory = "solution_category"
    case solutionFolder = "solution_folder"
    case solutionArticle = "solution_article"
  }

  var kind: Kind
  var id: Int64
  /// The folder or ticket that it belongs to.
  var parent: Int64?
  var updatedAt: Int64
  var document: JSONObject

  var name: String { (document["name"] ?? document["title"])?.string ?? "" }
}
