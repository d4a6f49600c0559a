/// An answer that says no, with the body that the vendor documents for it.
struct APIRefusal: Error, Equatable {
  /// What is wrong with one field.
  struct Problem: Equatable, Sendable {
    var field: String
    var message: String
    var code: String

    static func missing(_ field: String) -> Self {
      Problem(field: field, message: "Mandatory attribute missing", code: "missing_field")
    }

    static func unknown(_ field: String) -> Self {
      Problem(
        field: field, message: "Unexpected/invalid field in request", code: "invalid_field")
    }

    static func type(_ field: String, _ expected: String, got value: JSONValue) -> Self {
      let article = "AEIOU".contains(expected.prefix(1)) ? "an" : "a"
      return Problem(
        field: field,
        message: value == .null
          ? "It should be \(article) \(expected)"
          : "Value set is of type \(value.typeName).It should be \(article) \(expected)",
        code: "datatype_mismatch")
    }

    static func value(_ field: String, _ message: String) -> Self {
      Problem(field: field, message: message, code: "invalid_value")
    }

    static func oneOf(_ field: String, _ values: [String]) -> Self {
      value(field, "It should be one of these values: '\(values.joined(separator: ","))'")
    }

    static func duplicate(_ field: String) -> Self {
      Problem(field: field, message: "It should be a unique value", code: "duplicate_value")
    }
  }

  var status: Int
  /// nil sends no body at all.
  var body: JSONObject?
  var allow: String?

  init(status: Int, body: JSONObject? = nil, allow: String? = nil) {
    self.status = status
    self.body = body
    self.allow = allow
  }

  /// Several fields that do not fit.
  static func invalid(_ problems: [Problem], status: Int = 400) -> APIRefusal {
    APIRefusal(
      status: status,
      body: [
        "description": "Validation failed",
        "errors": .array(
          problems.map { problem in
            .object([
              "field": .string(problem.field), "message": .string(problem.message),
              "code": .string(problem.code),
            ])
          }),
      ])
  }

  static func invalid(_ problem: Problem) -> APIRefusal { invalid([problem]) }

  static let notSignedIn = APIRefusal(
    status: 401,
    body: [
      "code": "invalid_credentials",
      "message": "You have to be logged in to perform this action.",
    ])

  static let accessDenied = APIRefusal(
    status: 403,
    body: [
      "code": "access_denied",
      "message": "You are not authorized to perform this action.",
    ])

  /// Unknown id or address: recognised by its empty body.
  static let notFound = APIRefusal(status: 404)

  /// The state of the thing does not allow it: spam, deleted, blocked.
  static let wrongState = APIRefusal(status: 405)

  static func wrongVerb(allow: [String]) -> APIRefusal {
    APIRefusal(
      status: 405,
      body: [
        "message": .string(
          "Method not allowed. This method(s) are allowed: \(allow.joined(separator: ", "))")
      ], allow: allow.joined(separator: ", "))
  }

  static let notAcceptable = APIRefusal(status: 406)

  static let wrongContentType = APIRefusal(
    status: 415,
    body: [
      "code": "invalid_content_type",
      "message": "Content-Type header should be application/json or multipart/form-data",
    ])

  static let badJSON = APIRefusal(
    status: 400,
    body: [
      "code": "invalid_json",
      "message": "Request body has invalid json format",
    ])

  static let noContentAllowed = APIRefusal(
    status: 400,
    body: ["code": "no_content_required", "message": "No content required"])
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int64) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
}
