import Helpdesk

@testable import ConsoleModel

/// The query language, and what a person types into a search field.
enum QueryRules {
  private static let language = QueryLanguage(
    QueryVocabulary(
      statuses: [
        .init(id: 2, name: "Open"), .init(id: 3, name: "Pending"), .init(id: 4, name: "Resolved"),
        .init(id: 5, name: "Closed"), .init(id: 6, name: "Waiting on customer"),
      ],
      agents: [
        .init(id: 1, name: "Ann Bell", alias: "ann@example.com"), .init(id: 2, name: "Ann Core"),
        .init(id: 3, name: "me"), .init(id: 4, name: "Twin"), .init(id: 5, name: "twin"),
      ],
      groups: [.init(id: 1, name: "Billing"), .init(id: 2, name: "Care, first line")],
      types: ["Question", "Feature Request"]))

  static func check(_ input: [UInt8]) throws {
    let typed = String(decoding: input, as: UTF8.self)
    var query = QueueQuery(text: typed)
    do throws(QueryError) {
      query = try language.parse(typed)
      try checkPrinting(query)
    } catch {
      require(!error.sentence.isEmpty, "an error has a sentence")
    }
    let terms = SearchTerms(typed, lastIsPrefix: true)
    for width in [1, 20, 90] {
      let line = Snippet.cut(typed, around: terms, width: width)
      require(line.count <= width + 2, "a snippet keeps to its width", line.shown)
      require(!line.contains("\n"), "a snippet is one line", line.shown)
    }
    let folded = FoldedText(typed)
    require(folded.contains(folded, atWordStart: false), "a text holds itself", typed.shown)
    require(
      IndexText.prepare(typed).unicodeScalars.count <= 3 * IndexText.characterLimit + 1,
      "what is indexed is bounded")
    try FuzzCache.undone { connection in
      var writer = CacheWriter(connection, now: FuzzCache.now)
      let subject = String(typed.prefix(80))
      try writer.save(
        Ticket(
          id: TicketID(7), subject: subject, status: .open, requesterID: ContactID(1),
          createdAt: FuzzCache.now,
          updatedAt: FuzzCache.now, description: MessageBody(html: "", text: typed)))
      try writer.finish()
      let reader = try CacheReader(connection) { FuzzCache.now }
      // An error of the index would end the process here: nothing typed is an operator.
      _ = try reader.search(typed, growing: true)
      _ = try reader.search(typed)
      let rows = try reader.rows(query, limit: 10)
      require(rows.count <= 1, "one ticket is one row")
      _ = try reader.count(query)
      _ = try reader.tags(beginning: subject, limit: 5)
    }
  }

  /// A query prints as text that is read back as the same query.
  private static func checkPrinting(_ query: QueueQuery) throws(QueryError) {
    let printed = language.text(query)
    let again: QueueQuery
    do {
      again = try language.parse(printed)
    } catch {
      fatalError("broken rule: a printed query can be read. \(printed.shown): \(error)")
    }
    require(again == query, "printing and reading is stable", printed.shown)
  }
}
