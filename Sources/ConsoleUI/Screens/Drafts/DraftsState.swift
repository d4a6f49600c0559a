import ConsoleModel
import Helpdesk
import Terminal

/// The drafts on disk, newest first.
public struct DraftsState: Equatable, Sendable {
  public internal(set) var drafts: [Draft] = []
  /// Tickets with a draft, for the marks in the queue.
  private(set) var tickets: Set<TicketID> = []
  var viewport = ListViewport()
  var height = 1

  public var current: Draft? {
    drafts.indices.contains(viewport.cursor) ? drafts[viewport.cursor] : nil
  }

  mutating func take(_ newDrafts: [Draft]) {
    drafts = newDrafts
    tickets = Set(newDrafts.map(\.ticketID))
    viewport.fit(count: drafts.count, height: height)
  }

  /// The drafts of one ticket.
  func of(_ ticket: TicketID) -> [Draft] { drafts.filter { $0.ticketID == ticket } }
}
