import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Agents and groups to choose from, and what is known of the tickets.
  func drawPicker(_ picker: PickerState, in frame: inout Frame) {
    let width = min(62, size.width)
    let inner = max(8, width - 4)
    let choices = choices(picker)
    let rows = max(2, min(7, size.height - 14))
    let facts = pickerFacts(picker, width: inner)
    let count = 2 + rows + 1 + facts.count + 2
    let number = picker.tickets.count
    let title =
      picker.isForMarks
      ? "ASSIGN \(Digits.count(number, "marked ticket"))"
      : "ASSIGN #\(picker.tickets.first?.description ?? "")"
    let inside = drawBox(
      title: title, width: width, lines: count, over: layout.queue, in: &frame)
    let left = inside.x + 1
    let rule = Self.rule(inner)
    frame.put("To:", at: Point(x: left, y: inside.y), role: .box)
    let hint = "Tab: agents/groups"
    picker.field.draw(
      in: Rect(x: left + 4, y: inside.y, width: max(4, inner - hint.count - 6), height: 1),
      of: &frame, role: .field)
    frame.putRight(
      hint, at: Point(x: left, y: inside.y), role: .dim, width: inner)
    frame.put(rule, at: Point(x: left, y: inside.y + 1), role: .border, width: inner)
    let first = max(0, min(picker.cursor - rows + 1, choices.count - rows))
    for (offset, index) in (first..<min(choices.count, first + rows)).enumerated() {
      let choice = choices[index]
      let isCursor = index == picker.cursor
      let text =
        "\(isCursor ? ">" : " ") \(DisplayText.pad(choice.name, to: 20)) "
        + "\(DisplayText.pad(choice.group, to: 12)) "
        + "\(DisplayText.pad("\(choice.openCount)", to: 5, alignment: .right)) open  \(choice.note)"
      frame.put(
        text, at: Point(x: left, y: inside.y + 2 + offset),
        role: isCursor ? .menuItemSelected : .menuItem, filling: inner)
    }
    if choices.isEmpty {
      frame.put("  nobody matches", at: Point(x: left, y: inside.y + 2), role: .dim)
    }
    var row = inside.y + 2 + rows
    for line in [TextRun(rule, .border)] + facts + [TextRun(rule, .border), pickerKeys(inner)] {
      guard row < inside.maxY else { break }
      frame.put(
        line.text, at: Point(x: left, y: row), role: line.role == .normal ? .box : line.role,
        width: inner)
      row += 1
    }
  }

  private func pickerKeys(_ width: Int) -> TextRun {
    TextRun(
      DisplayText.truncate("Enter plan   Ctrl-r round-robin   Esc back", to: width), .boxStrong)
  }

  private func pickerFacts(_ picker: PickerState, width: Int) -> [TextRun] {
    let ids = picker.tickets.prefix(12).map(\.description).joined(separator: " ")
    let more = picker.tickets.count > 12 ? " ..." : ""
    return [
      TextRun(
        DisplayText.truncate(
          "\(Digits.count(picker.tickets.count, "ticket")): \(ids)\(more)", to: width,
          ellipsis: "...")),
      TextRun(picker.facts.joined(separator: "    ")),
      TextRun("customers are NOT notified by this change"),
    ]
  }

  /// What will happen to how many tickets, what it costs, what is left out.
  func drawPlan(_ plan: PlanState, in frame: inout Frame) {
    let width = min(68, size.width)
    drawBox(
      planTitle(plan), planLines(plan, width: width) + planKeys(plan), width: width,
      titleRole: plan.request.change.mailsCustomer(directory.account) ? .danger : .boxTitle,
      in: &frame)
  }

  func planFace(_ plan: PlanState) -> PromptFace {
    let lines = planLines(plan, width: min(68, size.width))
    return PromptFace(size: size, title: planTitle(plan), lines: lines.map(\.text))
  }

  private func planTitle(_ plan: PlanState) -> String {
    "APPLY TO \(Digits.count(plan.updates.count, "TICKET").uppercased())?"
  }

  private func planLines(_ plan: PlanState, width: Int) -> [TextRun] {
    let inner = max(8, width - 4)
    let count = plan.updates.count
    var lines: [TextRun] = []
    for line in plan.lines.prefix(6) {
      lines.append(
        TextRun(
          DisplayText.pad(line.field, to: 9)
            + DisplayText.pad("\(line.old)  -> \(line.new)", to: max(10, inner - 22), ellipsis: "~")
            + DisplayText.pad(Digits.count(line.count, "ticket"), to: 13, alignment: .right),
          .boxStrong))
    }
    if plan.lines.count > 6 {
      lines.append(TextRun("  and \(Digits.count(plan.lines.count - 6, "other value"))"))
    }
    if plan.updates.indices.contains(plan.cursor) {
      let chosen = plan.updates[plan.cursor]
      lines.append(
        TextRun(
          DisplayText.truncate(
            "\(plan.cursor + 1)/\(count)  #\(chosen.ticketID) \(chosen.content.subject)", to: inner,
            ellipsis: "..."), .dim))
    }
    for id in plan.draftTickets.prefix(3) {
      lines.append(TextRun("#\(id): you have an unsent draft there - it is kept"))
    }
    for reason in plan.skipped { lines.append(TextRun("left out: \(reason)")) }
    if plan.hiddenCount > 0 {
      lines.append(
        TextRun("\(plan.hiddenCount) of these are hidden by the view or filter", .warning))
    }
    if plan.request.change.mailsCustomer(directory.account) {
      lines.append(TextRun("The customers may be mailed by this change.", .warning))
    } else {
      lines.append(TextRun("customers are NOT notified by this change"))
    }
    return lines + costs(plan) + [TextRun("")]
  }

  private func costs(_ plan: PlanState) -> [TextRun] {
    let forecast = plan.forecast
    // Without a limit that the helpdesk has named nobody knows how long many calls take.
    let time =
      forecast.seconds < 2
      ? forecast.budget == nil && plan.updates.count > 1 ? "time unknown" : "at once"
      : forecast.seconds < 120
        ? "about \(forecast.seconds) s" : "about \((forecast.seconds + 59) / 60) min"
    let budget = forecast.budget.map { "\($0.remaining)/\($0.limit)" } ?? "not reported"
    return [
      TextRun(
        "skipped \(plan.skipped.count)   API calls \(plan.updates.count)   \(time)"
          + "   rate limit \(budget)")
    ]
  }

  private func planKeys(_ plan: PlanState) -> [TextRun] {
    let isOpen = isPromptOpen
    var lines: [TextRun] = []
    if let number = plan.number {
      lines.append(
        TextRun("type \(number.wanted) to confirm, then y:  \(number.field.text)_", .boxStrong))
      lines.append(TextRun("e choose again   - drop one   D write dry run to file", .boxStrong))
    } else {
      let apply = isOpen ? "y apply" : "(y apply: in a moment)"
      lines.append(
        TextRun(
          "\(apply)   e choose again   - drop one   D write dry run to file",
          isOpen ? .boxStrong : .dim))
    }
    lines.append(
      TextRun(
        "[N] Esc / Enter: go back, marks are kept. u undoes all later."))
    return lines
  }
}
