import Helpdesk
import SQLite

extension QueueStatement {
  /// Numbers that stand for a name in a query, looked up before its statement is made.
  typealias Resolved = [QueueCondition: [Int64]]

  /// One condition as SQL on the table of tickets. No index is used for it, so that the order of the
  /// rows stays with the branch; none of them is ever NULL, so that each can be negated.
  func sql(_ condition: QueueCondition) -> Fragment {
    switch condition {
    case .statuses(let found):
      found.isEmpty
        ? Fragment(sql: "1") : Self.list("+status", found.map { Int64($0.rawValue) }.sorted())
    case .priorities(let found):
      Self.list("+priority", found.map { Int64($0.rawValue) }.sorted())
    case .agent(let filter): values(of: filter).map { Self.list("+agent_id", $0) } ?? .always
    case .group(let filter): values(of: filter).map { Self.list("+group_id", $0) } ?? .always
    case .types(let types): Self.types(types)
    case .tags(let tags):
      Self.all(tags.sorted().map(Self.tag))
    case .sources(let found): Self.list("+source", found.map { Int64($0.rawValue) }.sorted())
    case .numbers(let ids): Self.list("+id", ids.map(\.rawValue).sorted())
    case .requester(.number(let id)): Fragment(sql: "+requester_id = ?", arguments: [id])
    case .requester(.named): listed("+requester_id", condition)
    case .company(.number(let id)): Fragment(sql: "ifnull(company_id, 0) = ?", arguments: [id])
    case .company(.named): listed("ifnull(company_id, 0)", condition)
    case .isOverdue(let flag):
      Fragment(sql: "+due_key \(flag ? "<" : ">=") ?", arguments: [context.now.seconds])
    case .isUnread(let flag): Fragment(sql: "+needs_answer = ?", arguments: [flag])
    case .isUnanswered(let flag): Fragment(sql: (flag ? "" : "NOT ") + Self.unanswered)
    case .moment(let filter): moment(filter)
    case .word(let word): self.word(word, condition)
    case .phrase: listed("+id", condition)
    case .not(let inner):
      Fragment(sql: "NOT (\(sql(inner).sql))", arguments: sql(inner).arguments)
    case .either(let all): Self.joined(all.map(sql), by: " OR ")
    case .both(let all): Self.all(all.map(sql))
    }
  }

  /// Who spoke last is known, and it was the customer. As `TicketStanding` has it, but whether or
  /// not the thread was opened here.
  private static let unanswered = """
    (stage < 2 AND customer_spoke_at > agent_spoke_at AND (moments IS NOT NULL
      OR thread_fetched_at IS NOT NULL OR updated_at - created_at <= 60))
    """

  static func tag(_ tag: String) -> Fragment {
    Fragment(
      sql: "EXISTS (SELECT 1 FROM ticket_tags WHERE tag = ? AND ticket_id = tickets.id)",
      arguments: [tag.lowercased()])
  }

  static func types(_ types: Set<String>) -> Fragment {
    let types = types.sorted()
    return Fragment(
      sql: "ifnull(type, '') COLLATE NOCASE IN (\(types.map { _ in "?" }.joined(separator: ", ")))",
      arguments: types)
  }

  static func all(_ fragments: [Fragment]) -> Fragment { joined(fragments, by: " AND ") }

  private static func joined(_ fragments: [Fragment], by word: String) -> Fragment {
    guard !fragments.isEmpty else { return .always }
    return Fragment(
      sql: "(" + fragments.map { "(\($0.sql))" }.joined(separator: word) + ")",
      arguments: fragments.flatMap(\.arguments))
  }

  private func listed(_ column: String, _ condition: QueueCondition) -> Fragment {
    Fragment(
      sql: "\(column) IN (SELECT value FROM json_each(?))",
      arguments: [Self.json(context.resolved[condition] ?? [])])
  }

  static func json(_ numbers: [Int64]) -> String {
    "[" + numbers.map(String.init).joined(separator: ",") + "]"
  }

  private func word(_ word: String, _ condition: QueueCondition) -> Fragment {
    let terms = SearchTerms(word, prefixes: true)
    // A sign alone is no word: it asks for nothing, as in the filter.
    guard let expression = terms.expression else { return .always }
    let words = Fragment(
      sql: "id IN (SELECT rowid FROM queue_words WHERE queue_words MATCH ?)",
      arguments: [expression])
    guard context.resolved[condition] != nil else { return words }
    return Self.joined([words, listed("+requester_id", condition)], by: " OR ")
  }

  private func moment(_ filter: MomentFilter) -> Fragment {
    let column = Self.column(filter.field)
    if filter.isNone {
      return Fragment(sql: "+\(column) = ?", arguments: [TicketStanding.noDue])
    }
    let (from, until) = bounds(filter)
    return Fragment(sql: "+\(column) >= ? AND +\(column) < ?", arguments: [from, until])
  }

  /// The seconds of a range; where no clock runs there is no moment.
  func bounds(_ filter: MomentFilter) -> (from: Int64, until: Int64) {
    let from = filter.from?.resolved(now: context.now, context.calendar).seconds
    let until = filter.until?.resolved(now: context.now, context.calendar).seconds
    return (from ?? Int64.min, until ?? TicketStanding.noDue)
  }

  static func column(_ field: MomentFilter.Field) -> String {
    switch field {
    case .created: "created_at"
    case .updated: "updated_at"
    case .due: "due_key"
    }
  }

  // Candidates

  /// The narrowest list of rows that the further conditions give; nil when only walking helps.
  func conditionCandidates(limit: Int) -> Fragment? {
    let lists = query.conditions.compactMap { condition in candidates(condition, limit: limit) }
    return lists.min { $0.rank < $1.rank }?.rows
  }

  private func candidates(_ condition: QueueCondition, limit: Int)
    -> (rank: Int, rows: Fragment)?
  {
    switch condition {
    case .numbers, .phrase:
      let ids: [Int64]
      if case .numbers(let found) = condition {
        ids = found.map(\.rawValue)
      } else {
        ids = context.resolved[condition] ?? []
      }
      return (
        0,
        Fragment(
          sql: "SELECT value FROM json_each(?) LIMIT \(limit)", arguments: [Self.json(ids)])
      )
    case .requester(.named):
      return (1, owned("requester_id", condition, limit: limit))
    case .company(.named):
      return (2, owned("company_id IS NOT NULL AND company_id", condition, limit: limit))
    case .moment(let filter) where !filter.isNone:
      let (from, until) = bounds(filter)
      let column = Self.column(filter.field)
      return (
        3,
        Fragment(
          sql: """
            SELECT id FROM tickets INDEXED BY tickets_by_stage_\(filter.field.rawValue)
            WHERE stage IN (0, 1, 2) AND \(column) >= ? AND \(column) < ? LIMIT \(limit)
            """, arguments: [from, until])
      )
    case .statuses, .priorities, .agent, .group, .types, .tags, .sources, .requester, .company,
      .isOverdue, .isUnread, .isUnanswered, .moment, .word, .not, .either, .both:
      return nil
    }
  }

  private func owned(_ column: String, _ condition: QueueCondition, limit: Int) -> Fragment {
    Fragment(
      sql: """
        SELECT id FROM tickets WHERE \(column) IN (SELECT value FROM json_each(?)) LIMIT \(limit)
        """, arguments: [Self.json(context.resolved[condition] ?? [])])
  }
}

extension QueueStatement.Fragment {
  static var always: Self { Self(sql: "1") }
}
