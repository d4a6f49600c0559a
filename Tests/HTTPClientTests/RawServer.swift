import Dispatch
import Glibc
import Synchronization

/// A server on loopback that does with each connection exactly what its script says, also what no
/// honest server does: reset, close, keep silent, talk nonsense.
final class RawServer: Sendable {
  let port: UInt16
  private let listener: Int32
  private let record = Mutex(Record())

  private struct Record {
    var connections = 0
    var requests: [String] = []
    var open: Set<Int32> = []
    var isStopped = false
  }

  init(script: @escaping @Sendable (RawConnection) -> Void) {
    (listener, port) = Self.listen()
    let listener = listener
    DispatchQueue(label: "raw server").async { [self] in
      while true {
        let socket = accept(listener, nil, nil)
        guard socket >= 0 else { return }
        let isStopped = record.withLock { record in
          record.connections += 1
          record.open.insert(socket)
          return record.isStopped
        }
        if isStopped {
          close(socket)
          return
        }
        DispatchQueue(label: "raw connection").async { [self] in
          let connection = RawConnection(socket: socket) { request in
            self.record.withLock { $0.requests.append(request) }
          }
          script(connection)
          record.withLock { _ = $0.open.remove(socket) }
          close(socket)
        }
      }
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }

  /// How many connections were accepted.
  var connections: Int { record.withLock { $0.connections } }

  /// The requests that arrived in whole, as sent.
  var requests: [String] { record.withLock { $0.requests } }

  /// Ends all connections and accepts no more.
  func stop() {
    record.withLock { record in
      record.isStopped = true
      for socket in record.open { shutdown(socket, Int32(SHUT_RDWR)) }
    }
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  /// A port of this machine on which nothing listens.
  static func deadPort() -> UInt16 {
    let (socket, port) = listen()
    close(socket)
    return port
  }

  private static func listen() -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        _ = bind(listener, generic, length)
        _ = Glibc.listen(listener, 64)
        _ = getsockname(listener, generic, &length)
      }
    }
    return (listener, UInt16(bigEndian: address.sin_port))
  }
}

/// One accepted connection.
struct RawConnection: Sendable {
  let socket: Int32
  let onRequest: @Sendable (String) -> Void

  /// Reads one request with its body; nil when the client has closed.
  @discardableResult
  func readRequest() -> String? {
    var bytes: [UInt8] = []
    var bodyStart: Int?
    while true {
      if bodyStart == nil { bodyStart = Self.endOfHead(bytes) }
      if let start = bodyStart {
        let head = String(decoding: bytes[..<start], as: UTF8.self).lowercased()
        let length =
          head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        if bytes.count >= start + length {
          let text = String(decoding: bytes, as: UTF8.self)
          onRequest(text)
          return text
        }
      }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      bytes += buffer[0..<count]
    }
  }

  func write(_ text: String) { write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      sent += count
    }
  }

  /// Answers with 200 and a body of known length.
  func answer(_ body: String, headers: String = "") {
    write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
  }

  /// Closes with a reset instead of a regular end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Says nothing until the client has closed the connection.
  func waitForEnd() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while recv(socket, &buffer, buffer.count, 0) > 0 {}
  }

  private static func endOfHead(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for end in 4...bytes.count where bytes[end - 4..<end].elementsEqual([13, 10, 13, 10]) {
      return end
    }
    return nil
  }
}
