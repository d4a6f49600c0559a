import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Faults of the sandbox")
struct FaultTests {
  private let sandbox: SandboxFixture

  init() throws {
    sandbox = try SandboxFixture(tickets: 2)
    for id in 1...2 {
      _ = try sandbox.json("PUT", "/tickets/\(id)", #"{"status":2,"responder_id":1}"#)
    }
  }

  private func order(_ fault: String) throws {
    _ = try sandbox.control("POST", "/faults", fault)
  }

  private func reply(_ ticket: Int = 1) -> LoopbackClient.Answer? {
    sandbox.call("POST", "/tickets/\(ticket)/reply", #"{"body":"Hello"}"#)
  }

  private func lastRequest() throws -> JSONValue {
    try #require(try sandbox.control("GET", "/requests").array?.last)
  }

  @Test func dropBeforeAppliesNothing() throws {
    try order(#"{"method":"POST","path":"/tickets/.*/reply","action":"drop_before","times":1}"#)
    #expect(reply() == nil)
    #expect(try sandbox.deliveries().isEmpty)
    #expect(try lastRequest()["status"] == .null)
    #expect(try lastRequest()["fault"] == "drop_before")
    #expect(reply()?.status == 201)
    #expect(try sandbox.deliveries().count == 1)
  }

  @Test func dropAfterAppliesWithoutAnAnswer() throws {
    try order(#"{"method":"POST","path":"/tickets/.*/reply","action":"drop_after","times":1}"#)
    #expect(reply() == nil)
    #expect(try sandbox.deliveries().count == 1)
  }

  @Test func statusRefusesWithoutApplying() throws {
    try order(#"{"path":"/tickets/1/reply","action":"status","code":503,"times":1}"#)
    #expect(reply()?.status == 503)
    #expect(try sandbox.deliveries().isEmpty)
    try order(
      #"{"path":"/tickets/1/reply","action":"status","code":429,"retry_after":7,"times":1}"#)
    #expect(reply()?["Retry-After"] == "7")
  }

  @Test func statusCanComeAfterApplying() throws {
    try order(
      #"{"path":"/tickets/1/reply","action":"status","code":502,"apply":"before","times":1}"#)
    #expect(reply()?.status == 502)
    #expect(try sandbox.deliveries().count == 1)
  }

  @Test func garbageIsAPageInsteadOfJSON() throws {
    try order(#"{"path":"/tickets/1/reply","action":"garbage","times":1}"#)
    let answer = try #require(reply())
    #expect(answer.status == 200)
    #expect(answer["Content-Type"]?.hasPrefix("text/html") == true)
    #expect(try sandbox.deliveries().count == 1)
  }

  @Test func truncatedAnswerBreaksOff() throws {
    try order(#"{"path":"/tickets/1","action":"truncate","times":1}"#)
    let answer = try #require(sandbox.call("GET", "/tickets/1"))
    #expect(!answer.isComplete)
    #expect(JSONParser.parse(answer.body) == nil)
  }

  @Test func dripEndsWithTheWholeAnswer() throws {
    try order(#"{"path":"/agents/me","action":"drip","bytes_per_second":20000,"times":1}"#)
    let answer = try #require(sandbox.call("GET", "/agents/me"))
    #expect(answer.isComplete)
    #expect(JSONParser.parse(answer.body)?["id"] == 1)
  }

  @Test func delayAppliesFirstOrLast() throws {
    try order(#"{"path":"/tickets/1/reply","action":"delay","seconds":0.05,"times":1}"#)
    #expect(reply()?.status == 201)
    try order(#"{"path":"/tickets/2/reply","action":"delay","seconds":3600,"apply":"after"}"#)
    let connection = try #require(sandbox.client.open())
    let body = #"{"body":"late"}"#
    sandbox.client.write(
      Array(
        ("POST /api/v2/tickets/2/reply HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          + "Content-Length: \(body.utf8.count)\r\n"
          + SandboxFixture.authorization(sandbox.key()) + "\r\n\r\n" + body).utf8),
      to: connection)
    // The request has arrived once it is in the log; its answer is an hour away.
    while try lastRequest()["path"]?.string?.hasSuffix("2/reply") != true {}
    #expect(try sandbox.deliveries().count == 1)
    sandbox.server.stop()
  }

  @Test func hangIsSilentUntilTheEnd() throws {
    try order(#"{"path":"/agents/me","action":"hang"}"#)
    let connection = try #require(sandbox.client.open())
    sandbox.client.write(
      Array("GET /api/v2/agents/me HTTP/1.1\r\nHost: x\r\n\r\n".utf8), to: connection)
    while try sandbox.control("GET", "/requests").array?.isEmpty != false {}
    sandbox.server.stop()
    #expect(sandbox.client.readToEnd(connection).isEmpty)
  }

  @Test func afterAndTimesCountMatchingCalls() throws {
    try order(#"{"path":"/agents/me","action":"status","code":500,"after":2,"times":1}"#)
    let statuses = (1...4).map { _ in sandbox.call("GET", "/agents/me")?.status }
    #expect(statuses == [200, 200, 500, 200])
  }

  @Test func patternsMatchTheWholePathAndTheMethod() throws {
    try order(#"{"method":"GET","path":"/tickets","action":"status","code":500}"#)
    #expect(sandbox.call("GET", "/tickets")?.status == 500)
    #expect(sandbox.call("GET", "/tickets/1")?.status == 200)
    #expect(sandbox.call("POST", "/tickets", "{}")?.status == 400)
    #expect(try sandbox.control("GET", "/faults").array?.count == 1)
    #expect(try sandbox.control("DELETE", "/faults") == .array([]))
    #expect(sandbox.call("GET", "/tickets")?.status == 200)
  }

  @Test(arguments: [
    "[]", "{", #"{"action":"explode"}"#, #"{"path":"(","action":"hang"}"#,
    #"{"action":"status"}"#, #"{"action":"hang","colour":1}"#,
    #"{"action":"status","code":500,"apply":"after"}"#,
  ])
  func badOrdersAreRefused(fault: String) throws {
    let answer = try #require(
      sandbox.client.send("POST", "/_sandbox/faults", body: Array(fault.utf8)))
    #expect(answer.status == 400)
    #expect(JSONParser.parse(answer.body)?["error"]?.string?.isEmpty == false)
  }
}
