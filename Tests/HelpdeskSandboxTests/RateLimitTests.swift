import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Limits of the sandbox")
struct RateLimitTests {
  private func numbers(_ answer: LoopbackClient.Answer?) -> [Int?] {
    [
      answer?["X-Ratelimit-Total"].flatMap(Int.init),
      answer?["X-Ratelimit-Remaining"].flatMap(Int.init),
      answer?["X-Ratelimit-Used-Currentrequest"].flatMap(Int.init),
    ]
  }

  /// The order of calls of a recorded import: families are taken from the account as well.
  @Test func familiesCountInBothBuckets() throws {
    let sandbox = try SandboxFixture(tickets: 3, plan: "growth")
    #expect(numbers(sandbox.call("GET", "/agents/me")) == [200, 199, 1])
    #expect(numbers(sandbox.call("GET", "/contacts")) == [20, 19, 1])
    #expect(numbers(sandbox.call("GET", "/contacts?state=deleted")) == [20, 18, 1])
    #expect(numbers(sandbox.call("GET", "/ticket_fields")) == [200, 196, 1])
    #expect(numbers(sandbox.call("GET", "/tickets")) == [20, 19, 1])
    #expect(numbers(sandbox.call("GET", "/tickets/1")) == [20, 18, 1])
    #expect(numbers(sandbox.call("GET", "/tickets/1/conversations")) == [20, 17, 1])
    #expect(numbers(sandbox.call("PUT", "/tickets/1", #"{"priority":1}"#)) == [80, 79, 1])
    #expect(numbers(sandbox.call("POST", "/tickets/1/notes", #"{"body":"x"}"#)) == [200, 191, 1])
  }

  @Test func refusedCallsCount() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "growth")
    #expect(numbers(sandbox.client.send("GET", "/api/v2/contacts")) == [20, 19, 1])
    #expect(numbers(sandbox.call("GET", "/nothing")) == [200, 198, 1])
    #expect(numbers(sandbox.call("GET", "/tickets?status=2")) == [20, 19, 1])
  }

  @Test func includesCostCredits() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "pro")
    #expect(numbers(sandbox.call("GET", "/tickets?include=stats")) == [100, 97, 3])
    #expect(numbers(sandbox.call("GET", "/tickets?include=stats,requester")) == [100, 92, 5])
    #expect(numbers(sandbox.call("GET", "/tickets/1?include=company,requester")) == [100, 89, 3])
    #expect(numbers(sandbox.call("GET", "/tickets/1?include=conversations")) == [100, 87, 2])
  }

  @Test func windowIsFixedAndStartsWithTheFirstCall() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "growth")
    #expect(numbers(sandbox.call("GET", "/contacts"))[1] == 19)
    sandbox.advance(57)
    #expect(numbers(sandbox.call("GET", "/contacts"))[1] == 18)
    sandbox.advance(3)
    #expect(numbers(sandbox.call("GET", "/contacts"))[1] == 19)
    sandbox.advance(59)
    #expect(numbers(sandbox.call("GET", "/contacts"))[1] == 18)
  }

  @Test func emptyBucketRefusesUntilTheWindowEnds() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "growth")
    for _ in 1...20 { #expect(sandbox.call("GET", "/tickets")?.status == 200) }
    sandbox.advance(15)
    let refusal = try #require(sandbox.call("GET", "/tickets/1"))
    #expect(refusal.status == 429)
    #expect(refusal["Retry-After"] == "45")
    #expect(numbers(refusal)[1] == 0)
    #expect(sandbox.call("GET", "/agents/me")?.status == 200)
    #expect(sandbox.call("POST", "/tickets/1/reply", #"{"body":"x"}"#)?.status == 201)
    sandbox.advance(45)
    #expect(sandbox.call("GET", "/tickets/1")?.status == 200)
  }

  @Test func refusedWriteIsNotApplied() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "trial")
    for _ in 1...50 { _ = sandbox.call("GET", "/agents/me") }
    #expect(sandbox.call("POST", "/tickets/1/reply", #"{"body":"x"}"#)?.status == 429)
    #expect(try sandbox.deliveries().isEmpty)
  }

  @Test func planCanChangeAndControlIsNeverLimited() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "trial")
    for _ in 1...51 { _ = sandbox.call("GET", "/agents/me") }
    #expect(sandbox.call("GET", "/agents/me")?.status == 429)
    let buckets = try sandbox.control("POST", "/plan", #"{"plan":"enterprise"}"#)
    #expect(buckets["plan"] == "enterprise")
    #expect(
      buckets["buckets"]?.array?.compactMap { $0["total"]?.integer } == [700, 200, 200, 280, 280])
    #expect(sandbox.call("GET", "/agents/me")?.status == 200)
    _ = try sandbox.control("POST", "/plan", #"{"plan":"growth","list_only":true}"#)
    #expect(numbers(sandbox.call("GET", "/tickets/1"))[0] == 200)
    #expect(
      sandbox.client.send("POST", "/_sandbox/plan", body: Array(#"{"plan":"gold"}"#.utf8))?.status
        == 400)
  }

  @Test func clockCanBeMovedByOrder() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "growth")
    for _ in 1...20 { _ = sandbox.call("GET", "/tickets") }
    #expect(sandbox.call("GET", "/tickets")?.status == 429)
    _ = try sandbox.control("POST", "/clock", #"{"advance":60}"#)
    #expect(sandbox.call("GET", "/tickets")?.status == 200)
  }
}
