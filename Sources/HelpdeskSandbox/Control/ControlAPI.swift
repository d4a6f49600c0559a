import HTTPServer

/// The calls below `/_sandbox`, which the vendor does not have: look at what happened, order
/// faults, let people act.
enum ControlAPI {
  static func answer(
    _ request: ServerRequest, path: [String], state: inout SandboxState, now: Int64
  ) -> ServerResponse {
    var writer = JSONWriter()
    var status = 200
    do {
      status = try handle(request, path, &state, now, &writer)
    } catch let complaint as ControlComplaint {
      status = complaint.status
      writer = JSONWriter()
      writer.object(["error": .string(complaint.sentence)])
    } catch {
      status = 500
      writer = JSONWriter()
      writer.object(["error": "The sandbox could not do that."])
    }
    return ServerResponse(
      status: status, headers: ["Content-Type": "application/json; charset=utf-8"],
      body: writer.bytes)
  }

  private static func handle(
    _ request: ServerRequest, _ path: [String], _ state: inout SandboxState,
    _ now: Int64, _ writer: inout JSONWriter
  ) throws -> Int {
    let since = request.queryItems.last { $0.name == "since" }.flatMap { Int64($0.value) } ?? 0
    switch (request.method, path.first, path.count) {
    case ("GET", "requests", 1):
      writer.array(Array(state.log.since(since))) { write($1, to: &$0) }
    case ("GET", "deliveries", 1):
      try writer.array { writer in
        try state.desk.store.eachDelivery(since: since) { n, delivery in
          write(n, delivery, to: &writer)
        }
      }
    case ("GET", "faults", 1):
      writeFaults(state.faults, to: &writer)
    case ("POST", "faults", 1):
      switch Fault.read(try object(request)) {
      case .success(let fault): state.faults.add(fault)
      case .failure(let error): throw ControlComplaint(sentence: error.sentence)
      }
      writeFaults(state.faults, to: &writer)
      return 201
    case ("DELETE", "faults", 1):
      state.faults.clear()
      writeFaults(state.faults, to: &writer)
    case ("POST", "plan", 1):
      let order = try object(request)
      guard var plan = order["plan"]?.string.flatMap(Plan.init(named:)) else {
        throw ControlComplaint(
          sentence: "\"plan\" is one of \(Plan.names.joined(separator: ", ")).")
      }
      plan.listCoversViews = !(order["list_only"]?.bool ?? false)
      state.limiter.plan = plan
      writeBuckets(state.limiter, now: now, to: &writer)
    case ("GET", "buckets", 1):
      writeBuckets(state.limiter, now: now, to: &writer)
    case ("POST", "clock", 1):
      guard let seconds = try object(request)["advance"]?.integer,
        farthestClock.contains(seconds), farthestClock.contains(state.clockShift + seconds)
      else {
        throw ControlComplaint(
          sentence: "\"advance\" is a number of seconds, together at most a hundred years.")
      }
      state.clockShift += seconds
      writer.object(["now": JSONValue(time: now + seconds)])
    case ("GET", "clock", 1):
      writer.object(["now": JSONValue(time: now)])
    case ("POST", "tickets", 1):
      return try ControlActions.openTicket(try object(request), state.desk, now, &writer)
    case ("POST", "tickets", 3) where path[2] == "customer_reply":
      return try ControlActions.customerReply(
        path[1], try object(request), state.desk, now, &writer)
    case ("POST", "agents", 3) where path[2] == "act":
      return try ControlActions.act(path[1], try object(request), state.desk, now, &writer)
    default:
      throw ControlComplaint(status: 404, sentence: "The sandbox has no such call.")
    }
    return 200
  }

  /// Seconds by which the clock may be moved, either way.
  private static let farthestClock: ClosedRange<Int64> = -3_155_760_000...3_155_760_000

  private static func object(_ request: ServerRequest) throws -> JSONObject {
    guard let object = JSONParser.parse(request.body)?.object else {
      throw ControlComplaint(sentence: "The body must be a JSON object.")
    }
    return object
  }

  private static func write(_ entry: RequestLog.Entry, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("n", entry.n)
      writer.member("at", time: entry.at)
      writer.member("method", entry.method)
      writer.member("path", entry.path)
      writer.member("query", entry.query)
      writer.member("agent_id", entry.agentID)
      writer.member("body", entry.body)
      if entry.cutBytes > 0 { writer.member("body_cut_bytes", Int64(entry.cutBytes)) }
      writer.member("status", entry.status.map(Int64.init))
      writer.member("fault", entry.fault)
      writer.member("bucket", entry.bucket)
    }
  }

  private static func write(_ n: Int64, _ delivery: DeliveryRecord, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("n", n)
      writer.member("at", time: delivery.at)
      writer.member("ticket_id", delivery.ticketID)
      writer.member("kind", delivery.kind.rawValue)
      writer.key("to")
      writer.value(JSONValue(delivery.to))
      writer.key("cc")
      writer.value(JSONValue(delivery.cc))
      writer.key("bcc")
      writer.value(JSONValue(delivery.bcc))
      writer.member("body", delivery.body)
      writer.member("conversation_id", delivery.conversationID)
    }
  }

  private static func writeFaults(_ plan: FaultPlan, to writer: inout JSONWriter) {
    writer.array(plan.faults) { writer, fault in
      var object = fault.order
      object["times"] = JSONValue(fault.times.map(Int64.init))
      object["after"] = .integer(Int64(fault.after))
      writer.object(object)
    }
  }

  private static func writeBuckets(
    _ limiter: RateLimiter, now: Int64, to writer: inout JSONWriter
  ) {
    writer.object { writer in
      writer.member("plan", limiter.plan.name)
      writer.key("buckets")
      writer.array(limiter.levels(now: now)) { writer, level in
        writer.object { writer in
          writer.member("name", level.name)
          writer.member("total", Int64(level.total))
          writer.member("remaining", Int64(level.remaining))
          writer.member("resets_in", level.resetsIn)
        }
      }
    }
  }
}
