import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Ticket list of the sandbox")
struct TicketListTests {
  @Test func followingLinksAndStoppingAtShortPagesGiveTheSame() throws {
    let sandbox = try SandboxFixture(tickets: 95)
    for size in [7, 19, 30, 100] {
      let all = "/tickets?updated_since=1970-01-01T00:00:00Z&order_by=updated_at&order_type=asc"
      var byLink: [Int64] = []
      var page = 1
      while true {
        let answer = try #require(sandbox.call("GET", "\(all)&per_page=\(size)&page=\(page)"))
        let ids = try #require(JSONParser.parse(answer.body)).ids
        byLink += ids
        let link = answer["Link"]
        #expect((link != nil) == (ids.count == size && link != nil))
        guard let link else { break }
        #expect(ids.count == size)
        #expect(link.hasSuffix("&page=\(page + 1)>; rel=\"next\""))
        page += 1
      }
      var byLength: [Int64] = []
      for page in 1...100 {
        let ids = try sandbox.json("GET", "\(all)&per_page=\(size)&page=\(page)").ids
        byLength += ids
        if ids.count < size { break }
      }
      #expect(byLink == byLength)
      #expect(Set(byLink).count == byLink.count)
      #expect(byLink.count > 85)
    }
  }

  @Test func defaultIsTheLastThirtyDaysNewestFirst() throws {
    let sandbox = try SandboxFixture(tickets: 3000)
    let list = try sandbox.json("GET", "/tickets?per_page=100")
    let created = list.array?.compactMap { $0["created_at"]?.string } ?? []
    #expect(created.count == 100)
    #expect(created == created.sorted(by: >))
    let oldest = WireTime.text(SandboxFixture.start - 30 * 86_400)
    var page = 1
    var last = list
    while let next = try? sandbox.json("GET", "/tickets?per_page=100&page=\(page)"),
      !next.ids.isEmpty
    {
      last = next
      page += 1
    }
    #expect(last.array?.allSatisfy { ($0["created_at"]?.string ?? "") >= oldest } == true)
    let everything = try sandbox.json(
      "GET", "/tickets?updated_since=2000-01-01&order_by=created_at&order_type=asc&per_page=1")
    #expect((everything[0]?["created_at"]?.string ?? "z") < oldest)
  }

  @Test func pageBeyondTheThreeHundredthIsRefusedInTheVendorsWords() throws {
    let sandbox = try SandboxFixture(tickets: 1)
    #expect(try sandbox.json("GET", "/tickets?page=300") == .array([]))
    let refusal = try sandbox.json("GET", "/tickets?page=301", status: 400)
    #expect(
      refusal == [
        "description": "Validation failed",
        "errors": [
          [
            "field": "page",
            "message":
              "You cannot access tickets beyond the 300th page. Please provide a smaller page number.",
            "code": "invalid_value",
          ]
        ],
      ])
  }

  @Test(arguments: [
    "status=2", "per_page=101", "per_page=0", "page=0", "page=x", "order_by=subject",
    "order_type=up", "include=everything", "filter=mine", "updated_since=yesterday",
    "requester_id=x",
  ])
  func badQueriesAreRefused(query: String) throws {
    let sandbox = try SandboxFixture(tickets: 1)
    #expect(try #require(sandbox.call("GET", "/tickets?\(query)")).status == 400)
  }

  @Test(arguments: [
    "page=1&per_page=2&page=1", "include=stats,requester",
    "updated_since=1970-01-01T00:00:00Z&updated_since=1970-01-01T00%3A00%3A00Z",
    "updated_since=1970-01-01", "filter=watching&order_by=updated_at&order_type=asc",
  ])
  func oddButGoodQueriesAreAccepted(query: String) throws {
    let sandbox = try SandboxFixture(tickets: 1)
    #expect(try #require(sandbox.call("GET", "/tickets?\(query)")).status == 200)
  }

  @Test func updatedSinceIsInclusive() throws {
    let sandbox = try SandboxFixture()
    let all = "/tickets?order_by=updated_at&order_type=asc&per_page=100"
    let list = try sandbox.json("GET", all + "&updated_since=1970-01-01")
    let edge = try #require(list[20]?["updated_at"]?.string)
    let rest = try sandbox.json("GET", all + "&updated_since=\(edge)")
    #expect(rest.ids == Array(list.ids.dropFirst(20)))
  }

  @Test func filtersByPersonAndCompany() throws {
    let sandbox = try SandboxFixture(tickets: 120)
    let list = try sandbox.json(
      "GET", "/tickets?updated_since=1970-01-01&include=requester,company&per_page=100")
    let ticket = try #require(list.array?.first { $0["company_id"]?.integer != nil })
    let person = try #require(ticket["requester_id"]?.integer)
    let company = try #require(ticket["company_id"]?.integer)
    let email = try #require(ticket["requester"]?["email"]?.string)
    for query in ["requester_id=\(person)", "email=\(email)", "company_id=\(company)"] {
      let found = try sandbox.json("GET", "/tickets?updated_since=1970-01-01&per_page=100&\(query)")
      #expect(!found.ids.isEmpty)
      let key = query.hasPrefix("company") ? "company_id" : "requester_id"
      let wanted = key == "company_id" ? company : person
      #expect(found.array?.allSatisfy { $0[key]?.integer == wanted } == true)
    }
    #expect(try sandbox.json("GET", "/tickets?email=nobody@example.com") == .array([]))
  }

  @Test func descriptionComesOnlyWhenAskedFor() throws {
    let sandbox = try SandboxFixture()
    let plain = try sandbox.json("GET", "/tickets")
    let full = try sandbox.json("GET", "/tickets?include=description,stats")
    #expect(plain[0]?["description"] == nil)
    #expect(full[0]?["description"]?.string?.hasPrefix("<div>") == true)
    #expect(full[0]?["stats"]?.object?.keys.contains("resolved_at") == true)
  }

  @Test func spamAndDeletedShowOnlyWhenAskedFor() throws {
    let sandbox = try SandboxFixture(tickets: 5)
    let id = try #require(try sandbox.json("GET", "/tickets").ids.first)
    #expect(try #require(sandbox.call("DELETE", "/tickets/\(id)")).status == 204)
    #expect(!(try sandbox.json("GET", "/tickets").ids.contains(id)))
    let deleted = try sandbox.json("GET", "/tickets?filter=deleted")
    #expect(deleted.ids.contains(id))
    #expect(deleted[0]?["deleted"] == true)
    _ = try sandbox.control(
      "POST", "/agents/2/act", #"{"ticket_id":\#(id),"update":{"spam":true}}"#)
    #expect(try sandbox.json("GET", "/tickets?filter=spam").ids.contains(id))
  }

  @Test func viewShowsAtMostTenEntriesAndEveryInclude() throws {
    let sandbox = try SandboxFixture(tickets: 3)
    for index in 1...12 {
      _ = try sandbox.json("POST", "/tickets/1/notes", #"{"body":"note \#(index)"}"#, status: 201)
    }
    let view = try sandbox.json("GET", "/tickets/1?include=conversations,requester,company,stats")
    #expect(view["conversations"]?.array?.count == 10)
    #expect(view["requester"]?["email"] != nil)
    #expect(view["company"] != nil)
    #expect(view["stats"]?["first_responded_at"] != nil)
    #expect(view["description_text"]?.string?.contains("<") == false)
  }

  @Test func traineeSeesOnlyTheirOwnTickets() throws {
    let sandbox = try SandboxFixture()
    #expect(try sandbox.json("GET", "/tickets", agent: 8) == .array([]))
    #expect(try #require(sandbox.call("GET", "/tickets/1", agent: 8)).status == 403)
    _ = try sandbox.json("PUT", "/tickets/1", #"{"responder_id":8}"#)
    #expect(try sandbox.json("GET", "/tickets?updated_since=1970-01-01", agent: 8).ids == [1])
  }
}
