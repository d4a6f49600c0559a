/// What else can be asked of and done to tickets: watching, bulk changes, time, ratings.
enum FurtherTicketRoutes {
  static func watchers(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    let ids = try call.store.watchers(of: ticket.id)
    return APIReply { writer in
      writer.object { writer in
        writer.key("watcher_ids")
        writer.array(ids) { $0.integer($1) }
      }
    }
  }

  static func watch(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    let fields = try BodyFields(call, ["user_id": .integer])
    try fields.finish()
    try call.store.watch(ticket.id, by: fields.integer("user_id") ?? call.agent.id)
    return .noContent
  }

  static func unwatch(_ call: APICall) throws -> APIReply {
    let ticket = try TicketRoutes.find(call)
    try call.store.unwatch(ticket.id, by: call.agent.id)
    return .noContent
  }
}

extension Route {
  static let furtherTickets: [Route] = [
    Route("GET", "tickets/:id/watchers", FurtherTicketRoutes.watchers),
    Route("POST", "tickets/:id/watch", FurtherTicketRoutes.watch),
    Route("PUT", "tickets/:id/watch", FurtherTicketRoutes.watch),
    Route("PUT", "tickets/:id/unwatch", body: false, FurtherTicketRoutes.unwatch),
  ]
}
