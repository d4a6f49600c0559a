/// Fetches a file from an address that says all by itself: helpdesks keep attachments on storage hosts
/// under signed addresses. No credentials are ever sent there, and none of an address but its host
/// gets into an error: its whole text gives access to the file.
public struct FileDownload: Sendable {
  /// Why there is no file.
  public enum Failure: Error, Equatable, Sendable {
    /// Not `http` or `https`.
    case unusableAddress
    /// Leads from HTTPS to an open connection, or nowhere.
    case redirectRefused(host: String)
    case tooManyRedirects
    case refused(status: Int, host: String)
    case transport(TransportError)

    /// One clause in plain English, without a full stop.
    public var explanation: String {
      switch self {
      case .unusableAddress: "its address is not a web address"
      case .redirectRefused(let host): "\(host) leads to an address that is not safe"
      case .tooManyRedirects: "its address leads from one to the next without an end"
      case .refused(let status, let host):
        status == 403 || status == 404 || status == 410
          ? "\(host) no longer has it under this address (\(status))"
          : "\(host) answers with status \(status)"
      case .transport(let error): error.explanation
      }
    }

    /// Whether a newer address may help.
    public var isStale: Bool {
      if case .refused(let status, _) = self { return [401, 403, 404, 410].contains(status) }
      return false
    }
  }

  /// How many addresses may lead on to another one.
  static let mostRedirects = 5

  private let transport: any HTTPTransport

  public init(transport: any HTTPTransport) { self.transport = transport }

  /// The file's bytes, at most as many as the transport accepts.
  public func bytes(from address: String) async throws(Failure) -> [UInt8] {
    var address = address
    for _ in 0...Self.mostRedirects {
      guard let place = WebPlace(address) else { throw .unusableAddress }
      let response: HTTPResponse
      do {
        response = try await transport.send(
          HTTPRequest(url: address, totalDeadline: .seconds(600)))
      } catch {
        throw .transport(error)
      }
      switch response.status {
      case 200..<300: return response.body
      case 301, 302, 303, 307, 308:
        guard let next = response.headers["Location"].flatMap(place.resolve),
          let target = WebPlace(next), target.isSecure || !place.isSecure
        else { throw .redirectRefused(host: place.host) }
        address = next
      default: throw .refused(status: response.status, host: place.host)
      }
    }
    throw .tooManyRedirects
  }
}

/// The part of a web address that says where it is.
private struct WebPlace {
  var scheme: String
  /// With its port.
  var host: String

  var isSecure: Bool { scheme == "https" }

  init?(_ address: String) {
    guard let colon = address.firstRange(of: "://") else { return nil }
    scheme = address[..<colon.lowerBound].lowercased()
    let rest = address[colon.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    host = rest.split(separator: "@").last.map(String.init) ?? ""
    guard scheme == "http" || scheme == "https", !host.isEmpty else { return nil }
  }

  /// Where a redirect leads; nil for what is relative to a folder, which storage hosts do not send.
  func resolve(_ location: String) -> String? {
    if location.hasPrefix("//") { return "\(scheme):\(location)" }
    if location.hasPrefix("/") { return "\(scheme)://\(host)\(location)" }
    return location.contains("://") ? location : nil
  }
}
