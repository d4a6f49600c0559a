import Helpdesk
import Terminal

extension ConsoleState {
  /// Views, log, search results and help.
  func drawPage(in frame: inout Frame) {
    let layout = PageLayout(size: size)
    frame.put(
      " " + pageTitle, at: layout.title.origin, role: .heading, width: layout.title.width)
    let count = pageCount
    let range = page.viewport.visible(count: count, height: layout.list.height)
    let auditText = AuditText(self)
    let notes = screen == .audit ? auditText.notes : []
    let logLines = screen == .log ? LogText(self).lines : []
    for (offset, index) in range.enumerated() {
      let line = Rect(x: 0, y: layout.list.y + offset, width: size.width, height: 1)
      let isCursor = index == page.viewport.cursor
      if isCursor {
        frame.fill(line, role: .selected)
        frame.restCursor(at: line.origin)
      }
      switch screen {
      case .views: drawView(index, isCursor, line, &frame)
      case .hits:
        switch page.found[index] {
        case .customer(let hit): draw(hit, isCursor, line, &frame)
        case .ticket(let hit): draw(hit, isCursor, line, &frame)
        }
      case .help: draw(page.lines[index], isCursor, line, &frame)
      case .audit:
        let text = auditText.record(at: index).map { auditText.line(of: $0) }
        draw(
          text.map { PageLine(text: $0, role: .normal) } ?? notes[index], isCursor, line, &frame)
      default: draw(logLines[index], isCursor, line, &frame)
      }
    }
    if count == 0 {
      frame.put("  nothing here", at: layout.list.origin, role: .dim)
    }
  }

  private var pageTitle: String {
    switch screen {
    case .views: "VIEWS"
    case .hits:
      "SEARCH  \"\(page.words)\"  \(page.hits.count) found, newest first"
    case .audit: AuditText(self).title
    case .help:
      "HELP  \(helpPlace.title)   / searches it, ? \(helpShowsAll ? "this place only" : "all places")"
    default: "SYNC, LIMITS AND LOG"
    }
  }

  private func drawView(_ index: Int, _ isCursor: Bool, _ line: Rect, _ frame: inout Frame) {
    let view = directory.views[index]
    let count = counts.views.indices.contains(index) ? counts.views[index] : nil
    let name = DisplayText.pad(view.name, to: 24)
    let number = DisplayText.pad(count?.words ?? "?", to: 8, alignment: .right)
    frame.put(
      " \(isCursor ? ">" : " ") \(index < 9 ? "\(index + 1)" : " ") \(name)\(number)"
        + "   by \(view.query.sort.key.label)",
      at: line.origin, role: isCursor ? .selected : .normal, width: line.width)
  }

  private func draw(_ hit: CustomerHit, _ isCursor: Bool, _ line: Rect, _ frame: inout Frame) {
    let who =
      switch hit.who {
      case .contact: "customer"
      case .company: "company"
      }
    let facts = hit.details + [Digits.count(hit.ticketCount, "ticket") + ", Enter lists them"]
    frame.put(
      " \(isCursor ? ">" : " ") \(who) \(hit.name)  " + facts.joined(separator: "  "),
      at: line.origin, role: isCursor ? .selected : .heading, width: line.width)
  }

  private func draw(_ hit: TicketHit, _ isCursor: Bool, _ line: Rect, _ frame: inout Frame) {
    let role: Role = isCursor ? .selected : .normal
    let date = DisplayText.pad(time.brief(hit.at, now: now.timestamp), to: 6)
    let number = DisplayText.pad("\(hit.ticketID)", to: 8)
    let subjectWidth = max(12, (line.width - 17) / 3)
    let subject = DisplayText.pad(hit.subject, to: subjectWidth)
    let column = frame.put(
      " \(isCursor ? ">" : " ") \(number)\(date)\(subject) ", at: line.origin, role: role,
      width: line.width)
    frame.put(
      hit.snippet, at: Point(x: column + 1, y: line.y), role: isCursor ? role : .dim,
      width: max(0, line.maxX - column - 1))
  }

  private func draw(_ item: PageLine, _ isCursor: Bool, _ line: Rect, _ frame: inout Frame) {
    let role: Role = isCursor ? .selected : item.role
    guard !item.key.isEmpty else {
      frame.put("  " + item.text, at: line.origin, role: role, width: line.width)
      return
    }
    frame.put(
      item.key, at: Point(x: 2, y: line.y), role: isCursor ? role : .keyHint, width: 22)
    frame.put(item.text, at: Point(x: 25, y: line.y), role: role, width: line.width - 25)
  }
}
