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

  @Test func filesTravelWithTheirCleanedNames() async throws {
    let folder = TemporaryFolder()
    let path = folder.write("1.bin", Array("file \"bytes\"".utf8))
    let sent = await send([
      MultipartPart(name: "body", content: .text("<p>Grüße</p>")),
      MultipartPart(
        name: "attachments[]",
        content: .file(path: path, name: "../in\u{202E}vo\"i\r\nce.pdf", size: 12)),
    ])
    let request = try #require(sent.requests.first)
    #expect(request.contains("Content-Type: multipart/form-data; boundary="))
    #expect(
      request.contains(
        "Content-Disposition: form-data; name=\"body\"\r\n\r\n<p>Grüße</p>\r\n"))
    #expect(request.contains("name=\"attachments[]\"; filename=\"invoice.pdf\"\r\n"))
    #expect(request.contains("\r\n\r\nfile \"bytes\"\r\n--"))
  }

  @Test func aFileThatChangedOrWentAwayIsNotSent() async {
    let folder = TemporaryFolder()
    let path = folder.write("a.txt", Array("longer than it was".utf8))
    for (file, size) in [(path, Int64(3)), (folder.file("missing"), 3), (folder.path, 4096)] {
      let sent = await send([
        MultipartPart(name: "f", content: .file(path: file, name: "a.txt", size: size))
      ])
      #expect(sent.result.failure?.reason == .unusableRequest)
      #expect(sent.result.failure?.mayHaveBeenSent == false)
      #expect(sent.connections == 0)
    }
  }

  @Test(arguments: [
    ("report.pdf", "report.pdf"), ("/etc/passwd", "passwd"), ("a\\b\\c.txt", "c.txt"),
    ("", "attachment"), ("..", "attachment"), ("\u{1B}[31m.txt", "[31m.txt"),
    ("名前 \u{200F}é.txt", "名前 é.txt"),
  ])
  func namesAreCleaned(name: String, cleaned: String) {
    #expect(UploadName.cleaned(name) == cleaned)
  }

  @Test func longNamesAreCutAtAWholeCharacter() {
    let name = UploadName.cleaned(String(repeating: "é", count: 300))
    #expect(name == String(repeating: "é", count: 100))
  }
}
