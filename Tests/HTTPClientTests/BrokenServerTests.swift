import HTTPClient
import HTTPServer
import Testing

/// What each way to fail says about whether the request was sent.
@Suite struct BrokenServerTests {
  private func facts(
    _ result: Result<HTTPResponse, TransportError>
  ) -> (TransportError.Reason?, Bool?) {
    (result.failure?.reason, result.failure?.mayHaveBeenSent)
  }

  private func post(
    _ url: String, connect: Duration = .seconds(10), total: Duration = .seconds(30)
  ) -> HTTPRequest {
    HTTPRequest(
      method: .post, url: url, body: .bytes(Array("{}".utf8)), connectDeadline: connect,
      totalDeadline: total)
  }

  @Test func aRefusedConnectionSentNothing() async {
    let result = await outcome(post("http://127.0.0.1:\(RawServer.deadPort())"))
    #expect(facts(result) == (.cannotConnect, false))
  }

  @Test func anUnknownNameSentNothing() async {
    let result = await outcome(post("http://no-such-host.invalid/"))
    #expect(facts(result) == (.nameNotResolved, false))
  }

  @Test func aServerWithoutTLSSentNothing() async {
    let server = RawServer { connection in
      connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.waitForEnd()
    }
    defer { server.stop() }
    let result = await outcome(post("https://127.0.0.1:\(server.port)/"))
    #expect(facts(result) == (.insecure, false))
  }

  @Test func aSilentHandshakeEndsAtTheConnectDeadlineWithNothingSent() async {
    let server = RawServer { $0.waitForEnd() }
    defer { server.stop() }
    let result = await outcome(
      post("https://127.0.0.1:\(server.port)/", connect: .milliseconds(150)))
    #expect(facts(result) == (.connectTimedOut, false))
  }

  @Test func silenceAfterTheRequestLeavesItInDoubt() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.waitForEnd()
    }
    defer { server.stop() }
    let result = await outcome(post(server.url, total: .milliseconds(200)))
    #expect(facts(result) == (.timedOut, true))
    #expect(server.requests.count == 1)
  }

  @Test func aDripEndsAtTheTotalDeadline() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc")
      connection.waitForEnd()
    }
    defer { server.stop() }
    let result = await outcome(post(server.url, total: .seconds(2)))
    #expect(facts(result) == (.timedOut, true))
    #expect(result.failure?.partialAnswer?.status == 200)
    #expect(result.failure?.partialAnswer?.body == Array("abc".utf8))
  }

  @Test func aResetAfterTheRequestLeavesItInDoubt() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.reset()
    }
    defer { server.stop() }
    #expect(facts(await outcome(post(server.url))) == (.connectionLost, true))
  }

  @Test func anEndWithoutAnAnswerLeavesItInDoubt() async {
    let server = RawServer { $0.readRequest() }
    defer { server.stop() }
    #expect(facts(await outcome(post(server.url))) == (.connectionLost, true))
  }

  @Test func aShortAnswerIsTruncatedAndKeepsItsStatus() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 100\r\n\r\nshort")
    }
    defer { server.stop() }
    let result = await outcome(post(server.url))
    #expect(facts(result) == (.truncated, true))
    #expect(result.failure?.partialAnswer?.status == 403)
  }

  @Test func aChunkedAnswerThatBreaksOffIsNoAnswer() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    }
    defer { server.stop() }
    let result = await outcome(post(server.url))
    #expect(result.failure?.mayHaveBeenSent == true)
    #expect(result.failure?.partialAnswer?.status == 200)
  }

  @Test(arguments: [true, false]) func anAnswerBeyondTheCapIsRefused(isAnnounced: Bool) async {
    let server = RawServer { connection in
      connection.readRequest()
      let length = isAnnounced ? "Content-Length: 5000\r\n" : ""
      connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\(length)\r\n")
      connection.write(String(repeating: "x", count: 5000))
    }
    defer { server.stop() }
    let transport = CurlTransport(options: CurlOptions(maximumAnswer: 4999))
    #expect(facts(await outcome(post(server.url), by: transport)) == (.tooLarge, true))
  }

  @Test func endlessHeadersAreRefused() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\n")
      for number in 0..<400 {
        connection.write("X-\(number): \(String(repeating: "y", count: 1000))\r\n")
      }
      connection.waitForEnd()
    }
    defer { server.stop() }
    let result = await outcome(HTTPRequest(url: server.url))
    #expect(result.failure != nil)
    #expect(result.failure?.reason == .tooLarge)
  }

  @Test func somethingElseThanHTTPIsGarbled() async {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("SSH-2.0-OpenSSH_9.2\r\nand more\r\n")
    }
    defer { server.stop() }
    #expect(facts(await outcome(post(server.url))) == (.garbled, true))
  }

  @Test(arguments: [
    "file:///etc/passwd", "ftp://127.0.0.1/", "not an address", "http://127.0.0.1/\r\nX: y", "",
  ])
  func addressesOfOtherKindsAreNotCalled(url: String) async {
    #expect(facts(await outcome(HTTPRequest(url: url))) == (.unusableRequest, false))
  }

  @Test func aHeaderCannotSmuggleAnother() async {
    let server = RawServer { $0.readRequest() }
    defer { server.stop() }
    let result = await outcome(HTTPRequest(url: server.url, headers: ["X-A": "b\r\nX-C: d"]))
    #expect(facts(result) == (.unusableRequest, false))
    #expect(server.connections == 0)
  }

  @Test func faultsOfTheRealServerReadTheSameWay() async throws {
    let listener = try HTTPListener { request in
      switch request.path {
      case "/drop": .drop
      case "/hang": .hang
      case "/truncate":
        .truncate(ServerResponse(status: 200, body: Array("0123456789".utf8)), keeping: 3)
      case "/drip":
        .drip(
          ServerResponse(status: 200, body: Array(repeating: 65, count: 100_000)),
          bytesPerSecond: 10)
      default: .respond(ServerResponse(status: 200, body: request.body))
      }
    }
    defer { listener.stop() }
    #expect(try await outcome(post(listener.url)).get().body == Array("{}".utf8))
    #expect(facts(await outcome(post(listener.url + "/drop"))) == (.connectionLost, true))
    #expect(facts(await outcome(post(listener.url + "/truncate"))) == (.truncated, true))
    for path in ["/hang", "/drip"] {
      let result = await outcome(post(listener.url + path, total: .milliseconds(200)))
      #expect(facts(result) == (.timedOut, true))
    }
  }
}
