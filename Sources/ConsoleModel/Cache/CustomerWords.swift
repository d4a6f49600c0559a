import Helpdesk
import SQLite

/// The words by which customers and companies are found: what the index holds, and what a hit is
/// compared with.
enum CustomerWords {
  static func customer(name: String, emails: [String], phones: [String]) -> String {
    let digits = Set(phones.flatMap(PhoneNumber.endings)).sorted()
    return ([name] + emails + [digits.joined(separator: " ")]).joined(separator: " \u{1f} ")
  }

}

/// What was typed to find a customer, as an expression of the index and a closer look at a hit.
struct CustomerTerms {
  var expression: String?
  private var phrases: PhraseMatch?

  init(_ typed: String) {
    if let digits = PhoneNumber.digits(typed: typed) {
      expression = "\"\(digits)\" *"
      return
    }
    let terms = SearchTerms(typed, prefixes: true)
    expression = terms.expression
    phrases = PhraseMatch(terms)
  }

  func match(_ words: String) -> Bool { phrases?.isIn(words) ?? true }
}

extension CacheWriter {
  /// A contact's record has come: it says more than a ticket does.
  mutating func saveCustomer(_ contact: Contact) throws(SQLiteError) {
    let phones = [contact.phone, contact.mobile].compactMap { $0 }
    try saveCustomer(
      contact.id.rawValue, name: contact.name, email: contact.email,
      phone: phones.first,
      words: CustomerWords.customer(
        name: contact.name, emails: [contact.email].compactMap { $0 } + contact.otherEmails,
        phones: phones))
  }

  /// A ticket names somebody whose record is not known, or not known yet.
  mutating func meet(_ id: ContactID, name: String, email: String?) throws(SQLiteError) {
    guard try customerWords(id.rawValue) == nil else { return }
    try saveCustomer(
      id.rawValue, name: name, email: email, phone: nil,
      words: CustomerWords.customer(
        name: name, emails: [email].compactMap { $0 }, phones: []))
  }

  private func customerWords(_ id: Int64) throws(SQLiteError) -> String? {
    try connection.first("SELECT words FROM customers WHERE id = ?", id) {
      row throws(SQLiteError) in try row.string(0)
    }
  }

  private mutating func saveCustomer(
    _ id: Int64, name: String, email: String?, phone: String?, words text: String
  ) throws(SQLiteError) {
    words.replaceCustomerText(
      of: id, old: try customerWords(id).map(IndexText.prepare), new: IndexText.prepare(text))
    try connection.execute(
      "INSERT OR REPLACE INTO customers VALUES (?, ?, ?, ?, ?)", id, name, email, phone, text)
  }
}

/// Fills the indexes of customers, companies and the queue from the tables of an older cache. Reads
/// only columns of the first format: later ones are not there yet.
enum CustomerIndexing {
  @Sendable static func fill(_ connection: Connection) throws {
    var writer = CacheWriter(connection, now: Timestamp(0))
    var customers: [Int64: (name: String, email: String?, phone: String?, words: String)] = [:]
    try connection.forEach(
      "SELECT id, name, email, other_emails, phone, mobile FROM contacts", arguments: []
    ) { row throws(SQLiteError) in
      let (name, email) = (try row.string(1), try row.optionalString(2))
      let phones = [try row.optionalString(4), try row.optionalString(5)].compactMap { $0 }
      let others: [String] = StoredText.split(try row.string(3))
      customers[try row.int64(0)] = (
        name, email, phones.first,
        CustomerWords.customer(
          name: name, emails: [email].compactMap { $0 } + others, phones: phones)
      )
      return true
    }
    try connection.forEach(
      "SELECT id, subject, requester_id, requester_name, requester_email, company_name FROM tickets",
      arguments: []
    ) { row throws(SQLiteError) in
      let (requester, name) = (try row.int64(2), try row.string(3))
      let email = try row.optionalString(4)
      if customers[requester] == nil {
        customers[requester] = (
          name, email, nil,
          CustomerWords.customer(name: name, emails: [email].compactMap { $0 }, phones: [])
        )
      }
      writer.words.replaceQueueText(
        of: try row.int64(0), old: nil,
        new: WordChanges.queueText(
          subject: try row.string(1), requester: name, email: email, company: try row.string(5)))
      return true
    }
    try connection.forEach("SELECT id, name FROM companies", arguments: []) {
      row throws(SQLiteError) in
      writer.words.replaceCompanyText(
        of: try row.int64(0), old: nil, new: IndexText.prepare(try row.string(1)))
      return true
    }
    for (id, one) in customers {
      try connection.execute(
        "INSERT INTO customers VALUES (?, ?, ?, ?, ?)", id, one.name, one.email, one.phone,
        one.words)
      writer.words.replaceCustomerText(of: id, old: nil, new: IndexText.prepare(one.words))
    }
    try writer.finish()
  }
}
