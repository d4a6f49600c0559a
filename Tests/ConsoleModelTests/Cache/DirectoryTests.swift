import ConsoleModel
import Helpdesk
import Testing

@Suite struct DirectoryTests {
  private let now = Timestamp(CacheFixture.noon)

  private func contact(_ id: Int64, _ name: String, company: Int64? = nil) -> Contact {
    Contact(
      id: ContactID(id), name: name, email: "c\(id)@x.example", otherEmails: ["o@x.example"],
      companyID: company.map(CompanyID.init), tags: ["vip", "eu"], createdAt: now, updatedAt: now)
  }

  @Test func recordsComeBackAsTheyWent() async throws {
    let fixture = try CacheFixture()
    let contact = contact(5, "Lena Ortiz", company: 4)
    let company = Company(
      id: CompanyID(4), name: "Heliotech", domains: ["h.example", "i.example"], note: "n",
      accountTier: "Gold", renewalDate: now, createdAt: now, updatedAt: now)
    let ticket = Ticket(
      id: TicketID(1), subject: "s\u{0}ubject", status: TicketStatus(rawValue: 12),
      priority: .urgent, source: .phone, type: "Incident", requesterID: ContactID(5),
      companyID: CompanyID(4), agentID: AgentID(7), groupID: GroupID(2), tags: ["a b", "ü"],
      ccEmails: ["x@y.example"], createdAt: now, updatedAt: now + 5, firstResponseDueAt: now + 9,
      dueAt: now + 99, isFirstResponseOverdue: true, isOverdue: true,
      customFields: [
        "cf_text": .text("x"), "cf_number": .number(1.5), "cf_flag": .flag(false),
        "cf_list": .list(["a", "b"]),
      ],
      moments: TicketMoments(requesterRespondedAt: now, pendingSince: now + 1),
      requester: PersonSummary(id: 5, name: "Lena Ortiz", email: "c5@x.example"))
    try await fixture.store.save(contacts: [contact])
    try await fixture.store.save(companies: [company])
    try await fixture.store.save(tickets: [ticket])
    let reader = try fixture.reader()
    #expect(try reader.contact(ContactID(5)) == contact)
    #expect(try reader.contact(email: "C5@x.example") == contact)
    #expect(try reader.company(CompanyID(4)) == company)
    #expect(try reader.ticket(TicketID(1)) == ticket)
  }

  @Test func namesThatArriveOrChangeLaterReachTheQueueAndItsFilter() async throws {
    let fixture = try CacheFixture()
    var ticket = Ticket.sample(1, requester: 5)
    ticket.companyID = CompanyID(4)
    try await fixture.store.save(tickets: [ticket])
    let reader = try fixture.reader()
    #expect(try reader.row(TicketID(1))?.requesterName == "")
    try await fixture.store.save(contacts: [contact(5, "Lena")])
    try await fixture.store.save(companies: [
      Company(id: CompanyID(4), name: "Heliotech", createdAt: now, updatedAt: now)
    ])
    #expect(try reader.row(TicketID(1))?.requesterName == "Lena")
    #expect(try reader.rows(QueueQuery(text: "len helio"), limit: 5).count == 1)
    try await fixture.store.save(contacts: [contact(5, "Maria")])
    #expect(try reader.rows(QueueQuery(text: "lena"), limit: 5).isEmpty)
    #expect(try reader.rows(QueueQuery(text: "maria"), limit: 5).count == 1)
  }

  @Test func loadsCountWhatIsNotDone() async throws {
    let fixture = try CacheFixture()
    try await fixture.store.replace(agents: [
      Agent(id: AgentID(7), name: "You"), Agent(id: AgentID(8), name: "Maria"),
    ])
    try await fixture.store.save(tickets: [
      .sample(1, agent: 7), .sample(2, status: .pending, agent: 7),
      .sample(3, status: .closed, agent: 7), .sample(4),
    ])
    let reader = try fixture.reader()
    #expect(
      try reader.agentLoads() == [
        Workload(entity: Agent(id: AgentID(8), name: "Maria"), openTickets: 0),
        Workload(entity: Agent(id: AgentID(7), name: "You"), openTickets: 2),
      ])
    #expect(try reader.ticketCount() == 4)
  }

  @Test func tagsInUseAreOfferedMostUsedFirst() async throws {
    let fixture = try CacheFixture()
    var tickets = (Int64(1)...4).map { Ticket.sample($0) }
    tickets[0].tags = ["VPN", "vip"]
    tickets[1].tags = ["vip"]
    tickets[2].tags = ["vip", "billing"]
    try await fixture.store.save(tickets: tickets)
    let reader = try fixture.reader()
    #expect(try reader.tags(beginning: "v", limit: 9) == ["vip", "VPN"])
    #expect(try reader.tags(beginning: "", limit: 1) == ["vip"])
    tickets[0].tags = []
    try await fixture.store.save(tickets: tickets)
    #expect(try reader.tags(beginning: "v", limit: 9) == ["vip"])
  }

  @Test func labelsAndViewsFollowTheAccountsOwnStatuses() async throws {
    let fixture = try CacheFixture()
    try await fixture.store.replace(ticketFields: [
      TicketField(
        id: 1, name: "status", label: "Status", type: "default_status",
        choices: [
          .init(value: "2", label: "To do"), .init(value: "5", label: "Done"),
          .init(value: "9", label: "Escalated"),
        ])
    ])
    try await fixture.store.save(tickets: [.sample(1, status: TicketStatus(rawValue: 9))])
    let reader = try fixture.reader()
    let directory = try reader.directory()
    #expect(directory.label(TicketStatus(rawValue: 9)) == "Escalated")
    let open = try #require(directory.standardViews.first { $0.name == "All open" })
    #expect(try reader.rows(open.query, limit: 5).map(\.statusLabel) == ["Escalated"])
    #expect(try reader.count(open.query) == ViewCount(value: 1))
  }

  @Test func sideInformationOfATicket() async throws {
    let fixture = try CacheFixture()
    try await fixture.store.save(contacts: [contact(5, "Lena", company: 4)])
    try await fixture.store.save(companies: [
      Company(id: CompanyID(4), name: "Heliotech", createdAt: now, updatedAt: now)
    ])
    try await fixture.store.save(tickets: [
      .sample(1, subject: "this", requester: 5),
      .sample(2, subject: "older", status: .closed, updatedAt: now.seconds - 99, requester: 5),
      .sample(3, subject: "newer", requester: 5), .sample(4, requester: 6),
    ])
    let detail = try #require(try fixture.reader().detail(TicketID(1)))
    #expect(detail.requester?.name == "Lena")
    #expect(detail.company?.name == "Heliotech")
    #expect(detail.recentTickets.map(\.subject) == ["newer", "older"])
    #expect(detail.requesterTicketCount == 3)
    #expect(detail.requesterOpenTicketCount == 2)
    #expect(!detail.isThreadCached)
  }

  @Test func aGiantThreadIsReadInPages() async throws {
    let fixture = try CacheFixture()
    try await fixture.store.saveThread(
      of: .sample(1),
      conversations: (Int64(1)...600).map {
        .sample($0, on: 1, text: "m\($0)", at: now.seconds + $0 / 300)
      })
    let reader = try fixture.reader()
    let detail = try #require(try reader.detail(TicketID(1)))
    #expect(detail.entryCount == 601)
    #expect(detail.entries.map { $0.id?.rawValue } == [nil] + (402...600).map { $0 })
    let page = try reader.entries(of: TicketID(1), offset: 300, limit: 3)
    #expect(page.map { $0.id?.rawValue } == [300, 301, 302])
    #expect(try reader.lastConversation(of: TicketID(1)) == ConversationID(600))
  }
}
