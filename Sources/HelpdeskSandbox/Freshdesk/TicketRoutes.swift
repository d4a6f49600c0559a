/// Tickets: list, view, create, update, delete, restore.
enum TicketRoutes {
  static let includesOfList = ["requester", "stats", "description", "company"]
  static let includesOfView = ["conversations", "requester", "company", "stats"]
  private static let lastPage = 300

  static func list(_ call: APICall) throws -> APIReply {
    let page = try call.page()
    guard page.number <= lastPage else {
      throw APIRefusal.invalid(
        .value(
          "page",
          "You cannot access tickets beyond the 300th page. Please provide a smaller page number."))
    }
    let includes = try call.includes(includesOfList)
    guard var query = try query(call) else { return APIReply(body: Array("[]".utf8)) }
    query.limit = page.limit
    query.offset = page.offset
    let tickets = try call.store.tickets(query)
    return try APIReply(call, page, tickets) { writer, ticket in
      try TicketJSON.write(ticket, now: call.now, to: &writer) { writer in
        if includes.contains("description") {
          let body = try call.store.description(of: ticket.id).body
          writer.member("description", body)
          writer.member("description_text", MailBody.descriptionText(body))
        }
        try TicketJSON.writeIncludes(ticket, call, includes, to: &writer)
      }
    }
  }

  static func view(_ call: APICall) throws -> APIReply {
    let includes = try call.includes(includesOfView)
    let ticket = try find(call)
    return try APIReply { try TicketJSON.writeView(ticket, call, includes: includes, to: &$0) }
  }

  static func create(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(call, TicketFields.ofCreate)
    var ticket = TicketRecord(id: 0, requesterID: 0, createdAt: call.now)
    ticket.source = 2
    try TicketFields.apply(&fields, to: &ticket, call)
    let requester = try TicketFields.requester(&fields, call)
    try fields.finish()
    guard let requester else {
      throw APIRefusal.invalid(
        .init(
          field: "requester_id",
          message: "One of the following is mandatory: requester_id, phone, email, twitter_id, "
            + "facebook_id, unique_external_id", code: "missing_field"))
    }
    return try insert(ticket, requester, fields, call, kind: .newTicket)
  }

  /// A mail to somebody that starts a ticket.
  static func outboundEmail(_ call: APICall) throws -> APIReply {
    var fields = try BodyFields(
      call, TicketFields.ofOutbound, required: ["email", "subject", "email_config_id"])
    var ticket = TicketRecord(id: 0, requesterID: 0, createdAt: call.now)
    ticket.status = 5
    try TicketFields.apply(&fields, to: &ticket, call)
    ticket.source = 10
    ticket.responderID = call.agent.id
    if let id = ticket.emailConfigID, try call.store.document(.emailConfig, id) == nil {
      fields.reject(.value("email_config_id", "It should be a valid email config"))
    }
    let requester = try TicketFields.requester(&fields, call)
    try fields.finish()
    guard let requester else { throw APIRefusal.invalid(.missing("email")) }
    return try insert(ticket, requester, fields, call, kind: .outboundEmail)
  }

  static func update(_ call: APICall) throws -> APIReply {
    let old = try findChangeable(call)
    var fields = try BodyFields(call, TicketFields.ofUpdate)
    var ticket = old
    try TicketFields.apply(&fields, to: &ticket, call)
    if let requester = try TicketFields.requester(&fields, call) {
      ticket.requesterID = requester.id
    }
    if old.source == 10 {
      for key in ["subject", "description"] where fields.has(key) {
        fields.reject(
          .init(
            field: key, message: "Can't be updated for an outbound email ticket",
            code: "incompatible_field"))
      }
    }
    try fields.finish()
    ticket.updatedAt = call.now
    try call.desk.save(ticket, now: call.now)
    if fields.has("description") || !fields.uploads.isEmpty {
      let known = try call.store.description(of: ticket.id)
      let files = try Attachments.store(fields.uploads, in: call.store, now: call.now)
      try call.store.saveDescription(
        of: ticket.id, body: fields.text("description").map(MailBody.rewritten) ?? known.body,
        // Files are added; removing one has a call of its own.
        attachments: Attachments.joined(known.attachments, files))
    }
    if ticket.status == 5, old.status != 5 {
      try call.desk.announceClosing(of: ticket, now: call.now)
    }
    return try APIReply { try TicketJSON.writeView(ticket, call, to: &$0) }
  }

  static func delete(_ call: APICall) throws -> APIReply {
    var ticket = try findChangeable(call)
    ticket.state = .deleted
    ticket.updatedAt = call.now
    try call.desk.save(ticket, now: call.now)
    return .noContent
  }

  static func restore(_ call: APICall) throws -> APIReply {
    var ticket = try find(call)
    guard ticket.state == .deleted else { throw APIRefusal.notFound }
    ticket.state = .normal
    ticket.updatedAt = call.now
    try call.desk.save(ticket, now: call.now)
    return .noContent
  }

  /// The ticket of the path, within the agent's scope.
  static func find(_ call: APICall) throws -> TicketRecord {
    guard let ticket = try call.store.ticket(call.id) else { throw APIRefusal.notFound }
    let agent = call.agent
    let isVisible =
      switch agent.scope {
      case .all: true
      case .ownGroups:
        ticket.responderID == agent.id || agent.groupIDs.contains(ticket.groupID ?? 0)
      case .own: ticket.responderID == agent.id
      }
    if !isVisible { throw APIRefusal.accessDenied }
    return ticket
  }

  /// The ticket of the path; spam and deleted ones may not be changed.
  static func findChangeable(_ call: APICall) throws -> TicketRecord {
    let ticket = try find(call)
    guard ticket.state == .normal else { throw APIRefusal.wrongState }
    return ticket
  }

  private static func insert(
    _ draft: TicketRecord, _ requester: ContactRecord, _ fields: BodyFields, _ call: APICall,
    kind: DeliveryRecord.Kind
  ) throws -> APIReply {
    var ticket = draft
    let priority = ticket.priority
    let standard = try call.desk.newTicket(
      requester: requester, priority: priority, now: call.now)
    ticket.id = standard.id
    ticket.requesterID = requester.id
    ticket.companyID = ticket.companyID ?? standard.companyID
    if ticket.dueBy == nil {
      ticket.dueBy = standard.dueBy
      ticket.firstResponseDueBy = standard.firstResponseDueBy
      ticket.dueKnownAt = standard.dueKnownAt
    }
    let description = fields.text("description") ?? ""
    let files = try Attachments.store(fields.uploads, in: call.store, now: call.now)
    try call.desk.open(
      ticket, description: MailBody.rewritten(description), attachments: files, now: call.now)
    try call.store.add(
      DeliveryRecord(
        at: call.now, ticketID: ticket.id, kind: kind, to: requester.email.map { [$0] } ?? [],
        cc: fields.texts("cc_emails") ?? [], body: description))
    return try APIReply(status: 201) { try TicketJSON.writeView(ticket, call, to: &$0) }
      .located(call, "tickets/\(ticket.id)")
  }

  /// nil when the filter can match nothing.
  private static func query(_ call: APICall) throws -> TicketQuery? {
    var query = TicketQuery()
    query.updatedSince = try call.time("updated_since")
    query.companyID = try call.number("company_id")
    query.requesterID = try call.number("requester_id")
    if let email = call.value("email") {
      guard let person = try call.store.contact(email: email) else { return nil }
      query.requesterID = person.id
    }
    if let external = call.value("unique_external_id") {
      let people = try call.store.contacts(ContactQuery(externalID: external, limit: 1))
      guard let person = people.first else { return nil }
      query.requesterID = person.id
    }
    switch call.value("filter") {
    case nil: break
    case "new_and_my_open": query.newAndOpenOf = call.agent.id
    case "watching": query.watchedBy = call.agent.id
    case "spam": query.state = .spam
    case "deleted": query.state = .deleted
    default:
      throw APIRefusal.invalid(
        .oneOf("filter", ["new_and_my_open", "watching", "spam", "deleted"]))
    }
    if let text = call.value("order_by") {
      guard let order = TicketQuery.Order(rawValue: text) else {
        throw APIRefusal.invalid(
          .oneOf("order_by", ["created_at", "due_by", "updated_at", "status"]))
      }
      query.order = order
    }
    if let direction = call.value("order_type") {
      guard ["asc", "desc"].contains(direction) else {
        throw APIRefusal.invalid(.oneOf("order_type", ["asc", "desc"]))
      }
      query.ascending = direction == "asc"
    }
    if query.updatedSince == nil, query.state == .normal {
      query.createdSince = call.now - 30 * 86_400
    }
    if call.agent.scope != .all {
      query.scopeAgentID = call.agent.id
      query.scopeGroupIDs = call.agent.scope == .ownGroups ? call.agent.groupIDs : []
    }
    return query
  }
}
