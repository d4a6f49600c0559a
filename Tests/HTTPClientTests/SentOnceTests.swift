import HTTPClient
import Testing

/// A write is on the wire at most once, whatever the connection does.
@Suite struct SentOnceTests {
  /// Answers the first request of a connection and closes without a word on the second.
  private func fickleServer() -> RawServer {
    RawServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer("ok")
      connection.readRequest()
    }
  }

  /// The danger is real: libcurl repeats a request when a reused connection dies under it.
  @Test func aReadOnADeadConnectionIsRepeated() async throws {
    let server = fickleServer()
    defer { server.stop() }
    let transport = CurlTransport()
    _ = try await transport.send(HTTPRequest(url: server.url + "/1"))
    let second = try await transport.send(HTTPRequest(url: server.url + "/2"))
    #expect(second.status == 200)
    #expect(server.requests.count { $0.hasPrefix("GET /2 ") } == 2)
  }

  @Test(arguments: [HTTPMethod.post, .put, .patch, .delete])
  func aWriteNeverUsesAnOldConnection(method: HTTPMethod) async throws {
    let server = fickleServer()
    defer { server.stop() }
    let transport = CurlTransport()
    _ = try await transport.send(HTTPRequest(url: server.url + "/1"))
    let write = HTTPRequest(method: method, url: server.url + "/2", body: .bytes([123, 125]))
    _ = try await transport.send(write)
    _ = try await transport.send(write)
    #expect(server.requests.count { $0.hasPrefix("\(method.rawValue) /2 ") } == 2)
    #expect(server.connections == 3)
  }

  @Test(arguments: [HTTPMethod.post, .put, .delete])
  func aWriteThatGetsNoAnswerIsNotRepeated(method: HTTPMethod) async throws {
    let server = RawServer { connection in
      while let request = connection.readRequest() {
        guard request.hasPrefix("GET") else { return }
        connection.answer("ok")
      }
    }
    defer { server.stop() }
    let transport = CurlTransport()
    for number in 1...20 {
      _ = try await transport.send(HTTPRequest(url: server.url))
      let result = await outcome(
        HTTPRequest(method: method, url: server.url, body: .bytes([123, 125])), by: transport)
      #expect(result.failure?.mayHaveBeenSent == true)
      #expect(server.requests.count { !$0.hasPrefix("GET") } == number)
    }
  }

  @Test func aCancelledRequestThatWasSentSaysSo() async throws {
    let arrived = AsyncStream<Void>.makeStream()
    let closed = AsyncStream<Void>.makeStream()
    let server = RawServer { connection in
      connection.readRequest()
      arrived.continuation.finish()
      connection.waitForEnd()
      closed.continuation.finish()
    }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = server.url
    let task = Task {
      await outcome(HTTPRequest(method: .post, url: url, body: .bytes([1])), by: transport)
    }
    for await _ in arrived.stream {}
    task.cancel()
    #expect(await task.value == .failure(TransportError(.cancelled, mayHaveBeenSent: true)))
    for await _ in closed.stream {}
  }

  @Test func aTaskCancelledBeforehandSendsNothing() async {
    let server = RawServer { $0.readRequest() }
    defer { server.stop() }
    let url = server.url
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return await outcome(HTTPRequest(method: .post, url: url, body: .bytes([1])))
    }
    task.cancel()
    #expect(await task.value == .failure(TransportError(.cancelled, mayHaveBeenSent: false)))
    #expect(server.connections == 0)
  }

  @Test func cancellingAtAnyMomentNeverHangs() async {
    let server = RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    defer { server.stop() }
    let transport = CurlTransport()
    let url = server.url
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        let task = Task { await outcome(HTTPRequest(url: url), by: transport) }
        group.addTask {
          for _ in 0..<number { await Task.yield() }
          task.cancel()
          let result = await task.value
          #expect(result.failure == nil || result.failure?.reason == .cancelled)
        }
      }
    }
  }
}
