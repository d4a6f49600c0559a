/// One address of the API and what it asks for.
struct Route: Sendable {
  var method: String
  /// Parts of the path; `nil` stands for a number.
  var pattern: [String?]
  var query: Set<String>
  var needsAdmin: Bool
  /// Whether the call may carry a body; verbs without one refuse it.
  var hasBody: Bool
  var handler: @Sendable (APICall) throws -> APIReply

  /// `template` is such as `tickets/:id/reply`; `query` names the keys besides paging's.
  init(
    _ method: String, _ template: String, query: [String] = [], paged: Bool = false,
    admin: Bool = false, body: Bool? = nil,
    _ handler: @escaping @Sendable (APICall) throws -> APIReply
  ) {
    self.method = method
    pattern = template.split(separator: "/").map { $0 == ":id" ? nil : String($0) }
    self.query = Set(query + (paged ? ["page", "per_page"] : []))
    needsAdmin = admin
    hasBody = body ?? (method == "POST" || method == "PUT" || method == "PATCH")
    self.handler = handler
  }

  /// The numbers of a path that fits; nil where it does not.
  func numbers(in path: [String]) -> [Int64]? {
    guard path.count == pattern.count else { return nil }
    var numbers: [Int64] = []
    for (part, wanted) in zip(path, pattern) {
      if let wanted {
        if part != wanted { return nil }
      } else {
        guard let number = Int64(part), number >= 0, part.first != "+" else { return nil }
        numbers.append(number)
      }
    }
    return numbers
  }

  static let all: [Route] =
    tickets + bulk + conversations + furtherTickets + contacts + companies + people
    + cannedResponses + solutions + search + setUp

  private static let tickets: [Route] = [
    Route(
      "GET", "tickets",
      query: [
        "filter", "requester_id", "email", "unique_external_id", "company_id", "updated_since",
        "order_by", "order_type", "include",
      ], paged: true, TicketRoutes.list),
    Route("POST", "tickets", TicketRoutes.create),
    Route("POST", "tickets/outbound_email", TicketRoutes.outboundEmail),
    Route("GET", "tickets/:id", query: ["include"], TicketRoutes.view),
    Route("PUT", "tickets/:id", TicketRoutes.update),
    Route("DELETE", "tickets/:id", TicketRoutes.delete),
    Route("PUT", "tickets/:id/restore", body: false, TicketRoutes.restore),
  ]

  private static let conversations: [Route] = [
    Route("GET", "tickets/:id/conversations", paged: true, ConversationRoutes.list),
    Route("POST", "tickets/:id/reply", ConversationRoutes.reply),
    Route("POST", "tickets/:id/notes", ConversationRoutes.note),
    Route("POST", "tickets/:id/forward", ConversationRoutes.forward),
    Route("PUT", "conversations/:id", ConversationRoutes.update),
    Route("DELETE", "conversations/:id", ConversationRoutes.delete),
  ]
}
