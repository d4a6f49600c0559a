import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Search of the sandbox")
struct SearchTests {
  private let sandbox: SandboxFixture

  init() throws { sandbox = try SandboxFixture(tickets: 400) }

  private func search(_ query: String, page: Int = 1) throws -> JSONValue {
    try sandbox.json(
      "GET", "/search/tickets?query=\(APICall.escaped("\"\(query)\""))&page=\(page)")
  }

  @Test func answersAreThirtyAPageWithATotal() throws {
    let first = try search("status:5")
    let total = try #require(first["total"]?.integer)
    #expect(total > 60)
    #expect(first["results"]?.array?.count == 30)
    #expect(first["results"]?.array?.allSatisfy { $0["status"] == 5 } == true)
    #expect(first["results"]?[0]?["description_text"]?.string?.isEmpty == false)
    let second = try search("status:5", page: 2)
    let firstIDs = first["results"]?.ids ?? []
    #expect(Set(firstIDs).isDisjoint(with: second["results"]?.ids ?? []))
    #expect(sandbox.call("GET", "/search/tickets?query=%22status:5%22&page=11")?.status == 400)
  }

  @Test func logicAgreesWithTheList() throws {
    var all: [JSONValue] = []
    for page in 1...4 {
      all +=
        try sandbox.json(
          "GET", "/tickets?updated_since=1970-01-01&per_page=100&page=\(page)"
        ).array ?? []
    }
    func count(_ fits: (JSONValue) -> Bool) -> JSONValue { .integer(Int64(all.filter(fits).count)) }
    let number = { (ticket: JSONValue, key: String) in ticket[key]?.integer ?? 0 }
    let tagged = { (ticket: JSONValue, tag: String) in
      ticket["tags"]?.strings?.contains(tag) ?? false
    }
    #expect(
      try search("status:2 AND priority:>3")["total"]
        == count {
          number($0, "status") == 2 && number($0, "priority") >= 3
        })
    #expect(
      try search("(status:3 OR status:6) AND agent_id:null")["total"]
        == count {
          [3, 6].contains(number($0, "status")) && $0["responder_id"] == .null
        })
    #expect(
      try search("tag:'vip' OR tag:'refund'")["total"]
        == count {
          tagged($0, "vip") || tagged($0, "refund")
        })
    #expect(
      try search("type:'Question' AND group_id:102")["total"]
        == count {
          $0["type"] == "Question" && number($0, "group_id") == 102
        })
    #expect(
      try search("status:2 OR status:3 AND priority:1")["total"]
        == count {
          number($0, "status") == 2 || (number($0, "status") == 3 && number($0, "priority") == 1)
        })
    let day = String(WireTime.text(SandboxFixture.start - 5 * 86_400).prefix(10))
    #expect(
      try search("created_at:>'\(day)'")["total"]
        == count {
          ($0["created_at"]?.string ?? "") >= day
        })
    #expect(
      try search("created_at:'\(day)'")["total"]
        == count {
          $0["created_at"]?.string?.hasPrefix(day) == true
        })
    #expect(
      try search("cf_region:'Europe'")["total"]
        == count {
          $0["custom_fields"]?["cf_region"] == "Europe"
        })
  }

  @Test(arguments: [
    "status:2", "%22subject:'x'%22", "%22status:%22", "%22status:2%20AND%22", "%22(status:2%22",
    "%22status:'two'%22", "%22created_at:'soon'%22", "%22%22", "%22status:2%20status:3%22",
    "%22status:2;DROP%20TABLE%20tickets%22",
  ])
  func brokenQueriesAreRefused(query: String) {
    #expect(sandbox.call("GET", "/search/tickets?query=\(query)")?.status == 400)
  }

  @Test func clientsSpellTheQueryTheirWay() throws {
    for query in [
      "page=1&query=%22status:2%20AND%20tag:'vip'%22", "query=%22status%3A2%22&page=1",
      "query=\"status:2\"",
    ] {
      #expect(sandbox.call("GET", "/search/tickets?\(query)")?.status == 200)
    }
  }

  @Test func indexLagsBehind() throws {
    let before = try search("tag:'brand-new'")["total"]
    _ = try sandbox.json("PUT", "/tickets/399", #"{"tags":["brand-new"],"status":2}"#)
    #expect(before == 0)
    #expect(try search("tag:'brand-new'")["total"] == 0)
    sandbox.advance(5)
    #expect(try search("tag:'brand-new'")["results"]?.ids == [399])
    #expect(sandbox.call("DELETE", "/tickets/399")?.status == 204)
    sandbox.advance(5)
    #expect(try search("tag:'brand-new'")["total"] == 0)
  }

  @Test func contactsAndCompaniesAreFound() throws {
    let contact = try #require(try sandbox.json("GET", "/contacts?per_page=1")[0])
    let email = try #require(contact["email"]?.string)
    let found = try sandbox.json(
      "GET", "/search/contacts?query=" + APICall.escaped("\"email:'\(email)'\""))
    #expect(found["results"]?.ids == [try #require(contact["id"]?.integer)])
    let company = try #require(try sandbox.json("GET", "/companies?per_page=1")[0])
    let domain = try #require(company["domains"]?[0]?.string)
    let companies = try sandbox.json(
      "GET", "/search/companies?query=" + APICall.escaped("\"domain:'\(domain)'\""))
    #expect(companies["results"]?.ids == [try #require(company["id"]?.integer)])
  }
}
