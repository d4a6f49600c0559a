/// What stands in a description where a secret stood.
private let hidden = "(hidden)"

extension HTTPHeaders {
  /// Names whose values open doors and so never reach a description, a log or a debugger's dump.
  private static let secretNames = [
    "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "X-Api-Key",
  ]

  static func isSecret(_ name: String) -> Bool { secretNames.contains { isSame($0, name) } }
}

extension HTTPHeaders.Field: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  public var description: String { "\(name): \(HTTPHeaders.isSecret(name) ? hidden : value)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["line": description]) }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible {
  public var description: String { fields.map(\.description).joined(separator: ", ") }
  public var debugDescription: String { description }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Verb, address without its query, header names and the size of the body; no customer's words.
  public var description: String {
    let address = url.prefix { $0 != "?" }
    let size =
      switch body {
      case .none: "no body"
      case .bytes(let bytes): "\(bytes.count) bytes"
      case .multipart(let parts): "\(parts.count) parts"
      }
    return "\(method.rawValue) \(address) [\(headers)] (\(size))"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["request": description]) }
}

extension HTTPResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Status, headers and the size of the body; no customer's words.
  public var description: String { "\(status) [\(headers)] (\(body.count) bytes)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["response": description]) }
}
