import ConsoleModel
import Helpdesk
import Testing

@Suite struct FullTextTests {
  private func world(_ texts: [(subject: String, messages: [String])]) async throws
    -> (CacheFixture, CacheReader)
  {
    let fixture = try CacheFixture()
    for (index, text) in texts.enumerated() {
      let id = Int64(index + 1)
      let ticket = Ticket.sample(id, subject: text.subject, updatedAt: CacheFixture.noon + id * 10)
      try await fixture.store.saveThread(
        of: ticket,
        conversations: text.messages.enumerated().map { place, words in
          .sample(
            id * 100 + Int64(place), on: id, text: words,
            at: CacheFixture.noon + id * 10 + Int64(place))
        })
    }
    return (fixture, try fixture.reader())
  }

  private func found(_ reader: CacheReader, _ words: String) throws -> [Int64] {
    try reader.search(words).hits.map(\.row.id.rawValue)
  }

  @Test func subjectsAndThreadsAreFoundNewestFirst() async throws {
    let (_, reader) = try await world([
      ("Invoice wrong", ["please check"]), ("Login", ["the invoice is late"]), ("Other", ["no"]),
    ])
    let hits = try reader.search("invoice").hits
    #expect(hits.map(\.row.id.rawValue) == [2, 1])
    #expect(hits.map { $0.conversationID?.rawValue } == [200, nil])
    #expect(hits[0].snippet.contains("the invoice is late"))
    #expect(hits[1].snippet.hasPrefix("Invoice wrong"))
  }

  @Test func wordsPhrasesAndBeginnings() async throws {
    let (_, reader) = try await world([
      ("a", ["red fox jumps"]), ("b", ["fox red"]), ("c", ["foxes"]),
    ])
    #expect(try found(reader, "red fox") == [2, 1])
    #expect(try found(reader, "\"red fox\"") == [1])
    #expect(try found(reader, "fox*") == [3, 2, 1])
    #expect(try found(reader, "fox") == [2, 1])
    #expect(try reader.search("fo", growing: true).hits.count == 3)
  }

  @Test func wordsInQuotesMayBeBrokenByALine() async throws {
    let (_, reader) = try await world([
      ("a", ["a BLANK\r\n   page appears"]), ("b", ["page blank"]), ("c", ["Größe XL"]),
      ("d", ["e-mail"]), ("e", ["mail e"]),
    ])
    #expect(try found(reader, "\"blank page\"") == [1])
    #expect(try found(reader, "\"groesse xl\"") == [])
    #expect(try found(reader, "\"größe  xl\"") == [3])
    #expect(try found(reader, "e-mail") == [4])
  }

  @Test func longBeginningsAreFoundLikeShortOnes() async throws {
    let (_, reader) = try await world([
      ("connection lost", []), ("connectors", []), ("Université Connecté", []),
      ("disconnection", []),
    ])
    func growing(_ words: String) throws -> [Int64] {
      try reader.search(words, growing: true).hits.map(\.row.id.rawValue)
    }
    #expect(try growing("connect") == [3, 2, 1])
    #expect(try growing("connecti") == [1])
    #expect(try growing("connecte") == [3])
    #expect(try growing("université connec") == [3])
    #expect(try growing("universites") == [])
    #expect(try found(reader, "connecto*") == [2])
  }

  @Test(arguments: [
    ("東京", [1]), ("京", [1, 2]), ("東京都の天気", [1]), ("天気予", [Int]()), ("都", [1, 2]),
    ("パスワード", [3]), ("設定", [3]), ("über", [4]), ("uber", [4]), ("पासवर्ड", [5]), ("كلمة", [6]),
    ("пароль", [7]), ("비밀번호", [8]), ("天", [1]),
  ])
  func scriptsOfTheWorldAreFound(words: String, ids: [Int]) async throws {
    let (_, reader) = try await world([
      ("東京都の天気", []), ("京都", []), ("パスワードの再設定", []), ("Über uns", []),
      ("मेरा पासवर्ड काम नहीं कर रहा", []), ("نسيت كلمة المرور", []), ("Забыл пароль", []),
      ("비밀번호 재설정", []),
    ])
    #expect(try Set(found(reader, words)) == Set(ids.map(Int64.init)))
    let filtered = try reader.rows(QueueQuery(text: words), limit: 10).map(\.id.rawValue)
    #expect(Set(filtered) == Set(ids.map(Int64.init)))
  }

  @Test(arguments: [
    "\"", "\"\"", "AND", "NOT x", "a OR b", "x NEAR y", "(", "*", "^x", "-x", "col:x", "a\"b\"c",
    "''", "{x}", "a\u{1e900}b", "a\u{a7cb}b", "\u{10ffff}", "\u{0}", "x*y*", "+",
  ])
  func nothingTypedIsAnOperator(words: String) async throws {
    let (_, reader) = try await world([("plain", ["text"])])
    #expect(try found(reader, words) == [])
    _ = try reader.rows(QueueQuery(text: words), limit: 10)
    #expect(try reader.search(words + " plain", growing: true).hits.count <= 1)
  }

  @Test func changedAndDeletedWordsAreNoLongerFound() async throws {
    let fixture = try CacheFixture()
    let first = Ticket.sample(1, subject: "alpha", updatedAt: CacheFixture.noon)
    try await fixture.store.saveThread(
      of: first,
      conversations: [.sample(10, on: 1, text: "bravo"), .sample(11, on: 1, text: "charlie")])
    let second = Ticket.sample(1, subject: "delta", updatedAt: CacheFixture.noon + 5)
    try await fixture.store.saveThread(
      of: second, conversations: [.sample(10, on: 1, text: "echo")])
    let reader = try fixture.reader()
    for gone in ["alpha", "bravo", "charlie"] { #expect(try found(reader, gone) == []) }
    for here in ["delta", "echo"] { #expect(try found(reader, here) == [1]) }
    #expect(try reader.rows(QueueQuery(text: "alpha"), limit: 5).isEmpty)
    #expect(try reader.rows(QueueQuery(text: "delta"), limit: 5).count == 1)
  }

  @Test func manyMatchesComeInTheOrderOfTheView() async throws {
    let fixture = try CacheFixture()
    var random = SeededGenerator(9)
    let tickets = (Int64(1)...5000).map { id in
      Ticket.sample(
        id, subject: id % 3 == 0 ? "printer jam" : "prince",
        updatedAt: CacheFixture.noon + Int64.random(in: 0..<100_000, using: &random))
    }
    try await fixture.store.save(tickets: tickets)
    let reader = try fixture.reader()
    for text in ["pri", "print"] {
      let query = QueueQuery(text: text, sort: QueueSort(.updated))
      let expected = tickets.filter { text == "pri" || $0.id.rawValue % 3 == 0 }
        .sorted { ($0.updatedAt, $0.id) > ($1.updatedAt, $1.id) }.map(\.id)
      let first = try reader.rows(query, limit: 40)
      #expect(first.map(\.id) == Array(expected.prefix(40)))
      let second = try reader.rows(query, after: first.last?.position, limit: 40)
      #expect(second.map(\.id) == Array(expected[40..<80]))
      #expect(
        try reader.rows(query, before: second.first?.position, limit: 40).map(\.id)
          == first.map(\.id))
    }
  }

  @Test func aGiantBodyIsCutAndStillRead() async throws {
    let (_, reader) = try await world([
      ("giant", [String(repeating: "lorem ipsum ", count: 900_000)])
    ])
    #expect(try found(reader, "lorem") == [1])
    let entry = try #require(try reader.detail(TicketID(1))?.entries.last)
    #expect(entry.text.utf8.count < 1_200_000)
  }
}
