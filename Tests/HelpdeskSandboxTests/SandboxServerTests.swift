import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("SandboxServer")
struct SandboxServerTests {
  @Test func readyLineTellsEverythingOnOneLine() throws {
    let sandbox = try SandboxFixture(tickets: 0)
    let line = sandbox.server.readyLine
    #expect(!line.contains("\n"))
    let document = try #require(JSONParser.parse(line))
    #expect(document["url"] == .string(sandbox.server.url))
    #expect(document["control"] == .string(sandbox.server.url + "/_sandbox"))
    #expect(document["agents"]?.array?.count == 8)
    #expect(document["agents"]?[0]?["id"] == 1)
    #expect(document["agents"]?[0]?["role"] == "admin")
    #expect(document["agents"]?[1]?["role"] == "agent")
    #expect(document["agents"]?[1]?["api_key"]?.string?.count == 20)
  }

  @Test func unknownPlanIsSaidSo() {
    #expect(throws: SandboxError.unknownPlan("gold")) {
      _ = try SandboxFixture(plan: "gold")
    }
  }

  @Test func foreignDataFileIsLeftAlone() throws {
    let folder = TemporaryFolder()
    let file = folder.path + "/foreign.db"
    let bytes = Array(String(repeating: "not a database ", count: 100).utf8)
    try #require(TestFiles.write(bytes, to: file))
    #expect(throws: SandboxError.self) {
      _ = try SandboxFixture { $0.dataFile = file }
    }
    #expect(TestFiles.read(file) == bytes)
  }

  @Test func requestsAreLoggedAsReceived() throws {
    let sandbox = try SandboxFixture(tickets: 1, plan: "growth")
    _ = sandbox.call("POST", "/tickets/1/notes?x=%20", #"{"body":"é"}"#, agent: 2)
    _ = sandbox.client.send("GET", "/api/v2/nothing")
    let log = try sandbox.control("GET", "/requests")
    #expect(log.array?.count == 2)
    let first = try #require(log[0])
    #expect(first["n"] == 1)
    #expect(first["at"] == JSONValue(time: SandboxFixture.start))
    #expect(first["method"] == "POST")
    #expect(first["path"] == "/api/v2/tickets/1/notes")
    #expect(first["query"] == "x=%20")
    #expect(first["agent_id"] == 2)
    #expect(first["body"] == #"{"body":"é"}"#)
    #expect(first["status"] == 400)
    #expect(first["bucket"] == "account")
    #expect(log[1]?["agent_id"] == .null)
    #expect(log[1]?["status"] == 401)
    #expect(try sandbox.control("GET", "/requests?since=1").array?.count == 1)
    #expect(try sandbox.control("GET", "/requests?since=2") == .array([]))
  }

  @Test func logKeepsTheNewestWithinItsBounds() {
    var log = RequestLog()
    let body = String(repeating: "x", count: 1024 * 1024)
    for _ in 1...100 {
      _ = log.add(
        .init(
          n: 0, at: 0, method: "POST", path: "/", query: "", agentID: nil, body: body))
    }
    let kept = log.since(0)
    #expect(kept.count == 63)
    #expect(kept.last?.n == 100)
    log.update(100) { $0.status = 200 }
    log.update(1) { $0.status = 200 }
    #expect(log.since(99).map(\.status) == [200])
  }

  @Test func customersAndColleaguesActByOrder() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let made = try sandbox.control(
      "POST", "/tickets",
      #"{"email":"new@example.com","subject":"Help","description":"Line 1\nLine <2>"}"#)
    let id = try #require(made["id"]?.integer)
    let ticket = try sandbox.json("GET", "/tickets/\(id)")
    #expect(ticket["description_text"] == "Line 1\nLine <2>")
    #expect(ticket["source"] == 1)
    #expect(ticket["due_by"] != .null)
    #expect(try sandbox.deliveries().isEmpty)
    for act in [
      #"{"ticket_id":\#(id),"update":{"status":4,"responder_id":3,"tags":["x"]}}"#,
      #"{"ticket_id":\#(id),"note":"for us"}"#, #"{"ticket_id":\#(id),"reply":"for you"}"#,
    ] { _ = try sandbox.control("POST", "/agents/3/act", act) }
    let after = try sandbox.json("GET", "/tickets/\(id)?include=conversations")
    #expect(after["status"] == 4)
    #expect(after["responder_id"] == 3)
    #expect(after["conversations"]?.array?.map { $0["private"] } == [true, false])
    #expect(try sandbox.deliveries().map { $0["body"] } == ["for you"])
    for (path, body) in [
      ("/agents/99/act", "{}"), ("/tickets/999/customer_reply", #"{"body":"x"}"#),
      ("/agents/3/act", #"{"ticket_id":\#(id)}"#), ("/tickets", #"{"email":"x"}"#),
      ("/nothing", "{}"),
    ] {
      let answer = sandbox.client.send("POST", "/_sandbox" + path, body: Array(body.utf8))
      #expect([400, 404].contains(answer?.status))
    }
  }

  @Test func knowledgeBaseCanBeRead() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    #expect(try sandbox.json("GET", "/solutions/categories").ids == [1])
    #expect(try sandbox.json("GET", "/solutions/categories/1/folders").ids == [1, 2])
    #expect(try sandbox.json("GET", "/solutions/folders/2/articles").ids == [3, 4])
    #expect(try sandbox.json("GET", "/search/solutions?term=forgot%20password").ids == [2])
  }

  @Test func manyClientsAtOnceLoseNothing() async throws {
    let sandbox = try SandboxFixture(tickets: 1)
    let (client, key) = (sandbox.client, SandboxFixture.authorization(sandbox.key()))
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        group.addTask {
          let body = Array(#"{"body":"note \#(index)"}"#.utf8)
          let headers = [key, "Content-Type: application/json"]
          let answer = client.send(
            "POST", "/api/v2/tickets/1/notes", headers: headers, body: body)
          #expect(answer?.status == 201)
        }
      }
    }
    let thread = try sandbox.json("GET", "/tickets/1/conversations?per_page=100")
    let notes = thread.array?.compactMap { $0["body_text"]?.string } ?? []
    #expect(Set((0..<40).map { "note \($0)" }).isSubset(of: Set(notes)))
  }
}
