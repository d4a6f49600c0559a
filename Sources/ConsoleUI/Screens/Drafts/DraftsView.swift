import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// One row a draft: ticket, kind, age, first words.
  func drawDrafts(in frame: inout Frame) {
    let layout = PageLayout(size: size)
    frame.put(
      " DRAFTS  "
        + (drafts.drafts.isEmpty ? "none" : "\(drafts.drafts.count), kept on disk, not sent"),
      at: layout.title.origin, role: .heading, width: layout.title.width)
    if drafts.drafts.isEmpty {
      frame.put("  There are no drafts.", at: layout.list.origin, role: .dim)
    }
    let count = drafts.drafts.count
    for (offset, index) in drafts.viewport.visible(count: count, height: layout.list.height)
      .enumerated()
    {
      let saved = drafts.drafts[index]
      let draft = saved.draft
      let isCursor = index == drafts.viewport.cursor
      let role: Role = isCursor ? .selected : draft.kind.isPublic ? .normal : .privateNote
      let line = Rect(x: 0, y: layout.list.y + offset, width: size.width, height: 1)
      if isCursor {
        frame.fill(line, role: role)
        frame.restCursor(at: line.origin)
      }
      let kind =
        (draft.kind.isPublic ? "PUBLIC reply" : "# PRIVATE note")
        + (saved.isParked ? ", parked" : "")
      let head =
        " \(isCursor ? ">" : " ") \(DisplayText.pad(draft.ticketID.description, to: 8))"
        + DisplayText.pad(kind, to: 24)
        + DisplayText.pad(time.dayAndClock(draft.updatedAt, now: now.timestamp), to: 17)
      frame.put(
        head + Self.firstWords(draft.text), at: line.origin, role: role, width: line.width)
    }
  }
}
