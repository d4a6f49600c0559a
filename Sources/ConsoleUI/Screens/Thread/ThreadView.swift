import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The row that names what: number, subject, requester; the fields stand at its right end.
  private var openTitle: String {
    guard let id = thread.ticketID else { return "no ticket" }
    let subject =
      thread.detail?.ticket.subjectLine ?? queue.rows.first { $0.id == id }?.subject ?? ""
    return "#\(id) \(subject)"
  }

  private var openRow: QueueRow? {
    guard let id = thread.ticketID else { return nil }
    return thread.detail?.row ?? queue.rows.first { $0.id == id }
  }

  /// The titles of three columns.
  func drawTitles(in rect: Rect, of frame: inout Frame) {
    frame.horizontalRule(at: rect.origin, width: rect.width)
    func put(_ text: String, _ pane: Rect?, _ isFocused: Bool) {
      guard let pane else { return }
      frame.put(
        " " + text + " ", at: Point(x: pane.x + 1, y: rect.y),
        role: isFocused ? .borderActive : .border, width: max(0, pane.width - 2))
    }
    put("QUEUE  \(queue.name) \(rankWords)", layout.queue, focus == .queue)
    put("THREAD  \(openTitle)", layout.threadTitle, focus == .thread)
    put("CONTACT / COMPANY", layout.sidebar, focus == .sidebar)
  }

  func drawThreadTitle(in rect: Rect, of frame: inout Frame) {
    switch layout.shape {
    case .stacked:
      frame.horizontalRule(at: rect.origin, width: rect.width)
      let facts = openRow.map(titleFacts) ?? ""
      let room = rect.width - DisplayWidth.cells(of: facts) - 12
      frame.put(
        " " + DisplayText.truncate(openTitle, to: max(10, room)) + " ",
        at: Point(x: rect.x + 2, y: rect.y), role: focus == .queue ? .border : .borderActive)
      if !facts.isEmpty {
        frame.putRight(
          " \(facts) ", at: rect.origin, role: focus == .queue ? .border : .borderActive,
          width: max(0, rect.width - 3))
      }
    case .columns:
      if let row = openRow { drawFacts(longFacts(row), in: rect, of: &frame) }
    case .single, .tooSmall:
      drawSingleTitle(in: rect, of: &frame)
    }
  }

  private func drawFacts(_ facts: String, in rect: Rect, of frame: inout Frame) {
    frame.put("  " + facts, at: rect.origin, role: .heading, width: rect.width)
  }

  private func drawSingleTitle(in rect: Rect, of frame: inout Frame) {
    let row = openRow
    let facts =
      row.map {
        "[\($0.marked($0.statusLabel, .status))] \($0.marked($0.priority.label, .priority))"
          + "  \(placeWords)"
      } ?? ""
    let place = max(rect.x + 20, rect.maxX - DisplayWidth.cells(of: facts) - 4)
    frame.put(
      " " + openTitle, at: rect.origin, role: .heading, width: max(0, place - rect.x - 2))
    frame.put(facts, at: Point(x: place, y: rect.y), role: .strong, width: rect.maxX - place)
    guard rect.height > 1, let row else { return }
    // The person gives way before the clocks do.
    let holder = row.marked(row.agentID == nil ? "unassigned" : row.holder(me: me?.id), .agent)
    let tail = ([holder] + dueWords).map { LineDrawing.separator + $0 }.joined()
    let head = DisplayText.first(
      of: personWords(row).map { " " + $0 }, in: max(12, rect.width - DisplayWidth.cells(of: tail)))
    frame.put(
      head + tail, at: Point(x: rect.x, y: rect.y + 1), role: .normal, width: rect.width)
  }

  /// Where the open ticket stands: in the search's results, or in the queue when it is its row.
  private var placeWords: String {
    if let hit = openHit { return "result \(hit.number)/\(hit.count)" }
    return thread.ticketID == queue.current?.id ? rankWords : ""
  }

  /// The requester with address and company, then shorter and shorter.
  private func personWords(_ row: QueueRow) -> [String] {
    guard let detail = thread.detail else {
      let both = row.companyName.map { row.requesterName + LineDrawing.separator + $0 }
      return [both, row.requesterName].compactMap(\.self)
    }
    let name = detail.requester?.name ?? row.requesterName
    let address = detail.requester?.email.map { " <\($0)>" } ?? ""
    let company = detail.company.map { LineDrawing.separator + $0.name } ?? ""
    let tier = detail.company?.accountTier.map { " (\($0))" } ?? ""
    return [name + address + company + tier, name + address + company, name + address, name]
  }

  /// "FR 0:41", "RS 7:20": first response and resolution, while their clocks run.
  private var dueWords: [String] {
    guard let row = openRow else { return [] }
    guard case .running = row.clock else { return [row.clock.sentence(at: now.timestamp)] }
    var words: [String] = []
    if let ticket = thread.detail?.ticket {
      if let due = ticket.firstResponseDueAt, ticket.moments?.firstRespondedAt == nil {
        words.append("FR \(ServiceClock.left(due - now.timestamp))")
      }
      if let due = ticket.dueAt { words.append("RS \(ServiceClock.left(due - now.timestamp))") }
    }
    return words.isEmpty ? [row.clock.sentence(at: now.timestamp)] : words
  }

  private func titleFacts(_ row: QueueRow) -> String {
    let clock = row.clock.column(at: now.timestamp)
    let due =
      if case .running(let dueAt, _, _) = row.clock {
        dueAt > now.timestamp ? "\(clock) left" : "overdue \(clock.dropFirst())"
      } else {
        row.clock.sentence(at: now.timestamp)
      }
    return [
      row.marked(row.statusLabel, .status), row.marked(row.priority.label, .priority), due,
    ].joined(separator: LineDrawing.separator)
  }

  private func longFacts(_ row: QueueRow) -> String {
    var parts = [
      row.marked(row.statusLabel, .status), row.marked(row.priority.label, .priority),
    ]
    if let type = thread.detail?.ticket.type { parts.append(row.marked(type, .type)) }
    if let group = row.groupName { parts.append(row.marked(group, .group)) }
    parts.append(
      row.marked(row.agentID == nil ? "unassigned" : row.holder(me: me?.id), .agent))
    if case .running = row.clock {
      if let ticket = thread.detail?.ticket {
        if let due = ticket.firstResponseDueAt, ticket.moments?.firstRespondedAt == nil {
          parts.append("first reply due \(ServiceClock.left(due - now.timestamp))")
        }
        if let due = ticket.dueAt {
          parts.append("resolve due \(ServiceClock.left(due - now.timestamp))")
        }
      }
    } else {
      parts.append(row.clock.sentence(at: now.timestamp))
    }
    return parts.joined(separator: LineDrawing.separator)
  }

  // Lines

  func drawThread(in rect: Rect, of frame: inout Frame) {
    guard thread.ticketID != nil else {
      frame.put("  no ticket", at: rect.origin, role: .dim, width: rect.width)
      return
    }
    let lines = thread.visibleLines
    guard !lines.isEmpty else {
      drawEmptyThread(in: rect, of: &frame)
      return
    }
    let isFocused = focus == .thread && screen == .desk && composer == nil
    // The message in use may have its heading above the rows that are seen.
    if isFocused { frame.restCursor(at: rect.origin) }
    let wanted = thread.search.words.lowercased()
    for (offset, item) in lines.prefix(rect.height).enumerated() {
      let line = Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1)
      if item.line.kind == .heading {
        drawHeading(item.place.entry, isFocused: isFocused, line, &frame)
      } else {
        draw(item.line, line, &frame)
      }
      if !wanted.isEmpty { paintMatches(of: wanted, in: item.line, line, &frame) }
    }
    guard thread.detail?.isThreadCached == false, lines.count + 2 < rect.height else { return }
    frame.put(
      "  " + waitingWords, at: Point(x: rect.x, y: rect.y + lines.count + 1), role: .warning,
      width: rect.width)
  }

  private func drawEmptyThread(in rect: Rect, of frame: inout Frame) {
    let text =
      if thread.detail?.isThreadCached == true {
        thread.noteFilter == .both ? "no words in this thread" : "none: \(thread.noteFilter.words)"
      } else {
        waitingWords
      }
    for (offset, line) in DisplayText.wrap(text, to: max(10, rect.width - 4), limit: rect.height)
      .enumerated()
    {
      frame.put(
        line, at: Point(x: rect.x + 2, y: rect.y + offset), role: .dim, width: rect.width - 2)
    }
  }

  /// Why there are no words yet.
  private var waitingWords: String {
    if let failure = thread.failure { return "thread not cached: \(failure)" }
    switch desk.link {
    case .offline(let since):
      return
        "thread not cached, and offline since \(time.short(since, now: now.timestamp)); R tries again"
    case .signedOut: return "thread not cached, and the key is not accepted"
    case .limited(let until):
      return "thread not cached yet - the limit is used up, again at \(time.clock(until))"
    case .connecting, .online, .failing:
      if thread.isFetching, let until = desk.waitsUntil, until > now.timestamp + 1 {
        return
          "thread not cached yet - waiting for the rate limit until \(time.clock(until))"
      }
      return thread.isFetching
        ? "thread not cached yet - fetching" : "thread not cached yet - Enter fetches it"
    }
  }

  private func drawHeading(
    _ place: Int, isFocused: Bool, _ line: Rect, _ frame: inout Frame
  ) {
    guard let entry = thread.entry(place) else { return }
    let isFolded = thread.isFolded(place)
    let isCurrent = place == thread.current && isFocused
    let role: Role = isCurrent ? .selected : EntryLayout.role(entry)
    if isCurrent {
      frame.fill(line, role: role)
      frame.restCursor(at: line.origin)
    }
    let isWide = line.width >= 78
    // Moments end in one column, so that the eye finds them.
    let dateEnd = isWide ? 69 : line.width - 1
    let date = time.dayAndClock(entry.createdAt, now: now.timestamp)
    let dateStart = dateEnd - date.utf8.count
    let newStart = dateStart - (entry.isNew ? 5 : 0)
    let room = max(0, newStart - 7)
    let name = isFolded && thread.isAutomatic(place) ? "auto-reply" : entry.speaker(width: room)
    frame.put(
      " \(isFolded ? ">" : "v") \(thread.number(of: place))", at: line.origin, role: role, width: 5)
    frame.put(
      name, at: Point(x: line.x + 6, y: line.y), role: role, width: room)
    if entry.isNew {
      frame.put(
        "NEW", at: Point(x: line.x + newStart, y: line.y), role: isCurrent ? role : .newWords)
    }
    frame.put(
      date, at: Point(x: line.x + dateStart, y: line.y), role: role,
      width: line.width - dateStart)
    guard isWide else { return }
    // The helpdesk says of the ticket how it came in, and of no later message.
    let source = entry.id == nil ? thread.detail?.ticket.source.label ?? "" : ""
    frame.put(
      isFolded ? "[folded]" : source, at: Point(x: line.x + dateEnd + 2, y: line.y),
      role: role, width: line.width - dateEnd - 2)
  }

  private func draw(_ item: ThreadLine, _ line: Rect, _ frame: inout Frame) {
    if item.kind == .end {
      frame.put(
        item.text, at: Point(x: line.x + max(0, min(67, line.width - 15)), y: line.y),
        role: item.role, width: line.width)
      return
    }
    var column = line.x + item.indent
    if !item.bar.isEmpty {
      column = frame.put(item.bar, at: Point(x: column, y: line.y), role: item.role)
    }
    frame.put(
      item.text, at: Point(x: column, y: line.y), role: item.role,
      width: max(0, line.maxX - column))
  }

  private func paintMatches(
    of wanted: String, in item: ThreadLine, _ line: Rect, _ frame: inout Frame
  ) {
    guard item.kind != .heading, item.kind != .end else { return }
    let text = item.text.lowercased()
    guard text.count == item.text.count else { return }
    var start = text.startIndex
    while let range = text[start...].firstRange(of: wanted) {
      let before = DisplayWidth.cells(of: text[..<range.lowerBound])
      let width = DisplayWidth.cells(of: text[range])
      frame.paint(
        Rect(
          x: line.x + item.indent + item.bar.count + before, y: line.y, width: width, height: 1),
        role: .matchedText)
      start = range.upperBound
    }
  }

  // Foot

  /// Presence, draft and fields under the thread of a narrow screen.
  func drawThreadFoot(in rect: Rect, of frame: inout Frame) {
    guard let row = openRow, let id = thread.ticketID else { return }
    let own = drafts.of(id).map(\.draft)
    let draft =
      own.first.map {
        "\($0.kind.isPublic ? "reply" : "note") \(time.short($0.updatedAt, now: now.timestamp))"
      }
      ?? "none"
    frame.put(
      " last touched \(Digits.age(now.timestamp - row.updatedAt)) ago   draft: \(draft)",
      at: rect.origin, role: own.isEmpty ? .normal : .draft, width: rect.width)
    guard rect.height > 1, let ticket = thread.detail?.ticket else { return }
    var parts: [String] = []
    parts.append("tags: \(ticket.tags.isEmpty ? "none" : ticket.tags.joined(separator: " "))")
    if let type = ticket.type { parts.append("type: \(type)") }
    if let group = row.groupName { parts.append("group: \(group)") }
    frame.put(
      " " + parts.joined(separator: "   "), at: Point(x: rect.x, y: rect.y + 1), role: .normal,
      width: rect.width)
  }
}
