import CMicrohttpd

/// One request on its way through libmicrohttpd, which calls `handle` again and again: once for
/// the header, once for each piece of the body, once at its end, and once after each waiting.
/// Only the worker thread of its connection touches it.
final class Exchange {
  private enum Stage {
    case header
    case body
    case waiting(@Sendable () -> ServerAnswer)
    case hanging
  }

  private let target: String
  private var stage = Stage.header
  private var body: [UInt8] = []
  private var received = 0
  /// Set where the body is not wanted; what still comes of it is thrown away.
  private var refusal: Int?
  /// Where this request's share of the held bytes goes back to.
  private var heldBytes: HeldBytes?
  private var share = 0

  private init(target: String) { self.target = target }

  deinit { heldBytes?.giveBack(share) }

  /// Called with the request line's target before it is taken apart; the result becomes the
  /// connection's context.
  static let begin:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) ->
      UnsafeMutableRawPointer? = { _, target, _ in
        let exchange = Exchange(target: target.map { String(cString: $0) } ?? "/")
        return Unmanaged.passRetained(exchange).toOpaque()
      }

  /// Called when the request is over, however it ended.
  static let end: MHD_RequestCompletedCallback = { _, _, context, _ in
    guard let exchange = context?.pointee else { return }
    context?.pointee = nil
    Unmanaged<Exchange>.fromOpaque(exchange).release()
  }

  /// The access handler; `NO` closes the connection.
  static let handle: MHD_AccessHandlerCallback = {
    core, connection, _, method, _, data, size, context in
    guard let core, let connection, let method, let size, let held = context?.pointee else {
      return .NO
    }
    return Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue().advance(
      Unmanaged<ListenerCore>.fromOpaque(core).takeUnretainedValue(), connection,
      method: method, data: data, size: size)
  }

  private func advance(
    _ core: ListenerCore, _ connection: OpaquePointer, method: UnsafePointer<CChar>,
    data: UnsafePointer<CChar>?, size: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    switch stage {
    case .header:
      return readHeader(core, connection)
    case .body where size.pointee > 0:
      return collect(data, size, core)
    case .body:
      if let refusal { return send(Self.plain(refusal), on: connection) }
      let request = ServerRequest(
        method: String(cString: method), target: target,
        headers: Self.headers(of: connection), body: body)
      body = []
      return give(core.handler(request), core, connection)
    case .waiting(let next):
      // Woken by the end of the server rather than by time: what was to come does not come.
      return core.parking.isClosed ? .NO : give(next(), core, connection)
    case .hanging:
      return .NO
    }
  }

  /// Refuses a body that announces itself as too large before a byte of it is read.
  private func readHeader(_ core: ListenerCore, _ connection: OpaquePointer) -> MHD_Result {
    stage = .body
    heldBytes = core.heldBytes
    if let announced = Self.headers(of: connection)["Content-Length"], let length = Int(announced) {
      if length > core.bodyLimit { return send(Self.plain(413), on: connection) }
      // No more than a bit on somebody's mere word.
      body.reserveCapacity(min(max(length, 0), 1 << 16))
    }
    return .YES
  }

  private func collect(
    _ data: UnsafePointer<CChar>?, _ size: UnsafeMutablePointer<Int>, _ core: ListenerCore
  ) -> MHD_Result {
    let count = size.pointee
    size.pointee = 0
    received += count
    if refusal == nil {
      if received > core.bodyLimit { refusal = 413 } else if !hold(count) { refusal = 503 }
    }
    guard refusal == nil else {
      // An answer in the middle of a body is not possible: it is thrown away to its end, within
      // reason.
      body = []
      heldBytes?.giveBack(share)
      share = 0
      return received <= 2 * core.bodyLimit ? .YES : .NO
    }
    body.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
    return .YES
  }

  /// Takes a share of what all connections may hold; it goes back when the exchange is over.
  private func hold(_ count: Int) -> Bool {
    guard let heldBytes, heldBytes.take(count) else { return false }
    share += count
    return true
  }

  private func give(
    _ answer: ServerAnswer, _ core: ListenerCore, _ connection: OpaquePointer
  ) -> MHD_Result {
    switch answer {
    case .respond(let response):
      return send(response, on: connection)
    case .wait(let seconds, let next):
      stage = .waiting(next)
      return core.parking.park(connection, seconds: seconds) ? .YES : .NO
    case .hang:
      stage = .hanging
      return core.parking.park(connection, seconds: nil) ? .YES : .NO
    case .drop:
      return .NO
    case .truncate(let response, let kept):
      let end = min(max(kept, 0), response.body.count)
      return trickle(response, core, connection, end: end)
    case .drip(let response, let rate):
      return trickle(
        response, core, connection, end: response.body.count, bytesPerSecond: max(rate, 1))
    }
  }

  /// An answer whose body is handed out piece by piece.
  private func trickle(
    _ response: ServerResponse, _ core: ListenerCore, _ connection: OpaquePointer, end: Int,
    bytesPerSecond: Int? = nil
  ) -> MHD_Result {
    guard hold(response.body.count) else { return send(Self.plain(503), on: connection) }
    let body = BodySource(
      response.body, connection, core.parking, end: end, bytesPerSecond: bytesPerSecond)
    return send(body.response(), like: response, on: connection)
  }

  /// Sends an answer, or 503 where the server holds too much already.
  private func send(_ answer: ServerResponse, on connection: OpaquePointer) -> MHD_Result {
    let response = answer.body.isEmpty || hold(answer.body.count) ? answer : Self.plain(503)
    let made = response.body.withUnsafeBytes { cm_response($0.baseAddress, $0.count) }
    return send(made, like: response, on: connection)
  }

  private func send(
    _ made: OpaquePointer?, like response: ServerResponse, on connection: OpaquePointer
  ) -> MHD_Result {
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    for field in response.headers.fields {
      // A field with a line break or without a value is refused there, and left out.
      _ = MHD_add_response_header(made, field.name, field.value)
    }
    return MHD_queue_response(connection, UInt32(clamping: response.status), made)
  }

  private static func plain(_ status: Int) -> ServerResponse {
    ServerResponse(status: status, headers: ["Connection": "close"])
  }

  private static func headers(of connection: OpaquePointer) -> HeaderFields {
    var headers = HeaderFields()
    withUnsafeMutablePointer(to: &headers) { cm_each_header(connection, addHeader, $0) }
    return headers
  }

  private static let addHeader: MHD_KeyValueIteratorN = { context, _, name, nameSize, value, size in
    guard let context, let name else { return .YES }
    let text = { (start: UnsafePointer<CChar>?, count: Int) in
      String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
    context.assumingMemoryBound(to: HeaderFields.self).pointee.append(
      text(name, nameSize), text(value, value == nil ? 0 : size))
    return .YES
  }
}
