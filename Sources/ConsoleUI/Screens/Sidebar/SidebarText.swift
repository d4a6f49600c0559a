import ConsoleModel
import Helpdesk
import Terminal

/// The lines of the sidebar: contact, company, ticket, recent tickets, files.
///
/// A fact that is missing keeps its line, so that each stands at the same place from ticket to
/// ticket: the eye finds it, and less is repainted.
struct SidebarText {
  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  func lines(width: Int) -> [TextRun] {
    guard let detail = state.thread.detail else {
      return [TextRun(" not in the cache yet", .dim)]
    }
    return facts(detail, width) + recent(detail, width) + files(detail)
  }

  /// The recent ticket that a line names; nil for other lines.
  func ticket(at line: Int, width: Int) -> TicketID? {
    guard let detail = state.thread.detail else { return nil }
    // A heading comes before them.
    let row = line - facts(detail, width).count - 1
    let tickets = detail.recentTickets.prefix(Self.recentCount)
    return tickets.indices.contains(row) ? tickets[row].id : nil
  }

  private static let recentCount = 3

  private func facts(_ detail: TicketDetail, _ width: Int) -> [TextRun] {
    contact(detail, width) + company(detail, width) + ticket(detail, width)
  }

  private func add(_ text: String, _ width: Int, to lines: inout [TextRun], limit: Int = 3) {
    for line in DisplayText.wrap(text, to: max(8, width - 3), limit: limit) {
      lines.append(TextRun("  " + line))
    }
  }

  /// An address that is too long for a line begins another one at its host.
  private func breakable(_ address: String, _ width: Int) -> String {
    guard DisplayWidth.cells(of: address) > width - 3, let sign = address.lastIndex(of: "@") else {
      return address
    }
    return address[..<sign] + " " + address[sign...]
  }

  private func contact(_ detail: TicketDetail, _ width: Int) -> [TextRun] {
    let hide = state.keys.shownKey(.sidebar, in: .queue).map { "\($0) hide" } ?? ""
    let gap = max(1, width - 9 - DisplayWidth.cells(of: hide))
    var lines = [TextRun(" CONTACT" + String(repeating: " ", count: gap) + hide, .heading)]
    guard let contact = detail.requester else {
      add(detail.row.requesterName, width, to: &lines)
      return lines + [TextRun("")]
    }
    add(contact.name, width, to: &lines)
    let reach = [contact.email.map { breakable($0, width) }, contact.phone ?? contact.mobile]
      .compactMap { $0 }
    if !reach.isEmpty { add(reach.joined(separator: "   "), width, to: &lines) }
    var facts: [String] = []
    if let title = contact.jobTitle { facts.append(title) }
    if let zone = contact.timeZone { facts.append(zone) }
    if let language = contact.language { facts.append(language) }
    facts.append("since \(contact.createdAt.civilDate.year)")
    add(facts.joined(separator: LineDrawing.separator), width, to: &lines)
    add(
      "tickets \(detail.requesterTicketCount) (\(detail.requesterOpenTicketCount) open)", width,
      to: &lines)
    if let notes = contact.notes, !notes.isEmpty { add("note: " + notes, width, to: &lines) }
    return lines + [TextRun("")]
  }

  private func company(_ detail: TicketDetail, _ width: Int) -> [TextRun] {
    var lines = [TextRun(" COMPANY", .heading)]
    guard let company = detail.company else {
      return lines + [TextRun("  none", .dim), TextRun(""), TextRun("")]
    }
    add(
      company.name + (company.accountTier.map { "  (\($0))" } ?? ""), width, to: &lines)
    var facts: [String] = []
    if let domain = company.domains.first { facts.append("domain \(domain)") }
    if let health = company.healthScore { facts.append("health: \(health)") }
    if facts.isEmpty { facts.append("no domain") }
    add(facts.joined(separator: "  "), width, to: &lines)
    if let note = company.note, !note.isEmpty { add("note: " + note, width, to: &lines) }
    return lines + [TextRun("")]
  }

  private func ticket(_ detail: TicketDetail, _ width: Int) -> [TextRun] {
    let ticket = detail.ticket
    let now = state.now.timestamp
    var lines = [TextRun(" TICKET", .heading)]
    add(
      "group \(detail.row.marked(detail.row.groupName ?? "none", .group))   "
        + "type \(detail.row.marked(ticket.type ?? "none", .type))", width, to: &lines)
    add(
      "tags "
        + detail.row.marked(
          ticket.tags.isEmpty ? "none" : ticket.tags.joined(separator: " "), .tags), width,
      to: &lines)
    let created = state.time.dayAndClock(ticket.createdAt, now: now)
    add("created \(created), \(ticket.source.label)", width, to: &lines)
    switch detail.row.clock {
    case .running:
      if let due = ticket.firstResponseDueAt, ticket.moments?.firstRespondedAt == nil {
        lines.append(dueLine("first resp. due", due))
      } else {
        lines.append(TextRun("  first resp. given"))
      }
      if let due = ticket.dueAt { lines.append(dueLine("resolve due", due)) }
    case .none, .paused, .stopped:
      add(detail.row.clock.sentence(at: now), width, to: &lines)
      lines.append(TextRun(""))
    }
    return lines + [TextRun("")]
  }

  private func dueLine(_ name: String, _ due: Timestamp) -> TextRun {
    let left = due - state.now.timestamp
    let moment = state.time.short(due, now: state.now.timestamp)
    return TextRun(
      "  \(name) \(moment) (\(ServiceClock.left(left)))", left < 0 ? .overdue : .normal)
  }

  private func recent(_ detail: TicketDetail, _ width: Int) -> [TextRun] {
    guard !detail.recentTickets.isEmpty else { return [] }
    var lines = [TextRun(" RECENT", .heading)]
    for other in detail.recentTickets.prefix(Self.recentCount) {
      let status = DisplayText.truncate(other.statusLabel.lowercased(), to: 8)
      let room = max(4, width - 14 - other.id.description.count)
      let subject = DisplayText.pad(other.subject, to: room)
      lines.append(
        TextRun(
          "  \(other.id) \(subject) \(DisplayText.pad(status, to: 8, alignment: .right))",
          other.status.isDone ? .closed : .normal))
    }
    return lines + [TextRun("")]
  }

  private func files(_ detail: TicketDetail) -> [TextRun] {
    let files = detail.entries.flatMap(\.attachments)
    guard !files.isEmpty else { return [] }
    var lines = [TextRun(" LINKS (F)", .heading)]
    for (index, file) in files.prefix(9).enumerated() {
      lines.append(
        TextRun("  [\(index + 1)] \(file.name) \(Digits.bytes(file.size))", .attachment))
    }
    if files.count > 9 { lines.append(TextRun("  \(files.count - 9) more", .dim)) }
    return lines
  }
}

extension ConsoleState {
  var sidebarLines: [TextRun] { SidebarText(self).lines(width: layout.sidebar?.width ?? 36) }

  /// The ticket that the line under the cursor of the sidebar names.
  var sidebarTicket: TicketID? {
    SidebarText(self).ticket(at: sidebar.cursor, width: layout.sidebar?.width ?? 36)
  }

  func drawSidebar(in rect: Rect, of frame: inout Frame) {
    let lines = sidebarLines
    let isFocused = focus == .sidebar && screen == .desk && composer == nil
    let range = sidebar.visible(count: lines.count, height: rect.height)
    for (offset, index) in range.enumerated() {
      let isCursor = isFocused && index == sidebar.cursor
      let role: Role =
        isCursor
        ? .selected
        : lines[index].role == .heading && isFocused ? .borderActive : lines[index].role
      if isCursor {
        frame.restCursor(at: Point(x: rect.x, y: rect.y + offset))
        frame.fill(
          Rect(x: rect.x, y: rect.y + offset, width: rect.width, height: 1), role: .selected)
      }
      frame.put(
        lines[index].text, at: Point(x: rect.x, y: rect.y + offset), role: role,
        width: rect.width)
    }
  }
}
