import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// A yes/no question; the harmless answer is the default.
  func drawQuestion(_ question: Question, in frame: inout Frame) {
    let width = min(68, size.width)
    var lines = questionLines(question, width: width)
    lines.append(TextRun(""))
    let isOpen = isPromptOpen
    if let number = question.number {
      lines.append(TextRun("type \(number.wanted), then y: \(number.field.text)", .boxStrong))
    }
    lines.append(
      TextRun(isOpen ? question.yes : "(\(question.yes): in a moment)", isOpen ? .boxStrong : .dim))
    lines.append(TextRun("[N] Esc / Enter / n / q: no, nothing is changed"))
    drawBox(
      question.title, lines, width: width, titleRole: question.isDangerous ? .danger : .boxTitle,
      in: &frame)
  }

  private func questionLines(_ question: Question, width: Int) -> [TextRun] {
    question.lines.flatMap { line in
      DisplayText.wrap(line.text, to: max(4, width - 4), limit: 4).map { TextRun($0, line.role) }
    }
  }

  func questionFace(_ question: Question) -> PromptFace {
    let lines = questionLines(question, width: min(68, size.width))
    return PromptFace(
      size: size, title: question.title, lines: lines.map(\.text) + [question.yes])
  }

  /// A box with lines; too long ones are cut inside it.
  @discardableResult
  func drawBox(
    _ title: String, _ lines: [TextRun], width: Int, titleRole: Role = .boxTitle,
    in frame: inout Frame
  ) -> Rect {
    let inside = drawBox(
      title: title, width: width, lines: lines.count, titleRole: titleRole, in: &frame)
    frame.restCursor(at: Point(x: inside.x + 1, y: inside.y))
    for (offset, line) in lines.prefix(inside.height).enumerated() {
      frame.put(
        line.text, at: Point(x: inside.x + 1, y: inside.y + offset),
        role: line.role == .normal ? .box : line.role, width: max(0, inside.width - 2))
    }
    return inside
  }

  func drawMenu(_ state: MenuState, in frame: inout Frame) {
    let words = state.menu.items.map {
      DisplayWidth.cells(of: $0.title) + DisplayWidth.cells(of: $0.words)
    }
    let width = min(max(54, (words.max() ?? 0) + 11), size.width)
    let inside = drawBox(
      title: state.title, width: width, lines: state.menu.items.count, in: &frame)
    state.menu.draw(in: inside, of: &frame)
  }

  func drawCanned(_ canned: CannedState, in frame: inout Frame) {
    let width = min(90, size.width - 2)
    let height = min(20, size.height - 4)
    let inside = drawBox(
      title: "CANNED REPLIES", width: width, lines: height - 2, in: &frame)
    frame.put(" search: ", at: inside.origin, role: .box)
    canned.field.draw(
      in: Rect(x: inside.x + 9, y: inside.y, width: max(1, inside.width - 10), height: 1),
      of: &frame, role: .field)
    let matches = canned.matches
    let listHeight = max(1, (inside.height - 2) / 2)
    let first = max(0, min(canned.cursor - listHeight + 1, matches.count - listHeight))
    for (offset, index) in (first..<min(matches.count, first + listHeight)).enumerated() {
      let isCursor = index == canned.cursor
      frame.put(
        "\(isCursor ? ">" : " ") \(matches[index].title)  (\(matches[index].folder))",
        at: Point(x: inside.x + 1, y: inside.y + 1 + offset),
        role: isCursor ? .menuItemSelected : .menuItem, filling: inside.width - 2)
    }
    guard matches.indices.contains(canned.cursor) else {
      frame.put("no canned reply matches", at: Point(x: inside.x + 1, y: inside.y + 1), role: .dim)
      return
    }
    let top = inside.y + 1 + listHeight
    frame.horizontalRule(at: Point(x: inside.x, y: top), width: inside.width)
    let room = max(0, inside.maxY - top - 1)
    for (offset, line) in DisplayText.wrap(
      matches[canned.cursor].text, to: max(4, inside.width - 2), limit: room
    ).enumerated() {
      frame.put(line, at: Point(x: inside.x + 1, y: top + 1 + offset), role: .box)
    }
  }

  func drawReader(_ reader: ReaderState, in frame: inout Frame) {
    let layout = ReaderLayout(size: size)
    let total = reader.lines.count
    let percent = reader.scroll.percent(count: total, height: layout.height)
    _ = drawBox(
      title: "\(reader.title)  \(percent)%", at: layout.box, over: layout.ground, in: &frame)
    frame.restCursor(at: layout.text.origin)
    for (offset, index) in reader.scroll.visible(count: total, height: layout.height).enumerated() {
      let line = reader.lines[index]
      frame.put(
        line.text, at: Point(x: layout.text.x, y: layout.text.y + offset),
        role: line.role == .normal ? .box : line.role, width: layout.text.width)
    }
  }

  func drawPalette(_ palette: PaletteState, in frame: inout Frame) {
    let width = min(76, size.width - 2)
    let height = min(18, size.height - 4)
    let inside = drawBox(title: "COMMANDS", width: width, lines: height - 2, in: &frame)
    palette.field.draw(
      in: Rect(x: inside.x + 1, y: inside.y, width: max(1, inside.width - 2), height: 1),
      of: &frame, role: .field)
    let matches = paletteMatches(palette)
    let room = max(1, inside.height - 1)
    let first = max(0, min(palette.cursor - room + 1, matches.count - room))
    for (offset, index) in (first..<min(matches.count, first + room)).enumerated() {
      let record = matches[index]
      let reason = disabledReason(record)
      let isCursor = index == palette.cursor
      let key = keys.shownKey(record.id, in: palette.origin) ?? ""
      let role: Role =
        isCursor ? .menuItemSelected : reason == nil ? .menuItem : .disabled
      let text =
        "\(isCursor ? ">" : " ") \(DisplayText.pad(record.name ?? "", to: 16)) "
        + "\(DisplayText.pad(key, to: 8)) \(reason ?? record.title)"
      frame.put(
        text, at: Point(x: inside.x, y: inside.y + 1 + offset), role: role,
        filling: inside.width)
    }
  }

  /// A line of text over the status line, with its completions above it.
  func drawLine(_ line: LinePrompt, in frame: inout Frame) {
    let rect = layout.status
    frame.fill(rect, role: .fieldText)
    let start = frame.put(
      line.purpose.label, at: Point(x: rect.x + 1, y: rect.y), role: .keyHint)
    var end = rect.maxX
    if line.purpose == .filter {
      let count = queue.knownTotal?.words ?? "\(queue.rows.count)+"
      let all = queue.viewIndex.flatMap { index in
        counts.views.indices.contains(index) ? counts.views[index] : nil
      }
      let words = " \(count) of \(all?.words ?? "?") "
      end -= words.count
      frame.put(words, at: Point(x: end, y: rect.y), role: .dim)
    }
    line.field.draw(
      in: Rect(x: start, y: rect.y, width: max(1, end - start - 1), height: 1), of: &frame)
    if let problem = line.problem {
      drawProblem(problem, above: rect, in: &frame)
    } else {
      drawSuggestions(line, above: rect, in: &frame)
    }
  }

  /// Why the line is not taken, in as many rows as it needs: the end is often what helps.
  private func drawProblem(_ problem: String, above rect: Rect, in frame: inout Frame) {
    let body = Rect(x: rect.x, y: 0, width: rect.width, height: rect.y)
    let lines = DisplayText.wrap(problem, to: max(4, body.width - 2), limit: max(1, body.height))
    let place = body.splitBottom(lines.count).bottom
    for (offset, text) in lines.enumerated() {
      let row = Rect(x: place.x, y: place.y + offset, width: place.width, height: 1)
      frame.fill(row, role: .normal)
      frame.put(text, at: Point(x: row.x + 1, y: row.y), role: .error, width: row.width - 1)
    }
  }

  private func drawSuggestions(_ line: LinePrompt, above rect: Rect, in frame: inout Frame) {
    let body = Rect(x: rect.x, y: 0, width: rect.width, height: rect.y)
    // Half of the screen, so that what the line is about stays in sight.
    let room = min(line.suggestions.count, max(1, min(body.height - 3, size.height / 2 - 2)))
    guard !line.suggestions.isEmpty, body.height >= 3, line.purpose != .filter else { return }
    let cursor = line.cursor ?? 0
    let first = max(0, min(cursor - room + 1, line.suggestions.count - room))
    let shown = line.suggestions[first..<min(line.suggestions.count, first + room)]
    let place = body.splitBottom(shown.count + 2).bottom
    let inside = drawBox(
      title: "", at: Rect(x: place.x, y: place.y, width: min(rect.width, 76), height: place.height),
      over: place, in: &frame)
    for (offset, suggestion) in shown.enumerated() {
      let isChosen = line.cursor == first + offset
      let name =
        suggestion.detail.isEmpty
        ? suggestion.text : DisplayText.pad(suggestion.text, to: 20, ellipsis: "..")
      let text = "\(isChosen ? ">" : " ") \(name) \(suggestion.detail)"
      frame.put(
        DisplayText.truncate(text, to: inside.width, ellipsis: ".."),
        at: Point(x: inside.x, y: inside.y + offset),
        role: isChosen ? .menuItemSelected : .menuItem, filling: inside.width)
    }
  }
}
