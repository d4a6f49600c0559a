/// Makes a help desk out of a seed: companies, contacts, tickets, threads. The same seed, number
/// and time give the same bytes.
struct TicketGenerator {
  let seed: UInt64
  let count: Int
  /// The time that everything lies before; due dates lie around it.
  let now: Int64

  /// A customer as the generator remembers them.
  private struct Customer {
    var id: Int64
    var firstName: String
    var email: String
    var language: Scenario.Language
    var companyID: Int64?
    var company: String?
  }

  /// Fills an empty store. The indexes are made afterwards by the caller.
  func fill(_ store: Store) throws {
    let customers = try makeCustomers(store)
    guard !customers.isEmpty else { return }
    var nextEntry = Desk.firstConversationID
    var nextFile: Int64 = 10_000_000_001
    for index in 0..<count {
      var random = SeededRandom(seed: seed, stream: UInt64(index) + 1_000_000)
      let customer = pickCustomer(customers, index, &random)
      let scenario = Scenarios.pick(customer.language, &random)
      var thread = ThreadGenerator(
        scenario: scenario, now: now, ticketID: Int64(index + 1), requesterID: customer.id,
        requesterEmail: customer.email, firstName: customer.firstName, company: customer.company,
        createdAt: createdAt(index, &random), random: random)
      thread.companyID = customer.companyID
      thread.nextEntry = nextEntry
      thread.nextFile = nextFile
      thread.make()
      try store.connection.execute(TicketRecord.insertion, arguments: thread.ticket.values)
      try store.saveDescription(
        of: thread.ticket.id, body: thread.description, attachments: thread.descriptionFiles)
      for entry in thread.entries { try store.save(entry) }
      nextEntry = thread.nextEntry
      nextFile = thread.nextFile
    }
  }

  /// Tickets come in by the number: a small desk spans four weeks, a large one two years, the
  /// newest the densest.
  private func createdAt(_ index: Int, _ random: inout SeededRandom) -> Int64 {
    let days = min(max(Double(count) / 60, 26), 730)
    let age = 1 - (Double(index) + random.unit()) / Double(count)
    let seconds = Int64(pow4of3(age) * days * 86_400)
    return now - 300 - seconds
  }

  /// `age` to the power of 1.5, without a library.
  private func pow4of3(_ age: Double) -> Double { age * age.squareRoot() }

  private func pickCustomer(
    _ customers: [Customer], _ index: Int, _ random: inout SeededRandom
  ) -> Customer {
    // Some customers write again and again.
    random.chance(0.25)
      ? customers[random.below(max(customers.count / 12, 1))]
      : random.pick(customers)
  }

  private func makeCustomers(_ store: Store) throws -> [Customer] {
    let companies = min(max(count / 30, 6), Names.companyCount)
    let founded = now - 800 * 86_400
    for index in 0..<companies { try makeCompany(index, founded, store) }
    var customers: [Customer] = []
    for index in 0..<min(max(count / 3, 12), 40_000) {
      var random = SeededRandom(seed: seed, stream: UInt64(index) + 500_000_000)
      let pool = Names.pool(&random)
      let name = Names.person(&random, pool)
      let companyIndex: Int? = random.chance(0.65) ? random.below(companies) : nil
      let company = companyIndex.map { Names.company($0) }
      // The number keeps addresses apart: people share names.
      let domain = company?.domain ?? random.pick(["example.com", "example.org", "example.net"])
      let email = "\(Names.mailbox(name.latin)).\(index)@\(domain)"
      let id = Store.firstContactID + Int64(index)
      let companyID = companyIndex.map { Int64(2001 + $0) }
      let made = founded + Int64(random.below(500)) * 86_400
      try store.save(
        contact(
          id, name.native, email, companyID, made, title: random.pick(Self.titles),
          phone: random.chance(0.3) ? "+1 202 555 01\(10 + random.below(90))" : nil))
      customers.append(
        Customer(
          id: id, firstName: firstName(name, pool), email: email, language: pool.language,
          companyID: companyID, company: company?.name))
    }
    return customers
  }

  private static let titles: [String?] = [
    nil, nil, "Office manager", "Head of operations", "Developer", "Accountant", "Owner",
    "Project manager", "Teacher", "IT administrator", "Warehouse lead",
  ]

  private func firstName(_ name: Names.Name, _ pool: Names.Pool) -> String {
    pool.familyFirst ? name.native : String(name.native.split(separator: " ")[0])
  }

  private func contact(
    _ id: Int64, _ name: String, _ email: String, _ companyID: Int64?, _ made: Int64,
    title: String?, phone: String?
  ) -> ContactRecord {
    var document = ContactDocument.empty
    document["id"] = .integer(id)
    document["name"] = .string(name)
    document["email"] = .string(email)
    document["active"] = true
    document["job_title"] = JSONValue(title)
    document["phone"] = JSONValue(phone)
    document["company_id"] = JSONValue(companyID)
    return ContactRecord(id: id, at: made, document: document)
  }

  private func makeCompany(_ index: Int, _ founded: Int64, _ store: Store) throws {
    var random = SeededRandom(seed: seed, stream: UInt64(index) + 900_000_000)
    let company = Names.company(index)
    let id = Int64(2001 + index)
    let made = founded + Int64(random.below(400)) * 86_400
    let times = JSONValue(time: made)
    try store.save(
      DocumentRecord(
        kind: .company, id: id, updatedAt: made,
        document: [
          "id": .integer(id), "name": .string(company.name), "description": .null,
          "note": random.chance(0.2) ? "Prefers to be called in the morning" : .null,
          "domains": .array([.string(company.domain)]), "created_at": times,
          "updated_at": times, "custom_fields": .object([:]),
          "health_score": random.pick(["Happy", "Doing okay", "At risk", .null]),
          "account_tier": random.pick(["Basic", "Premium", "Enterprise", .null]),
          "renewal_date": random.chance(0.5)
            ? JSONValue(time: now / 86_400 * 86_400 + Int64(random.below(360)) * 86_400) : .null,
          "industry": .null, "org_company_id": .string(String(id)),
        ]))
  }
}
