import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  func drawOutbox(in frame: inout Frame) {
    let layout = OutboxLayout(size: size)
    let text = OutboxText(self)
    frame.put(
      " OUTBOX  " + outboxSummary, at: layout.title.origin, role: .heading,
      width: layout.title.width)
    let columns = OutboxColumns(width: size.width)
    drawOutboxHeading(columns, in: layout.heading, of: &frame)
    let range = outbox.viewport.visible(count: outbox.items.count, height: layout.list.height)
    for (offset, index) in range.enumerated() {
      let line = Rect(
        x: layout.list.x, y: layout.list.y + offset, width: layout.list.width, height: 1)
      draw(
        outbox.items[index], text, columns, isCursor: index == outbox.viewport.cursor, line, &frame)
    }
    if outbox.items.isEmpty {
      frame.put(
        "  The outbox is empty: nothing waits.",
        at: layout.list.origin, role: .dim, width: layout.list.width)
    }
    guard let title = layout.detailTitle, let detail = layout.detail else { return }
    frame.horizontalRule(at: title.origin, width: title.width)
    guard let item = outbox.current else { return }
    frame.put(
      " #\(item.ticketID) \(OutboxText.kind(item)) - \(item.subjectLine) ",
      at: Point(x: title.x + 2, y: title.y), role: .borderActive, width: title.width - 4)
    let lines = text.detailLines(item, outbox.detail, width: detail.width)
    for (offset, line) in lines.prefix(detail.height).enumerated() {
      frame.put(
        line.text, at: Point(x: detail.x, y: detail.y + offset), role: line.role,
        width: detail.width)
    }
  }

  /// "5 items   1 held . 1 sending . 1 waiting (offline) . 1 stopped . 1 failed".
  private var outboxSummary: String {
    let items = outbox.items
    guard !items.isEmpty else { return "empty" }
    func count(_ words: String, _ test: (QueuedWrite) -> Bool) -> String? {
      let number = items.filter(test).count
      return number == 0 ? nil : "\(number) \(words)"
    }
    let moment = now.timestamp
    let parts = [
      count("held") { $0.isHeld(at: moment) }, count("sending") { $0.state == .sending },
      count("waiting") {
        ($0.state == .queued || $0.state == .confirmed) && !$0.isHeld(at: moment)
      },
      count("stopped") { $0.state == .conflicted }, count("failed") { $0.state == .failed },
      count("unknown") { $0.state == .unknown },
    ].compactMap { $0 }
    return "\(Digits.count(items.count, "item"))   "
      + parts.joined(separator: LineDrawing.separator)
  }

  private func drawOutboxHeading(
    _ columns: OutboxColumns, in rect: Rect, of frame: inout Frame
  ) {
    func put(_ text: String, _ span: QueueColumns.Span?) {
      guard let span else { return }
      frame.put(
        text, at: Point(x: rect.x + span.start, y: rect.y), role: .columnHeading,
        width: span.width)
    }
    put("#", columns.number)
    put("What", columns.what)
    put("To / change", columns.target)
    put("State", columns.state)
    put("When", columns.when)
    put("Try", columns.tries)
    put("Age", columns.age)
  }

  private func draw(
    _ item: QueuedWrite, _ text: OutboxText, _ columns: OutboxColumns, isCursor: Bool,
    _ line: Rect, _ frame: inout Frame
  ) {
    let role: Role = isCursor ? .selected : text.role(item)
    if isCursor {
      frame.fill(line, role: role)
      frame.restCursor(at: line.origin)
    }
    func put(_ text: String, _ span: QueueColumns.Span?) {
      guard let span else { return }
      frame.put(
        text, at: Point(x: line.x + span.start, y: line.y), role: role, width: span.width)
    }
    frame.put(isCursor ? ">" : " ", at: line.origin, role: role)
    frame.put(
      outbox.marks.contains(item.id) ? "+" : " ", at: Point(x: line.x + 1, y: line.y), role: role)
    frame.put(text.sign(item), at: Point(x: line.x + 2, y: line.y), role: role)
    put(item.ticketID.description, columns.number)
    put(OutboxText.kind(item), columns.what)
    put(text.target(item), columns.target)
    put(text.standing(item), columns.state)
    put(text.when(item), columns.when)
    put(String(item.attempts), columns.tries)
    put(Digits.span(now.timestamp - item.createdAt), columns.age)
  }
}

/// The columns of the outbox for a width.
struct OutboxColumns: Equatable {
  var number: QueueColumns.Span
  var what: QueueColumns.Span
  var target: QueueColumns.Span?
  var state: QueueColumns.Span
  var when: QueueColumns.Span?
  var tries: QueueColumns.Span?
  var age: QueueColumns.Span?

  init(width: Int) {
    number = QueueColumns.Span(start: 5, width: 7)
    what = QueueColumns.Span(start: 12, width: 13)
    var end = width
    if width >= 60 {
      age = QueueColumns.Span(start: end - 8, width: 8)
      end -= 9
    }
    if width >= 110 {
      tries = QueueColumns.Span(start: end - 4, width: 3)
      end -= 5
      when = QueueColumns.Span(start: end - 12, width: 11)
      end -= 13
    }
    guard width >= 76 else {
      state = QueueColumns.Span(start: 26, width: max(0, end - 27))
      return
    }
    let room = end - 26
    target = QueueColumns.Span(start: 26, width: room / 2 - 1)
    state = QueueColumns.Span(start: 26 + room / 2, width: room - room / 2 - 1)
  }
}
