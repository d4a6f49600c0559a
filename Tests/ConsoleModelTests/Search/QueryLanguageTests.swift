import ConsoleModel
import Helpdesk
import Testing

@Suite struct QueryLanguageTests {
  private let language = QueryLanguage(
    QueryVocabulary(
      statuses: [
        .init(id: 2, name: "Being Processed"), .init(id: 3, name: "Pending"),
        .init(id: 4, name: "Resolved"), .init(id: 5, name: "Closed"),
        .init(id: 12, name: "Escalated"),
      ],
      agents: [
        .init(id: 7, name: "Maria Keller", alias: "maria@acme.example"),
        .init(id: 8, name: "Marc Dubois"), .init(id: 9, name: "Tom, the second"),
      ],
      groups: [.init(id: 3, name: "Team EU"), .init(id: 4, name: "Network")],
      types: ["Incident"]))

  private func query(_ change: (inout QueueQuery) -> Void) -> QueueQuery {
    var query = QueueQuery()
    change(&query)
    return query
  }

  @Test func everyFieldIsUnderstood() throws {
    let found = try language.parse(
      """
      status:open,pending agent:me group:"Team EU" priority>=high type:incident tag:vpn,eu \
      overdue:yes new:no requester:17 company:4 sort:-updated login "after noon" "late"
      """)
    #expect(
      found
        == query {
          $0.statuses = [.open, .pending]
          $0.agent = .mine
          $0.group = .only([GroupID(3)])
          $0.priorities = [.high, .urgent]
          $0.types = ["Incident"]
          $0.tags = ["vpn", "eu"]
          $0.isOverdue = true
          $0.needsAnswer = false
          $0.requesterID = ContactID(17)
          $0.companyID = CompanyID(4)
          $0.sort = QueueSort(.updated, descending: false)
          $0.text = "login late"
          $0.conditions = [.phrase("after noon")]
        })
  }

  @Test(arguments: [
    ("status:unresolved", [2, 3, 12]), ("status:done", [4, 5]), ("status:waiting", [3]),
    ("status:being", [2]), ("status:esc", [12]), ("status:7", [7]), ("STATUS:Closed", [5]),
  ])
  func statusesHaveManyNames(text: String, numbers: [Int]) throws {
    #expect(try language.parse(text).statuses == Set(numbers.map(TicketStatus.init(rawValue:))))
  }

  @Test func peopleAreFoundByTheBeginningOfAName() throws {
    #expect(try language.parse("agent:dub").agent == .only([AgentID(8)]))
    #expect(try language.parse("agent:maria@").agent == .only([AgentID(7)]))
    #expect(try language.parse("agent:none").agent == .unassigned)
    #expect(
      try language.parse("agent:\"Tom, the second\",8").agent == .only([AgentID(9), AgentID(8)]))
  }

  @Test(arguments: [
    ("priority<high", [TicketPriority.low, .medium]), ("priority>low", [.medium, .high, .urgent]),
    ("priority:low,urgent", [.low, .urgent]), ("priority=3", [.high]),
    ("priority<=medium", [.low, .medium]),
  ])
  func prioritiesCompare(text: String, found: [TicketPriority]) throws {
    #expect(try language.parse(text).priorities == Set(found))
  }

  @Test(arguments: [
    ("color:red", QueryError.unknownKey("color", known: [])),
    ("status:", .missingValue(key: "status")),
    (
      "agent:mar",
      .ambiguousValue(key: "agent", "mar", candidates: ["Maria Keller", "Marc Dubois"])
    ),
    ("group:\"Team", .unclosedQuote),
    ("status>open", .comparison(key: "status")),
    ("overdue:perhaps", .unknownValue(key: "overdue", "perhaps", known: ["yes", "no"])),
    ("agent:zoe", .unknownValue(key: "agent", "zoe", known: [])),
    ("error:500", .unknownKey("error", known: [])),
    ("tag>vip", .comparison(key: "tag")),
    ("refund or", .missingCondition("or")), ("or refund", .missingCondition("or")),
    ("a or or b", .missingCondition("or")), ("not", .missingCondition("not")),
    ("(refund", .unbalancedBracket), ("refund ) x", .unbalancedBracket), ("()", .unbalancedBracket),
    ("sort:created or x", .misplaced(key: "sort")), ("not sort:created", .misplaced(key: "sort")),
    ("created:2026-13-01", .unknownValue(key: "created", "2026-13-01", known: [])),
    ("created:2026-02-29", .unknownValue(key: "created", "2026-02-29", known: [])),
    ("created:7m", .unknownValue(key: "created", "7m", known: [])),
    ("created:none", .unknownValue(key: "created", "none", known: [])),
    ("source:pigeon", .unknownValue(key: "source", "pigeon", known: [])),
    ("id:five", .unknownValue(key: "id", "five", known: [])),
  ])
  func whatIsNotUnderstoodIsNamed(text: String, expected: QueryError) {
    do {
      _ = try language.parse(text)
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.sentence.hasPrefix(String(expected.sentence.prefix(20))))
    }
  }

  @Test(arguments: [
    "http://x.example/a", "12:30", "C++", "foo-bar", "ada@fox.example", "#1182", "-", "--", ":)",
  ])
  func whatIsNoFieldAndNoOperatorIsAWord(text: String) throws {
    #expect(try language.parse(text).text == text)
  }

  @Test(arguments: ["\"or\"", "\"not\"", "\"error:500\"", "\"(\"", "\"-x\"", "\"sort:x\""])
  func quotesMakeAWordOfAnything(text: String) throws {
    #expect(try language.parse(text).text == String(text.dropFirst().dropLast()))
  }

  @Test(
    arguments: [
      ("created:2026-11-20", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"),
      ("created:2026-11", "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"),
      ("created:2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
      ("updated:2026-11-01..2026-11-20", "2026-11-01T00:00:00Z", "2026-11-21T00:00:00Z"),
      ("updated:2026-11-01..", "2026-11-01T00:00:00Z", nil),
      ("created:<2026-11-20", nil, "2026-11-20T00:00:00Z"),
      ("created<=2026-11-20", nil, "2026-11-21T00:00:00Z"),
      ("created:>2026-11-20", "2026-11-21T00:00:00Z", nil),
      ("created>=2026-11-20", "2026-11-20T00:00:00Z", nil),
    ] as [(String, String?, String?)])
  func datesAreRanges(text: String, from: String?, until: String?) throws {
    guard case .moment(let filter)? = try language.parse(text).conditions.first else {
      Issue.record("no moment in \(text)")
      return
    }
    #expect(filter.from == from.flatMap { Timestamp(parsing: $0) }.map { .at($0) })
    #expect(filter.until == until.flatMap { Timestamp(parsing: $0) }.map { .at($0) })
  }

  @Test(arguments: [
    "a or b c", "not (a b) or -c", "(a or (b c)) d", "not not tag:x", "tag:a tag:b -tag:c",
    "status:open status:pending", "status:any status:open", "from:\"Zoë B\",7 company:x",
    "created:<7d updated:yesterday due:none", "id:3,1 source:phone,email", "\"two words\"",
    "unanswered:yes unread:no unread:yes", "\"or\" \"-x\" \"(\"", "from:\">x\" from::y",
    "tag:\"a)\"",
    "priority>=high priority<urgent", "group:mine group:none type:a type:b overdue:yes overdue:no",
  ])
  func whateverIsWrittenReadsBack(text: String) throws {
    let query = try language.parse(text)
    #expect(try language.parse(language.text(query)) == query, "\(language.text(query))")
  }

  @Test func theReferenceHoldsWhatItSays() throws {
    for example in QueryReference.rules.map(\.example) + QueryReference.examples.map(\.example) {
      if example.contains("Team EU") || example == "\"or\", \"a:b\"" { continue }
      if example == "-tag:vip, not tag:vip" { continue }
      #expect(throws: Never.self, "\(example)") { try language.parse(example) }
    }
    for field in QueryField.allCases where field != .group {
      #expect(throws: Never.self, "\(field)") { try language.parse(field.example) }
      for value in field.fixedValues {
        #expect(throws: Never.self, "\(field) \(value)") {
          try language.parse("\(field.name):\(value)")
        }
      }
    }
  }

  @Test(arguments: [
    #"words""#, #"tag:5"-screen"#, #"tag:"5"" screen""#, #""a  b":"#, #""?tag:vip,two words""#,
    "tag:\"\u{301}two words\"", "\"\u{301}a:b\"", "agent:\"Tom, the second\"\u{301}",
  ])
  func quotationMarksAndMarksOnThemSurviveWritingAndReading(text: String) throws {
    let query = try language.parse(text)
    #expect(try language.parse(language.text(query)) == query, "\(language.text(query))")
  }

  @Test func twoQuotationMarksStandForOne() throws {
    #expect(try language.parse(#"tag:"5"" screen""#).tags == [#"5" screen"#])
  }

  @Test func aQueryCanBeWrittenAndReadBack() throws {
    var random = SeededGenerator(3)
    for _ in 0..<300 {
      var query = QueueQuery()
      query.statuses = Set(
        [2, 3, 4, 12, 77].filter { _ in Bool.random(using: &random) }
          .map(TicketStatus.init(rawValue:)))
      query.agent =
        [.any, .mine, .unassigned, .only([AgentID(7), AgentID(9), AgentID(99)])]
        .randomElement(using: &random) ?? .any
      query.group = [.any, .mine, .only([GroupID(3)])].randomElement(using: &random) ?? .any
      query.priorities = Set(TicketPriority.allCases.filter { _ in Bool.random(using: &random) })
      query.types = Bool.random(using: &random) ? ["Feature Request", "Incident"] : []
      query.tags = Bool.random(using: &random) ? ["vpn", "two words"] : []
      query.isOverdue = [nil, true, false].randomElement(using: &random) ?? nil
      query.requesterID = Bool.random(using: &random) ? ContactID(5) : nil
      query.text = ["", "login", "a:b x=1", "東京 über"].randomElement(using: &random) ?? ""
      query.sort = QueueSort(
        QueueSort.Key.allCases.randomElement(using: &random) ?? .due,
        descending: Bool.random(using: &random))
      let text = language.text(query)
      #expect(try language.parse(text) == query, "\(text)")
    }
  }
}
