import Helpdesk
import SQLite

/// Agents, groups, ticket fields and canned responses: short lists that are read whole each time.
extension SyncEngine {
  func syncDirectory(_ reading: Reading) async throws -> Outcome {
    var parts = Parts()
    let me = try await read("own account", &parts) {
      try await reading.patiently { () throws(HelpdeskError) in
        try await helpdesk.me(lane: reading.lane)
      }
    }
    let fields = try await read("ticket fields", &parts) {
      try await reading.patiently { () throws(HelpdeskError) in
        try await helpdesk.ticketFields(lane: reading.lane)
      }
    }
    if let fields { try await store.replace(ticketFields: fields) }

    let agents = try await read("agents", &parts) {
      try await all(reading) { page throws(HelpdeskError) in
        try await helpdesk.agents(page: page, lane: reading.lane)
      }
    }
    if let agents {
      try await store.replace(agents: agents)
    } else if let fields, parts.mayNotRead("agents") {
      try await store.replace(agents: Self.agents(in: fields))
    }
    // After the list, whose entries may leave out the groups.
    if let me { try await store.save(me: me) }
    let groups = try await read("groups", &parts) {
      try await all(reading) { page throws(HelpdeskError) in
        try await helpdesk.groups(page: page, lane: reading.lane)
      }
    }
    if let groups {
      try await store.replace(groups: groups)
    } else if let fields, parts.mayNotRead("groups") {
      try await store.replace(groups: Self.groups(in: fields))
    }
    parts.outcome.fetched = (agents?.count ?? 0) + (groups?.count ?? 0)
    reading.report(parts.outcome.fetched)

    let responses = try await read("canned responses", &parts) {
      try await reading.patiently { () throws(HelpdeskError) in
        try await helpdesk.cannedResponses(lane: reading.lane)
      }
    }
    if let responses { try await store.replace(cannedResponses: responses) }
    try await readMailboxes(reading)
    try await store.save(SyncCursor(phase: .agents, finishedAt: clock.now))
    return parts.outcome
  }

  /// Once a day: they hardly change, and many agents may not see them. A failure is no failure of
  /// the sync; the mailboxes that tickets name are known all the same.
  private func readMailboxes(_ reading: Reading) async throws {
    let last = try await store.mailboxesReadAt(nil)
    guard reading.options.isFull || last.map({ abs(clock.now - $0) > 86_400 }) ?? true else {
      return
    }
    do {
      try await store.save(mailboxes: try await helpdesk.mailboxes(lane: reading.lane))
    } catch let error as HelpdeskError {
      if error.concernsAccount { throw error }
    }
    _ = try await store.mailboxesReadAt(clock.now)
  }

  /// What the lists of the directory came to, one by one.
  private struct Parts {
    var outcome = Outcome()
    private var forbidden: Set<String> = []

    func mayNotRead(_ name: String) -> Bool { forbidden.contains(name) }

    mutating func skip(_ name: String, _ reason: String) {
      forbidden.insert(name)
      let words = "\(name): \(reason)"
      outcome.skipped = outcome.skipped.map { "\($0); \(words)" } ?? words
    }
  }

  /// Nil where the key's agent may not read a list, and where it fails; the others are read all the
  /// same.
  private func read<Value>(
    _ name: String, _ parts: inout Parts, _ ask: () async throws -> Value
  ) async throws -> Value? {
    do {
      let value = try await ask()
      try await store.noteSuccess(of: name)
      return value
    } catch let error as HelpdeskError {
      if error.concernsAccount { throw error }
      if let reason = Self.reasonToSkip(error) {
        parts.skip(name, reason)
        try await store.noteSuccess(of: name)
      } else {
        parts.outcome.failures.append(try await store.note(error, of: name, in: .agents))
      }
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
