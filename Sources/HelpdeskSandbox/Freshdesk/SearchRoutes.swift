import SQLite

/// Search over tickets, contacts and companies: 30 a page, ten pages, late by the index's lag.
enum SearchRoutes {
  private static let pageSize = 30
  private static let lastPage = 10

  private static let ticketFields: [String: SearchQuery.Field] = [
    "agent_id": .init(column: "agent_id", kind: .number),
    "group_id": .init(column: "group_id", kind: .number),
    "priority": .init(column: "priority", kind: .number),
    "status": .init(column: "status", kind: .number),
    "tag": .init(column: "tags", kind: .list), "type": .init(column: "type", kind: .text),
    "due_by": .init(column: "due_by", kind: .time),
    "fr_due_by": .init(column: "fr_due_by", kind: .time),
    "created_at": .init(column: "created_at", kind: .time),
    "updated_at": .init(column: "updated_at", kind: .time),
    "cf_reference": .init(column: "custom_fields", kind: .member("cf_reference")),
    "cf_region": .init(column: "custom_fields", kind: .member("cf_region")),
    "cf_waiting_on_partner": .init(
      column: "custom_fields", kind: .member("cf_waiting_on_partner")),
  ]

  private static let contactFields: [String: SearchQuery.Field] = [
    "active": .init(column: "active", kind: .flag),
    "company_id": .init(column: "company_id", kind: .number),
    "email": .init(column: "email", kind: .text), "phone": .init(column: "phone", kind: .text),
    "mobile": .init(column: "mobile", kind: .text),
    "tag": .init(column: "document ->> '$.tags'", kind: .list),
    "language": .init(column: "document", kind: .member("language")),
    "time_zone": .init(column: "document", kind: .member("time_zone")),
    "twitter_id": .init(column: "document", kind: .member("twitter_id")),
    "created_at": .init(column: "created_at", kind: .time),
    "updated_at": .init(column: "updated_at", kind: .time),
  ]

  static func tickets(_ call: APICall) throws -> APIReply {
    try call.store.refreshSearch(now: call.now)
    let (query, offset) = try read(call, ticketFields)
    var condition = query.condition
    if call.agent.scope != .all { condition = "(\(condition)) AND agent_id = \(call.agent.id)" }
    let (total, ids) = try find(call, "searched_tickets", condition, query, offset)
    return try APIReply { writer in
      try results(total, ids, &writer) { writer, id in
        guard let ticket = try call.store.ticket(id) else { return }
        let body = try call.store.description(of: id).body
        TicketJSON.write(ticket, now: call.now, to: &writer) { writer in
          writer.member("description", body)
          writer.member("description_text", MailBody.descriptionText(body))
        }
      }
    }
  }

  static func contacts(_ call: APICall) throws -> APIReply {
    let (query, offset) = try read(call, contactFields)
    let condition = "(\(query.condition)) AND state IN ('verified', 'unverified')"
    let (total, ids) = try find(call, "contacts", condition, query, offset)
    return try APIReply { writer in
      try results(total, ids, &writer) { writer, id in
        guard let contact = try call.store.contact(id) else { return }
        writer.object(ContactRoutes.listForm(contact))
      }
    }
  }

  static func companies(_ call: APICall) throws -> APIReply {
    let (query, offset) = try read(
      call,
      [
        "domain": .init(column: "document ->> '$.domains'", kind: .list),
        "created_at": .init(column: "updated_at", kind: .time),
        "updated_at": .init(column: "updated_at", kind: .time),
      ])
    let condition = "kind = 'company' AND (\(query.condition))"
    let (total, ids) = try find(call, "documents", condition, query, offset)
    return try APIReply { writer in
      try results(total, ids, &writer) { writer, id in
        guard let company = try call.store.document(.company, id) else { return }
        writer.object(company.document)
      }
    }
  }

  private static func read(
    _ call: APICall, _ fields: [String: SearchQuery.Field]
  ) throws -> (SearchQuery, offset: Int) {
    let page = try call.number("page") ?? 1
    guard (1...Int64(lastPage)).contains(page) else {
      throw APIRefusal.invalid(
        .value("page", "You cannot access search results beyond the 10th page."))
    }
    guard let text = call.value("query") else { throw APIRefusal.invalid(.missing("query")) }
    guard let query = SearchQuery(text, fields: fields) else {
      throw APIRefusal.invalid(.value("query", "Given query is invalid"))
    }
    return (query, Int(page - 1) * pageSize)
  }

  private static func find(
    _ call: APICall, _ table: String, _ condition: String, _ query: SearchQuery, _ offset: Int
  ) throws -> (total: Int64, ids: [Int64]) {
    let connection = call.store.connection
    let total =
      try connection.first(
        "SELECT count(*) FROM \(table) WHERE \(condition)", arguments: query.arguments
      ) { row throws(SQLiteError) in try row.int64(0) } ?? 0
    let order = table == "searched_tickets" ? "created_at DESC, id DESC" : "id"
    let ids = try connection.query(
      "SELECT id FROM \(table) WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
      arguments: query.arguments + [pageSize, offset]
    ) { row throws(SQLiteError) in try row.int64(0) }
    return (total, ids)
  }

  private static func results(
    _ total: Int64, _ ids: [Int64], _ writer: inout JSONWriter,
    _ write: (inout JSONWriter, Int64) throws -> Void
  ) rethrows {
    try writer.object { writer in
      writer.member("total", total)
      writer.key("results")
      try writer.array(ids, write)
    }
  }
}

extension Route {
  static let search: [Route] = [
    Route("GET", "search/tickets", query: ["query", "page"], SearchRoutes.tickets),
    Route("GET", "search/contacts", query: ["query", "page"], SearchRoutes.contacts),
    Route("GET", "search/companies", query: ["query", "page"], SearchRoutes.companies),
  ]
}
