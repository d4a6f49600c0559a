public import Helpdesk
public import SQLite

/// Somebody, or a company, that a search has found, with the newest tickets.
public struct FoundCustomer: Equatable, Sendable {
  public enum Who: Hashable, Sendable {
    case contact(ContactID)
    case company(CompanyID)
  }

  public var who: Who
  public var name: String
  public var email: String?
  public var phone: String?
  public var ticketCount: Int
  /// The newest tickets, newest first.
  public var tickets: [QueueRow]

  public init(
    who: Who, name: String, email: String? = nil, phone: String? = nil, ticketCount: Int,
    tickets: [QueueRow]
  ) {
    self.who = who
    self.name = name
    self.email = email
    self.phone = phone
    self.ticketCount = ticketCount
    self.tickets = tickets
  }
}

extension CacheReader {
  /// The most customers that one name in a query stands for.
  static let customerLimit = 5000

  /// Customers and companies whose name, address or phone number begins so, those with the newest
  /// tickets first. Empty for what is too short or too common to mean anybody.
  public func customers(_ typed: String, limit: Int = 5, tickets ticketLimit: Int = 3)
    throws(SQLiteError) -> [FoundCustomer]
  {
    guard typed.unicodeScalars.count(where: IndexText.isPartOfWord) >= 2 else { return [] }
    let people = try customerIDs(typed, limit: 60)
    let companies = try companyIDs(typed, limit: 20)
    var ranked: [(who: FoundCustomer.Who, newest: Int64)] = []
    for id in companies { ranked.append((.company(CompanyID(id)), try newest("company_id", id))) }
    for id in people { ranked.append((.contact(ContactID(id)), try newest("requester_id", id))) }
    var found: [FoundCustomer] = []
    for entry in ranked.sorted(by: { $0.newest > $1.newest }).prefix(limit) {
      if let customer = try customer(entry.who, ticketLimit) { found.append(customer) }
    }
    return found
  }

  /// The numbers of the customers that a name, an address or a phone number means.
  func customerIDs(_ typed: String, limit: Int) throws(SQLiteError) -> [Int64] {
    try matches(typed, limit: limit, index: "customer_words") { id throws(SQLiteError) in
      try connection.first("SELECT words FROM customers WHERE id = ?", id) {
        row throws(SQLiteError) in try row.string(0)
      }
    }
  }

  func companyIDs(_ typed: String, limit: Int) throws(SQLiteError) -> [Int64] {
    try matches(typed, limit: limit, index: "company_words") { id throws(SQLiteError) in
      try connection.first("SELECT name FROM companies WHERE id = ?", id) {
        row throws(SQLiteError) in try row.string(0)
      }
    }
  }

  private func matches(
    _ typed: String, limit: Int, index: String,
    words: (Int64) throws(SQLiteError) -> String?
  ) throws(SQLiteError) -> [Int64] {
    let terms = CustomerTerms(typed)
    guard let expression = terms.expression else { return [] }
    var found: [Int64] = []
    do {
      try connection.forEach(
        "SELECT rowid FROM \(index) WHERE \(index) MATCH ? ORDER BY rowid DESC",
        arguments: [expression]
      ) { row throws(SQLiteError) in
        let id = try row.int64(0)
        if let text = try words(id), terms.match(text) { found.append(id) }
        return found.count < limit
      }
    } catch  where error.isRefusedQuery {
      return []
    }
    return found
  }

  private func newest(_ column: String, _ id: Int64) throws(SQLiteError) -> Int64 {
    try connection.first(
      """
      SELECT updated_at FROM tickets WHERE \(column) IS NOT NULL AND \(column) = ? AND +stage < 9
      ORDER BY updated_at DESC LIMIT 1
      """, id
    ) { row throws(SQLiteError) in try row.int64(0) } ?? 0
  }

  private func customer(_ who: FoundCustomer.Who, _ limit: Int) throws(SQLiteError)
    -> FoundCustomer?
  {
    var query = QueueQuery(sort: QueueSort(.updated))
    var found: FoundCustomer?
    switch who {
    case .contact(let id):
      query.requesterID = id
      found = try connection.first(
        "SELECT name, email, phone FROM customers WHERE id = ?", id.rawValue
      ) { row throws(SQLiteError) in
        FoundCustomer(
          who: who, name: try row.string(0), email: try row.optionalString(1),
          phone: try row.optionalString(2), ticketCount: 0, tickets: [])
      }
    case .company(let id):
      query.companyID = id
      found = try connection.first("SELECT name FROM companies WHERE id = ?", id.rawValue) {
        row throws(SQLiteError) in
        FoundCustomer(who: who, name: try row.string(0), ticketCount: 0, tickets: [])
      }
    }
    found?.ticketCount = try count(query).value
    found?.tickets = try rows(query, limit: limit)
    return found
  }

  // Near names

  /// Names that are spelled almost so, for a refusal; nearest first.
  func names(near typed: String, isCompany: Bool, limit: Int = 5) throws(SQLiteError) -> [String] {
    let wanted = Spelling(typed)
    var begun: [String] = []
    for length in [3, 2, 1] where begun.isEmpty {
      let start = String(typed.prefix(length))
      let ids =
        isCompany
        ? try companyIDs(start, limit: 400) : try customerIDs(start, limit: 400)
      for id in ids {
        if let name = isCompany ? try companyName(id) : try customerName(id) { begun.append(name) }
      }
    }
    let ranked = Set(begun).map { (name: $0, distance: wanted.distance(to: $0)) }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return ranked.prefix(limit).map(\.name)
  }

  private func customerName(_ id: Int64) throws(SQLiteError) -> String? {
    try connection.first(
      "SELECT name || coalesce(' <' || email || '>', '') FROM customers WHERE id = ?", id
    ) { row throws(SQLiteError) in try row.string(0) }
  }

  private func companyName(_ id: Int64) throws(SQLiteError) -> String? {
    try connection.first("SELECT name FROM companies WHERE id = ?", id) {
      row throws(SQLiteError) in try row.string(0)
    }
  }
}
