import ConsoleTestSupport
import HTTPClient
import Testing

@Suite struct UploadTests {
  private func send(_ parts: [MultipartPart]) async -> (
    result: Result<HTTPResponse, TransportError>, requests: [String], connections: Int
  ) {
    let server = RawServer { connection in
      while connection.readRequest() != nil { connection.answer("ok") }
    }
    defer { server.stop() }
    let result = await outcome(
      HTTPRequest(method: .post, url: server.url, body: .multipart(parts)))
    return (result, server.requests, server.connections)
  }

  @Test func filesTravelAsTheBytesThatWereHandedOver() async throws {
    let sent = await send([
      MultipartPart(name: "body", content: .text("<p>Grüße</p>")),
      MultipartPart(
        name: "attachments[]",
        content: .file(name: "invoice.pdf", bytes: Array("file \"bytes\"\0\0".utf8))),
      MultipartPart(name: "attachments[]", content: .file(name: "empty.bin", bytes: [])),
    ])
    let request = try #require(sent.requests.first)
    #expect(request.contains("Content-Type: multipart/form-data; boundary="))
    #expect(
      request.contains(
        "Content-Disposition: form-data; name=\"body\"\r\n\r\n<p>Grüße</p>\r\n"))
    #expect(
      request.contains(
        "name=\"attachments[]\"; filename=\"invoice.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
          + "file \"bytes\"\0\0\r\n--"))
    #expect(
      request.contains(
        "filename=\"empty.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--"))
  }

  @Test(arguments: ["in\"voice.pdf", "in\r\nvoice.pdf", "in\u{7F}voice.pdf"])
  func aNameThatWouldEndItsHeaderIsNotSent(name: String) async {
    let sent = await send([MultipartPart(name: "f", content: .file(name: name, bytes: [1]))])
    #expect(sent.result.failure?.reason == .unusableRequest)
    #expect(sent.result.failure?.mayHaveBeenSent == false)
    #expect(sent.connections == 0)
  }
}
