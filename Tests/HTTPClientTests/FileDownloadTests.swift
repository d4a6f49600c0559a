import Testing

@testable import HTTPClient

/// Downloads over loopback: what is followed, and what is never sent.
@Suite struct FileDownloadTests {
  /// Answers by address and remembers what was asked.
  private actor Store: HTTPTransport {
    var answers: [String: HTTPResponse]
    var requests: [HTTPRequest] = []

    init(_ answers: [String: HTTPResponse]) { self.answers = answers }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
      requests.append(request)
      return answers[request.url] ?? HTTPResponse(status: 404)
    }
  }

  private func redirect(_ location: String, status: Int = 302) -> HTTPResponse {
    HTTPResponse(status: status, headers: ["location": location])
  }

  @Test(arguments: [
    "https://b.example/file", "//b.example/file", "/file",
  ])
  func redirectsAreFollowedWithoutCredentials(location: String) async throws {
    let store = Store([
      "https://a.example/x?sig=1": redirect(location),
      "https://b.example/file": HTTPResponse(status: 200, body: [1, 2]),
      "https://a.example/file": HTTPResponse(status: 200, body: [1, 2]),
    ])
    let bytes = try await FileDownload(transport: store).bytes(from: "https://a.example/x?sig=1")
    #expect(bytes == [1, 2])
    #expect(await store.requests.allSatisfy { $0.headers["Authorization"] == nil })
    #expect(await store.requests.count == 2)
  }

  @Test func whatIsNotSafeIsRefused() async throws {
    let store = Store([
      "https://a.example/open": redirect("http://a.example/file"),
      "https://a.example/none": redirect("file:///etc/passwd"),
      "https://a.example/loop": redirect("/loop"),
    ])
    let download = FileDownload(transport: store)
    await #expect(throws: FileDownload.Failure.redirectRefused(host: "a.example")) {
      try await download.bytes(from: "https://a.example/open")
    }
    await #expect(throws: FileDownload.Failure.redirectRefused(host: "a.example")) {
      try await download.bytes(from: "https://a.example/none")
    }
    await #expect(throws: FileDownload.Failure.tooManyRedirects) {
      try await download.bytes(from: "https://a.example/loop")
    }
    await #expect(throws: FileDownload.Failure.unusableAddress) {
      try await download.bytes(from: "file:///etc/passwd")
    }
    await #expect(throws: FileDownload.Failure.refused(status: 404, host: "a.example")) {
      try await download.bytes(from: "https://user:secret@a.example/gone?sig=secret")
    }
  }

  @Test func noExplanationHoldsAnAddress() {
    let failures: [FileDownload.Failure] = [
      .refused(status: 403, host: "a.example"), .redirectRefused(host: "a.example"),
      .tooManyRedirects, .unusableAddress,
    ]
    #expect(failures.allSatisfy { !$0.explanation.contains("://") })
  }
}
