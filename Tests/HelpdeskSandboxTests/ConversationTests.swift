import ConsoleTestSupport
import Testing

@testable import HelpdeskSandbox

@Suite("Threads in the sandbox")
struct ConversationTests {
  private let sandbox: SandboxFixture

  init() throws {
    sandbox = try SandboxFixture(tickets: 12)
    _ = try sandbox.json("PUT", "/tickets/5", #"{"status":3,"responder_id":1}"#)
  }

  private func thread(_ id: Int = 5) throws -> [JSONValue] {
    try sandbox.json("GET", "/tickets/\(id)/conversations?per_page=100").array ?? []
  }

  @Test func replyIsOneMailToTheRequester() throws {
    let reply = try sandbox.json(
      "POST", "/tickets/5/reply",
      #"{"body":"<p>Hi &amp; bye</p>","cc_emails":["cc@example.com"],"bcc_emails":["b@example.com"]}"#,
      status: 201)
    let id = try #require(reply["id"]?.integer)
    #expect(reply["body_text"] == "Hi & bye")
    #expect(reply["user_id"] == 1)
    #expect(reply["source"] == nil)
    let entry = try #require(try thread().last)
    #expect(entry["id"] == .integer(id))
    #expect(entry["source"] == 0)
    #expect(entry["category"] == 3)
    #expect(entry["private"] == false)
    #expect(entry["incoming"] == false)
    let requester = try sandbox.json("GET", "/tickets/5?include=requester")["requester"]
    let deliveries = try sandbox.deliveries()
    #expect(deliveries.count == 1)
    #expect(deliveries.first?["kind"] == "reply")
    #expect(deliveries.first?["to"] == .array([requester?["email"] ?? .null]))
    #expect(deliveries.first?["cc"] == ["cc@example.com"])
    #expect(deliveries.first?["bcc"] == ["b@example.com"])
    #expect(deliveries.first?["body"] == "<p>Hi &amp; bye</p>")
    #expect(deliveries.first?["conversation_id"] == .integer(id))
  }

  @Test(arguments: [
    (#"{"body":"x","private":true}"#, "private"), (#"{}"#, "body"),
    (#"{"body":"x","cc_emails":["nobody"]}"#, "cc_emails"),
    (#"{"body":"x","from_email":"stranger@example.com"}"#, "from_email"),
    (#"{"body":5}"#, "body"),
  ])
  func replyRefusesAndSendsNothing(body: String, field: String) throws {
    let refusal = try sandbox.json("POST", "/tickets/5/reply", body, status: 400)
    #expect(refusal["errors"]?[0]?["field"] == .string(field))
    #expect(try sandbox.deliveries().isEmpty)
  }

  @Test func notesArePrivateUnlessSaidOtherwise() throws {
    let note = try sandbox.json("POST", "/tickets/5/notes", #"{"body":"for us"}"#, status: 201)
    #expect(note["private"] == true)
    #expect(try sandbox.deliveries().isEmpty)
    _ = try sandbox.json(
      "POST", "/tickets/5/notes", #"{"body":"for all","private":false}"#, status: 201)
    #expect(try sandbox.deliveries().map { $0["kind"] } == ["public_note"])
    #expect(try thread().suffix(2).map { $0["category"] } == [2, 3])
    #expect(try thread().suffix(2).map { $0["source"] } == [2, 2])
  }

  @Test func editingANoteLeavesItsUpdatedAtAlone() throws {
    let note = try sandbox.json("POST", "/tickets/5/notes", #"{"body":"first"}"#, status: 201)
    let id = try #require(note["id"]?.integer)
    sandbox.advance(100)
    _ = try sandbox.json("PUT", "/conversations/\(id)", #"{"body":"second"}"#, agent: 2)
    let entry = try #require(try thread().last)
    #expect(entry["body_text"] == "second")
    #expect(entry["updated_at"] == JSONValue(time: SandboxFixture.start))
    #expect(entry["last_edited_at"] == JSONValue(time: SandboxFixture.start + 100))
    #expect(entry["last_edited_user_id"] == 2)
    let ticket = try sandbox.json("GET", "/tickets/5")
    #expect(ticket["updated_at"] == JSONValue(time: SandboxFixture.start + 100))
  }

  @Test func repliesCannotBeEdited() throws {
    let reply = try sandbox.json("POST", "/tickets/5/reply", #"{"body":"x"}"#, status: 201)
    let id = try #require(reply["id"]?.integer)
    #expect(sandbox.call("PUT", "/conversations/\(id)", #"{"body":"y"}"#)?.status == 405)
    #expect(sandbox.call("DELETE", "/conversations/\(id)")?.status == 204)
    #expect(sandbox.call("DELETE", "/conversations/\(id)")?.status == 404)
  }

  @Test func forwardMailsThirdParties() throws {
    let entry = try sandbox.json(
      "POST", "/tickets/5/forward", #"{"body":"see below","to_emails":["lab@example.org"]}"#,
      status: 201)
    #expect(entry["source"] == 8)
    #expect(entry["private"] == true)
    #expect(try sandbox.deliveries().map { $0["to"] } == [["lab@example.org"]])
  }

  @Test func customerReplyOpensTheTicketAgain() throws {
    sandbox.advance(30)
    _ = try sandbox.control("POST", "/tickets/5/customer_reply", #"{"body":"Still <broken>"}"#)
    let entry = try #require(try thread().last)
    #expect(entry["incoming"] == true)
    #expect(entry["category"] == 1)
    #expect(entry["body_text"] == "Still <broken>")
    let ticket = try sandbox.json("GET", "/tickets/5")
    #expect(ticket["status"] == 2)
    #expect(ticket["updated_at"] == JSONValue(time: SandboxFixture.start + 30))
  }

  @Test func entriesHaveEveryKeyOfTheFormOf2024() throws {
    let keys: Set = [
      "body", "body_text", "id", "incoming", "private", "user_id", "support_email", "source",
      "category", "to_emails", "from_email", "cc_emails", "bcc_emails", "email_failure_count",
      "outgoing_failures", "thread_id", "thread_message_id", "created_at", "updated_at",
      "last_edited_at", "last_edited_user_id", "attachments", "automation_id",
      "automation_type_id", "auto_response", "ticket_id", "threading_type", "delivery_details",
      "source_additional_info",
    ]
    _ = try sandbox.json("POST", "/tickets/5/reply", #"{"body":"x"}"#, status: 201)
    for entry in try thread() { #expect(Set(entry.object?.keys ?? []) == keys) }
  }

  @Test func threadsArePagedInOrder() throws {
    for index in 1...8 {
      _ = try sandbox.json("POST", "/tickets/5/notes", #"{"body":"\#(index)"}"#, status: 201)
    }
    let all = try thread().compactMap { $0["id"]?.integer }
    #expect(all == all.sorted())
    var paged: [Int64] = []
    for page in 1...10 {
      let ids = try sandbox.json("GET", "/tickets/5/conversations?per_page=3&page=\(page)").ids
      paged += ids
      if ids.count < 3 { break }
    }
    #expect(paged == all)
  }

  @Test func structuredBodiesCount() throws {
    let reply = try sandbox.json(
      "POST", "/tickets/5/reply",
      #"{"structured_body":{"body_contents":[{"type":"text","data":{"content":"chat"}}]}}"#,
      status: 201)
    #expect(reply["body_text"] == "chat")
  }
}
