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
    case 400, 406, 409, 414, 415, 422:
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
    case .tooLarge, .garbled: return .unreadableAnswer(reason: failure.explanation)
    case .truncated where failure.partialAnswer != nil:
      return .unreadableAnswer(reason: failure.explanation)
    default: return .connectionLost(reason: failure.explanation)
    }
  }

  /// The vendor's words in an error body, which may as well be empty, a blank or a page of HTML.
  private static func words(of response: HTTPResponse) -> (message: String, fields: [FieldProblem])
  {
    guard let root = (try? JSONDocument(parsing: response.body))?.root else { return ("", []) }
    let fields = (root["errors"]?.elements ?? []).prefix(50).map { problem in
      FieldProblem(
        field: shown(problem["field"] ?? problem["name"]), message: shown(problem["message"]),
        code: shown(problem["code"]))
    }
    return (shown(root["message"] ?? root["description"]), fields)
  }

  /// One line of at most 300 characters without control characters: error texts quote what people
  /// and strangers typed.
  private static func shown(_ value: JSONValue?) -> String {
    let scalars = (value?.string ?? "").unicodeScalars.prefix(300).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: Unicode.Scalar(UInt8(32))
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
