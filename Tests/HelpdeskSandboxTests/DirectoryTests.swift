import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("People, companies and set-up in the sandbox")
struct DirectoryTests {
  private let sandbox: SandboxFixture

  init() throws { sandbox = try SandboxFixture(tickets: 60) }

  @Test func contactsComeInAlphabeticalOrder() throws {
    let list = try sandbox.json("GET", "/contacts?per_page=100")
    let names = list.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.count == 20)
    #expect(names == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
    #expect(list[0]?["tags"] == nil)
    #expect(try sandbox.json("GET", "/contacts/\(list.ids[0])")["tags"] == [])
  }

  @Test func contactLifeCycle() throws {
    let made = try sandbox.json(
      "POST", "/contacts",
      #"{"name":"Ada","email":"Ada@Example.com","view_all_tickets":false,"description":"d"}"#,
      status: 201)
    let id = try #require(made["id"]?.integer)
    #expect(made["email"] == "ada@example.com")
    let conflict = try sandbox.json(
      "POST", "/contacts", #"{"name":"Ada 2","email":"ada@example.com"}"#, status: 409)
    #expect(conflict["errors"]?[0]?["code"] == "duplicate_value")
    #expect(conflict["errors"]?[0]?["additional_info"]?["user_id"] == .integer(id))
    sandbox.advance(5)
    let changed = try sandbox.json("PUT", "/contacts/\(id)", #"{"job_title":"Boss"}"#)
    #expect(changed["job_title"] == "Boss")
    #expect(changed["updated_at"] == JSONValue(time: SandboxFixture.start + 5))
    for key in ["updated_since", "_updated_since"] {
      let since = WireTime.text(SandboxFixture.start + 5)
      #expect(try sandbox.json("GET", "/contacts?\(key)=\(since)").ids == [id])
    }
    #expect(sandbox.call("DELETE", "/contacts/\(id)")?.status == 204)
    #expect(sandbox.call("PUT", "/contacts/\(id)", "{}")?.status == 405)
    #expect(try sandbox.json("GET", "/contacts?state=deleted").ids == [id])
    #expect(try sandbox.json("GET", "/contacts/\(id)")["deleted"] == true)
    #expect(sandbox.call("PUT", "/contacts/\(id)/restore")?.status == 204)
    #expect(sandbox.call("DELETE", "/contacts/\(id)/hard_delete")?.status == 400)
    #expect(sandbox.call("DELETE", "/contacts/\(id)/hard_delete?force=True")?.status == 204)
    #expect(sandbox.call("GET", "/contacts/\(id)")?.status == 404)
  }

  @Test func hardDeleteTakesTheTicketsAlong() throws {
    let ticket = try sandbox.json("GET", "/tickets/9")
    let person = try #require(ticket["requester_id"]?.integer)
    #expect(sandbox.call("DELETE", "/contacts/\(person)/hard_delete?force=true")?.status == 204)
    #expect(sandbox.call("GET", "/tickets/9")?.status == 404)
  }

  @Test func mergeMovesTheTickets() throws {
    let people = try sandbox.json("GET", "/contacts?per_page=2").ids
    let body = #"{"primary_contact_id":\#(people[0]),"secondary_contact_ids":[\#(people[1])]}"#
    #expect(sandbox.call("POST", "/contacts/merge", body)?.status == 204)
    let path = "/tickets?updated_since=1970-01-01&requester_id=\(people[1])"
    #expect(try sandbox.json("GET", path) == .array([]))
  }

  @Test func autocompleteLooksAtTheBeginningsOfWords() throws {
    _ = try sandbox.json(
      "POST", "/contacts", #"{"name":"Quentin Zyx_100%","email":"q@example.com"}"#, status: 201)
    for (term, count) in [("quen", 1), ("zyx", 1), ("yx", 0), ("zyx_1", 1), ("zyxa1", 0)] {
      let found = try sandbox.json("GET", "/contacts/autocomplete?term=\(term)")
      #expect(found.array?.filter { $0["name"] == "Quentin Zyx_100%" }.count == count, "\(term)")
    }
  }

  @Test func companyLifeCycle() throws {
    let made = try sandbox.json(
      "POST", "/companies", #"{"name":"Acme Test","domains":["acme.example"]}"#, status: 201)
    let id = try #require(made["id"]?.integer)
    #expect(sandbox.call("POST", "/companies", #"{"name":"acme test"}"#)?.status == 409)
    #expect(try sandbox.json("PUT", "/companies/\(id)", #"{"domains":[]}"#)["domains"] == [])
    let since = WireTime.text(SandboxFixture.start)
    #expect(try sandbox.json("GET", "/companies?updated_since=\(since)").ids == [id])
    #expect(
      try sandbox.json("GET", "/companies/autocomplete?name=acm")["companies"]?.ids == [id])
    #expect(sandbox.call("DELETE", "/companies/\(id)")?.status == 204)
    #expect(sandbox.call("GET", "/companies/\(id)")?.status == 404)
  }

  @Test func agentsAndGroups() throws {
    let agents = try sandbox.json("GET", "/agents")
    #expect(agents.ids.count == 8)
    #expect(agents.array?.allSatisfy { $0["freshcaller_agent"] != nil } == true)
    #expect(agents[0]?["group_ids"] == nil)
    #expect(try sandbox.json("GET", "/agents/4")["group_ids"] == [103])
    #expect(try sandbox.json("GET", "/agents?email=omar@sandbox.example").ids == [6])
    #expect(try sandbox.json("GET", "/agents/autocomplete?term=han").ids == [4])
    let groups = try sandbox.json("GET", "/groups")
    #expect(groups.ids == [101, 102, 103, 104, 105])
    #expect(groups[0]?["agent_ids"] == nil)
    #expect(try sandbox.json("GET", "/groups/103")["agent_ids"] == [1, 4, 5])
    let made = try sandbox.json("POST", "/groups", #"{"name":"Night"}"#, status: 201)
    #expect(made["id"] == 106)
    #expect(sandbox.call("POST", "/groups", #"{"name":"night"}"#)?.status == 409)
  }

  @Test func ticketFieldsNameAgentsAndGroups() throws {
    let fields = try sandbox.json("GET", "/ticket_fields", agent: 2).array ?? []
    let byName = Dictionary(
      uniqueKeysWithValues: fields.map { ($0["name"]?.string ?? "", $0["choices"]) })
    #expect(byName["agent"]??["Priya Raman"] == 2)
    #expect(byName["group"]??["Billing"] == 102)
    #expect(byName["status"]??["2"]?[0] == "Open")
    #expect(byName["ticket_type"] == JSONValue(TicketChoices.types))
  }

  @Test func cannedResponses() throws {
    let folders = try sandbox.json("GET", "/canned_response_folders")
    let folder = try #require(folders.ids.first)
    let titles = try sandbox.json("GET", "/canned_response_folders/\(folder)")
    #expect(titles["canned_responses"]?[0]?["title"] == "First answer")
    let full = try sandbox.json("GET", "/canned_response_folders/\(folder)/responses")
    #expect(full[0]?["content_html"]?.string?.hasPrefix("<div>") == true)
    let made = try sandbox.json(
      "POST", "/canned_responses",
      #"{"title":"T","content_html":"<b>x</b>","folder_id":\#(folder),"visibility":0}"#,
      status: 201)
    let id = try #require(made["id"]?.integer)
    #expect(try sandbox.json("GET", "/canned_responses/\(id)")["content"] == "x")
    #expect(sandbox.call("DELETE", "/canned_response_folders/\(folder)")?.status == 405)
  }

  @Test func onlyOneTimerRunsForAnAgent() throws {
    for id in [1, 2] { _ = try sandbox.json("PUT", "/tickets/\(id)", #"{"status":2}"#) }
    _ = try sandbox.json("POST", "/tickets/1/time_entries", "{}", status: 201)
    sandbox.advance(3660)
    _ = try sandbox.json("POST", "/tickets/2/time_entries", #"{"note":"n"}"#, status: 201)
    let entries = try sandbox.json("GET", "/time_entries")
    #expect(entries.array?.map { $0["timer_running"] } == [false, true])
    #expect(entries[0]?["time_spent"] == "01:01")
    let spent = try sandbox.json(
      "POST", "/tickets/1/time_entries", #"{"time_spent":"02:30"}"#, status: 201)
    #expect(spent["time_spent_in_seconds"] == 9000)
    #expect(spent["timer_running"] == false)
  }

  @Test func ratingsShowInBothLists() throws {
    _ = try sandbox.json("PUT", "/tickets/1", #"{"status":2}"#)
    _ = try sandbox.json(
      "POST", "/tickets/1/satisfaction_ratings", #"{"ratings":{"default_question":103}}"#,
      status: 201)
    let all = try sandbox.json("GET", "/surveys/satisfaction_ratings?created_since=2020-01-01")
    #expect(all == (try sandbox.json("GET", "/tickets/1/satisfaction_ratings")))
    #expect(all[0]?["ratings"]?["default_question"] == 103)
  }

  @Test func watching() throws {
    for verb in ["POST", "PUT"] {
      #expect(sandbox.call(verb, "/tickets/7/watch", #"{"user_id":1}"#)?.status == 204)
    }
    #expect(try sandbox.json("GET", "/tickets/7/watchers")["watcher_ids"] == [1])
    let watched = "/tickets?filter=watching&updated_since=1970-01-01"
    #expect(try sandbox.json("GET", watched).ids == [7])
    #expect(sandbox.call("PUT", "/tickets/7/unwatch")?.status == 204)
    #expect(try sandbox.json("GET", watched) == .array([]))
    #expect(sandbox.call("PUT", "/tickets/7/unwatch", #"{"x":1}"#)?.status == 400)
  }
}
