/// Where an account lives, from what a person types: "acme", "acme.freshdesk.com",
/// "https://acme.freshdesk.com/a/tickets/7" or "http://127.0.0.1:8080".
public struct FreshdeskAddress: Equatable, Sendable {
  /// Scheme, host and port without a slash at the end: "https://acme.freshdesk.com".
  public let baseURL: String

  /// Why a text is not an account's address.
  public enum Problem: Error, Equatable, Sendable {
    case empty
    case notAnAddress(String)
    /// The key would travel in clear to another machine.
    case notEncrypted(host: String)
    /// A name or key stands before an `@`.
    case containsCredentials

    /// One clause in plain English, without a full stop.
    public var explanation: String {
      switch self {
      case .empty: "no address was given"
      case .notAnAddress(let text): "\"\(text)\" is neither a subdomain nor a web address"
      case .notEncrypted(let host):
        "http would send the API key to \(host) unencrypted; use https"
      case .containsCredentials: "the address must not hold a name or a key; leave out all before @"
      }
    }
  }

  public init(parsing text: String) throws(Problem) {
    var rest = Self.trimmed(text)
    guard !rest.isEmpty else { throw .empty }
    var scheme: String?
    for candidate in ["https", "http"] where rest.lowercased().hasPrefix(candidate + "://") {
      scheme = candidate
      rest = rest.dropFirst(candidate.count + 3)
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .containsCredentials }
    guard let (host, port) = Self.hostAndPort(authority) else {
      throw .notAnAddress(String(Self.trimmed(text).prefix(80)))
    }
    let isLoopback = Self.isLoopback(host)
    let isSubdomain = !isLoopback && scheme == nil && port == nil && !host.contains(".")
    let fullHost = isSubdomain ? host + ".freshdesk.com" : host
    if scheme == "http", !isLoopback { throw .notEncrypted(host: fullHost) }
    let suffix = port.map { ":\($0)" } ?? ""
    baseURL = "\(scheme ?? (isLoopback ? "http" : "https"))://\(fullHost)\(suffix)"
  }

  /// The machine itself: nothing sent there can be read on the way.
  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func hostAndPort(_ authority: Substring) -> (host: String, port: UInt16?)? {
    var host = authority
    var port: UInt16?
    if authority.hasPrefix("[") {
      guard authority.hasPrefix("[::1]") else { return nil }
      host = authority.prefix(5)
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
    }
    let rest = authority[host.endIndex...]
    if !rest.isEmpty {
      guard rest.first == ":", let number = UInt16(rest.dropFirst()), number > 0 else {
        return nil
      }
      port = number
    }
    let name = host.lowercased()
    guard name == "[::1]" || isHostName(name) else { return nil }
    return (name, port)
  }

  private static func isHostName(_ name: String) -> Bool {
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    return name.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
          }
      }
  }

  private static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return rest
  }
}
