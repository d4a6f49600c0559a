import Helpdesk
import SQLite
import Testing

@testable import ConsoleModel

/// Customers are found by what a person on the phone says: a name, an address, a number, a company.
@Suite struct CustomerSearchTests {
  private static let zoe = contact(
    11, "Zoë Brandt", email: "zoe.brandt@nord.example", others: ["z@home.example"],
    phone: "+49 (40) 555-1234", company: 5)
  private static let ken = contact(12, "Ken Ito", email: "ken@ito.example", mobile: "0170 9988776")

  private static func contact(
    _ id: Int64, _ name: String, email: String?, others: [String] = [], phone: String? = nil,
    mobile: String? = nil, company: Int64? = nil
  ) -> Contact {
    Contact(
      id: ContactID(id), name: name, email: email, otherEmails: others, phone: phone,
      mobile: mobile, companyID: company.map(CompanyID.init), createdAt: Timestamp(1),
      updatedAt: Timestamp(1))
  }

  private static func company(_ id: Int64, _ name: String) -> Company {
    Company(id: CompanyID(id), name: name, createdAt: Timestamp(1), updatedAt: Timestamp(1))
  }

  private func world() async throws -> CacheFixture {
    let fixture = try CacheFixture()
    try await fixture.store.save(companies: [Self.company(5, "Nordwerk GmbH")])
    try await fixture.store.save(contacts: [Self.zoe, Self.ken])
    var first = Ticket.sample(1, subject: "Label printer", requester: 11)
    first.companyID = CompanyID(5)
    try await fixture.store.save(tickets: [
      first, .sample(2, subject: "New badge", updatedAt: CacheFixture.noon + 5, requester: 12),
      .sample(3, subject: "Toner", updatedAt: CacheFixture.noon + 9, requester: 11),
    ])
    return fixture
  }

  @Test(arguments: [
    "zoe brandt", "ZOË", "brandt z", "zoe.brandt@nord.example", "zoe.brandt@", "z@home",
    "0405551234",
    "+49 40 555 1234", "040/555-12", "5551234",
  ])
  func aCustomerIsFoundBy(words: String) async throws {
    let reader = try await world().reader()
    let found = try reader.customers(words)
    #expect(found.map(\.name) == ["Zoë Brandt"])
    #expect(found.first?.email == "zoe.brandt@nord.example")
    #expect(found.first?.ticketCount == 2)
    #expect(found.first?.tickets.map(\.subject) == ["Toner", "Label printer"])
  }

  @Test func aCompanyIsFoundWithItsTickets() async throws {
    let reader = try await world().reader()
    let found = try reader.customers("nordw")
    #expect(found.map(\.who) == [.company(CompanyID(5))])
    #expect(found.first?.tickets.map(\.subject) == ["Label printer"])
  }

  @Test(arguments: ["brandt@zoe", "z", "5551235", "ito@nord.example", "", "\"", "("])
  func nobodyIsFoundBy(words: String) async throws {
    #expect(try await world().reader().customers(words).isEmpty)
  }

  @Test(
    arguments: [
      ("zoe.brandt@nord", [1, 3]), ("0170 99 88 776", [2]), ("98877", [2]), ("nordwerk", [1]),
      ("ken@ito badge", [2]),
    ] as [(String, Set<Int64>)])
  func theFilterFinds(words: String, tickets: Set<Int64>) async throws {
    let reader = try await world().reader()
    let query = QueueQuery(text: words)
    #expect(Set(try reader.rows(query, limit: 9).map(\.id.rawValue)) == tickets)
    #expect(try reader.count(query) == ViewCount(value: tickets.count))
    for id: Int64 in 1...3 {
      let place = try reader.position(of: TicketID(id), in: query)
      #expect((place != nil) == tickets.contains(id))
    }
  }

  @Test(
    arguments: [
      ("requester:zoe", [1, 3]), ("from:ken@ito.example", [2]),
      ("customer:\"brandt zoe\"", [1, 3]),
      ("requester:12", [2]), ("from:zoe,ken", [1, 2, 3]), ("company:nordwerk", [1]),
      ("not from:ken", [1, 3]), ("-company:nordwerk", [2, 3]), ("from:\"0170 9988776\"", [2]),
    ] as [(String, Set<Int64>)])
  func aQueryTakesNames(text: String, tickets: Set<Int64>) async throws {
    let reader = try await world().reader()
    let query = try reader.query(text)
    #expect(Set(try reader.rows(query, limit: 9).map(\.id.rawValue)) == tickets)
    #expect(try reader.count(query) == ViewCount(value: tickets.count))
  }

  @Test(arguments: [
    ("requester:brant", "Zoë Brandt <zoe.brandt@nord.example>"), ("from:kne", "Ken Ito"),
    ("company:nordwark", "Nordwerk GmbH"),
  ])
  func anUnknownNameIsRefusedWithTheNearest(text: String, near: String) async throws {
    let reader = try await world().reader()
    let error = #expect(throws: QueryError.self) { try reader.query(text) }
    #expect(error?.sentence.contains(near) == true, "\(error?.sentence ?? "")")
  }

  @Test func aNewNameAndAddressReplaceTheOldOnes() async throws {
    let fixture = try await world()
    var changed = Self.zoe
    changed.name = "Zoë Lind"
    changed.email = "lind@nord.example"
    changed.otherEmails = []
    changed.phone = nil
    try await fixture.store.save(contacts: [changed])
    try await fixture.store.save(companies: [Self.company(5, "Südwerk")])
    let reader = try fixture.reader()
    for gone in ["brandt", "z@home.example", "0405551234", "nordwerk"] {
      #expect(try reader.customers(gone).isEmpty, "\(gone)")
      #expect(try reader.rows(QueueQuery(text: gone), limit: 5).isEmpty, "\(gone)")
    }
    #expect(try reader.customers("lind@nord").first?.name == "Zoë Lind")
    #expect(try reader.rows(QueueQuery(text: "lind@nord"), limit: 5).count == 2)
    #expect(try reader.customers("sudwerk").first?.name == "Südwerk")
  }

  @Test func aRequesterWithoutARecordIsFoundToo() async throws {
    let fixture = try CacheFixture()
    var ticket = Ticket.sample(4, requester: 77)
    ticket.requester = PersonSummary(id: 77, name: "Mia Sol", email: "mia@sol.example")
    try await fixture.store.save(tickets: [ticket])
    #expect(try fixture.reader().customers("mia@sol").first?.ticketCount == 1)
    try await fixture.store.save(contacts: [
      Self.contact(77, "Mia Sol", email: "mia@sol.example", phone: "030 1234567")
    ])
    #expect(try fixture.reader().customers("0301234567").first?.name == "Mia Sol")
  }

  /// A cache of the first format, as earlier versions left it.
  @Test func anOldCacheIsIndexedWhenItIsOpened() async throws {
    let fixture = try await world()
    let old = try CacheFixture()
    let path = old.folder.appending(path: "old.db").path
    try Self.makeFirstFormat(path, from: fixture.file.path)
    let file = CacheFile(path: path) { Timestamp(CacheFixture.noon) }
    _ = try file.open()
    let reader = try file.reader()
    #expect(try reader.customers("zoe.brandt@nord").first?.ticketCount == 2)
    #expect(try reader.rows(QueueQuery(text: "zoe.brandt@nord"), limit: 9).count == 2)
    #expect(try reader.rows(QueueQuery(text: "toner"), limit: 9).count == 1)
    #expect(try reader.customers("nordwerk").count == 1)
  }

  private static func makeFirstFormat(_ path: String, from cache: String) throws {
    let connection = try Connection(path: path)
    try Migrator(
      applicationID: CacheSchema.migrator.applicationID,
      migrations: Array(CacheSchema.migrator.migrations.prefix(1))
    ).migrate(connection)
    try connection.execute("ATTACH ? AS new", cache)
    for table in ["contacts", "companies"] {
      try connection.execute("INSERT INTO \(table) SELECT * FROM new.\(table)")
    }
    let columns = try connection.query("SELECT name FROM pragma_table_info('tickets')") {
      row throws(SQLiteError) in try row.string(0)
    }.joined(separator: ", ")
    try connection.execute(
      "INSERT INTO main.tickets (\(columns)) SELECT \(columns) FROM new.tickets")
  }
}
