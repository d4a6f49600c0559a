import ConsoleTestSupport
import Glibc
import HTTPServer
import Testing

/// A server whose clients are slow, many, greedy or out of their minds.
@Suite("HTTPListener under attack", .serialized)
struct HostileClientTests {
  private static let head = Array("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)

  private func listener(
    _ change: (inout ListenerOptions) -> Void = { _ in },
    _ handler: @escaping @Sendable (ServerRequest) -> ServerAnswer = { request in
      .respond(ServerResponse(status: 200, body: Array("\(request.body.count)".utf8)))
    }
  ) throws -> (HTTPListener, LoopbackClient) {
    var options = ListenerOptions()
    change(&options)
    let listener = try HTTPListener(options, handler: handler)
    return (listener, LoopbackClient(port: listener.port))
  }

  private func status(_ client: LoopbackClient, _ connection: Int32) -> Int? {
    LoopbackClient.parse(client.readToEnd(connection))?.status
  }

  @Test func dripOfHeaderAndBodyHoldsUpNobody() throws {
    let (listener, client) = try listener { $0.threads = 1 }
    defer { listener.stop() }
    let slow = (0..<20).compactMap { _ in client.open() }
    #expect(slow.count == 20)
    let request = Array(
      "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello".utf8)
    for byte in request.dropLast() {
      for connection in slow { client.write([byte], to: connection) }
      if byte == UInt8(ascii: "\n") { #expect(client.send("GET", "/")?.status == 200) }
    }
    for connection in slow {
      client.write([UInt8(ascii: "o")], to: connection)
      #expect(LoopbackClient.parse(client.readToEnd(connection))?.text == "5")
      close(connection)
    }
  }

  @Test func clientThatFallsSilentIsClosed() throws {
    let (listener, client) = try listener { $0.idleSeconds = 1 }
    defer { listener.stop() }
    for start in ["GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhel", ""] {
      let connection = try #require(client.open())
      client.write(Array(start.utf8), to: connection)
      let answer = LoopbackClient.parse(client.readToEnd(connection))
      #expect(answer.map { (400..<500).contains($0.status) } ?? true, "\(start)")
      close(connection)
    }
  }

  @Test func manyOpenConnectionsAreAllServed() throws {
    let (listener, client) = try listener()
    defer { listener.stop() }
    // Both ends are in this process.
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = min(1000, Int(clamping: limit.rlim_cur) / 4)
    let before = ResidentMemory.bytes
    let open = (0..<count).compactMap { _ in client.open() }
    #expect(open.count == count)
    for connection in open { client.write(Array(Self.head.dropLast(2)), to: connection) }
    #expect(client.send("GET", "/")?.status == 200)
    for connection in open {
      client.write(Array(Self.head.suffix(2)), to: connection)
      #expect(status(client, connection) == 200)
      close(connection)
    }
    #expect(ResidentMemory.bytes - before < 400 << 20)
  }

  @Test func connectionsBeyondTheLimitAreClosedAndFreePlacesFilled() throws {
    let (listener, client) = try listener {
      $0.connections = 10
      $0.threads = 1
    }
    defer { listener.stop() }
    let open = (0..<40).compactMap { _ in client.open() }
    for connection in open { client.write(Self.head, to: connection) }
    let answers = open.map { status(client, $0) }
    for connection in open { close(connection) }
    #expect(answers.contains(200))
    #expect(answers.allSatisfy { $0 == 200 || $0 == nil })
    #expect((0..<1000).contains { _ in client.send("GET", "/")?.status == 200 })
  }

  @Test func bodiesOfAllClientsTogetherAreBounded() throws {
    let (listener, client) = try listener { $0.bodyBytesTogether = 8 << 20 }
    defer { listener.stop() }
    let body = [UInt8](repeating: 65, count: 2 << 20)
    let head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
    let start = Array((head + "\(body.count)\r\n\r\n").utf8) + body.dropLast()
    let before = ResidentMemory.bytes
    let open = (0..<100).compactMap { _ in client.open() }
    for connection in open { client.write(start, to: connection) }
    #expect(ResidentMemory.bytes - before < 400 << 20)
    var answers: [Int?: Int] = [:]
    for connection in open {
      client.write([65], to: connection)
      answers[status(client, connection), default: 0] += 1
      close(connection)
    }
    #expect(Set(answers.keys) == [200, 503], "\(answers)")
    // What was held is given back.
    #expect(client.send("POST", "/", body: body)?.text == "\(body.count)")
  }

  @Test func answersThatNobodyReadsAreBounded() throws {
    let (listener, client) = try listener {
      $0.bodyBytesTogether = 32 << 20
    } _: { request in
      let count = request.path == "/big" ? 8 << 20 : 1
      return .respond(ServerResponse(status: 200, body: [UInt8](repeating: 65, count: count)))
    }
    defer { listener.stop() }
    let before = ResidentMemory.bytes
    let request = Array("GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".utf8)
    let open = (0..<60).compactMap { _ in client.open() }
    for connection in open { client.write(request, to: connection) }
    let answers = open.map { LoopbackClient.parse(client.readHead($0))?.status }
    #expect(answers.allSatisfy { $0 == 200 || $0 == 503 }, "\(answers)")
    #expect(answers.filter { $0 == 200 }.count <= 5, "\(answers)")
    #expect(answers.contains(503), "\(answers)")
    #expect(ResidentMemory.bytes - before < 400 << 20)
    for connection in open { close(connection) }
    #expect((0..<1000).contains { _ in client.send("GET", "/big")?.body.count == 8 << 20 })
  }

  @Test(arguments: [
    "get / HTTP/1.1\r\nHost: x\r\n\r\n", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET / HTTP/9.9\r\nHost: x\r\n\r\n", "GET /\r\n\r\n", "\r\n\r\n\r\n\r\n", "GET",
    "\0\u{1}\u{2}\n\n",
    "GET  /  HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n \r\nHost\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "* * *\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
  ])
  func nonsenseIsAnsweredOrClosedAndTheNextClientIsServed(_ bytes: String) throws {
    let (listener, client) = try listener { $0.idleSeconds = 1 }
    defer { listener.stop() }
    let answer = LoopbackClient.parse(client.exchange(Array(bytes.utf8)))
    #expect(answer.map { (200..<600).contains($0.status) } ?? true)
    #expect(client.send("GET", "/")?.status == 200)
  }

  @Test func endlessAddressAndManyFieldsAreRefused() throws {
    let (listener, client) = try listener()
    defer { listener.stop() }
    let long = client.send("GET", "/" + String(repeating: "a", count: 60_000))
    #expect(long.map { (400..<500).contains($0.status) } ?? true)
    let many = client.send("GET", "/", headers: (0..<20_000).map { "X-\($0): a" })
    #expect(many.map { (400..<500).contains($0.status) } ?? true)
    #expect(client.send("GET", "/")?.status == 200)
  }
}
