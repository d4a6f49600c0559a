import HTTPClient
import Helpdesk
import Synchronization
import Testing

@testable import Freshdesk

/// What leaves for the helpdesk, byte by byte, and what it costs.
@Suite struct RequestTests {
  private func body(_ request: HTTPRequest?) -> String? {
    guard case .bytes(let bytes) = request?.body else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyCallIsSignedAndAsksForJSON() async throws {
    let transport = ScriptedTransport(200, "{\"id\":1}")
    _ = try await transport.service().me(lane: .interactive)
    let request = try #require(transport.requests.first)
    #expect(request.method == .get)
    #expect(request.url == "https://acme.freshdesk.com/api/v2/agents/me")
    // "k3y-of-an-agent:X" in base64.
    #expect(request.headers["Authorization"] == "Basic azN5LW9mLWFuLWFnZW50Olg=")
    #expect(request.headers["Accept"] == "application/json")
    #expect(request.headers["Content-Type"] == nil)
    #expect(request.body == .none)
  }

  @Test func listsAskForWholePagesInASafeOrder() async throws {
    let transport = ScriptedTransport(200, "[]")
    let service = transport.service()
    _ = try await service.tickets(updatedSince: Timestamp(0), page: 3, lane: .background)
    _ = try await service.contacts(updatedSince: nil, page: 1, lane: .background)
    _ = try await service.companies(updatedSince: Timestamp(60), page: 1, lane: .background)
    _ = try await service.conversations(of: TicketID(7), page: 2, lane: .interactive)
    _ = try await service.satisfactionRatings(createdSince: nil, page: 1, lane: .background)
    #expect(
      transport.requests.map { $0.url.replacing("https://acme.freshdesk.com/api/v2", with: "") }
        == [
          "/tickets?updated_since=1970-01-01T00%3A00%3A00Z&order_by=updated_at&order_type=asc"
            + "&page=3&per_page=100",
          "/contacts?page=1&per_page=100",
          "/companies?updated_since=1970-01-01T00%3A01%3A00Z&page=1&per_page=100",
          "/tickets/7/conversations?page=2&per_page=100",
          "/surveys/satisfaction_ratings?page=1&per_page=100",
        ])
  }

  @Test func aChangeSendsOnlyWhatIsSetAndNullToClear() async throws {
    let transport = ScriptedTransport(200, "{\"id\":7}")
    let service = transport.service()
    _ = try await service.update(
      TicketID(7),
      with: TicketChange(
        status: .pending, priority: .urgent, type: .some("Bug \"x\""),
        agentID: .some(AgentID(5)), groupID: .some(nil), tags: ["a", "b"]), lane: .interactive)
    _ = try await service.update(
      TicketID(7), with: TicketChange(type: .some(nil), agentID: .some(nil)), lane: .bulk)
    let requests = transport.requests
    #expect(requests.map(\.method) == [.put, .put])
    #expect(requests[0].url == "https://acme.freshdesk.com/api/v2/tickets/7")
    #expect(requests[0].headers["Content-Type"] == "application/json")
    #expect(
      body(requests[0])
        == #"{"status":3,"priority":4,"type":"Bug \"x\"","responder_id":5,"group_id":null,"#
        + #""tags":["a","b"]}"#)
    #expect(body(requests[1]) == #"{"type":null,"responder_id":null}"#)
  }

  @Test func aReplyCarriesItsWordsAndCopiesAndNothingElse() async throws {
    let transport = ScriptedTransport(
      201, #"{"id":9,"created_at":"2021-08-11T13:35:20Z","body":"<div>x</div>"}"#)
    let service = transport.service()
    let posted = try await service.send(
      OutgoingReply(
        ticketID: TicketID(7), html: "<p>Hi</p>", ccEmails: ["a@b.example"],
        bccEmails: ["c@d.example"]), lane: .interactive)
    _ = try await service.send(
      OutgoingReply(ticketID: TicketID(7), html: "x"), lane: .interactive)
    #expect(
      posted
        == PostedConversation(id: ConversationID(9), createdAt: Timestamp(1_628_688_920)))
    let requests = transport.requests
    #expect(requests[0].method == .post)
    #expect(requests[0].url == "https://acme.freshdesk.com/api/v2/tickets/7/reply")
    #expect(
      body(requests[0])
        == #"{"body":"<p>Hi</p>","cc_emails":["a@b.example"],"bcc_emails":["c@d.example"]}"#)
    #expect(body(requests[1]) == #"{"body":"x"}"#)
    #expect(requests[0].totalDeadline >= .seconds(60))
  }

  @Test func aPrivateNoteAlwaysSaysThatItIsPrivate() async throws {
    let transport = ScriptedTransport(201, "{\"id\":9}")
    let service = transport.service()
    _ = try await service.post(
      OutgoingPrivateNote(ticketID: TicketID(7), html: "x"), lane: .interactive)
    _ = try await service.post(
      OutgoingPrivateNote(
        ticketID: TicketID(7), html: "x",
        attachments: [Upload(name: "a", bytes: [1])]), lane: .interactive)
    #expect(
      transport.requests.map(\.url)
        == Array(repeating: "https://acme.freshdesk.com/api/v2/tickets/7/notes", count: 2))
    #expect(body(transport.requests[0]) == #"{"body":"x","private":true}"#)
    #expect(
      transport.requests[1].body
        == .multipart([
          MultipartPart(name: "body", content: .text("x")),
          MultipartPart(name: "private", content: .text("true")),
          MultipartPart(
            name: "attachments[]", content: .file(name: "a", bytes: [1])),
        ]))
    #expect(transport.requests[1].headers["Content-Type"] == nil)
  }

  @Test func attachmentsBeyondTheVendorsLimitAreNotSent() async {
    let transport = ScriptedTransport(201, "{\"id\":9}")
    let half = Upload(name: "a", bytes: [UInt8](repeating: 7, count: 11 << 20))
    let error = await result { () async throws(HelpdeskError) in
      try await transport.service().send(
        OutgoingReply(ticketID: TicketID(7), html: "x", attachments: [half, half]),
        lane: .interactive)
    }.failure
    #expect(error?.writeOutcome == .notApplied)
    #expect(transport.requests == [])
  }

  @Test func cannedResponsesAreReadFolderByFolder() async throws {
    let transport = ScriptedTransport(
      [
        #"[{"id":1,"name":"General"},{"id":2,"name":"Sales"}]"#,
        #"[{"id":10,"title":"Hello","content":"Hi","content_html":"<p>Hi</p>"}]"#,
        #"[{"id":20,"title":"Offer","content":"Buy"}]"#,
      ].map { .success(HTTPResponse(status: 200, body: Array($0.utf8))) })
    let responses = try await transport.service().cannedResponses(lane: .background)
    #expect(
      responses == [
        CannedResponse(id: 10, title: "Hello", folder: "General", text: "Hi", html: "<p>Hi</p>"),
        CannedResponse(id: 20, title: "Offer", folder: "Sales", text: "Buy", html: "Buy"),
      ])
    #expect(
      transport.requests.last?.url
        == "https://acme.freshdesk.com/api/v2/canned_response_folders/2/responses")
  }

  /// Keeps what was asked of it.
  private final class RecordingLimiter: RequestLimiting {
    let turns = Mutex<[String]>([])
    let readings = Mutex<[RateReading]>([])

    func turn(_ family: RequestFamily, cost: Int, lane: RequestLane)
      async throws(HelpdeskError)
    {
      turns.withLock { $0.append("\(family.rawValue) \(cost) \(lane)") }
    }
    func giveBack(_ family: RequestFamily, cost: Int) {
      turns.withLock { $0.append("\(family.rawValue) given back") }
    }
    func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int { 3 }
    func observe(_ reading: RateReading) async { readings.withLock { $0.append(reading) } }
  }

  @Test func everyCallTakesItsTurnInItsFamilyAtItsPrice() async throws {
    let limiter = RecordingLimiter()
    let list = ScriptedTransport(
      200, "[]",
      headers: ["X-Ratelimit-Total": "40", "x-ratelimit-remaining": "39.0"]
    ).service(limiter: limiter, listIncludes: [.description, .stats])
    let one = ScriptedTransport(200, "{\"id\":1}").service(limiter: limiter)
    _ = try await list.tickets(updatedSince: Timestamp(0), page: 1, lane: .background)
    _ = try await list.conversations(of: TicketID(1), page: 1, lane: .interactive)
    _ = try await list.contacts(updatedSince: nil, page: 1, lane: .background)
    _ = try await one.ticket(TicketID(1), lane: .interactive)
    _ = try await one.update(TicketID(1), with: TicketChange(status: .open), lane: .bulk)
    _ = try await one.send(OutgoingReply(ticketID: TicketID(1), html: "x"), lane: .interactive)
    #expect(
      limiter.turns.withLock { $0 } == [
        "ticket reads 5 background", "ticket reads 1 interactive", "contact reads 1 background",
        "ticket reads 3 interactive", "ticket updates 1 bulk", "account 1 interactive",
      ])
    #expect(
      limiter.readings.withLock { $0 } == [
        RateReading(family: .ticketReads, limit: 40, remaining: 39),
        RateReading(family: .ticketReads, limit: 40, remaining: 39),
        RateReading(family: .contactReads, limit: 40, remaining: 39),
      ])
  }

  @Test func aPermitIsTakenBeforehandAndGivenBackWhenItGoesUnused() async throws {
    let limiter = RecordingLimiter()
    let transport = ScriptedTransport(201, "{\"id\":9}")
    let service = transport.service(limiter: limiter)
    do {
      let permit = try await service.permit(for: .update, lane: .bulk)
      _ = permit
    }
    #expect(transport.requests == [])
    let permit = try await service.permit(for: .reply, lane: .interactive)
    _ = try await service.send(OutgoingReply(ticketID: TicketID(1), html: "x"), permit: permit)
    #expect(
      limiter.turns.withLock { $0 }
        == ["ticket updates 1 bulk", "ticket updates given back", "account 1 interactive"])
    #expect(service.secondsUntilPermit(for: .reply, lane: .interactive) == 3)
  }

  @Test func aRefusalForLimitsIsReportedEvenWithoutNumbers() async {
    let limiter = RecordingLimiter()
    let service = ScriptedTransport(429, "", headers: ["Retry-After": "12"])
      .service(limiter: limiter)
    _ = await result { () async throws(HelpdeskError) in
      try await service.me(lane: .interactive)
    }
    #expect(
      limiter.readings.withLock { $0 }
        == [RateReading(family: .account, limit: 0, remaining: 0, retryAfter: 12)])
  }
}
