import ConsoleTestSupport
import Helpdesk
import Testing

@testable import Freshdesk

/// Writes against the sandbox; its record of mails is the truth.
@Suite struct SandboxWritingTests {
  private func reply(
    _ service: FreshdeskService, _ ticket: TicketID, _ text: String = "<p>Thanks, A &amp; B</p>"
  ) async -> Result<PostedConversation, HelpdeskError> {
    await result { () async throws(HelpdeskError) in
      try await service.send(
        OutgoingReply(ticketID: ticket, html: text, ccEmails: ["boss@acme.example"]),
        lane: .interactive)
    }
  }

  @Test func aReplyReachesTheCustomerOnce() async throws {
    let desk = try TestDesk()
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service()
    let posted = try await reply(service, ticket.id).get()
    let mails = try await desk.deliveries()
    #expect(mails.count == 1)
    #expect(mails.first?["kind"]?.string == "reply")
    #expect(mails.first?["ticket_id"]?.integer == ticket.id.rawValue)
    #expect(mails.first?["conversation_id"]?.integer == posted.id.rawValue)
    #expect(mails.first?["cc"]?.strings == ["boss@acme.example"])
    #expect(mails.first?["body"]?.string?.contains("A &amp; B") == true)
    let entry = try await last(service, ticket.id)
    #expect(entry?.id == posted.id)
    #expect(entry?.createdAt == posted.createdAt)
    #expect(entry?.kind == .reply)
    #expect(entry?.body.text.contains("Thanks, A & B") == true)
  }

  @Test func aPrivateNoteReachesNobodyOutside() async throws {
    let desk = try TestDesk()
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service()
    let posted = try await service.post(
      OutgoingPrivateNote(ticketID: ticket.id, html: "<p>inside</p>"), lane: .interactive)
    #expect(try await desk.deliveries().isEmpty)
    let entry = try await last(service, ticket.id)
    #expect(entry?.id == posted.id)
    #expect(entry?.kind == .privateNote)
  }

  @Test func filesTravelWithRepliesAndNotes() async throws {
    let desk = try TestDesk()
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service()
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let file = Upload(name: "Übersicht 表.bin", bytes: bytes)
    _ = try await service.send(
      OutgoingReply(ticketID: ticket.id, html: "see file", attachments: [file]),
      lane: .interactive)
    let sent = try await last(service, ticket.id)
    #expect(sent?.kind == .reply)
    #expect(sent?.attachments.map(\.name) == ["Übersicht 表.bin"])
    #expect(sent?.attachments.map(\.size) == [300_000])
    _ = try await service.post(
      OutgoingPrivateNote(ticketID: ticket.id, html: "see file", attachments: [file]),
      lane: .interactive)
    let note = try await last(service, ticket.id)
    #expect(note?.kind == .privateNote)
    #expect(note?.attachments.map(\.size) == [300_000])
    #expect(try await desk.deliveries().count == 1)
  }

  @Test func aChangeIsShownAndCanBeCleared() async throws {
    let desk = try TestDesk()
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service()
    let group = try #require(
      try await service.groups(page: 1, lane: .background).items.first)
    let agent = try #require(desk.server.agents.first)
    let change = TicketChange(
      status: .pending, priority: .urgent, type: .some("Question"),
      agentID: .some(AgentID(agent.id)), groupID: .some(group.id), tags: ["a b", "ü"])
    let answer = try await service.update(ticket.id, with: change, lane: .bulk)
    #expect(change.isShown(by: answer))
    #expect(change.isShown(by: try await service.ticket(ticket.id, lane: .interactive)))
    let clearing = TicketChange(
      type: .some(nil), agentID: .some(nil), groupID: .some(nil), tags: [])
    _ = try await service.update(ticket.id, with: clearing, lane: .bulk)
    let cleared = try await service.ticket(ticket.id, lane: .interactive)
    #expect(clearing.isShown(by: cleared))
    #expect(cleared.status == .pending)
  }

  @Test func anInvalidChangeNamesTheField() async throws {
    let desk = try TestDesk()
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service()
    let error = await result { () async throws(HelpdeskError) in
      try await service.update(
        ticket.id, with: TicketChange(status: TicketStatus(rawValue: 99)), lane: .interactive)
    }.failure
    guard case .refused(400, _, let fields) = error else {
      Issue.record("read as \(String(describing: error))")
      return
    }
    #expect(fields.map(\.field) == ["status"])
    #expect(fields.first?.message.isEmpty == false)
  }

  @Test func aMissingTicketTakesNoReply() async throws {
    let desk = try TestDesk()
    #expect(await reply(try desk.service(), TicketID(999_999)).failure == .notFound)
    #expect(try await desk.deliveries().isEmpty)
  }

  @Test(arguments: [
    ("\"action\":\"drop_before\"", 0), ("\"action\":\"drop_after\"", 1),
    ("\"action\":\"truncate\"", 1), ("\"action\":\"garbage\"", 1), ("\"action\":\"hang\"", 0),
    ("\"action\":\"drip\",\"bytes_per_second\":10", 1),
    ("\"action\":\"status\",\"code\":500", 0), ("\"action\":\"status\",\"code\":503", 0),
    ("\"action\":\"status\",\"code\":502,\"apply\":\"before\"", 1),
    ("\"action\":\"delay\",\"seconds\":20", 1),
  ])
  func aReplyWithoutAClearAnswerIsInDoubtAndLeavesOnce(fault: String, mails: Int) async throws {
    let desk = try TestDesk(tickets: 3)
    let ticket = try #require(try await desk.allTickets().first)
    let service = try desk.service(deadline: .seconds(3))
    _ = try await service.me(lane: .interactive)
    try await desk.fault(fault)
    #expect(await reply(service, ticket.id).failure?.writeOutcome == .unknown)
    #expect(try await desk.deliveries().count == mails)
    let sent = try await desk.control(.get, "/requests").elements.filter {
      $0["method"]?.string == "POST"
    }
    #expect(sent.count == 1)
  }

  @Test(arguments: [400, 401, 403, 404, 405, 409, 415, 422, 429])
  func aClearRefusalIsNotInDoubt(status: Int) async throws {
    let desk = try TestDesk(tickets: 3)
    let ticket = try #require(try await desk.allTickets().first)
    try await desk.fault("\"action\":\"status\",\"code\":\(status),\"retry_after\":7")
    let error = await reply(try desk.service(), ticket.id).failure
    if status == 429 {
      #expect(error == .rateLimited(retryAfter: 7))
    } else {
      #expect(error?.writeOutcome == .notApplied)
    }
    #expect(try await desk.deliveries().isEmpty)
  }

  private func last(
    _ service: FreshdeskService, _ ticket: TicketID
  ) async throws -> Conversation? {
    var entries: [Conversation] = []
    var next: Int? = 1
    while let page = next {
      let answer = try await service.conversations(of: ticket, page: page, lane: .interactive)
      entries += answer.items
      next = answer.next
    }
    return entries.last
  }
}
