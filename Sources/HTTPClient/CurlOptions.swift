/// How a `CurlTransport` treats every request.
public struct CurlOptions: Equatable, Sendable {
  public var userAgent: String
  /// A file of trusted certificates in PEM form; nil takes the system's.
  public var certificateFile: String?
  /// `http://host:port`; nil connects directly. Loopback is never reached through a proxy, and the
  /// environment's proxy variables are not looked at.
  public var proxy: String?
  /// The largest answer accepted, in bytes after decompression.
  public var maximumAnswer: Int
  /// Connections open to one server at a time; more requests wait for one.
  public var connectionsPerHost: Int

  public init(
    userAgent: String = "ticket-console", certificateFile: String? = nil, proxy: String? = nil,
    maximumAnswer: Int = 64 << 20, connectionsPerHost: Int = 8
  ) {
    self.userAgent = userAgent
    self.certificateFile = certificateFile
    self.proxy = proxy
    self.maximumAnswer = maximumAnswer
    self.connectionsPerHost = connectionsPerHost
  }
}
