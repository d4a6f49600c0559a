import ConsoleTestSupport
import SQLite
import Testing

@testable import HelpdeskSandbox

@Suite("Loading conversations")
struct ImportTests {
  private static let lines = [
    #"{"id":"a","turns":[{"role":"agent","content":"Welcome!"},{"role":"user","content":"My phone came scratched. I am angry!"},{"role":"agent","content":"Sorry <to> hear & see that."},{"role":"user","content":"Send a new one\nplease"}]}"#,
    #"{"id":"b","turns":[{"role":"user","content":"你好，我想退货。谢谢"}]}"#,
    "this is no JSON",
    #"{"id":"c","turns":[{"role":"robot","content":"x"}]}"#,
    "",
    #"{"id":"d","turns":[{"role":"agent","content":"nobody asked"}]}"#,
  ]

  private func sandbox(_ lines: [String], also tickets: Int? = nil) throws -> SandboxFixture {
    try SandboxFixture {
      $0.tickets = tickets
      $0.loads = [
        SandboxLoad(name: "talk.jsonl", bytes: Array(lines.joined(separator: "\n").utf8))
      ]
    }
  }

  @Test func turnsBecomeATicketWithItsThread() throws {
    let sandbox = try sandbox(Self.lines)
    let list = try sandbox.json("GET", "/tickets?include=description,requester")
    #expect(list.array?.map { $0["subject"] } == ["My phone came scratched", "你好，我想退货"])
    let first = try #require(list[0])
    #expect(first["description_text"] == "My phone came scratched. I am angry!")
    let id = try #require(first["id"]?.integer)
    let thread = try sandbox.json("GET", "/tickets/\(id)/conversations").array ?? []
    #expect(
      thread.map { $0["body_text"]?.string } == [
        "Welcome!", "Sorry <to> hear & see that.", "Send a new one please",
      ])
    #expect(thread.map { $0["incoming"] } == [false, false, true])
    #expect(thread.last?["user_id"] == first["requester_id"])
    #expect(list[1]?["requester"]?["email"]?.string?.hasSuffix("@example.com") == true)
  }

  @Test func badLinesAreNamedAndLeftOut() throws {
    let sandbox = try sandbox(Self.lines)
    #expect(
      sandbox.server.warnings == [
        "talk.jsonl line 3: no JSON; left out.",
        "talk.jsonl line 4: a turn whose role is neither user nor agent; left out.",
        "talk.jsonl line 6: no turn of a customer; left out.",
      ])
  }

  @Test func loadedTicketsAreRecentAndTheFirstLineIsTheNewest() throws {
    let many = (1...300).map {
      #"{"id":"\#($0)","turns":[{"role":"user","content":"Question number \#($0) of many"},{"role":"agent","content":"ok"}]}"#
    }
    let sandbox = try sandbox(many)
    var subjects: [String] = []
    for page in 1...3 {
      let list = try sandbox.json("GET", "/tickets?per_page=100&page=\(page)")
      subjects += list.array?.compactMap { $0["subject"]?.string } ?? []
    }
    #expect(subjects == (1...300).map { "Question number \($0) of many" })
    let open = try sandbox.json("GET", "/search/tickets?query=%22status:2%22")
    #expect((open["total"]?.integer ?? 0) > 150)
  }

  @Test func generatedAndLoadedLiveTogether() throws {
    let sandbox = try sandbox(Self.lines, also: 5)
    #expect(try sandbox.json("GET", "/tickets/6")["id"] == 6)
    #expect(try sandbox.json("GET", "/tickets/7")["id"] == 7)
  }

  @Test(arguments: [
    ("Short", "Short"), ("Hi! I lost my card", "Hi! I lost my card"),
    ("  Where is it? Tell me.", "Where is it?"), ("", "No subject"),
    (
      String(repeating: "word ", count: 40),
      "word word word word word word word word word word word word word…"
    ),
    ("first line\nsecond", "first line"),
  ])
  func subjectsAreShortened(text: String, subject: String) {
    #expect(ConversationImport.subject(of: text) == subject)
  }

  @Test(
    .enabled("the public conversations are not here") { Self.datasets != nil },
    arguments: ["ecommerce-2000", "chinese", "arabic", "hindi-english"])
  func publicConversationsLoadWithoutALoss(name: String) throws {
    let path = "\(try #require(Self.datasets))/\(name).jsonl"
    let bytes = try #require(TestFiles.read(path))
    let lines = bytes.split(separator: UInt8(ascii: "\n")).count
    let store = try Store(path: nil)
    try AccountSeed(seed: 1, now: SandboxFixture.start).fill(store)
    let complaints = try ConversationImport(now: SandboxFixture.start, seed: 1)
      .load(SandboxLoad(name: name, bytes: bytes), into: store)
    #expect(complaints.isEmpty)
    let count = try store.connection.first("SELECT count(*) FROM tickets") {
      row throws(SQLiteError) in try row.int(0)
    }
    #expect(count == lines)
  }

  static let datasets = TestFiles.folder("../shared/datasets/conversations")
}
