/// One connected helpdesk: where it is, who the key speaks for, and where the key comes from.
public struct Account: Equatable, Sendable {
  /// Names the account on the command line and its folder on disk.
  public var name: String
  /// Scheme and host, without a slash at the end.
  public var url: String
  /// The kind of helpdesk: "freshdesk".
  public var vendor: String
  public var agentID: Int64
  public var agentName: String
  /// No change leaves from this account.
  public var isReadOnly: Bool
  public var keySource: KeySource

  /// Where the API key comes from.
  public enum KeySource: Equatable, Sendable {
    /// A shell command that prints it, run each time it is needed.
    case command(String)
    /// A private file in the profile.
    case file
    /// Disconnected: cached tickets can be read, nothing is fetched or sent.
    case none
  }

  public init(
    name: String, url: String, vendor: String = "freshdesk", agentID: Int64, agentName: String,
    isReadOnly: Bool = false, keySource: KeySource
  ) {
    self.name = name
    self.url = url
    self.vendor = vendor
    self.agentID = agentID
    self.agentName = agentName
    self.isReadOnly = isReadOnly
    self.keySource = keySource
  }

  /// Whether the text can name an account and a folder.
  public static func isValid(name: String) -> Bool {
    (1...64).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".")
      && name.utf8.first != UInt8(ascii: "-")
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x5F || $0 == 0x2D
          || $0 == 0x2E
      }
  }

  /// The name an account gets when the person gives none: its subdomain, or host and port.
  public static func suggestedName(forURL url: String) -> String {
    var host = Substring(url)
    for scheme in ["https://", "http://"] where host.hasPrefix(scheme) {
      host = host.dropFirst(scheme.count)
    }
    host = host.prefix { $0 != "/" }
    if host.hasSuffix(".freshdesk.com") { host = host.dropLast(".freshdesk.com".count) }
    let name = String(host.map { $0 == ":" || $0 == "[" || $0 == "]" ? "-" : $0 }.prefix(64))
    return isValid(name: name) ? name : "helpdesk"
  }
}
