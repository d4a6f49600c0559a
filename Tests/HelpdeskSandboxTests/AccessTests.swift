import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Doors of the sandbox")
struct AccessTests {
  private let sandbox: SandboxFixture

  init() throws { sandbox = try SandboxFixture(tickets: 2) }

  private func get(_ path: String, _ headers: [String]) -> LoopbackClient.Answer? {
    sandbox.client.send("GET", path, headers: headers)
  }

  @Test(arguments: ["", "X", "dummy", "unused_with_api_key", "a:b"])
  func passwordDoesNotMatter(password: String) throws {
    let header = SandboxFixture.authorization(sandbox.key(), password: password)
    let answer = try #require(get("/api/v2/agents/me", [header]))
    #expect(answer.status == 200)
    #expect(JSONParser.parse(answer.body)?["id"] == 1)
  }

  @Test func wrongKeysGetTheVendorsBody() throws {
    let body =
      #"{"code":"invalid_credentials","message":"You have to be logged in to perform this action."}"#
    for headers in [
      [], [SandboxFixture.authorization("wrong")], [SandboxFixture.authorization("")],
      ["Authorization: Bearer \(sandbox.key())"], ["Authorization: Basic ???"],
    ] {
      let answer = try #require(get("/api/v2/agents/me", headers))
      #expect(answer.status == 401)
      #expect(answer.text == body)
      #expect(answer["WWW-Authenticate"] == nil)
    }
  }

  @Test func everyAgentKnowsThemselves() throws {
    for agent in sandbox.server.agents {
      let me = try sandbox.json("GET", "/agents/me", agent: Int(agent.id))
      #expect(me["id"] == .integer(agent.id))
      #expect(me["contact"]?["name"] == .string(agent.name))
      #expect(me["freshcaller_agent"] == false)
    }
  }

  @Test(arguments: [
    "/agents", "/agents/1", "/groups", "/groups/101", "/roles", "/products", "/email_configs",
    "/canned_response_folders", "/canned_responses/301", "/admin/ticket_fields",
    "/business_hours", "/sla_policies",
  ])
  func setUpIsForAdministrators(path: String) throws {
    #expect(sandbox.call("GET", path)?.status == 200)
    let refusal = try #require(sandbox.call("GET", path, agent: 2))
    #expect(refusal.status == 403)
    #expect(JSONParser.parse(refusal.body)?["code"] == "access_denied")
  }

  @Test(arguments: [
    "/agents/me", "/tickets", "/tickets/1", "/contacts", "/companies", "/ticket_fields",
    "/search/tickets?query=%22status:2%22", "/settings/helpdesk", "/time_entries",
    "/surveys/satisfaction_ratings", "/scenario_automations.json", "/contact_fields",
  ])
  func agentsMayRead(path: String) throws {
    #expect(sandbox.call("GET", path, agent: 2)?.status == 200)
  }

  @Test(arguments: [
    "/nothing", "/tickets/999999", "/tickets/abc", "/tickets/1/nothing", "/contacts/1",
    "/tickets/99999999999999999999", "/tickets/-1", "/tickets/%2e%2e", "/tickets/1%00",
    "/canned_response_folder/201", "/tickets/1/conversations/2",
  ])
  func unknownAddressesHaveAnEmptyBody(path: String) throws {
    let answer = try #require(sandbox.call("GET", path))
    #expect(answer.status == 404)
    #expect(answer.body.isEmpty)
  }

  @Test(arguments: ["/tickets/", "//tickets", "/tickets//1", "/"])
  func strayySlashesGetTheOddError(path: String) throws {
    let answer = try #require(sandbox.call("GET", path))
    #expect(answer.status == 400)
    #expect(JSONParser.parse(answer.body)?["errors"]?[0]?["field"] == "ticket")
  }

  @Test func wrongVerbsNameTheRightOnes() throws {
    let answer = try #require(sandbox.call("PATCH", "/tickets/1"))
    #expect(answer.status == 405)
    #expect(answer["Allow"] == "GET, PUT, DELETE")
  }

  @Test func contentTypesAreChecked() throws {
    let xml = sandbox.call(
      "POST", "/tickets", "<t/>", headers: ["Content-Type: application/xml"])
    #expect(xml?.status == 415)
    #expect(sandbox.call("GET", "/tickets", headers: ["Accept: text/html"])?.status == 406)
    for accept in ["*/*", "application/json", "text/html, application/json;q=0.9"] {
      #expect(sandbox.call("GET", "/tickets", headers: ["Accept: \(accept)"])?.status == 200)
    }
    #expect(
      sandbox.call("GET", "/tickets", headers: ["Content-Type: application/json"])?.status == 200)
    #expect(
      sandbox.call("DELETE", "/tickets/1", "", headers: ["Content-Type: application/json"])?.status
        == 204)
  }

  @Test func answersCarryTheVendorsHeaders() throws {
    let answer = try #require(sandbox.call("GET", "/agents/me"))
    #expect(answer["Content-Type"] == "application/json; charset=utf-8")
    #expect(answer["X-Freshdesk-Api-Version"] == "latest=v2; requested=v2")
    #expect(answer["Status"] == "200 OK")
    #expect(answer["Date"] == WireTime.httpDate(SandboxFixture.start))
    #expect(answer.fields.filter { $0.lowercased().hasPrefix("date:") }.count == 1)
    #expect(answer["X-Ratelimit-Total"] == nil)
  }

  @Test func oddHostIsNotRepeated() throws {
    let head =
      "GET /api/v2/contacts?per_page=1 HTTP/1.1\r\nHost: evil\">\r\nConnection: close\r\n"
      + SandboxFixture.authorization(sandbox.key()) + "\r\n\r\n"
    let answer = try #require(LoopbackClient.parse(sandbox.client.exchange(Array(head.utf8))))
    #expect(answer["Link"]?.hasPrefix("<http://127.0.0.1/api/v2/contacts?") == true)
  }

  @Test func hugeBodyIsRefused() throws {
    let head =
      "POST /api/v2/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 26214401\r\n\r\n"
    let answer = try #require(LoopbackClient.parse(sandbox.client.exchange(Array(head.utf8))))
    #expect(answer.status == 413)
  }

  @Test func deepJSONIsRefused() throws {
    let deep = #"{"custom_fields":"# + String(repeating: "[", count: 100_000)
    #expect(sandbox.call("PUT", "/tickets/1", deep)?.status == 400)
  }
}
