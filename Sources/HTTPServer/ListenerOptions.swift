import Glibc

/// Where a listener listens, and the bounds it keeps.
public struct ListenerOptions: Equatable, Sendable {
  /// A numeric IPv4 or IPv6 address; loopback unless told otherwise.
  public var address = "127.0.0.1"
  /// 0 takes a free port.
  public var port: UInt16 = 0
  /// Worker threads; handlers run on them.
  public var threads = 2
  /// Open connections at a time; further ones are closed at once.
  public var connections = 16_384
  /// Bytes of request line and header together; more is answered with 414 or 431. Beyond 32 KB the
  /// library maps a connection's memory, and the system has it back as soon as the client goes.
  public var headerBytes = 36 * 1024
  /// Bytes of body; more is answered with 413.
  public var bodyBytes = 25 * 1024 * 1024
  /// Bytes of the bodies of all requests and answers under way; a request beyond is answered with
  /// 503.
  public var bodyBytesTogether = 256 * 1024 * 1024
  /// Seconds without a byte after which a connection is closed.
  public var idleSeconds = 120
  /// Certificate and key in PEM; nil serves plain HTTP.
  public var tls: TLSIdentity?

  public init() {}
}

/// A certificate chain and its private key, both PEM.
public struct TLSIdentity: Equatable, Sendable {
  public var certificate: String
  public var key: String

  public init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }
}

/// Why a listener did not start.
public enum ListenerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The address is not numeric.
  case badAddress(String)
  /// The address or port is taken, or not ours (`errno` of the attempt).
  case cannotBind(address: String, port: UInt16, errno: Int32)
  /// The certificate or the key is not usable.
  case badCertificate

  public var description: String {
    switch self {
    case .badAddress(let address):
      "\"\(address)\" is not a numeric IP address such as 127.0.0.1."
    case .cannotBind(let address, let port, let code):
      switch code {
      case EADDRINUSE: "Port \(port) on \(address) is in use."
      case EADDRNOTAVAIL: "This machine has no address \(address)."
      case EACCES: "Port \(port) on \(address) needs more rights."
      default: "Could not listen on \(address) port \(port) (error \(code))."
      }
    case .badCertificate:
      "The certificate or its key is not usable: both must be PEM and belong together."
    }
  }
}
