import ConsoleModel
import ConsoleUI
import Helpdesk

/// The tickets of the drawings: what a support agent sees on an ordinary afternoon.
enum SampleDesk {
  /// 14:09:02 UTC.
  static let now = Timestamp(parsing: "2026-11-21T14:09:02Z") ?? Timestamp(0)
  static let me = Agent(id: AgentID(1), name: "Robin Vale", email: "robin@acme.example")
  static let maria = Agent(id: AgentID(2), name: "Maria Keller", email: "maria@acme.example")
  static let tom = Agent(id: AgentID(3), name: "Tom Brandt", email: "tom@acme.example")
  static let marc = Agent(
    id: AgentID(4), name: "Marc Dubois", email: "marc@acme.example", isAvailable: false)
  static let network = Group(id: GroupID(10), name: "Network", agentIDs: [AgentID(2), AgentID(3)])
  static let mailTeam = Group(id: GroupID(11), name: "Mail-team", agentIDs: [AgentID(4)])

  static func moment(_ text: String) -> Timestamp { Timestamp(parsing: text) ?? now }

  /// Rows in the order of their service-level clocks.
  static var rows: [QueueRow] {
    func row(
      _ id: Int64, _ subject: String, _ requester: String, _ status: TicketStatus,
      _ priority: TicketPriority, minutes: Int64, _ agent: Agent?, new: Bool = false
    ) -> QueueRow {
      let due = now + minutes * 60
      return QueueRow(
        id: TicketID(id), subject: subject, requesterName: requester, status: status,
        statusLabel: status.defaultLabel, priority: priority, agentID: agent?.id,
        agentName: agent?.name, createdAt: now + -86_400, updatedAt: now + -420,
        clock: status == .pending
          ? .paused
          : .running(dueAt: due, startedAt: now + -36_000, isFirstResponse: false),
        hasNewCustomerWords: new, position: QueuePosition(key: due.seconds, id: TicketID(id)))
    }
    var vpn = row(
      48207, "VPN drops every 20 minutes since update", "K. Tanaka", .open, .high, minutes: 41,
      nil, new: true)
    vpn.companyName = "Heliotech"
    vpn.groupName = "Network"
    return [
      row(
        48213, "Cannot export invoices as PDF", "Ortiz, Lena", .open, .urgent, minutes: -12, me),
      vpn,
      row(
        48198, "Re: Order 77120 arrived damaged", "Bistro Nord GmbH", .open, .high, minutes: 115,
        maria),
      row(
        48190, "How do I change the billing contact?", "Ada Okafor", .open, .medium,
        minutes: 200, nil, new: true),
      row(48185, "Login loop after SSO change", "Ravi P.", .pending, .medium, minutes: 302, me),
      row(
        48177, "Feature request: bulk tag editor", "S. Lindqvist", .open, .low, minutes: 1560,
        tom),
      row(
        48171, "API returns 500 on /v2/export", "dev@heliotech.io", .open, .high, minutes: 1680,
        nil, new: true),
      row(
        48166, "Refund not received", "Jean-Luc Moreau", .waitingOnCustomer, .medium,
        minutes: 1920, me),
      row(
        48160, "[List] weekly status mail bounced", "mailer-daemon", .open, .low, minutes: 2940,
        nil),
      row(
        48152, "Translation error on checkout page", "森 由紀", .open, .medium, minutes: 3060,
        maria),
      row(
        48149, "Cannot add a second company address", "Fatima Zahra", .open, .medium,
        minutes: 3240, tom),
      row(
        48140, "License key shows as expired", "Oakfield School", .open, .high, minutes: 3300, nil),
      row(48133, "Question about SLA credits", "N. Petrov", .open, .low, minutes: 4320, me),
      row(
        48127, "Printer labels cut off on the right", "Depot 4", .pending, .low, minutes: 4440,
        nil),
      row(
        48119, "Password reset mail never arrives", "Grace Hall", .open, .medium, minutes: 4620, nil
      ),
      row(
        48111, "Wrong VAT on invoice 2026-0931", "Bistro Nord GmbH", .open, .medium,
        minutes: 4860, maria),
      row(
        48102, "Webhook signature mismatch", "dev@heliotech.io", .open, .medium, minutes: 5760,
        tom),
      row(48097, "Mobile app crashes on start", "P. Lund", .open, .high, minutes: 5880, nil),
    ]
  }

  static let views = [
    SavedView(name: "All", query: QueueQuery()),
    SavedView(name: "Mine", query: QueueQuery(agent: .mine)),
    SavedView(name: "Unassigned", query: QueueQuery(agent: .unassigned)),
    SavedView(name: "Overdue", query: QueueQuery(isOverdue: true)),
  ]

  static let contact = Contact(
    id: ContactID(7), name: "Kenji Tanaka", email: "kt@heliotech.io", phone: "+81 3 555 0113",
    language: "ja", timeZone: "Tokyo", companyID: CompanyID(70),
    createdAt: moment("2021-03-01T00:00:00Z"), updatedAt: now)
  static let company = Company(
    id: CompanyID(70), name: "Heliotech", domains: ["heliotech.io"],
    note: "always cc it-lead@heliotech.io", healthScore: "ok", accountTier: "Gold, 24x7",
    createdAt: now, updatedAt: now)

  /// The thread of the drawings: customer, automatic answer, private note, reply, new words.
  static var entries: [ThreadEntry] {
    let quoted = (1...14).map { "> earlier line \($0)" }.joined(separator: "\n")
    return [
      ThreadEntry(
        id: nil, kind: .customer, authorID: 7, authorName: "K. Tanaka",
        createdAt: moment("2026-11-20T16:40:00Z"),
        text: "Hi, since the 4.2 update the VPN drops every 20 minutes. Windows 11, both on "
          + "Wi-Fi and cable. Rebooting the router does not help."),
      ThreadEntry(
        id: ConversationID(101), kind: .reply, authorID: 9, authorName: "Acme Support",
        createdAt: moment("2026-11-20T16:40:30Z"),
        text: "This is an automatic confirmation. We have got your message."),
      ThreadEntry(
        id: ConversationID(102), kind: .privateNote, authorID: 2, authorName: "Maria Keller",
        createdAt: moment("2026-11-20T17:15:00Z"),
        text: "Looks like INC-2231. Ask for the client log before escalating."),
      ThreadEntry(
        id: ConversationID(103), kind: .reply, authorID: 2, authorName: "Maria Keller",
        createdAt: moment("2026-11-20T17:20:00Z"),
        text: "Could you send us the file %APPDATA%\\vpn\\client.log?\n\n"
          + "On 20 Nov 2026 at 09:12, K. Tanaka wrote:\n\(quoted)",
        toEmails: ["kt@heliotech.io"], ccEmails: ["it-lead@heliotech.io"]),
      ThreadEntry(
        id: ConversationID(104), kind: .customer, authorID: 7, authorName: "K. Tanaka",
        createdAt: moment("2026-11-21T14:02:00Z"),
        text: "It happens on both laptops, log attached.\n\n"
          + "On 20 Nov 2026 at 09:12, Maria Keller wrote:\n\(quoted)",
        attachments: [
          Attachment(
            id: 1, name: "client.log", size: 84_000, url: "https://files.example/client.log"),
          Attachment(id: 2, name: "screenshot.png", size: 212_000),
        ], isNew: true),
    ]
  }

  static func detail(of row: QueueRow) -> TicketDetail {
    let ticket = Ticket(
      id: row.id, subject: row.subject, status: row.status, priority: row.priority,
      type: "Incident", requesterID: contact.id, companyID: company.id, agentID: row.agentID,
      groupID: network.id, tags: ["vpn", "windows"], ccEmails: ["it-lead@heliotech.io"],
      createdAt: moment("2026-11-20T16:40:00Z"), updatedAt: row.updatedAt,
      firstResponseDueAt: now + 41 * 60, dueAt: now + 440 * 60)
    return TicketDetail(
      ticket: ticket, row: row, requester: contact, company: company,
      entries: row.id == TicketID(48207) ? entries : [entries[0]], isThreadCached: true,
      cachedAt: now + -12,
      recentTickets: [
        recent(48171, "API returns 500", .open), recent(47755, "Renew licences", .closed),
        recent(47102, "VPN for new hire", .closed),
      ], requesterTicketCount: 14, requesterOpenTicketCount: 2)
  }

  private static func recent(_ id: Int64, _ subject: String, _ status: TicketStatus)
    -> RecentTicket
  {
    RecentTicket(
      id: TicketID(id), subject: subject, status: status, statusLabel: status.defaultLabel,
      updatedAt: now)
  }

  static let canned = [
    CannedResponse(
      id: 1, title: "Ask for the log", folder: "Network",
      text: "Hello {{ticket.requester.firstname}},\nplease send us the log.", html: ""),
    CannedResponse(
      id: 2, title: "Refund", folder: "Billing",
      text: "Your refund {{refund.number}} is on its way.", html: ""),
  ]
}
