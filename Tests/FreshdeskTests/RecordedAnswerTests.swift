import Helpdesk
import Testing

@testable import Freshdesk

private let import2021 = "zammad__zammad/extracted_bodies/"
private let samples = "sjkingo__python-freshdesk/freshdesk/v2/tests/sample_json_data/"
private let others = "sandwave-io__freshdesk-php/tests/data/"

/// The files of tickets, a list and single ones.
private let ticketFiles =
  Recordings.names(import2021).filter {
    $0.hasPrefix("tickets_") && !$0.hasSuffix("_conversations.json")
  }.map { import2021 + $0 } + [others + "get_ticket.json"]

private let threadFiles =
  Recordings.names(import2021).filter { $0.hasSuffix("_conversations.json") }
  .map { import2021 + $0 } + [samples + "conversations.json"]

/// Answers recorded from the vendor's service and samples of other programs: what the model has a
/// place for arrives there unchanged.
@Suite(
  .enabled(
    if: Recordings.arePresent,
    "the recorded answers are not beside the project (../shared/fixtures)"))
struct RecordedAnswerTests {
  /// Compares each object of a file with what our model makes of it.
  private func compare(
    _ path: String, rebuild: (JSONValue) -> [String: Recorded]?
  ) throws {
    let bytes = try Recordings.bytes(path)
    let root = try JSONDocument(parsing: bytes).root
    let payloads = root.kind == .array ? root.elements : [root]
    let recorded = try Recorded.objects(bytes)
    #expect(payloads.count == recorded.count, "\(path)")
    for (payload, object) in zip(payloads, recorded) {
      let rebuilt = try #require(rebuild(payload), "\(path) has an object that is not read")
      for (key, value) in rebuilt where !(object[key] ?? .null).isKept(by: value) {
        Issue.record("\(path): \(key) was \(object[key] ?? .null), is \(value)")
      }
    }
  }

  @Test(arguments: ticketFiles) func tickets(path: String) throws {
    try compare(path) { payload in
      guard let ticket = Ticket(payload: payload) else { return nil }
      return [
        "id": .id(ticket.id.rawValue), "subject": .text(ticket.subject),
        "status": .number(Double(ticket.status.rawValue)),
        "priority": .number(Double(ticket.priority.rawValue)),
        "source": .number(Double(ticket.source.rawValue)), "type": .text(ticket.type),
        "requester_id": .id(ticket.requesterID.rawValue),
        "company_id": ticket.companyID.map { .id($0.rawValue) } ?? .null,
        "responder_id": ticket.agentID.map { .id($0.rawValue) } ?? .null,
        "group_id": ticket.groupID.map { .id($0.rawValue) } ?? .null,
        "tags": .texts(ticket.tags), "cc_emails": .texts(ticket.ccEmails),
        "created_at": .time(ticket.createdAt), "updated_at": .time(ticket.updatedAt),
        "fr_due_by": .time(ticket.firstResponseDueAt), "due_by": .time(ticket.dueAt),
        "fr_escalated": .flag(ticket.isFirstResponseOverdue),
        "is_escalated": .flag(ticket.isOverdue), "spam": .flag(ticket.isSpam),
        "description": .text(ticket.description?.html),
        "description_text": .text(ticket.description?.text),
        "attachments": .attachments(ticket.attachments),
        "custom_fields": .object(
          ticket.customFields.mapValues { value in
            switch value {
            case .text(let text): .text(text)
            case .number(let number): .number(number)
            case .flag(let flag): .flag(flag)
            case .list(let texts): .texts(texts)
            }
          }),
      ]
    }
  }

  @Test(arguments: threadFiles) func conversations(path: String) throws {
    try compare(path) { payload in
      guard let entry = Conversation(payload: payload, of: TicketID(0)) else { return nil }
      return [
        "id": .id(entry.id.rawValue), "ticket_id": .id(entry.ticketID.rawValue),
        "private": .flag(entry.kind.isPrivate), "user_id": .id(entry.authorID),
        "body": .text(entry.body.html), "body_text": .text(entry.body.text),
        "from_email": .text(entry.fromEmail), "to_emails": .texts(entry.toEmails),
        "cc_emails": .texts(entry.ccEmails), "bcc_emails": .texts(entry.bccEmails),
        "created_at": .time(entry.createdAt), "updated_at": .time(entry.updatedAt),
        "attachments": .attachments(entry.attachments),
      ]
    }
  }

  @Test(arguments: [
    import2021 + "contacts.json", import2021 + "contacts_state_blocked.json",
    others + "get_contact.json",
  ])
  func contacts(path: String) throws {
    try compare(path) { payload in
      guard let contact = Contact(payload: payload) else { return nil }
      return [
        "id": .id(contact.id.rawValue), "name": .text(contact.name),
        "email": .text(contact.email), "phone": .text(contact.phone),
        "mobile": .text(contact.mobile), "job_title": .text(contact.jobTitle),
        "language": .text(contact.language), "time_zone": .text(contact.timeZone),
        "description": .text(contact.notes),
        "company_id": contact.companyID.map { .id($0.rawValue) } ?? .null,
        "created_at": .time(contact.createdAt), "updated_at": .time(contact.updatedAt),
      ]
    }
  }

  @Test(arguments: [import2021 + "companies.json", samples + "companies.json"])
  func companies(path: String) throws {
    try compare(path) { payload in
      guard let company = Company(payload: payload) else { return nil }
      return [
        "id": .id(company.id.rawValue), "name": .text(company.name),
        "domains": .texts(company.domains), "description": .text(company.details),
        "note": .text(company.note), "health_score": .text(company.healthScore),
        "account_tier": .text(company.accountTier), "industry": .text(company.industry),
        "created_at": .time(company.createdAt), "updated_at": .time(company.updatedAt),
      ]
    }
  }

  @Test(arguments: [import2021 + "agents.json", import2021 + "agents_me.json"])
  func agents(path: String) throws {
    try compare(path) { payload in
      guard let agent = Agent(payload: payload) else { return nil }
      var rebuilt: [String: Recorded] = [
        "id": .id(agent.id.rawValue), "available": .flag(agent.isAvailable),
        "signature": .text(agent.signature),
        "contact": .object(["name": .text(agent.name), "email": .text(agent.email)]),
      ]
      if payload["group_ids"] != nil {
        rebuilt["group_ids"] = .list(agent.groupIDs.map { .id($0.rawValue) })
      }
      return rebuilt
    }
  }

  @Test(arguments: [import2021 + "groups.json", others + "get_group.json"])
  func groups(path: String) throws {
    try compare(path) { payload in
      guard let group = Group(payload: payload) else { return nil }
      return ["id": .id(group.id.rawValue), "name": .text(group.name)]
    }
  }

  @Test func ticketFieldsKeepAllTheirChoices() throws {
    let path = import2021 + "ticket_fields.json"
    try compare(path) { payload in
      guard let field = TicketField(payload: payload) else { return nil }
      return [
        "id": .id(field.id), "name": .text(field.name), "label": .text(field.label),
        "type": .text(field.type), "required_for_closure": .flag(field.isRequiredForClosure),
      ]
    }
    let root = try JSONDocument(parsing: try Recordings.bytes(path)).root
    let fields = root.elements.compactMap(TicketField.init(payload:))
    func choices(_ name: String) -> [String]? {
      fields.first { $0.name == name }?.choices.map { "\($0.value)=\($0.label)" }
    }
    #expect(
      choices("status") == [
        "2=Open", "3=Pending", "4=Resolved", "5=Closed", "6=Waiting on Customer",
        "7=Waiting on Third Party",
      ])
    #expect(choices("priority") == ["1=Low", "2=Medium", "3=High", "4=Urgent"])
    #expect(choices("ticket_type")?.first == "Question=Question")
    #expect(choices("source")?.count == 13)
    #expect(choices("agent")?.isEmpty == false)
    #expect(choices("group")?.contains { $0.hasPrefix("80000374718=") } == true)
  }

  /// Some of these are of an older version of the interface; none may stop the program.
  @Test func everySampleIsReadWithoutAFailure() throws {
    for folder in [import2021, samples, others] {
      for name in Recordings.names(folder) {
        let root = try JSONDocument(parsing: try Recordings.bytes(folder + name)).root
        for payload in root.kind == .array ? root.elements : [root] {
          _ = Ticket(payload: payload)
          _ = Conversation(payload: payload, of: TicketID(1))
          _ = Contact(payload: payload)
          _ = Company(payload: payload)
          _ = Agent(payload: payload)
          _ = TicketField(payload: payload)
        }
      }
    }
  }
}
