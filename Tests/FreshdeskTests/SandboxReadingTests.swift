import Freshdesk
import Helpdesk
import Synchronization
import Testing

/// Reads against the sandbox, which was written from the vendor's documentation by other hands.
@Suite struct SandboxReadingTests {
  @Test func theKeyTellsWhoItBelongsTo() async throws {
    let desk = try TestDesk()
    for role in ["admin", "agent"] {
      let expected = try #require(desk.server.agents.first { $0.role == role })
      let me = try await desk.service(role).me(lane: .interactive)
      #expect(me.id == AgentID(expected.id))
      #expect(me.name == expected.name)
      #expect(me.email?.contains("@") == true)
    }
  }

  @Test func anAdministratorReadsAgentsAndGroups() async throws {
    let desk = try TestDesk()
    let service = try desk.service()
    let agents = try await service.agents(page: 1, lane: .background)
    let groups = try await service.groups(page: 1, lane: .background)
    #expect(Set(agents.items.map(\.id.rawValue)).isSuperset(of: desk.server.agents.map(\.id)))
    #expect(agents.items.allSatisfy { !$0.name.isEmpty })
    #expect(groups.items.isEmpty == false)
    #expect(groups.items.allSatisfy { !$0.name.isEmpty })
    #expect(agents.next == nil)
    #expect(agents.serverTime != nil)
  }

  @Test func withoutRightsTheNamesComeFromTheTicketFields() async throws {
    let desk = try TestDesk()
    let plain = try desk.service("agent")
    let agents = await result { () async throws(HelpdeskError) in
      try await plain.agents(page: 1, lane: .background)
    }
    let groups = await result { () async throws(HelpdeskError) in
      try await plain.groups(page: 1, lane: .background)
    }
    for error in [agents.failure, groups.failure] {
      guard case .forbidden(let message) = error else {
        Issue.record("read as \(String(describing: error))")
        continue
      }
      #expect(!message.isEmpty)
    }
    let fields = try await plain.ticketFields(lane: .background)
    let known = try await desk.service().groups(page: 1, lane: .background).items
    let choices = fields.first { $0.type == "default_group" }?.choices ?? []
    for group in known {
      #expect(choices.contains { $0.value == "\(group.id)" && $0.label == group.name })
    }
    #expect(fields.first { $0.type == "default_agent" }?.choices.isEmpty == false)
    let states = fields.first { $0.name == "status" }?.choices ?? []
    #expect(states.contains(TicketField.Choice(value: "2", label: "Open")))
  }

  @Test func thePagesOfTheTicketListMakeAWhole() async throws {
    let desk = try TestDesk(tickets: 230)
    let tickets = try await desk.allTickets()
    let listed = Set(tickets.map(\.id))
    #expect(listed.count == tickets.count)
    // The list leaves out spam and what was deleted, and nothing else.
    for number in 1...230 where !listed.contains(TicketID(Int64(number))) {
      let hidden = try await desk.service().ticket(TicketID(Int64(number)), lane: .background)
      #expect(hidden.isSpam || hidden.isDeleted)
    }
    #expect(tickets.map(\.updatedAt) == tickets.map(\.updatedAt).sorted())
    #expect(tickets.allSatisfy { $0.description != nil && $0.moments != nil })
    #expect(tickets.allSatisfy { !$0.subject.isEmpty && $0.requesterID.rawValue > 0 })
    let since = tickets[150].updatedAt
    let later = try await desk.service().tickets(
      updatedSince: since, page: 1, lane: .background)
    #expect(later.items.map(\.id) == tickets.filter { $0.updatedAt >= since }.map(\.id))
  }

  @Test func oneTicketComesWithItsWordsAndItsRequester() async throws {
    let desk = try TestDesk()
    let listed = try #require(try await desk.allTickets().last)
    let service = try desk.service()
    let ticket = try await service.ticket(listed.id, lane: .interactive)
    #expect(ticket.subject == listed.subject)
    #expect(ticket.description == listed.description)
    #expect(ticket.requester?.id == listed.requesterID.rawValue)
    #expect(ticket.requester?.email?.contains("@") == true)
    let contact = try await service.contact(ticket.requesterID, lane: .interactive)
    #expect(contact.name == ticket.requester?.name)
    #expect(contact.email == ticket.requester?.email)
  }

  @Test func threadsAreAscendingAndKnowTheirSpeakers() async throws {
    let desk = try TestDesk()
    let service = try desk.service()
    var kinds: Set<ConversationKind> = []
    for ticket in try await desk.allTickets() {
      var thread: [Conversation] = []
      var next: Int? = 1
      while let page = next {
        let answer = try await service.conversations(
          of: ticket.id, page: page, lane: .interactive)
        thread += answer.items
        next = answer.next
      }
      #expect(thread.map(\.id) == thread.map(\.id).sorted())
      #expect(thread.allSatisfy { $0.ticketID == ticket.id && !$0.body.text.isEmpty })
      for entry in thread where entry.kind == .customer {
        #expect(entry.authorID == ticket.requesterID.rawValue)
      }
      kinds.formUnion(thread.map(\.kind))
    }
    #expect(kinds.isSuperset(of: [.customer, .reply, .privateNote]))
    #expect(!kinds.contains(.other))
  }

  @Test func theDirectoryAndTheExtrasAreRead() async throws {
    let desk = try TestDesk()
    let service = try desk.service()
    let companies = try await service.companies(updatedSince: nil, page: 1, lane: .background)
    let contacts = try await service.contacts(updatedSince: nil, page: 1, lane: .background)
    let canned = try await service.cannedResponses(lane: .background)
    let ratings = try await service.satisfactionRatings(
      createdSince: nil, page: 1, lane: .background)
    #expect(companies.items.isEmpty == false)
    #expect(contacts.items.isEmpty == false)
    #expect(Set(contacts.items.compactMap(\.companyID)).isSubset(of: companies.items.map(\.id)))
    #expect(canned.allSatisfy { !$0.title.isEmpty && !$0.folder.isEmpty && !$0.html.isEmpty })
    #expect(canned.isEmpty == false)
    #expect(ratings.items.allSatisfy { $0.score != 0 && $0.ticketID.rawValue > 0 })
    let none = try await service.contacts(
      updatedSince: Timestamp(4_000_000_000), page: 1, lane: .background)
    #expect(none.items == [])
  }

  @Test func theGateBehindPageThreeHundredIsARefusal() async throws {
    let desk = try TestDesk()
    let service = try desk.service()
    let last = FreshdeskService.capabilities.lastTicketPage
    let page = try await service.tickets(
      updatedSince: Timestamp(0), page: last, lane: .background)
    #expect(page.items == [])
    let error = await result { () async throws(HelpdeskError) in
      try await service.tickets(updatedSince: Timestamp(0), page: last + 1, lane: .background)
    }.failure
    #expect(error?.explanation.contains("300th page") == true)
  }

  @Test func wrongKeysAndMissingThingsAreTold() async throws {
    let desk = try TestDesk()
    let wrong = try desk.service(key: APIKey("wrong"))
    let login = await result { () async throws(HelpdeskError) in
      try await wrong.me(lane: .interactive)
    }
    #expect(login.failure == .notSignedIn)
    let service = try desk.service()
    let missing = await result { () async throws(HelpdeskError) in
      try await service.ticket(TicketID(999_999), lane: .interactive)
    }
    #expect(missing.failure == .notFound)
    desk.server.stop()
    let offline = await result { () async throws(HelpdeskError) in
      try await service.me(lane: .interactive)
    }
    guard case .offline = offline.failure else {
      Issue.record("read as \(offline)")
      return
    }
  }

  /// Keeps what the answers' headers said.
  private final class ReadingLog: RequestLimiting {
    let readings = Mutex<[RateReading]>([])

    func turn(_ family: RequestFamily, cost: Int, lane: RequestLane)
      async throws(HelpdeskError)
    {}
    func giveBack(_ family: RequestFamily, cost: Int) {}
    func secondsUntilTurn(_ family: RequestFamily, cost: Int, lane: RequestLane) -> Int { 0 }
    func observe(_ reading: RateReading) async { readings.withLock { $0.append(reading) } }
  }

  @Test func theHeadersTellBothLevelsAndTheCost() async throws {
    let desk = try TestDesk(plan: "growth")
    let log = ReadingLog()
    let service = try desk.service(limiter: log)
    _ = try await service.me(lane: .interactive)
    _ = try await service.tickets(updatedSince: Timestamp(0), page: 1, lane: .background)
    _ = try await service.contacts(updatedSince: nil, page: 1, lane: .background)
    _ = try await service.groups(page: 1, lane: .background)
    #expect(
      log.readings.withLock { $0 } == [
        RateReading(family: .account, limit: 200, remaining: 199),
        RateReading(family: .ticketReads, limit: 20, remaining: 15, used: 5),
        RateReading(family: .contactReads, limit: 20, remaining: 19),
        RateReading(family: .account, limit: 200, remaining: 192),
      ])
    var error: HelpdeskError?
    for _ in 0..<4 where error == nil {
      error = await result { () async throws(HelpdeskError) in
        try await service.tickets(updatedSince: Timestamp(0), page: 1, lane: .background)
      }.failure
    }
    guard case .rateLimited(let seconds) = error else {
      Issue.record("read as \(String(describing: error))")
      return
    }
    #expect((1...60).contains(seconds))
    #expect(log.readings.withLock { $0.last?.retryAfter } == seconds)
  }
}
