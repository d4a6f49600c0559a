import Glibc

/// A blocking HTTP client that sends exactly what a test wants and shows exactly what came back.
public struct LoopbackClient: Sendable {
  /// An answer as read from the socket.
  public struct Answer: Equatable, Sendable {
    public var status: Int
    /// Field lines in their order.
    public var fields: [String]
    public var body: [UInt8]
    /// Whether the body is as long as the header promised.
    public var isComplete: Bool

    /// The value of the first field of that name.
    public subscript(name: String) -> String? {
      fields.lazy.compactMap { field -> String? in
        let parts = field.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { return nil }
        return String(parts[1].drop { $0 == " " })
      }.first
    }

    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  public var port: UInt16

  public init(port: UInt16) { self.port = port }

  /// The port of `http://127.0.0.1:PORT`.
  public init(url: String) {
    port = UInt16(url.split(separator: ":").last ?? "") ?? 0
  }

  /// One request on a connection of its own; nil where the connection closed without an answer.
  public func send(
    _ method: String, _ target: String, headers: [String] = [], body: [UInt8]? = nil
  ) -> Answer? {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
    lines += headers
    if let body { lines.append("Content-Length: \(body.count)") }
    let head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    return Self.parse(exchange(head + (body ?? [])))
  }

  /// Sends bytes as they are and reads until the other side closes.
  public func exchange(_ bytes: [UInt8]) -> [UInt8] {
    guard let connection = open() else { return [] }
    defer { close(connection) }
    write(bytes, to: connection)
    return readToEnd(connection)
  }

  /// An open connection, or nil; the caller closes it.
  public func open() -> Int32? {
    let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var limit = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isOpen = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isOpen { return connection }
    close(connection)
    return nil
  }

  public func write(_ bytes: [UInt8], to connection: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return }
      sent += count
    }
  }

  public func readToEnd(_ connection: Int32) -> [UInt8] {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count <= 0 { return received }
      received += chunk[..<count]
    }
  }

  /// Reads to the end of the header, and whatever of the body came along.
  public func readHead(_ connection: Int32) -> [UInt8] {
    var received: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while received.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
      let count = recv(connection, &chunk, chunk.count, 0)
      if count <= 0 { return received }
      received += chunk[..<count]
    }
    return received
  }

  /// Takes an answer apart; nil for what is none.
  public static func parse(_ bytes: [UInt8]) -> Answer? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .split(separator: "\r\n").map(String.init)
    let parts = lines.removeFirst().split(separator: " ")
    guard parts.count >= 2, let status = Int(parts[1]) else { return nil }
    var answer = Answer(
      status: status, fields: lines, body: Array(bytes[end.upperBound...]), isComplete: true)
    if let length = answer["Content-Length"].flatMap(Int.init) {
      answer.isComplete = answer.body.count == length
    }
    return answer
  }
}
