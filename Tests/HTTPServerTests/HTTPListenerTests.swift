import ConsoleTestSupport
import Glibc
import HTTPServer
import Synchronization
import Testing

@Suite("HTTPListener")
struct HTTPListenerTests {
  /// Answers with what it was asked.
  private static let echo: @Sendable (ServerRequest) -> ServerAnswer = { request in
    let items = request.queryItems.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
    let text =
      "\(request.method) \(request.pathParts) [\(items)] \(request.headers["x-TEST"] ?? "-") "
      + String(decoding: request.body, as: UTF8.self)
    return .respond(
      ServerResponse(status: 200, headers: ["X-Echo": "yes"], body: Array(text.utf8)))
  }

  private func listener(
    _ options: ListenerOptions = ListenerOptions(),
    _ handler: @escaping @Sendable (ServerRequest) -> ServerAnswer = echo
  ) throws -> (HTTPListener, LoopbackClient) {
    let listener = try HTTPListener(options, handler: handler)
    return (listener, LoopbackClient(port: listener.port))
  }

  @Test func handlerSeesTheWholeRequest() throws {
    let (listener, client) = try listener()
    defer { listener.stop() }
    let answer = try #require(
      client.send(
        "POST", "/a%2Fb//c?x=1&x=%20two+three&empty", headers: ["X-Test: value"],
        body: Array("hello".utf8)))
    #expect(answer.status == 200)
    #expect(answer["X-Echo"] == "yes")
    #expect(
      answer.text == #"POST ["a/b", "", "c"] [x=1|x= two three|empty=] value hello"#)
  }

  @Test func absoluteTargetsLoseTheirHost() throws {
    let (listener, client) = try listener()
    defer { listener.stop() }
    let answer = try #require(client.send("GET", "http://elsewhere.example/path?q=1"))
    #expect(answer.text == #"GET ["path"] [q=1] - "#)
  }

  @Test(arguments: [
    ("/%", #"["%"]"#), ("/%zz", #"["%zz"]"#), ("/%00", "[\"\\0\"]"), ("/%ff", #"["\u{FFFD}"]"#),
    ("/../x", #"["..", "x"]"#), ("//", #"["", ""]"#),
  ])
  func oddPathsArriveAsTheyAre(target: String, parts: String) throws {
    let (listener, client) = try listener { request in
      .respond(ServerResponse(status: 200, body: Array("\(request.pathParts)".utf8)))
    }
    defer { listener.stop() }
    let answer = try #require(client.send("GET", target))
    #expect(answer.text == parts.replacing("\\u{FFFD}", with: "\u{FFFD}"))
  }

  @Test func announcedBodyBeyondTheLimitIsRefusedAtOnce() throws {
    var options = ListenerOptions()
    options.bodyBytes = 1000
    let (listener, client) = try listener(options)
    defer { listener.stop() }
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"
    let answer = try #require(LoopbackClient.parse(client.exchange(Array(head.utf8))))
    #expect(answer.status == 413)
    let fits = try #require(client.send("POST", "/", body: [UInt8](repeating: 65, count: 1000)))
    #expect(fits.status == 200)
  }

  @Test func chunkedBodyBeyondTheLimitIsRefused() throws {
    var options = ListenerOptions()
    options.bodyBytes = 1000
    let (listener, client) = try listener(options)
    defer { listener.stop() }
    let chunk = "3e9\r\n" + String(repeating: "a", count: 1001) + "\r\n0\r\n\r\n"
    let head =
      "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    let answer = try #require(LoopbackClient.parse(client.exchange(Array((head + chunk).utf8))))
    #expect(answer.status == 413)
  }

  @Test func endlessHeaderIsRefused() throws {
    let (listener, client) = try listener()
    defer { listener.stop() }
    let field = "X-Long: " + String(repeating: "a", count: 100_000)
    // The refusal may be lost when the connection closes with bytes still on their way.
    let answer = client.send("GET", "/", headers: [field])
    #expect(answer.map { (400..<500).contains($0.status) } ?? true)
    #expect(client.send("GET", "/")?.status == 200)
  }

  @Test func waitingTakesNoThread() throws {
    var options = ListenerOptions()
    options.threads = 1
    let (listener, client) = try listener(options) { request in
      request.path == "/slow"
        ? .wait(seconds: 3600) { .respond(ServerResponse(status: 200)) }
        : .respond(ServerResponse(status: 204))
    }
    let slow = (0..<20).compactMap { _ in client.open() }
    for connection in slow {
      client.write(Array("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n".utf8), to: connection)
    }
    #expect(client.send("GET", "/")?.status == 204)
    listener.stop()
    for connection in slow {
      #expect(client.readToEnd(connection).isEmpty)
      close(connection)
    }
  }

  @Test func waitingEndsWithTheLaterAnswer() throws {
    let (listener, client) = try listener { _ in
      .wait(seconds: 0.02) { .wait(seconds: 0.02) { .respond(ServerResponse(status: 201)) } }
    }
    defer { listener.stop() }
    #expect(client.send("GET", "/")?.status == 201)
  }

  @Test func dropClosesWithoutAWord() throws {
    let (listener, client) = try listener { _ in .drop }
    defer { listener.stop() }
    #expect(client.exchange(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)).isEmpty)
  }

  @Test func truncationKeepsThePromiseOfTheHeader() throws {
    let body = Array(String(repeating: "abc", count: 1000).utf8)
    let (listener, client) = try listener { _ in
      .truncate(ServerResponse(status: 200, body: body), keeping: 1234)
    }
    defer { listener.stop() }
    let answer = try #require(client.send("GET", "/"))
    #expect(answer["Content-Length"] == "3000")
    #expect(answer.body == Array(body[..<1234]))
    #expect(!answer.isComplete)
  }

  @Test func dripDeliversEverythingInTheEnd() throws {
    let body = Array(String(repeating: "x", count: 400).utf8)
    let (listener, client) = try listener { _ in
      .drip(ServerResponse(status: 200, body: body), bytesPerSecond: 4000)
    }
    defer { listener.stop() }
    let answer = try #require(client.send("GET", "/"))
    #expect(answer.body == body)
    #expect(answer.isComplete)
  }

  @Test func hangingEndsWhenTheServerStops() throws {
    let (listener, client) = try listener { _ in .hang }
    let connection = try #require(client.open())
    client.write(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8), to: connection)
    listener.stop()
    #expect(client.readToEnd(connection).isEmpty)
    close(connection)
  }

  @Test func keptConnectionServesManyRequests() throws {
    let count = Mutex(0)
    let (listener, client) = try listener { _ in
      count.withLock { $0 += 1 }
      return .respond(ServerResponse(status: 204))
    }
    defer { listener.stop() }
    let one = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    let last = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    let bytes = client.exchange(Array((one + one + last).utf8))
    #expect(String(decoding: bytes, as: UTF8.self).split(separator: "HTTP/1.1 204").count == 3)
    #expect(count.withLock { $0 } == 3)
  }

  @Test func takenPortIsSaidSo() throws {
    let (listener, _) = try listener()
    defer { listener.stop() }
    var options = ListenerOptions()
    options.port = listener.port
    #expect(
      throws: ListenerError.cannotBind(
        address: "127.0.0.1", port: listener.port, errno: EADDRINUSE)
    ) { _ = try HTTPListener(options, handler: Self.echo) }
  }

  @Test func addressMustBeNumeric() {
    var options = ListenerOptions()
    options.address = "not-a-number"
    #expect(throws: ListenerError.badAddress("not-a-number")) {
      _ = try HTTPListener(options, handler: Self.echo)
    }
  }

  @Test func twoStopsAreOne() throws {
    let (listener, client) = try listener()
    listener.stop()
    listener.stop()
    #expect(client.open() == nil)
  }
}
