import ConsoleModel
import Helpdesk

extension ConsoleState {
  /// The most tickets that can be marked at once.
  static let markLimit = 5000

  mutating func changeMarks(_ id: CommandID) -> [Effect] {
    switch id {
    case .mark, .markAndDown:
      guard let ticket = focus == .queue ? queue.current?.id : thread.ticketID else { return [] }
      if queue.marks.remove(ticket) == nil { queue.marks.insert(ticket) }
      if id == .markAndDown { queue.move(to: queue.cursor + 1) }
    case .markRange: return markRange()
    case .markNone:
      if !queue.marks.isEmpty { queue.lastMarks = queue.marks }
      queue.marks = []
      queue.hiddenMarks = 0
      say("no marks; \(shown(.markAgain)) brings the last set back")
      return []
    case .markAgain:
      guard !queue.lastMarks.isEmpty else {
        say("there is no last set of marks")
        return []
      }
      queue.marks = queue.lastMarks
      say("\(Digits.count(queue.marks.count, "ticket")) marked again")
    case .markAll: return [.find(.add("in this view"), queue.filteredQuery)]
    case .markInverse: return [.find(.invert, queue.filteredQuery)]
    case .markUnassigned:
      return markPart("without an agent", of: queue.filteredQuery.unassignedPart)
    case .markOverdue: return markPart("overdue", of: queue.filteredQuery.overduePart)
    default: break
    }
    return [.countMarks]
  }

  /// Marks the tickets of the view that a narrower query has; nil when it can have none.
  private mutating func markPart(_ words: String, of query: QueueQuery?) -> [Effect] {
    guard let query else {
      say("no ticket of this view is \(words); the marks are as they were")
      return []
    }
    return [.find(.add(words), query)]
  }

  private mutating func markRange() -> [Effect] {
    guard let anchor = queue.rangeAnchor else {
      queue.rangeAnchor = queue.current?.id
      say("range begins at #\(queue.current?.id.description ?? ""); v ends it, Esc drops it")
      return []
    }
    queue.rangeAnchor = nil
    guard let start = queue.rows.firstIndex(where: { $0.id == anchor }) else {
      say("the beginning of the range has left the view")
      return []
    }
    let range = min(start, queue.cursor)...max(start, queue.cursor)
    queue.marks.formUnion(queue.rows[range].map(\.id))
    say("\(Digits.count(range.count, "ticket")) marked, \(queue.marks.count) in all")
    return [.countMarks]
  }

  /// Marks what was found.
  mutating func mark(_ ids: [TicketID], _ purpose: MarkPurpose) -> [Effect] {
    switch purpose {
    case .add(let words):
      queue.marks.formUnion(ids)
      let cap = ids.count >= Self.markLimit ? "; more than that are not marked at once" : ""
      say("marked \(Digits.count(ids.count, "ticket")) \(words)\(cap)")
    case .invert:
      let inverse = Set(ids).subtracting(queue.marks)
      queue.lastMarks = queue.marks
      queue.marks = inverse
      say("\(Digits.count(inverse.count, "ticket")) marked")
    }
    return [.countMarks]
  }
}
