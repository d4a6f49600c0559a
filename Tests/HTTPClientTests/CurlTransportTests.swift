import HTTPClient
import Testing

/// Sends one request and gives back what came of it.
func outcome(
  _ request: HTTPRequest, by transport: CurlTransport = CurlTransport()
) async -> Result<HTTPResponse, TransportError> {
  do throws(TransportError) {
    return .success(try await transport.send(request))
  } catch {
    return .failure(error)
  }
}

extension Result where Failure == TransportError {
  var failure: TransportError? {
    if case .failure(let error) = self { error } else { nil }
  }
}

@Suite struct CurlTransportTests {
  @Test func anAnswerComesWithStatusHeadersAndBody() async throws {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write(
        "HTTP/1.1 201 Created\r\nX-One:  a b \r\nX-One: c\r\nEmpty:\r\nContent-Length: 2\r\n\r\nok")
    }
    defer { server.stop() }
    let response = try await CurlTransport().send(
      HTTPRequest(
        method: .put, url: server.url + "/a?b=c", headers: ["X-Test": "yes"],
        body: .bytes(Array("{}".utf8))))
    #expect(response.status == 201)
    #expect(response.headers.values(of: "x-ONE") == ["a b", "c"])
    #expect(response.headers["empty"] == "")
    #expect(response.body == Array("ok".utf8))
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("PUT /a?b=c HTTP/1.1\r\n"))
    #expect(request.contains("\r\nX-Test: yes\r\n"))
    #expect(request.hasSuffix("\r\n\r\n{}"))
    #expect(!request.contains("Expect:"))
  }

  @Test func anEmptyBodyOfAPostIsSentAsOne() async throws {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    defer { server.stop() }
    let response = try await CurlTransport().send(
      HTTPRequest(method: .post, url: server.url, body: .bytes([])))
    #expect(response == HTTPResponse(status: 204))
    #expect(server.requests.first?.contains("Content-Length: 0\r\n") == true)
  }

  @Test func compressedAnswersAreUnpacked() async throws {
    // "hello hello hello " in gzip.
    let packed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 72, 205, 201, 201, 87, 200, 64, 34, 1, 237, 181, 49,
      4, 18, 0, 0, 0,
    ]
    let server = RawServer { connection in
      connection.readRequest()
      connection.write(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n")
      connection.write(packed)
    }
    defer { server.stop() }
    let response = try await CurlTransport().send(HTTPRequest(url: server.url))
    #expect(String(decoding: response.body, as: UTF8.self) == "hello hello hello ")
    #expect(server.requests.first?.contains("Accept-Encoding: gzip") == true)
  }

  @Test func interimAnswersAreNotTheAnswer() async throws {
    let server = RawServer { connection in
      connection.readRequest()
      connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
      connection.answer("late")
    }
    defer { server.stop() }
    let response = try await CurlTransport().send(HTTPRequest(url: server.url))
    #expect(response.status == 200)
    #expect(response.headers["X-Early"] == nil)
  }

  @Test func aRedirectIsAnAnswerAndCarriesNoKeyAnywhere() async throws {
    let other = RawServer { connection in
      connection.readRequest()
      connection.answer("stolen")
    }
    defer { other.stop() }
    let target = other.url
    let server = RawServer { connection in
      connection.readRequest()
      connection.write(
        "HTTP/1.1 302 Found\r\nLocation: \(target)/\r\nContent-Length: 0\r\n\r\n")
    }
    defer { server.stop() }
    let response = try await CurlTransport().send(
      HTTPRequest(url: server.url, headers: ["Authorization": "Basic c2VjcmV0"]))
    #expect(response.status == 302)
    #expect(response.headers["Location"] == "\(target)/")
    #expect(other.connections == 0)
  }

  @Test func readsReuseTheirConnection() async throws {
    let server = RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    defer { server.stop() }
    let transport = CurlTransport()
    for _ in 0..<5 { _ = try await transport.send(HTTPRequest(url: server.url)) }
    #expect(server.requests.count == 5)
    #expect(server.connections == 1)
  }

  @Test func manyRequestsAtOnceAllGetTheirOwnAnswer() async throws {
    let server = RawServer { connection in
      while let request = connection.readRequest() {
        connection.answer(String(request.split(separator: " ")[1]))
      }
    }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = server.url
    let bodies = await withTaskGroup(of: (Int, String).self) { group in
      for number in 0..<100 {
        group.addTask {
          let answer = await outcome(HTTPRequest(url: "\(url)/\(number)"), by: transport)
          return (
            number, (try? answer.get()).map { String(decoding: $0.body, as: UTF8.self) } ?? ""
          )
        }
      }
      return await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
    }
    #expect(bodies == Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, "/\($0)") }))
    #expect(server.connections <= CurlOptions().connectionsPerHost)
  }

  @Test func aTransportThatGoesAwayEndsItsConnections() async throws {
    let closed = AsyncStream<Void>.makeStream()
    let server = RawServer { connection in
      connection.readRequest()
      connection.answer("ok")
      connection.waitForEnd()
      closed.continuation.finish()
    }
    defer { server.stop() }
    do {
      let transport = CurlTransport()
      _ = try await transport.send(HTTPRequest(url: server.url))
    }
    for await _ in closed.stream {}
    #expect(server.connections == 1)
  }
}
