import Helpdesk
public import SQLite

/// What a query that is being typed may become.
public struct QueryCompletion: Equatable, Sendable {
  /// The whole text after taking it.
  public var text: String
  public var detail: String

  public init(text: String, detail: String) {
    self.text = text
    self.detail = detail
  }
}

/// The part of a query that is being typed: everything before it, and what it begins with.
struct QueryTail: Equatable {
  var head: String
  /// The field whose value is being typed; nil while it is a word or a field's name.
  var field: QueryField?
  var beginning: String

  init(_ text: String) {
    var start = text.startIndex
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index].isWhitespace, !isQuoted { start = text.index(after: index) }
    }
    while start < text.endIndex, text[start] == "-" || text[start] == "(" {
      start = text.index(after: start)
    }
    let part = text[start...]
    guard let colon = part.firstIndex(of: ":"),
      let field = QueryField.named(part[..<colon].lowercased())
    else {
      (head, field, beginning) = (String(text[..<start]), nil, String(part))
      return
    }
    let values = part[part.index(after: colon)...]
    let last = values.lastIndex(of: ",").map { values.index(after: $0) } ?? values.startIndex
    head = String(text[..<last])
    self.field = field
    beginning = values[last...].filter { $0 != "\"" }
  }
}

extension CacheReader {
  /// Fields, and values of the field that is being typed, that begin so; best first.
  public func completions(of text: String, limit: Int = 12) throws(SQLiteError)
    -> [QueryCompletion]
  {
    let tail = QueryTail(text)
    let typed = FoldedText(tail.beginning)
    guard let field = tail.field else {
      return QueryField.allCases.filter {
        tail.beginning.isEmpty || $0.name.hasPrefix(tail.beginning.lowercased())
      }.map { field in
        QueryCompletion(
          text: tail.head + field.name + ":", detail: "\(field.meaning): \(field.example)")
      }
    }
    var values: [(value: String, detail: String)] = []
    func add(_ names: [String], _ detail: String) {
      for name in names
      where tail.beginning.isEmpty || FoldedText(name).contains(typed, atWordStart: true) {
        values.append((name, detail))
      }
    }
    let vocabulary = try directory().vocabulary
    switch field {
    case .status: add(vocabulary.statuses.map(\.name), "status")
    case .agent: add(vocabulary.agents.map(\.name), "agent")
    case .group: add(vocabulary.groups.map(\.name), "group")
    case .type: add(vocabulary.types, "type")
    case .tag: add(try tags(beginning: tail.beginning, limit: limit), "tag")
    case .requester, .company:
      for customer in try customers(tail.beginning, limit: limit, tickets: 0) {
        guard case .contact = customer.who, field == .requester else {
          if case .company = customer.who, field == .company {
            values.append((customer.name, "\(customer.ticketCount) tickets"))
          }
          continue
        }
        values.append((customer.email ?? customer.name, customer.name))
      }
    case .priority, .source, .created, .updated, .due, .overdue, .unread, .unanswered, .id, .sort:
      break
    }
    for value in field.fixedValues where value.hasPrefix(tail.beginning.lowercased()) {
      values.append((value, ""))
    }
    return values.prefix(limit).map { entry in
      QueryCompletion(text: tail.head + QueryLanguage.quoted(entry.value), detail: entry.detail)
    }
  }
}
