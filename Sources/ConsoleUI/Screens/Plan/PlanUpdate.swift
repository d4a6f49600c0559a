import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The plan of a bulk change: what each ticket gets, what is left out, what it costs.
  mutating func openPlan(_ request: ChangeRequest, _ material: ChangeMaterial) -> [Effect] {
    var updates: [PlannedUpdate] = []
    var same = 0
    for ticket in material.tickets {
      if var content = request.change.update(of: ticket, at: updates.count) {
        content.seenConversationID = material.seen[ticket.id]
        updates.append(PlannedUpdate(ticketID: ticket.id, content: content))
      } else {
        same += 1
      }
    }
    var skipped: [String] = []
    if same > 0 { skipped.append("\(Digits.count(same, "ticket")) \(request.change.done) already") }
    let unknown = request.tickets.count - material.tickets.count
    if unknown > 0 { skipped.append("\(Digits.count(unknown, "ticket")) not in the cache") }
    guard !updates.isEmpty else {
      say("nothing to change: " + skipped.joined(separator: ", "))
      return []
    }
    var plan = PlanState(
      request: request, updates: updates, lines: [], skipped: skipped,
      hiddenCount: queue.hiddenMarks,
      draftTickets: updates.map(\.ticketID).filter { drafts.tickets.contains($0) },
      forecast: material.forecast)
    plan.lines = planLines(plan)
    renumber(&plan)
    return open(.plan(plan))
  }

  /// The number has to be typed for many tickets, and always where customers may be mailed.
  private func renumber(_ plan: inout PlanState) {
    let isMany = plan.updates.count > settings.typedNumberAbove
    let needsNumber = isMany || plan.request.change.mailsCustomer(directory.account)
    plan.number = needsNumber ? NumberEntry(wanted: plan.updates.count) : nil
  }

  private func planLines(_ plan: PlanState) -> [PlanLine] {
    var lines: [PlanLine] = []
    for update in plan.updates {
      for value in values(update.content) {
        let line = PlanLine(field: value.field, old: value.old, new: value.new, count: 1)
        if let index = lines.firstIndex(where: { $0.isSame(as: line) }) {
          lines[index].count += 1
        } else {
          lines.append(line)
        }
      }
    }
    return lines.sorted { $0.count > $1.count }
  }

  /// Each field that changes, with its values before and after in people's words.
  func values(_ content: UpdateContent) -> [(field: String, old: String, new: String)] {
    let old = words(content.before)
    return words(content.change).map { field, new in
      (field, old.first { $0.field == field }?.value ?? "--", new)
    }
  }

  private func words(_ change: TicketChange) -> [(field: String, value: String)] {
    var words: [(String, String)] = []
    if let status = change.status { words.append(("status", statusLabel(status))) }
    if let priority = change.priority { words.append(("priority", priority.label)) }
    if let agent = change.agentID { words.append(("agent", agentName(agent))) }
    if let group = change.groupID {
      let name = group.map { id in
        directory.groups.first { $0.group.id == id }.map { "#" + $0.group.name } ?? "group \(id)"
      }
      words.append(("group", name ?? "--"))
    }
    if let type = change.type { words.append(("type", type ?? "--")) }
    if let tags = change.tags {
      words.append(("tags", tags.isEmpty ? "--" : tags.joined(separator: " ")))
    }
    return words
  }

  mutating func performInPlan(_ id: CommandID) -> [Effect] {
    if case .picker = dialogs.last { return performInPicker(id) }
    guard case .plan(var plan)? = dialogs.last else { return [] }
    switch id {
    case .planApply:
      if let number = plan.number, !number.isRight {
        say("type \(number.wanted) first, then y", .warning)
        return []
      }
      guard takesConfirmation() else { return [] }
      return apply(plan)
    case .planEdit:
      dialogs.removeLast()
      if case .picker? = dialogs.last { return [] }
      dialogs.removeAll()
      return chooseAgain(plan.request)
    case .planDrop:
      guard plan.updates.indices.contains(plan.cursor) else { return [] }
      let dropped = plan.updates.remove(at: plan.cursor)
      guard !plan.updates.isEmpty else {
        closeDialog()
        say("the plan is empty; the marks are kept")
        return []
      }
      plan.cursor = min(plan.cursor, plan.updates.count - 1)
      plan.request.tickets.removeAll { $0 == dropped.ticketID }
      plan.draftTickets.removeAll { $0 == dropped.ticketID }
      plan.lines = planLines(plan)
      renumber(&plan)
      plan.gate = PromptGate()
      say("#\(dropped.ticketID) is left out")
    case .planReport:
      return [.writeReport(name: "plan-\(time.fileStamp(now.timestamp))", text: report(plan))]
    case .planDown: plan.cursor = min(plan.updates.count - 1, plan.cursor + 1)
    case .planUp: plan.cursor = max(0, plan.cursor - 1)
    case .planBack:
      dialogs.removeAll()
      say("nothing was changed; the marks are kept")
      return []
    default: return []
    }
    dialogs[dialogs.count - 1] = .plan(plan)
    return []
  }

  /// `e`: the same tickets, and the choice that led to the plan once more.
  private mutating func chooseAgain(_ request: ChangeRequest) -> [Effect] {
    switch request.change {
    case .agent, .group, .roundRobin:
      [.loadDirectory, .preparePicker(request.tickets, isForMarks: true)]
    case .status: openMenu(.status, request.tickets, true)
    case .priority: openMenu(.priority, request.tickets, true)
    case .type: openMenu(.type, request.tickets, true)
    case .several: openMacroMenu(request.tickets, true)
    case .tags:
      open(.line(LinePrompt(.tags(request.tickets, isForMarks: true)))) + [.findTags("")]
    }
  }

  mutating func apply(_ plan: PlanState) -> [Effect] {
    if let reason = directory.account.isReadOnly ? Self.readOnlyReason : nil {
      say(reason, .warning)
      return []
    }
    let ids = plan.updates.map(\.ticketID)
    var context = SubmissionContext(
      words: "\(Digits.count(ids.count, "ticket")) \(plan.request.change.done)", tickets: ids)
    context.isBulk = true
    context.request = plan.request
    context.isRedo = plan.request.isRedo
    dialogs.removeAll()
    queue.lastMarks = queue.marks
    queue.marks = []
    queue.hiddenMarks = 0
    return [.submit(plan.updates.map { .update($0.ticketID, $0.content) }, context)]
  }

  private func report(_ plan: PlanState) -> String {
    var lines = ["ticket\tfield\told\tnew\tsubject"]
    for update in plan.updates {
      let subject = DisplayText.clean(update.content.subject)
      for value in values(update.content) {
        lines.append("\(update.ticketID)\t\(value.field)\t\(value.old)\t\(value.new)\t\(subject)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
