import HTTPClient
import Helpdesk

/// Turns answers and broken transfers into `HelpdeskError`.
enum Errors {
  /// Nil for 2xx. Only the statuses that are known to mean "nothing was applied" become definite
  /// errors; any other leaves a write in doubt.
  static func error(for response: HTTPResponse) -> HelpdeskError? {
    switch response.status {
    case 200...299: return nil
    case 401: return .notSignedIn
    case 403: return .forbidden(message: words(of: response).message)
    case 404: return .notFound
    case 405: return .notChangeable
    case 300...399: return .moved(to: address(in: response))
    case 400, 406, 409, 413, 414, 415, 422:
      let words = words(of: response)
      return .refused(
        status: response.status,
        message: words.message.isEmpty
          ? "the helpdesk refused it with \(response.status)" : words.message,
        fields: words.fields)
    case 429: return .rateLimited(retryAfter: Limits.retryAfter(in: response))
    default: return .serverFailure(status: response.status)
    }
  }

  /// A transfer without a complete answer. `isRead` calls leave nothing behind at the helpdesk.
  static func error(for failure: TransportError, isRead: Bool) -> HelpdeskError {
    if let partial = failure.partialAnswer, let definite = error(for: partial) { return definite }
    guard failure.mayHaveBeenSent else {
      switch failure.reason {
      case .cancelled: return .cancelled
      case .unusableRequest:
        return .refused(status: 400, message: failure.detail, fields: [])
      default: return .offline(reason: failure.explanation)
      }
    }
    switch failure.reason {
    case .cancelled where isRead: return .cancelled
    case .tooLarge: return .answerTooLarge(reason: failure.explanation)
    case .garbled: return .unreadableAnswer(reason: failure.explanation)
    case .truncated where failure.partialAnswer != nil:
      return .unreadableAnswer(reason: failure.explanation)
    default: return .connectionLost(reason: failure.explanation)
    }
  }

  /// Why a body that should be data is none.
  static func reason(notJSON response: HTTPResponse) -> String {
    let isPage =
      response.headers["Content-Type"]?.lowercased().contains("html") == true
      || response.body.first { $0 > 32 } == UInt8(ascii: "<")
    return isPage
      ? "a web page came instead of data; check the address, and whether a proxy or a sign-in page answers"
      : "the answer is not JSON"
  }

  /// Where a redirect points, as text to be shown: scheme and host, without a path or a name.
  private static func address(in response: HTTPResponse) -> String {
    let text = shown(response.headers["Location"])
    for scheme in ["https://", "http://"] where text.lowercased().hasPrefix(scheme) {
      let host = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      return scheme + (host.split(separator: "@").last ?? "")
    }
    return ""
  }

  private static let messageKeys: [StaticString] = [
    "message", "description", "error_description", "error", "errors", "detail", "code",
  ]

  /// The vendor's words in an error body, which comes in many shapes: `errors` as a list of
  /// objects or of texts, as an object of lists by field, or as one text; `message`, `description`,
  /// `error` or `error_description`; a list; and just as well nothing, a blank or a page of HTML.
  private static func words(of response: HTTPResponse) -> (message: String, fields: [FieldProblem])
  {
    guard let root = (try? JSONDocument(parsing: response.body))?.root else { return ("", []) }
    let list = root.kind == .array ? root : root["errors"] ?? root["error"]
    var fields = list.map { problems(in: $0, field: "") } ?? []
    var message = messageKeys.lazy.map { shown(root[$0]?.string) }.first { !$0.isEmpty }
    // Words that belong to no field are the message where there is no other.
    if message == nil,
      let index = fields.firstIndex(where: { $0.field.isEmpty && !$0.message.isEmpty })
    {
      message = fields.remove(at: index).message
    }
    return (message ?? "", Array(fields.prefix(50)))
  }

  private static func problems(in value: JSONValue, field: String) -> [FieldProblem] {
    switch value.kind {
    case .array:
      return value.elements.prefix(50).flatMap { problems(in: $0, field: field) }
    case .object:
      let message = messageKeys.dropLast().lazy.compactMap { value[$0]?.string }.first
      let name = value["field"]?.string ?? value["name"]?.string
      let code = value["code"]?.string
      guard message == nil, name == nil, code == nil else {
        return [
          FieldProblem(
            field: name.map { shown($0) } ?? field, message: shown(message), code: shown(code))
        ]
      }
      return value.members.prefix(50).flatMap { key, inner in
        problems(in: inner, field: shown(key))
      }
    case .string, .escaped, .number:
      // One text alone is the message itself.
      let text = shown(value.string)
      return field.isEmpty && text.isEmpty
        ? [] : [FieldProblem(field: field, message: text, code: "")]
    case .yes, .no, .null: return []
    }
  }

  /// One line of at most 300 characters without control characters: error texts quote untrusted
  /// input.
  private static func shown(_ text: String?) -> String {
    let scalars = (text ?? "").unicodeScalars.prefix(300).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(UInt8(32))
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
