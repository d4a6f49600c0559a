import Testing

@testable import HelpdeskSandbox

@Suite("Customers who write by themselves")
struct LiveTests {
  @Test func theyOpenTicketsAndAnswer() throws {
    let now = SandboxFixture.start
    let store = try Store(path: nil)
    try AccountSeed(seed: 1, now: now).fill(store)
    try TicketGenerator(seed: 1, count: 40, now: now).fill(store)
    try store.makeIndexes()
    let desk = Desk(store: store, settings: .init())
    var random = SeededRandom(seed: 5)
    let before = try store.tickets(TicketQuery(limit: 1000)).map(\.id)
    for minute in 1...30 {
      try LiveCustomers.act(on: desk, now: now + Int64(minute) * 60, &random)
    }
    let after = try store.tickets(TicketQuery(limit: 1000))
    let opened = after.filter { !before.contains($0.id) }
    let answered = after.filter { before.contains($0.id) && $0.updatedAt > now }
    #expect(opened.count > 3)
    #expect(answered.count > 3)
    #expect(answered.allSatisfy { $0.status == 2 })
    #expect(opened.allSatisfy { !($0.subject ?? "{").contains("{") })
    for ticket in answered {
      let last = try #require(try store.conversations(of: ticket.id, limit: 100, offset: 0).last)
      #expect(last.incoming)
      #expect(last.userID == ticket.requesterID)
      #expect(!last.body.contains("{"))
    }
    var noDeliveries = true
    try store.eachDelivery(since: 0) { _, _ in noDeliveries = false }
    #expect(noDeliveries)
  }

  @Test(arguments: [
    ("返品について", Scenario.Language.japanese), ("发票抬头写错了", .chinese), ("रिफ़ंड कब", .hindi),
    ("Ошибка", .russian), ("استرداد", .arabic), ("Rechnung", .english), ("로그인", .korean),
  ])
  func scriptTellsTheLanguage(text: String, language: Scenario.Language) {
    #expect(Scenario.Language(of: text) == language)
  }
}
