import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Writing tickets in the sandbox")
struct TicketWriteTests {
  private let sandbox: SandboxFixture

  init() throws { sandbox = try SandboxFixture(tickets: 12) }

  private func errors(_ answer: JSONValue) -> [String] {
    answer["errors"]?.array?.map {
      "\($0["field"]?.string ?? "") \($0["code"]?.string ?? "")"
    } ?? []
  }

  @Test func createMakesTicketContactAndMail() throws {
    let answer = try #require(
      sandbox.call(
        "POST", "/tickets",
        #"{"email":"New.Person@Example.com","name":"New Person","subject":"S","description":"<p>Hi</p>","status":2,"priority":4,"tags":["a","b"],"cc_emails":["c@example.com"]}"#
      ))
    #expect(answer.status == 201)
    let ticket = try #require(JSONParser.parse(answer.body))
    let id = try #require(ticket["id"]?.integer)
    #expect(answer["Location"] == "\(sandbox.server.url)/api/v2/tickets/\(id)")
    #expect(ticket["due_by"] == .null)
    #expect(ticket["tags"] == ["a", "b"])
    let person = try #require(ticket["requester_id"]?.integer)
    let contact = try sandbox.json("GET", "/contacts/\(person)")
    #expect(contact["email"] == "new.person@example.com")
    sandbox.advance(3)
    let later = try sandbox.json("GET", "/tickets/\(id)")
    #expect(later["fr_due_by"] == JSONValue(time: SandboxFixture.start + 3600))
    let delivery = try #require(try sandbox.deliveries().first)
    #expect(delivery["kind"] == "new_ticket")
    #expect(delivery["to"] == ["new.person@example.com"])
    #expect(delivery["body"] == "<p>Hi</p>")
  }

  @Test func createNamesEveryFieldThatDoesNotFit() throws {
    let answer = try sandbox.json(
      "POST", "/tickets",
      #"{"email":"nobody","status":99,"priority":"2","color":"red","custom_fields":{"cf_region":"Moon","cf_x":1},"tags":"a"}"#,
      status: 400)
    #expect(answer["description"] == "Validation failed")
    #expect(
      Set(errors(answer)) == [
        "priority datatype_mismatch", "color invalid_field", "tags datatype_mismatch",
        "status invalid_value", "custom_fields.cf_region invalid_value",
        "custom_fields.cf_x invalid_field", "email invalid_value",
      ])
  }

  @Test func refusedCreateLeavesNothingBehind() throws {
    let before = try sandbox.json("GET", "/contacts?per_page=100").ids
    _ = sandbox.call("POST", "/tickets", #"{"email":"ghost@example.com","status":99}"#)
    #expect(try sandbox.json("GET", "/contacts?per_page=100").ids == before)
    #expect(try sandbox.deliveries().isEmpty)
  }

  @Test func updateChangesOnlyWhatItNames() throws {
    let before = try sandbox.json("GET", "/tickets/3")
    sandbox.advance(60)
    let after = try sandbox.json("PUT", "/tickets/3", #"{"priority":4,"tags":["only"]}"#)
    #expect(after["priority"] == 4)
    #expect(after["tags"] == ["only"])
    #expect(after["updated_at"] == JSONValue(time: SandboxFixture.start + 60))
    let changed: Set = ["priority", "tags", "updated_at", "is_escalated", "fr_escalated"]
    #expect(after.object?.without(changed) == before.object?.without(changed))
  }

  @Test func updateCanTakeTheAgentAway() throws {
    _ = try sandbox.json("PUT", "/tickets/3", #"{"responder_id":2}"#)
    let after = try sandbox.json("PUT", "/tickets/3", #"{"responder_id":null}"#)
    #expect(after["responder_id"] == .null)
  }

  @Test(arguments: [
    (#"{"responder_id":999}"#, "responder_id invalid_value"),
    (#"{"group_id":1}"#, "group_id invalid_value"),
    (#"{"cc_emails":[]}"#, "cc_emails invalid_field"),
    (#"{"type":"Poem"}"#, "type invalid_value"), (#"{"private":true}"#, "private invalid_field"),
    (#"{"due_by":"2030-01-01T00:00:00Z"}"#, "fr_due_by missing_field"),
  ])
  func updateRefuses(body: String, error: String) throws {
    #expect(errors(try sandbox.json("PUT", "/tickets/3", body, status: 400)) == [error])
  }

  @Test func brokenJSONIsSaidSo() throws {
    let answer = try sandbox.json("PUT", "/tickets/3", #"{"status":"#, status: 400)
    #expect(answer["code"] == "invalid_json")
  }

  @Test func closingTellsTheCustomerOnce() throws {
    _ = try sandbox.json("PUT", "/tickets/3", #"{"status":2}"#)
    _ = try sandbox.json("PUT", "/tickets/3", #"{"status":5}"#)
    _ = try sandbox.json("PUT", "/tickets/3", #"{"status":5}"#)
    let closed = try sandbox.deliveries().filter { $0["kind"] == "closed" }
    #expect(closed.count == 1)
    #expect(closed.first?["ticket_id"] == 3)
  }

  @Test func deletedTicketsRefuseChangesUntilRestored() throws {
    _ = try sandbox.json("PUT", "/tickets/4", #"{"status":2}"#)
    #expect(sandbox.call("DELETE", "/tickets/4")?.status == 204)
    #expect(sandbox.call("DELETE", "/tickets/4")?.status == 405)
    #expect(sandbox.call("PUT", "/tickets/4", #"{"status":3}"#)?.status == 405)
    #expect(sandbox.call("POST", "/tickets/4/reply", #"{"body":"x"}"#)?.status == 405)
    #expect(try sandbox.json("GET", "/tickets/4")["deleted"] == true)
    #expect(sandbox.call("PUT", "/tickets/4/restore")?.status == 204)
    #expect(try sandbox.json("GET", "/tickets/4")["deleted"] == nil)
    #expect(sandbox.call("PUT", "/tickets/4", #"{"status":3}"#)?.status == 200)
  }

  @Test func formsWithFilesBecomeTickets() throws {
    let parts = [
      ("name=\"email\"", "form@example.com"), ("name=\"subject\"", "From a form"),
      ("name=\"status\"", "3"), ("name=\"priority\"", "2"), ("name=\"tags[]\"", "one"),
      ("name=\"tags[]\"", "two"), ("name=\"custom_fields[cf_reference]\"", "R-1"),
      ("name=\"attachments[]\"; filename=\"a b.txt\"", "file\r\ncontent"),
    ]
    let body =
      parts.map {
        "--XX\r\nContent-Disposition: form-data; \($0.0)\r\n\r\n\($0.1)\r\n"
      }.joined() + "--XX--\r\n"
    let answer = try #require(
      sandbox.call(
        "POST", "/tickets", body, headers: ["Content-Type: multipart/form-data; boundary=XX"]))
    #expect(answer.status == 201, "\(answer.text)")
    let ticket = try #require(JSONParser.parse(answer.body))
    #expect(ticket["status"] == 3)
    #expect(ticket["tags"] == ["one", "two"])
    #expect(ticket["custom_fields"]?["cf_reference"] == "R-1")
    let file = try #require(ticket["attachments"]?[0])
    #expect(file["name"] == "a b.txt")
    #expect(file["size"] == 13)
    let address = try #require(file["attachment_url"]?.string)
    let path = String(address.dropFirst(sandbox.server.url.count))
    #expect(sandbox.client.send("GET", path)?.text == "file\r\ncontent")
    let key = SandboxFixture.authorization(sandbox.key())
    #expect(sandbox.client.send("GET", path, headers: [key])?.status == 400)
  }

  @Test func bulkUpdateRunsAsAJob() throws {
    let job = try sandbox.json(
      "POST", "/tickets/bulk_update",
      #"{"bulk_action":{"ids":[1,2,3],"properties":{"responder_id":5}}}"#, status: 202)
    let id = try #require(job["job_id"]?.string)
    #expect(try sandbox.json("GET", "/jobs/\(id)")["status"] == "IN PROGRESS")
    sandbox.advance(1)
    #expect(try sandbox.json("GET", "/jobs/\(id)")["status"] == "COMPLETED")
    for ticket in 1...3 {
      #expect(try sandbox.json("GET", "/tickets/\(ticket)")["responder_id"] == 5)
    }
  }

  @Test func mergeMovesTheThreadAndClosesTheSecondary() throws {
    for id in [1, 2] { _ = try sandbox.json("PUT", "/tickets/\(id)", #"{"status":2}"#) }
    let before = try sandbox.json("GET", "/tickets/2/conversations?per_page=100").ids
    #expect(
      sandbox.call("PUT", "/tickets/merge", #"{"primary_id":1,"ticket_ids":[2]}"#)?.status == 204)
    #expect(try sandbox.json("GET", "/tickets/2")["status"] == 5)
    let moved = try sandbox.json("GET", "/tickets/1/conversations?per_page=100").ids
    #expect(Set(before).isSubset(of: Set(moved)))
  }

  @Test func outboundEmailIsClosedMailOfTheCaller() throws {
    let ticket = try sandbox.json(
      "POST", "/tickets/outbound_email",
      #"{"email":"x@example.com","subject":"News","description":"Hello","email_config_id":1}"#,
      agent: 2, status: 201)
    #expect(ticket["source"] == 10)
    #expect(ticket["status"] == 5)
    #expect(ticket["responder_id"] == 2)
    #expect(try sandbox.deliveries().map { $0["kind"] } == ["outbound_email"])
    let id = try #require(ticket["id"]?.integer)
    let refusal = try sandbox.json("PUT", "/tickets/\(id)", #"{"subject":"Other"}"#, status: 400)
    #expect(errors(refusal) == ["subject incompatible_field"])
  }
}
