import ConsoleModel
import Helpdesk
import Testing

/// Every filter in every order is held against the same question answered in plain Swift.
@Suite struct QueueWindowTests {
  private struct World {
    let fixture: CacheFixture
    let reader: CacheReader
    let tickets: [Ticket]
    let rows: [TicketID: QueueRow]
    let now = CacheFixture.noon

    init(seed: UInt64, count: Int64) async throws {
      var random = SeededGenerator(seed)
      fixture = try CacheFixture()
      try await fixture.store.save(me: Agent(id: AgentID(7), name: "You", groupIDs: [GroupID(2)]))
      let statuses = [2, 3, 4, 5, 6, 7, 12].map(TicketStatus.init(rawValue:))
      let words = ["invoice", "VPN", "login", "Paket", "東京都の天気", "über", "printer"]
      var tickets: [Ticket] = []
      for id in 1...count {
        let created = now - Int64.random(in: 0..<50, using: &random) * 1000 - 100
        var ticket = Ticket.sample(
          id,
          subject: (0..<3).map { _ in words.randomElement(using: &random) ?? "" }
            .joined(separator: " "),
          status: statuses.randomElement(using: &random) ?? .open,
          agent: [nil, 7, 8, 9].randomElement(using: &random) ?? nil,
          updatedAt: created + Int64.random(in: 0...5, using: &random) * 100, createdAt: created,
          requester: Int64.random(in: 1...5, using: &random))
        ticket.groupID = [nil, GroupID(2), GroupID(3)].randomElement(using: &random) ?? nil
        ticket.priority = TicketPriority.allCases.randomElement(using: &random) ?? .low
        ticket.type = [nil, "Question", "Incident"].randomElement(using: &random) ?? nil
        ticket.tags = ["vpn", "Urgent", "eu"].filter { _ in Bool.random(using: &random) }
        ticket.companyID = [nil, CompanyID(4)].randomElement(using: &random) ?? nil
        ticket.isDeleted = id % 17 == 0
        if Bool.random(using: &random) {
          ticket.dueAt = Timestamp(now + Int64.random(in: -20...20, using: &random) * 100)
        }
        if Bool.random(using: &random) { ticket.moments = TicketMoments() }
        tickets.append(ticket)
      }
      try await fixture.store.save(tickets: tickets.shuffled(using: &random))
      reader = try fixture.reader()
      self.tickets = tickets
      var rows: [TicketID: QueueRow] = [:]
      for ticket in tickets { rows[ticket.id] = try reader.row(ticket.id) }
      self.rows = rows
    }

    func expected(_ query: QueueQuery) -> [TicketID] {
      let matching = tickets.filter { isIn($0, query) }
      let keyed = matching.map { (key: key($0, query.sort.key), id: $0.id.rawValue) }
      let ordered = keyed.sorted { query.sort.isDescending ? $0 > $1 : $0 < $1 }
      return ordered.map { TicketID($0.id) }
    }

    private func due(_ ticket: Ticket) -> Int64 {
      if case .running(let due, _, _) = rows[ticket.id]?.clock { return due.seconds }
      return 1 << 40
    }

    private func key(_ ticket: Ticket, _ key: QueueSort.Key) -> Int64 {
      switch key {
      case .due: due(ticket)
      case .updated: ticket.updatedAt.seconds
      case .created: ticket.createdAt.seconds
      case .priority: Int64(ticket.priority.rawValue)
      case .status: Int64(ticket.status.rawValue)
      case .number: ticket.id.rawValue
      }
    }

    private func isIn(_ ticket: Ticket, _ query: QueueQuery) -> Bool {
      let agents: [AgentID?]? =
        switch query.agent {
        case .any: nil
        case .unassigned: [nil]
        case .mine: [AgentID(7)]
        case .only(let ids): Array(ids)
        }
      let groups: [GroupID?]? =
        switch query.group {
        case .any: nil
        case .unassigned: [nil]
        case .mine: [GroupID(2)]
        case .only(let ids): Array(ids)
        }
      let typed = query.text.lowercased().split(separator: " ")
      let words = ticket.subject.lowercased().split(separator: " ")
      return !ticket.isDeleted
        && (query.statuses.isEmpty || query.statuses.contains(ticket.status))
        && (query.priorities.isEmpty || query.priorities.contains(ticket.priority))
        && (agents?.contains(ticket.agentID) ?? true)
        && (groups?.contains(ticket.groupID) ?? true)
        && (query.types.isEmpty || query.types.contains(ticket.type ?? ""))
        && query.tags.allSatisfy { ticket.tags.map { $0.lowercased() }.contains($0.lowercased()) }
        && (query.requesterID == nil || query.requesterID == ticket.requesterID)
        && (query.companyID == nil || query.companyID == ticket.companyID)
        && (query.isOverdue == nil || query.isOverdue == (due(ticket) < now))
        && (query.needsAnswer == nil
          || query.needsAnswer == rows[ticket.id]?.hasNewCustomerWords)
        && typed.allSatisfy { part in words.contains { $0.hasPrefix(part) } }
    }
  }

  private static func randomQuery(_ random: inout SeededGenerator) -> QueueQuery {
    func maybe<Value>(_ odds: Int, _ value: Value?) -> Value? {
      Int.random(in: 0..<odds, using: &random) == 0 ? value : nil
    }
    var query = QueueQuery()
    query.statuses = Set(
      [2, 3, 4, 5, 6, 7, 12].filter { _ in Bool.random(using: &random) }
        .map(TicketStatus.init(rawValue:)))
    if Bool.random(using: &random) { query.statuses = [] }
    query.agent =
      [.any, .any, .unassigned, .mine, .only([AgentID(8), AgentID(9)])]
      .randomElement(using: &random) ?? .any
    query.group =
      [.any, .any, .any, .unassigned, .mine, .only([GroupID(3)])].randomElement(using: &random)
      ?? .any
    query.priorities = maybe(5, [.high, .urgent]) ?? []
    query.types = maybe(8, ["Question"]) ?? []
    query.tags = maybe(8, ["vpn", "Urgent"]) ?? []
    query.requesterID = maybe(8, ContactID(3))
    query.companyID = maybe(8, CompanyID(4))
    query.isOverdue = maybe(4, Bool.random(using: &random))
    query.needsAnswer = maybe(6, Bool.random(using: &random))
    query.text = maybe(5, ["vp", "inv log", "printer", "pak"].randomElement(using: &random)) ?? ""
    query.sort = QueueSort(
      QueueSort.Key.allCases.randomElement(using: &random) ?? .due,
      descending: Bool.random(using: &random))
    return query
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func everyQueryShowsWhatPlainSwiftFinds(seed: UInt64) async throws {
    let world = try await World(seed: seed, count: 400)
    var random = SeededGenerator(seed &* 1000)
    for _ in 0..<150 {
      let query = Self.randomQuery(&random)
      let expected = world.expected(query)

      var forward: [QueueRow] = []
      while true {
        let page = try world.reader.rows(query, after: forward.last?.position, limit: 37)
        forward += page
        if page.count < 37 { break }
      }
      #expect(forward.map(\.id) == expected, "\(query)")

      var backward: [QueueRow] = []
      while true {
        let page = try world.reader.rows(query, before: backward.first?.position, limit: 41)
        backward = page + backward
        if page.count < 41 { break }
      }
      #expect(backward.map(\.id) == expected, "\(query)")
      #expect(try world.reader.count(query) == ViewCount(value: expected.count), "\(query)")

      if let some = forward.randomElement(using: &random) {
        #expect(try world.reader.position(of: some.id, in: query) == some.position, "\(query)")
      }
      let outside = world.tickets.first { !expected.contains($0.id) }
      if let outside {
        #expect(try world.reader.position(of: outside.id, in: query) == nil, "\(query)")
      }
    }
  }

  @Test func aPlaceStaysGoodWhenItsRowHasGone() async throws {
    let fixture = try CacheFixture()
    let query = QueueQuery(sort: QueueSort(.updated, descending: false))
    let now = CacheFixture.noon
    try await fixture.store.save(
      tickets: (1...5).map { .sample($0, updatedAt: now + $0) })
    let reader = try fixture.reader()
    let place = try #require(try reader.rows(query, limit: 3).last?.position)
    try await fixture.store.save(tickets: [.sample(3, updatedAt: now + 100)])
    #expect(try reader.rows(query, after: place, limit: 9).map(\.id.rawValue) == [4, 5, 3])
  }
}
