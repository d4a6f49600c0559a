import Helpdesk
import SQLite

/// Agents, groups, ticket fields and canned responses: short lists that are read whole each time.
extension SyncEngine {
  func syncDirectory(_ reading: Reading) async throws -> Outcome {
    var outcome = Outcome()
    var skipped: [String] = []
    let me = try await reading.patiently { () throws(HelpdeskError) in
      try await helpdesk.me(lane: reading.lane)
    }
    let fields = try await optional("ticket fields", &skipped) {
      try await reading.patiently { () throws(HelpdeskError) in
        try await helpdesk.ticketFields(lane: reading.lane)
      }
    }
    if let fields { try await store.replace(ticketFields: fields) }

    let agents = try await optional("agents", &skipped) {
      try await all(reading) { page throws(HelpdeskError) in
        try await helpdesk.agents(page: page, lane: reading.lane)
      }
    }
    try await store.replace(agents: agents ?? Self.agents(in: fields ?? []))
    // After the list, whose entries may leave out the groups.
    try await store.save(me: me)
    let groups = try await optional("groups", &skipped) {
      try await all(reading) { page throws(HelpdeskError) in
        try await helpdesk.groups(page: page, lane: reading.lane)
      }
    }
    try await store.replace(groups: groups ?? Self.groups(in: fields ?? []))
    outcome.fetched = (agents?.count ?? 0) + (groups?.count ?? 0)
    reading.report(outcome.fetched)

    let responses = try await optional("canned responses", &skipped) {
      try await reading.patiently { () throws(HelpdeskError) in
        try await helpdesk.cannedResponses(lane: reading.lane)
      }
    }
    if let responses { try await store.replace(cannedResponses: responses) }
    try await store.save(SyncCursor(phase: .agents, finishedAt: clock.now))
    outcome.skipped = skipped.isEmpty ? nil : skipped.joined(separator: "; ")
    return outcome
  }

  /// Nil, and a reason, where the key's agent may not read a list.
  private func optional<Value>(
    _ name: String, _ skipped: inout [String], _ ask: () async throws -> Value
  ) async throws -> Value? {
    do {
      return try await ask()
    } catch let error as HelpdeskError {
      guard let reason = Self.reasonToSkip(error) else { throw error }
      skipped.append("\(name): \(reason)")
      return nil
    }
  }

  private func all<Element: Sendable>(
    _ reading: Reading, _ fetch: @Sendable (Int) async throws(HelpdeskError) -> Page<Element>
  ) async throws -> [Element] {
    var elements: [Element] = []
    var page = 1
    // A thousand pages of people: a server that always names a next page does not hold us forever.
    while page <= 1000 {
      let current = page
      let answer = try await reading.patiently { () throws(HelpdeskError) in
        try await fetch(current)
      }
      elements += answer.items
      guard let next = answer.next, next > page else { break }
      page = next
    }
    return elements
  }

  /// Names for agents without the right to list them: the choices of the ticket form.
  static func agents(in fields: [TicketField]) -> [Agent] {
    choices("agent", fields).map { Agent(id: AgentID($0.id), name: $0.name) }
  }

  static func groups(in fields: [TicketField]) -> [Group] {
    choices("group", fields).map { Group(id: GroupID($0.id), name: $0.name) }
  }

  private static func choices(_ name: String, _ fields: [TicketField])
    -> [(id: Int64, name: String)]
  {
    let field = fields.first { $0.type == "default_\(name)" || $0.name == name }
    return (field?.choices ?? []).compactMap { choice in
      Int64(choice.value).map { ($0, choice.label) }
    }
  }
}
