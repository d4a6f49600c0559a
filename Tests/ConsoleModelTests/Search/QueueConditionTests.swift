import Helpdesk
import Testing

@testable import ConsoleModel

/// What the conditions of a query find in a cache on disk.
@Suite struct QueueConditionTests {
  private static let day: Int64 = 86_400
  private static let now = CacheFixture.noon

  /// 1: open, today, tagged; 2: pending, ten days old; 3: by phone, answered; 4: done, no type.
  private func world() async throws -> CacheReader {
    let fixture = try CacheFixture()
    var first = Ticket.sample(
      1, subject: "Refund of the second order", updatedAt: Self.now, createdAt: Self.now - 600,
      dueAt: Self.now + 3600)
    first.tags = ["vip", "eu"]
    first.type = "Incident"
    var second = Ticket.sample(
      2, subject: "Delay, second time an order is late", status: .pending,
      updatedAt: Self.now - 5 * Self.day, createdAt: Self.now - 10 * Self.day)
    second.type = "Question"
    second.tags = ["eu"]
    var third = Ticket.sample(
      3, subject: "Call me back", updatedAt: Self.now - 60, createdAt: Self.now - 2 * Self.day,
      dueAt: Self.now - 60)
    third.source = .phone
    let fourth = Ticket.sample(
      4, subject: "Order of chairs", status: .resolved, updatedAt: Self.now - 30 * Self.day,
      createdAt: Self.now - 40 * Self.day)
    try await fixture.store.save(tickets: [first, second, third, fourth])
    try await fixture.store.saveThread(of: first, conversations: [])
    try await fixture.store.saveThread(
      of: third, conversations: [.sample(31, on: 3, kind: .reply, at: Self.now - 60)])
    try await fixture.store.saveThread(of: second, conversations: [])
    try await fixture.store.markSeen(TicketID(2))
    return try fixture.reader()
  }

  private func numbers(_ text: String, _ reader: CacheReader) throws -> [Int64] {
    let query = try reader.query(text + " sort:-number")
    let rows = try reader.rows(query, limit: 9).map(\.id.rawValue)
    #expect(try reader.count(query) == ViewCount(value: rows.count), "\(text)")
    for id: Int64 in 1...4 {
      let isIn = try reader.position(of: TicketID(id), in: query) != nil
      #expect(isIn == rows.contains(id), "\(text) \(id)")
    }
    return rows
  }

  @Test(
    arguments: [
      ("not tag:vip", [2, 3, 4]), ("-tag:vip", [2, 3, 4]), ("tag:vip tag:eu", [1]),
      ("-type:Incident", [2, 3, 4]), ("not (tag:eu type:Question)", [1, 3, 4]),
      ("refund or delay", [1, 2]), ("refund OR delay status:pending", [2]),
      ("refund or chairs order", [1, 4]), ("(refund status:open) or chairs", [1, 4]),
      ("\"second order\"", [1]), ("second order", [1, 2]), ("-order", [3]),
      ("\"order second\"", []), ("source:phone", [3]),
      ("source:email,phone -source:phone", [1, 2, 4]),
      ("id:1,4", [1, 4]), ("id:#3", [3]), ("not id:1", [2, 3, 4]), ("not not id:1", [1]),
      ("created:<7d", [1, 3]), ("created>7d", [2, 4]), ("created:>30d", [4]),
      ("created:today", [1]), ("created:<=yesterday", [2, 3, 4]), ("updated:>24h", [2, 4]),
      ("due:today", [1, 3]), ("due:<4h", [1, 3]), ("due:4h", [1]), ("due:none", [2, 4]),
      ("-due:none", [1, 3]), ("due:>5min", [1]), ("unread:yes", [1]), ("unanswered:yes", [1, 2]),
      ("unanswered:no", [3, 4]), ("status:open status:pending", []),
      ("priority>=low -status:done", [1, 2, 3]),
      ("agent:none or agent:me", [1, 2, 3, 4]),
    ] as [(String, [Int64])])
  func aQueryFinds(text: String, expected: [Int64]) async throws {
    #expect(try numbers(text, try await world()) == expected)
  }

  @Test(arguments: ["tag:nonsense", "type:Nonsense", "-tag:vipp"])
  func whatNothingHasIsRefused(text: String) async throws {
    let reader = try await world()
    let error = #expect(throws: QueryError.self) { try reader.query(text) }
    #expect(error?.sentence.contains("vip") == true || text == "type:Nonsense")
  }

  /// Days begin at the user's midnight, also where the clock has just been set back.
  @Test func aDayIsTheUsersDay() throws {
    let summer = Timestamp(parsing: "2026-10-25T01:00:00Z")!
    let berlin = LocalCalendar { $0 < summer ? 7200 : 3600 }
    let language = QueryLanguage(QueryVocabulary(), calendar: berlin)
    let query = try language.parse("created:2026-10-25")
    guard case .moment(let filter)? = query.conditions.first else {
      Issue.record("no moment")
      return
    }
    #expect(filter.from == .at(Timestamp(parsing: "2026-10-24T22:00:00Z")!))
    #expect(filter.until == .at(Timestamp(parsing: "2026-10-25T23:00:00Z")!))
  }
}
