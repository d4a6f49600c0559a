import Helpdesk

/// A made-up help desk for measurements: every record follows from its number and a seed, so that
/// any part of it can be made without the rest.
struct BenchDesk: Sendable {
  static let accountName = "bench"

  let ticketCount: Int
  let conversationCount: Int
  let seed: UInt64
  let now: Timestamp

  init(tickets: Int, conversations: Int, seed: UInt64, now: Timestamp) {
    ticketCount = tickets
    conversationCount = conversations
    self.seed = seed
    self.now = now
  }

  var companyCount: Int { min(max(ticketCount / 100, 1), 5000) }
  var contactCount: Int { max(ticketCount / 5, 1) }

  // People

  let agents: [Agent] = [
    "You", "Maria Keller", "Tom Berg", "Marc Dubois", "Aiko Mori", "Lena Ortiz", "Ravi Patel",
    "Grace Hall", "Omar Haddad", "Nina Petrova", "Jonas Lind", "Ada Okafor",
  ].enumerated().map { index, name in
    Agent(
      id: AgentID(Int64(index) + 1), name: name,
      email: name.lowercased().replacing(" ", with: ".") + "@acme.example",
      groupIDs: [GroupID(Int64(index % 5) + 1)])
  }

  let groups = ["Team EU", "Team US", "Team APAC", "Billing", "Network"].enumerated().map {
    Group(id: GroupID(Int64($0.offset) + 1), name: $0.element)
  }

  let ticketFields = [
    TicketField(
      id: 1, name: "status", label: "Status", type: "default_status",
      choices: [
        (2, "Open"), (3, "Pending"), (4, "Resolved"), (5, "Closed"), (6, "Waiting on Customer"),
        (7, "Waiting on Third Party"),
      ].map { .init(value: String($0.0), label: $0.1) }),
    TicketField(
      id: 2, name: "ticket_type", label: "Type", type: "default_ticket_type",
      choices: BenchWords.types.map { .init(value: $0, label: $0) }),
  ]

  let cannedResponses = [
    CannedResponse(
      id: 1, title: "Greeting", folder: "General", text: "Hello, thank you for writing to us.",
      html: "<p>Hello, thank you for writing to us.</p>"),
    CannedResponse(
      id: 2, title: "Ask for a log", folder: "Network", text: "Could you send us the log file?",
      html: "<p>Could you send us the log file?</p>"),
  ]

  func company(_ number: Int) -> Company {
    var dice = Dice(seed, .company, number)
    let name = dice.pick(BenchWords.companyNames) + " " + dice.pick(BenchWords.companyForms)
    return Company(
      id: CompanyID(Int64(number)), name: "\(name) \(number)",
      domains: ["company\(number).example"], accountTier: dice.pick(["Gold", "Basic", "Silver"]),
      createdAt: now + -90_000_000, updatedAt: now + -1_000_000)
  }

  func contact(_ number: Int) -> Contact {
    var dice = Dice(seed, .contact, number)
    let name = dice.pick(BenchWords.givenNames) + " " + dice.pick(BenchWords.familyNames)
    return Contact(
      id: ContactID(Int64(number)), name: name, email: "person\(number)@company.example",
      companyID: CompanyID(Int64(dice.below(companyCount)) + 1), createdAt: now + -80_000_000,
      updatedAt: now + -1_000_000)
  }

  // Tickets

  func thread(_ number: Int) -> (ticket: Ticket, conversations: [Conversation]) {
    var dice = Dice(seed, .ticket, number)
    let contact = contact(dice.below(contactCount) + 1)
    // Numbers rise with time, over two years.
    let age = Int64(63_000_000) * Int64(ticketCount - number) / Int64(max(ticketCount, 1))
    let created = now + -(age + Int64(dice.below(3600)) + 60)
    let isYoung = age < 8_000_000
    let statuses: [TicketStatus] =
      isYoung
      ? [.open, .open, .open, .open, .pending, .waitingOnCustomer, .resolved, .closed]
      : [.open, .pending, .resolved, .resolved, .closed, .closed, .closed, .closed]
    let status = dice.pick(statuses)
    let agent = dice.below(5) == 0 ? nil : dice.pick(agents).id
    let messages = messages(number, contact, agent, created, &dice)
    let last = messages.last?.createdAt ?? created
    let due = Int64(dice.below(900_000)) - 150_000
    var moments = TicketMoments()
    for message in messages {
      switch message.kind {
      case .customer: moments.requesterRespondedAt = message.createdAt
      case .reply:
        moments.agentRespondedAt = message.createdAt
        moments.firstRespondedAt = moments.firstRespondedAt ?? message.createdAt
      default: break
      }
    }
    if status.isDone { moments.resolvedAt = last }
    let ticket = Ticket(
      id: TicketID(Int64(number)), subject: dice.subject(), status: status,
      priority: dice.pick([.low, .medium, .medium, .high, .urgent]),
      type: dice.pick(BenchWords.types), requesterID: contact.id, companyID: contact.companyID,
      agentID: agent, groupID: dice.below(4) == 0 ? nil : dice.pick(groups).id,
      tags: dice.below(3) == 0 ? [dice.pick(BenchWords.tags), dice.pick(BenchWords.tags)] : [],
      createdAt: created, updatedAt: last, firstResponseDueAt: status.isDone ? created : now + due,
      dueAt: now + (due + 100_000), moments: moments,
      description: MessageBody(html: "", text: dice.paragraphs(1)))
    return (ticket, messages)
  }

  private func messages(
    _ number: Int, _ contact: Contact, _ agent: AgentID?, _ created: Timestamp, _ dice: inout Dice
  ) -> [Conversation] {
    var moment = created
    return (0..<conversationCount).map { place in
      moment = min(moment + Int64(dice.below(40_000) + 60), max(now, created + 1))
      let kind: ConversationKind =
        place % 2 == 0 ? .reply : dice.below(4) == 0 ? .privateNote : .customer
      let isAgent = kind != .customer
      return Conversation(
        id: ConversationID(Int64(number) * 100 + Int64(place)),
        ticketID: TicketID(Int64(number)), kind: kind,
        authorID: isAgent ? (agent ?? agents[1].id).rawValue : contact.id.rawValue,
        body: MessageBody(html: "", text: dice.paragraphs(dice.below(6) == 0 ? 2 : 1)),
        toEmails: isAgent ? [contact.email ?? ""] : ["support@acme.example"], createdAt: moment,
        updatedAt: moment)
    }
  }
}
