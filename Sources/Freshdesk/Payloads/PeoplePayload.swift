import Helpdesk

extension Contact {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    let created = payload["created_at"]?.time
    let updated = payload["updated_at"]?.time
    self.init(
      id: ContactID(id), name: payload["name"]?.string ?? "", email: payload["email"]?.string,
      otherEmails: payload["other_emails"]?.strings ?? [], phone: payload["phone"]?.string,
      mobile: payload["mobile"]?.string, jobTitle: payload["job_title"]?.string,
      language: payload["language"]?.string, timeZone: payload["time_zone"]?.string,
      notes: payload["description"]?.string,
      companyID: payload["company_id"]?.integer.map(CompanyID.init),
      tags: payload["tags"]?.strings ?? [], isDeleted: payload["deleted"]?.flag ?? false,
      createdAt: created ?? updated ?? Timestamp(0),
      updatedAt: updated ?? created ?? Timestamp(0))
  }
}

extension Company {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    let created = payload["created_at"]?.time
    let updated = payload["updated_at"]?.time
    self.init(
      id: CompanyID(id), name: payload["name"]?.string ?? "",
      domains: payload["domains"]?.strings ?? [], details: payload["description"]?.string,
      note: payload["note"]?.string, healthScore: payload["health_score"]?.string,
      accountTier: payload["account_tier"]?.string, industry: payload["industry"]?.string,
      renewalDate: payload["renewal_date"]?.time,
      createdAt: created ?? updated ?? Timestamp(0),
      updatedAt: updated ?? created ?? Timestamp(0))
  }
}

extension Agent {
  /// Name and address stand in the nested contact.
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    let contact = payload["contact"]
    self.init(
      id: AgentID(id), name: contact?["name"]?.string ?? payload["name"]?.string ?? "",
      email: contact?["email"]?.string ?? payload["email"]?.string,
      isAvailable: payload["available"]?.flag ?? true,
      signature: payload["signature"]?.string,
      groupIDs: (payload["group_ids"]?.integers ?? []).map(GroupID.init))
  }
}

extension Group {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer else { return nil }
    self.init(
      id: GroupID(id), name: payload["name"]?.string ?? "",
      agentIDs: (payload["agent_ids"]?.integers ?? []).map(AgentID.init))
  }
}

extension SatisfactionRating {
  init?(payload: JSONValue) {
    guard let id = payload["id"]?.integer, let ticket = payload["ticket_id"]?.integer else {
      return nil
    }
    self.init(
      id: id, ticketID: TicketID(ticket), contactID: ContactID(payload["user_id"]?.integer ?? 0),
      score: payload["ratings"]?["default_question"]?.number ?? payload["rating"]?.number ?? 0,
      feedback: payload["feedback"]?.string,
      createdAt: payload["created_at"]?.time ?? payload["updated_at"]?.time ?? Timestamp(0))
  }
}
