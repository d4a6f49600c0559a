import ConsoleModel
import Helpdesk
import MailText
import Terminal

extension ConsoleState {
  /// The saved views with their counts; the one shown stands in brackets.
  func drawTabs(in rect: Rect, of frame: inout Frame) {
    let right = tabsRight
    let rightWidth = Self.room(for: right)
    let end = rect.maxX - rightWidth - 1
    let tabs = tabPlaces(from: rect.x + 1, to: end)
    for tab in tabs {
      frame.put(
        tab.text, at: Point(x: tab.columns.lowerBound, y: rect.y),
        role: tab.index == queue.viewIndex ? .tabActive : .tab)
    }
    let column = tabs.last.map { $0.columns.upperBound + tabGap } ?? rect.x + 1
    if queue.viewIndex == nil, column < end {
      frame.put(
        "[\(queue.name)]", at: Point(x: column, y: rect.y), role: .tabActive, width: end - column)
    }
    if !right.isEmpty {
      frame.put(
        right, at: Point(x: rect.maxX - rightWidth, y: rect.y),
        role: counts.newWords > 0 && size.width < 100 ? .newWords : .dim)
    }
  }

  /// A view's name among the tabs.
  struct TabPlace {
    var index: Int
    var text: String
    var columns: Range<Int>
  }

  private var tabGap: Int { size.width >= 100 ? 3 : 2 }

  /// The tabs that are drawn in a row.
  func tabPlaces(in rect: Rect) -> [TabPlace] {
    tabPlaces(from: rect.x + 1, to: rect.maxX - Self.room(for: tabsRight) - 1)
  }

  /// The cells that the words right of the tabs take.
  private static func room(for words: String) -> Int {
    words.isEmpty ? 0 : DisplayWidth.cells(of: words) + 1
  }

  private func tabPlaces(from start: Int, to end: Int) -> [TabPlace] {
    var column = start
    // The tab in use is always shown: the row begins as late as needed for it.
    let tabs = directory.views.enumerated().map { index, view in
      tab(index, view.name, count: counts.views.indices.contains(index) ? counts.views[index] : nil)
    }
    var first = 0
    if let active = queue.viewIndex, tabs.indices.contains(active) {
      func width(from start: Int) -> Int {
        tabs[start...active].reduce(0) { $0 + DisplayWidth.cells(of: $1) + tabGap }
      }
      while first < active, column + width(from: first) > end { first += 1 }
    }
    var places: [TabPlace] = []
    for index in tabs.indices.dropFirst(first) {
      let next = column + DisplayWidth.cells(of: tabs[index])
      guard next <= end else { break }
      places.append(TabPlace(index: index, text: tabs[index], columns: column..<next))
      column = next + tabGap
    }
    return places
  }

  private func tab(_ index: Int, _ name: String, count: ViewCount?) -> String {
    let text = "\(index + 1) \(name)" + (count.map { " \($0.words)" } ?? "")
    return index == queue.viewIndex ? "[\(text)]" : text
  }

  /// Capped count of tickets with new customer words; on wide screens the outbox and the time too.
  private var tabsRight: String {
    let new = counts.newWords
    let star = new == 0 ? "" : "*\(new > 9 ? "9+" : String(new))"
    guard size.width >= 100 else { return star.isEmpty ? "" : star + "     " }
    var parts: [String] = []
    if !star.isEmpty { parts.append(star) }
    if let out = outboxWords(long: true) { parts.append(out) }
    if size.width >= 160, !drafts.drafts.isEmpty { parts.append("drafts \(drafts.drafts.count)") }
    parts.append(
      (size.width >= 160 ? linkWord + " " : "") + time.clock(now.timestamp) + linkMark)
    return parts.joined(separator: "   ")
  }

  /// The row of headings and the visible rows.
  func drawQueue(in rect: Rect, of frame: inout Frame) {
    let digits = queue.rows[queue.visible].reduce(5) { max($0, $1.id.description.utf8.count) }
    let columns = QueueColumns(
      width: rect.width, digits: digits, isColumn: layout.shape == .columns && rect.width < 100)
    drawHeadings(columns, in: rect, of: &frame)
    let isFocused = focus == .queue && screen == .desk
    for (offset, index) in queue.visible.enumerated() where offset + 1 < rect.height {
      let line = Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1)
      draw(queue.rows[index], columns, isCursor: index == queue.cursor, isFocused, line, &frame)
    }
    let used = queue.visible.count + 1
    guard used < rect.height else { return }
    let place = Point(x: rect.x + 2, y: rect.y + used + (used + 1 < rect.height ? 1 : 0))
    if queue.rows.isEmpty {
      let text =
        !queue.isLoaded
        ? "reading the cache"
        : neverSyncedWords
          ?? (queue.filter.isEmpty ? "no tickets in this view" : "no ticket matches the filter")
      let lines = DisplayText.wrap(
        text, to: max(10, rect.width - 3), limit: rect.y + rect.height - place.y)
      for (offset, line) in lines.enumerated() {
        frame.put(
          line, at: Point(x: place.x, y: place.y + offset), role: .dim, width: rect.width - 2)
      }
    } else if used + 1 < rect.height {
      let total = queue.knownTotal.flatMap { $0.isExact ? " (\($0.value))" : nil } ?? ""
      frame.put(
        "-- \(neverSyncedWords ?? "end\(total)") --", at: place, role: .dim,
        width: rect.width - 2)
    }
  }

  private func drawHeadings(_ columns: QueueColumns, in rect: Rect, of frame: inout Frame) {
    func put(_ text: String, _ span: QueueColumns.Span?) {
      guard let span else { return }
      frame.put(
        text, at: Point(x: rect.x + span.start, y: rect.y), role: .columnHeading,
        width: span.width)
    }
    frame.put("F", at: rect.origin, role: .columnHeading)
    put("ID", columns.number)
    put("Subject", columns.subject)
    put("Requester", columns.requester)
    put(columns.hasLongWords ? "Status" : "Stat", columns.status)
    put(columns.hasLongWords ? "Prio" : "P", columns.priority)
    // Over numbers that end at the right edge.
    let clock = columns.serviceClock
    put("SLA", QueueColumns.Span(start: clock.start + max(0, clock.width - 3), width: 3))
    put("Agent", columns.agent)
    put("Upd", columns.updated)
  }

  private func draw(
    _ row: QueueRow, _ columns: QueueColumns, isCursor: Bool, _ isFocused: Bool, _ line: Rect,
    _ frame: inout Frame
  ) {
    let isGone = queue.gone == row.id
    let isMarked = queue.marks.contains(row.id)
    let cursorRole: Role? = isCursor ? (isFocused ? .selected : .selectedInactive) : nil
    if let cursorRole { frame.fill(line, role: cursorRole) }
    if isCursor, isFocused { frame.restCursor(at: line.origin) }
    func shown(_ role: Role) -> Role { cursorRole ?? (isGone ? .dim : role) }
    func put(_ text: String, _ span: QueueColumns.Span?, _ role: Role) {
      guard let span else { return }
      frame.put(
        text, at: Point(x: line.x + span.start, y: line.y), role: shown(role), width: span.width)
    }
    func sign(_ text: String, _ column: Int, _ role: Role) {
      frame.put(text, at: Point(x: line.x + column, y: line.y), role: shown(role))
    }
    let urgency = row.clock.urgency(at: now.timestamp)
    if isCursor { sign(isGone ? "x" : ">", 0, .selected) }
    if isMarked { sign("+", 1, .marked) }
    if row.hasNewCustomerWords {
      sign("*", 2, .newWords)
    } else if urgency == .overdue {
      sign("!", 2, .overdue)
    }
    if drafts.tickets.contains(row.id) {
      sign("d", 3, .draft)
    } else if !row.pending.isDisjoint(with: .withoutColumn) {
      sign("~", 3, .draft)
    }
    /// The mark of a value that the helpdesk has not confirmed, in the gap before its column.
    func pending(_ field: PendingFields, _ span: QueueColumns.Span?) {
      guard row.pending.contains(field), let span, span.start > 0 else { return }
      sign("~", span.start - 1, .draft)
    }
    pending(.status, columns.status)
    pending(.priority, columns.priority)
    pending(.agent, columns.agent)
    let isDone = row.status.isDone
    let base: Role = isMarked ? .marked : isDone ? .closed : .normal
    put(row.id.description, columns.number, row.hasNewCustomerWords ? .unread : base)
    put(row.subject, columns.subject, row.hasNewCustomerWords ? .unread : base)
    put(row.requesterName, columns.requester, base)
    put(row.status.short(label: row.statusLabel), columns.status, base)
    put(
      columns.hasLongWords ? row.priority.label : row.priority.letter, columns.priority,
      isDone ? base : row.priority.role)
    let clock = row.clock.column(at: now.timestamp)
    let clockRole: Role =
      switch urgency {
      case .calm: row.clock == .paused ? .dim : base
      case .soon: .dueSoon
      case .overdue: .overdue
      }
    let span = columns.serviceClock
    put(
      clock,
      QueueColumns.Span(
        start: span.start + max(0, span.width - clock.utf8.count), width: clock.utf8.count),
      clockRole)
    put(row.holder(me: me?.id), columns.agent, base)
    if columns.updated != nil {
      put(time.brief(row.updatedAt, now: now.timestamp), columns.updated, isDone ? base : .dim)
    }
  }

  // Peek

  /// More on the ticket under the cursor.
  func drawPeek(in rect: Rect, of frame: inout Frame) {
    guard let row = queue.current else { return }
    if layout.shape == .columns {
      let key = keys.shownKey(.preview, in: .queue).map { " (\($0))" } ?? ""
      frame.put(" PEEK\(key) ", at: Point(x: rect.x + 2, y: rect.y - 1), role: .border)
      drawLongPeek(in: rect, of: &frame)
      return
    }
    let both = row.companyName.map { row.requesterName + " / " + $0 }
    let who = DisplayText.first(
      of: [both, row.requesterName].compactMap(\.self), in: rect.width * 2 / 5)
    let whoWidth = DisplayWidth.cells(of: who)
    let place = max(rect.x + 2, rect.maxX - whoWidth - 1)
    frame.put(
      " #\(row.id) \(row.subject)", at: rect.origin, role: .strong, width: place - rect.x - 2)
    frame.put(who, at: Point(x: place, y: rect.y), role: .normal, width: whoWidth)
    frame.put(
      "   " + peekWords(row), at: Point(x: rect.x, y: rect.y + 1), role: .normal,
      width: rect.width)
  }

  /// The newest words of the thread in one line.
  private func peekWords(_ row: QueueRow) -> String {
    guard let detail = thread.detail, detail.ticket.id == row.id else { return "" }
    guard let last = detail.entries.last else {
      return detail.isThreadCached ? "no words" : "thread not cached yet - Enter fetches it"
    }
    let who =
      switch last.kind {
      case .customer, .feedback: "customer"
      case .privateNote: "PRIVATE NOTE by \(last.authorName)"
      default: last.authorName
      }
    let words = DisplayText.clean(Self.firstWords(last.text))
    let files = last.attachments.isEmpty ? "" : "   \(last.attachments.count) att."
    let touched = "   \(Digits.age(now.timestamp - last.createdAt)) ago"
    let head = "\(who) \(time.short(last.createdAt, now: now.timestamp)): "
    let room = max(10, size.width - 6 - head.count - files.count - touched.count)
    return head + "\"" + DisplayText.truncate(words, to: room, ellipsis: "...") + "\"" + files
      + touched
  }

  /// The first words of the writer's own, in one line.
  static func firstWords(_ text: String) -> String {
    text.prefix(600).split(separator: "\n").filter { !$0.hasPrefix(">") }.joined(separator: " ")
  }

  /// The writer's own words without quotes and signature, as one line.
  private static func ownWords(_ text: String) -> String {
    MailText.blocks(of: String(text.prefix(3000))).filter { !$0.isFoldable }.flatMap(\.lines)
      .joined(separator: " ").trimmed
  }

  private func drawLongPeek(in rect: Rect, of frame: inout Frame) {
    var lines: [TextRun] = []
    if let detail = thread.detail, detail.ticket.id == queue.current?.id,
      let last = detail.entries.last(where: { $0.kind == .customer }) ?? detail.entries.last
    {
      let who = last.kind == .customer ? "customer " : ""
      lines.append(
        TextRun(" last \(who)words, \(time.short(last.createdAt, now: now.timestamp)):", .dim))
      lines += DisplayText.wrap(
        Self.ownWords(last.text), to: rect.width - 3, limit: max(1, rect.height - 4)
      )
      .map { TextRun("  " + $0) }
      lines.append(TextRun(""))
    }
    if !queue.marks.isEmpty {
      let ids = queue.marks.sorted(by: >).prefix(12).map(\.description).joined(separator: " ")
      lines.append(TextRun(" \(queue.marks.count) marked: \(ids)", .marked))
    }
    for (offset, line) in lines.prefix(rect.height).enumerated() {
      frame.put(
        line.text, at: Point(x: rect.x, y: rect.y + offset), role: line.role,
        width: rect.width)
    }
  }
}
