public import ConsoleModel
import Helpdesk
import Terminal

/// The drafts on disk, newest first, with those that are parked next to another one.
public struct DraftsState: Equatable, Sendable {
  public internal(set) var drafts: [SavedDraft] = []
  /// Tickets with a draft, for the marks in the queue.
  private(set) var tickets: Set<TicketID> = []
  var viewport = ListViewport()
  var height = 1

  public var current: SavedDraft? {
    drafts.indices.contains(viewport.cursor) ? drafts[viewport.cursor] : nil
  }

  mutating func take(_ newDrafts: [SavedDraft]) {
    drafts = newDrafts
    tickets = Set(newDrafts.map(\.draft.ticketID))
    viewport.fit(count: drafts.count, height: height)
  }

  /// The drafts of one ticket, the parked ones last.
  func of(_ ticket: TicketID) -> [SavedDraft] {
    let all = drafts.filter { $0.draft.ticketID == ticket }
    return all.filter { !$0.isParked } + all.filter(\.isParked)
  }

  /// The draft that a ticket has of a kind.
  func current(_ ticket: TicketID, _ kind: DraftKind) -> SavedDraft? {
    drafts.first { $0.draft.ticketID == ticket && $0.draft.kind == kind && !$0.isParked }
  }
}
