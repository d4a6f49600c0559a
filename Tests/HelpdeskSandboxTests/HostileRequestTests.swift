import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

/// Requests that try their way around the sandbox, over real sockets.
@Suite("A sandbox under attack")
struct HostileRequestTests {
  @Test(arguments: [
    "/../../../../etc/passwd", "/api/v2/../../../etc/passwd", "/api/v2/tickets/../agents",
    "/api/v2/tickets/%2e%2e/agents", "/api/v2/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/api%2Fv2/tickets", "//api/v2/tickets", "/api//v2/tickets", "/api/v2//tickets",
    "/api/v2/tickets/", "/api/v2/tickets/1%00", "/api/v2/tickets/1%2F2", "/api/v2/tickets/%31%zz",
    "/API/V2/tickets", "/attachments/../1", "/attachments/%2e%2e%2f1", "/attachments/1/..",
    "/attachments/-1", "/attachments/99999999999999999999", "/_sandbox/../api/v2/tickets",
    "/_sandbox//requests", "/%5fsandbox%2frequests", "/", "*", "/api/v2/tickets/0x1",
    "/api/v2/tickets/+1", "/api/v2/tickets/1;a=b", "/api/v2/tickets/-9223372036854775808",
    "/api/v2/tickets/" + String(repeating: "9", count: 10_000),
    "/" + String(repeating: "../", count: 5000), "http://x/../api/v2/tickets", "http://",
  ])
  func tricksWithPathsLeadNowhere(target: String) throws {
    let sandbox = try SandboxFixture(tickets: 2)
    let key = SandboxFixture.authorization(sandbox.key())
    for headers in [[key], []] {
      let answer = try #require(sandbox.client.send("GET", target, headers: headers))
      #expect((400..<500).contains(answer.status), "\(answer.status) \(answer.text)")
    }
    #expect(try sandbox.json("GET", "/tickets/1")["id"] == 1)
  }

  @Test func absoluteFormIsTheSameRequest() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let key = SandboxFixture.authorization(sandbox.key())
    let answer = sandbox.client.send(
      "GET", "http://elsewhere.example/api/v2/tickets/1", headers: [key])
    #expect(answer?.status == 200)
  }

  @Test(arguments: ["PATCH", "DELETE", "POST", "HEAD", "OPTIONS", "TRACE", "BREW", "get"])
  func wrongMethodsAreRefusedAndChangeNothing(method: String) throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let before = try sandbox.json("GET", "/tickets/1")
    let key = SandboxFixture.authorization(sandbox.key())
    for path in ["/api/v2/tickets/1/conversations", "/api/v2/agents/me", "/_sandbox/buckets"] {
      let answer = sandbox.client.send(method, path, headers: [key], body: [])
      #expect(answer.map { (400..<502).contains($0.status) } ?? true, "\(path)")
    }
    #expect(try sandbox.json("GET", "/tickets/1") == before)
  }

  @Test func hostileNumbersAreRefused() throws {
    let sandbox = try SandboxFixture(tickets: 2)
    let most = Int64.max
    for query in [
      "page=\(most)", "page=\(most)&per_page=100", "per_page=-\(most)", "page=-1", "page=0",
      "page=99999999999999999999", "updated_since=9999-99-99T99:99:99Z", "updated_since=%00",
    ] {
      let answer = try #require(sandbox.call("GET", "/tickets?" + query))
      #expect((200..<500).contains(answer.status), "\(query)")
    }
    for path in ["/requests?since=-\(most)", "/requests?since=\(Int64.min)", "/deliveries?since=x"]
    {
      #expect(sandbox.client.send("GET", "/_sandbox" + path)?.status == 200, "\(path)")
    }
    for advance in [most, Int64.min, 3_155_760_000, 1] {
      let order = Array(#"{"advance":\#(advance)}"#.utf8)
      let answer = sandbox.client.send("POST", "/_sandbox/clock", body: order)
      #expect(answer?.status == (advance == 3_155_760_000 ? 200 : 400))
    }
    #expect(try sandbox.json("GET", "/tickets/1")["id"] == 1)
  }

  @Test func oddBodiesAreRefused() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let deep = String(repeating: "[", count: 100_000)
    let many = "{" + (0..<20_000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
    for body in [deep, many, "{\"status\":1e999}", "\u{0}", "{\"tags\":[1,{}]}", "[]", "null"] {
      let answer = try #require(sandbox.call("PUT", "/tickets/1", body))
      #expect((400..<500).contains(answer.status), "\(body.prefix(20))")
    }
    let huge = sandbox.call("PUT", "/tickets/1", String(repeating: "a", count: 26 << 20))
    #expect(huge.map { $0.status == 413 } ?? true)
    #expect(try sandbox.json("GET", "/tickets/1")["id"] == 1)
  }

  @Test func formWithTooManyPartsIsNoForm() {
    func form(parts: Int) -> FormData? {
      let part = "--b\r\nContent-Disposition: form-data; name=\"tags[]\"\r\n\r\nx\r\n"
      let body = String(repeating: part, count: parts) + "--b--"
      return FormData.parse(Array(body.utf8), contentType: "multipart/form-data; boundary=b")
    }
    #expect(form(parts: FormData.mostParts)?.fields["tags"]?.array?.count == FormData.mostParts)
    #expect(form(parts: FormData.mostParts + 1) == nil)
  }

  @Test func objectWithVeryManyKeysIsReadInReasonableTime() {
    let keys = (0..<60_000).map { "\"k\($0)\":\($0)" } + ["\"k7\":\"last\""]
    let object = JSONParser.parse("{" + keys.joined(separator: ",") + "}")?.object
    #expect(object?.members.count == 60_000)
    #expect(object?["k7"] == "last")
  }

  @Test func logOfBigRequestsKeepsMemoryBounded() {
    var log = RequestLog()
    let before = ResidentMemory.bytes
    for _ in 0..<1000 {
      // A text of its own each time, as from the wire.
      let text = { String(decoding: [UInt8](repeating: 0x78, count: 300_000), as: UTF8.self) }
      _ = log.add(
        .init(
          n: 0, at: 0, method: "POST", path: text(), query: text(), agentID: nil, body: text()))
    }
    let kept = log.since(0)
    #expect(kept.reduce(0) { $0 + $1.path.utf8.count * 3 } <= RequestLog.mostBytes)
    #expect(kept.last?.n == 1000)
    #expect(ResidentMemory.bytes - before < 400 << 20)
  }
}
