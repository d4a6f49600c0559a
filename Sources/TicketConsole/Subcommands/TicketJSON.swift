import ConsoleModel
import Helpdesk

/// Writes tickets in the shape that scripts rely on; keys are added, never renamed.
struct TicketJSON {
  private let account: String
  private let reader: CacheReader
  private let directory: Directory

  init(account: String, reader: CacheReader) throws {
    self.account = account
    self.reader = reader
    directory = try reader.directory()
  }

  /// Nil for a ticket that is not cached.
  func ticket(_ id: TicketID) throws -> JSONText? {
    guard let ticket = try reader.ticket(id), let row = try reader.row(id) else { return nil }
    return try ticketObject(ticket, row)
  }

  func ticketObject(_ ticket: Ticket, _ row: QueueRow) throws -> JSONText {
    let contact = try reader.contact(ticket.requesterID)
    return [
      "account": .string(account), "id": .integer(ticket.id.rawValue),
      "subject": .string(ticket.subject), "status": .string(Self.word(ticket.status, directory)),
      "priority": .string(ticket.priority.label.lowercased()), "type": .text(ticket.type),
      "source": .string(ticket.source.label),
      "requester": [
        "id": .integer(ticket.requesterID.rawValue),
        "name": .string(contact?.name ?? ticket.requester?.name ?? row.requesterName),
        "email": .text(contact?.email ?? ticket.requester?.email),
      ],
      "company": try company(ticket.companyID ?? contact?.companyID, row.companyName),
      "agent": Self.named(ticket.agentID?.rawValue, ticket.agentID.flatMap(directory.name)),
      "group": Self.named(ticket.groupID?.rawValue, ticket.groupID.flatMap(directory.name)),
      "tags": .strings(ticket.tags), "created_at": .time(ticket.createdAt),
      "updated_at": .time(ticket.updatedAt),
      "first_response_due_at": .time(ticket.firstResponseDueAt), "due_at": .time(ticket.dueAt),
      "unread": .flag(row.hasNewCustomerWords), "status_label": .string(row.statusLabel),
      "pending": .strings(row.pending.names),
    ]
  }

  func entry(_ entry: ThreadEntry) -> JSONText {
    [
      "id": entry.id.map { .integer($0.rawValue) } ?? .null,
      "kind": .string(entry.kind.rawValue),
      "author": ["id": .integer(entry.authorID), "name": .string(entry.authorName)],
      "created_at": .time(entry.createdAt), "text": .string(entry.text),
      "attachments": .array(
        entry.attachments.map { ["name": .string($0.name), "size": .integer($0.size)] }),
      "to": .strings(entry.toEmails), "cc": .strings(entry.ccEmails),
      "failed_emails": .strings(entry.failedEmails),
    ]
  }

  static func contact(_ contact: Contact) -> JSONText {
    [
      "id": .integer(contact.id.rawValue), "name": .string(contact.name),
      "email": .text(contact.email), "phone": .text(contact.phone),
      "mobile": .text(contact.mobile), "job_title": .text(contact.jobTitle),
      "language": .text(contact.language), "time_zone": .text(contact.timeZone),
    ]
  }

  /// What a ticket says in passing about who asks, while the contact is not cached.
  static func person(_ ticket: Ticket) -> JSONText {
    guard let person = ticket.requester else { return .null }
    return [
      "id": .integer(person.id), "name": .string(person.name), "email": .text(person.email),
    ]
  }

  static func company(_ company: Company) -> JSONText {
    [
      "id": .integer(company.id.rawValue), "name": .string(company.name),
      "domains": .strings(company.domains), "industry": .text(company.industry),
      "health_score": .text(company.healthScore), "account_tier": .text(company.accountTier),
      "renewal_date": .time(company.renewalDate),
    ]
  }

  /// One word for a status: the vendor's name where it has one, else the account's label.
  static func word(_ status: TicketStatus, _ directory: Directory) -> String {
    let isVendors = (2...7).contains(status.rawValue)
    let label = isVendors ? status.defaultLabel : directory.label(status)
    return label.lowercased().map { $0 == " " || $0 == "-" ? "_" : String($0) }.joined()
  }

  private func company(_ id: CompanyID?, _ name: String?) throws -> JSONText {
    guard let id else { return .null }
    let found = name == nil ? try reader.company(id)?.name : name
    return Self.named(id.rawValue, found)
  }

  private static func named(_ id: Int64?, _ name: String?) -> JSONText {
    guard let id else { return .null }
    return ["id": .integer(id), "name": .text(name)]
  }
}
