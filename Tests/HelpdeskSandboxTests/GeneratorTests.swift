import ConsoleTestSupport
import SQLite
import Testing

@testable import HelpdeskSandbox

@Suite("Generated help desk")
struct GeneratorTests {
  /// Everything that clients can read, as bytes, without the address.
  private func everything(_ sandbox: SandboxFixture) -> [String] {
    let lists = [
      "/tickets?updated_since=1970-01-01&include=description,stats&per_page=100",
      "/contacts?per_page=100", "/companies?per_page=100", "/agents", "/ticket_fields",
    ]
    let threads = (1...60).map { "/tickets/\($0)/conversations" }
    return (lists + threads).map { path in
      (sandbox.call("GET", path)?.text ?? "").replacing(sandbox.server.url, with: "")
    }
  }

  @Test func sameSeedGivesTheSameBytes() throws {
    let one = try SandboxFixture(tickets: 60) { $0.seed = 42 }
    let two = try SandboxFixture(tickets: 60) { $0.seed = 42 }
    let other = try SandboxFixture(tickets: 60) { $0.seed = 43 }
    #expect(everything(one) == everything(two))
    #expect(one.server.agents == two.server.agents)
    #expect(everything(one) != everything(other))
    #expect(one.server.agents != other.server.agents)
  }

  @Test func contentLiesBeforeTheDayWhenNoMomentIsGiven() throws {
    let morning = try SandboxFixture(tickets: 30) { $0.generatedAt = nil }
    let evening = try SandboxFixture(tickets: 30) {
      $0.generatedAt = nil
      $0.clock = SandboxClock { SandboxFixture.start + 6 * 3600 }
    }
    let path = "/tickets?updated_since=1970-01-01&per_page=100"
    let shape = { (answer: JSONValue) in answer.array?.map { $0["created_at"] } }
    #expect(shape(try morning.json("GET", path)) == shape(try evening.json("GET", path)))
  }

  @Test func helpdeskIsBelievable() throws {
    let sandbox = try SandboxFixture(tickets: 600)
    var tickets: [JSONValue] = []
    for page in 1...6 {
      tickets +=
        try sandbox.json(
          "GET", "/tickets?updated_since=1970-01-01&per_page=100&page=\(page)"
        ).array ?? []
    }
    let open = tickets.filter { $0["status"] == 2 }
    let unassigned = open.filter { $0["responder_id"] == .null }
    let own = open.filter { $0["responder_id"] == 1 }
    #expect(Double(unassigned.count) / Double(open.count) > 0.2)
    #expect(Double(unassigned.count) / Double(open.count) < 0.5)
    #expect(own.count > 5)
    #expect(tickets.contains { $0["is_escalated"] == true })
    #expect(open.contains { $0["is_escalated"] == false })
    #expect(Set(tickets.compactMap { $0["priority"]?.integer }) == [1, 2, 3, 4])
    let statuses = Set(tickets.compactMap { $0["status"]?.integer })
    #expect(statuses == [2, 3, 4, 5, 6])
    #expect(!tickets.contains { $0["subject"]?.string?.contains("{") != false })
    let now = WireTime.text(SandboxFixture.start)
    #expect(tickets.allSatisfy { ($0["updated_at"]?.string ?? "z") < now })
  }

  @Test func everyAddressIsReserved() throws {
    let sandbox = try SandboxFixture(tickets: 300)
    let contacts = try sandbox.json("GET", "/contacts?per_page=100")
    for contact in contacts.array ?? [] {
      let domain = contact["email"]?.string?.split(separator: "@").last ?? ""
      #expect(
        ["example.com", "example.org", "example.net"].contains(domain)
          || domain.hasSuffix(".example"))
    }
    let addresses = contacts.array?.compactMap { $0["email"]?.string } ?? []
    #expect(Set(addresses).count == addresses.count)
  }

  @Test func everyGapOfEveryScenarioIsFilled() {
    var random = SeededRandom(seed: 1)
    let variables = ScenarioVariables(&random, name: "N", agent: "A", company: nil)
    for scenario in Scenarios.all {
      let turns = scenario.turns.map { turn in
        switch turn {
        case .customer(let text), .reply(let text), .note(let text): text
        }
      }
      for text in scenario.subjects + scenario.openings + turns {
        let filled = variables.filled(text)
        #expect(!filled.contains("{") && !filled.contains("}"), "\(filled)")
      }
      #expect(!scenario.subjects.isEmpty && !scenario.openings.isEmpty && !scenario.turns.isEmpty)
      #expect(!AccountSeed.agents(in: scenario.group).isEmpty)
      #expect(scenario.type.map(TicketChoices.types.contains) ?? true)
    }
    #expect(Scenarios.all.count >= 40)
    let languages = Set(Scenarios.all.map(\.language))
    #expect(languages.isSuperset(of: [.chinese, .japanese, .arabic, .hindi, .russian]))
  }

  @Test func threadsAverageFourEntries() throws {
    let store = try Store(path: nil)
    try AccountSeed(seed: 1, now: SandboxFixture.start).fill(store)
    try TicketGenerator(seed: 1, count: 1500, now: SandboxFixture.start).fill(store)
    let entries =
      try store.connection.first("SELECT count(*) FROM conversations") { row throws(SQLiteError) in
        try row.int(0)
      }
      ?? 0
    #expect((3.5...4.5).contains(Double(entries) / 1500))
  }

  @Test func dataFileKeepsEverything() throws {
    let folder = TemporaryFolder()
    let file = folder.path + "/sandbox.db"
    let first = try SandboxFixture(tickets: 5) { $0.dataFile = file }
    _ = try first.json("POST", "/tickets/1/notes", #"{"body":"kept"}"#, status: 201)
    let thread = try first.json("GET", "/tickets/1/conversations")
    let key = first.key()
    first.server.stop()
    let second = try SandboxFixture(tickets: 99) {
      $0.dataFile = file
      $0.seed = 7
    }
    #expect(second.key() == key)
    #expect(try second.json("GET", "/tickets/1/conversations") == thread)
    #expect(second.call("GET", "/tickets/6")?.status == 404)
  }
}
