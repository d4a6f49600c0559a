import ConsoleModel
import Helpdesk
import Terminal

/// The outbox in words: what each item is, where it stands, what happened to it.
struct OutboxText {
  private let state: ConsoleState

  init(_ state: ConsoleState) { self.state = state }

  /// "PUBLIC reply", "private note", "assign".
  static func kind(_ item: QueuedWrite) -> String {
    switch item.payload {
    case .reply: return "PUBLIC reply"
    case .privateNote: return "private note"
    case .update(let update):
      let change = update.change
      if update.undoes != nil { return "undo" }
      if change.fieldCount > 1 { return "fields" }
      if change.status != nil { return "status" }
      if change.agentID != nil { return "assign" }
      if change.groupID != nil { return "group" }
      if change.priority != nil { return "priority" }
      if change.tags != nil { return "tags" }
      return "type"
    }
  }

  /// Who receives it, or what changes.
  func target(_ item: QueuedWrite) -> String {
    switch item.payload {
    case .reply(let reply):
      var words = reply.toEmail.isEmpty ? "the requester" : reply.toEmail
      let others = reply.ccEmails.count + reply.bccEmails.count
      if others > 0 { words += " +\(others) cc" }
      if !reply.attachments.isEmpty {
        words += ", \(Digits.count(reply.attachments.count, "file"))"
      }
      return words
    case .privateNote: return "(agents only)"
    case .update(let update):
      let values = state.values(update)
      return values.map { (values.count > 1 ? $0.field + " " : "") + "\($0.old) -> \($0.new)" }
        .joined(separator: ", ")
    }
  }

  /// All that a row and its detail say, to be searched.
  func searchText(of item: QueuedWrite) -> String {
    let text: String =
      switch item.payload {
      case .reply(let reply): String(reply.text.prefix(2000))
      case .privateNote(let note): String(note.text.prefix(2000))
      case .update: ""
      }
    return [
      "#\(item.ticketID)", Self.kind(item), target(item), standing(item), item.subjectLine, text,
    ].joined(separator: " ")
  }

  /// The state in the words of the screen.
  func standing(_ item: QueuedWrite) -> String {
    let now = state.now.timestamp
    switch item.state {
    case .proposed: return "not confirmed"
    case .confirmed:
      if let until = item.holdUntil, until > now { return "HELD \(Digits.span(until - now))" }
      return state.desk.isStopped ? "waiting: sending is stopped" : "waiting"
    case .queued:
      switch item.waitingFor {
      case .offline?: return "waiting: offline"
      case .limit?:
        return "waiting: limit"
          + (item.notBefore.map { ", again at \(state.time.clock($0))" } ?? "")
      case .helpdesk?: return "waiting: helpdesk fails"
      case .stopped?: return "waiting: sending is stopped"
      case .readOnly?: return "waiting: read-only mode"
      case .turn?, nil: return "waiting"
      }
    case .sending: return "sending..."
    case .sent: return "sent"
    case .rejected: return "discarded"
    case .undone: return "taken back"
    case .conflicted: return "STOPPED: \(item.problem ?? "the ticket has moved on")"
    case .failed: return "FAILED: \(item.problem ?? "refused")"
    case .unknown:
      if item.isGivenUp { return "UNKNOWN: given up" }
      return item.looksLeft > 0 ? "UNKNOWN: looking" : "UNKNOWN: not found in the thread"
    }
  }

  /// The second mark cell: held, stopped, failed, unknown.
  func sign(_ item: QueuedWrite) -> String {
    switch item.state {
    case .confirmed: item.isHeld(at: state.now.timestamp) ? ">" : " "
    case .conflicted: "!"
    case .failed: "x"
    case .unknown: "?"
    default: " "
    }
  }

  func role(_ item: QueuedWrite) -> Role {
    switch item.state {
    case .conflicted, .unknown: .warning
    case .failed: .error
    case .sending: .success
    default: .normal
    }
  }

  /// When something happens next.
  func when(_ item: QueuedWrite) -> String {
    switch item.state {
    case .sending: return "now"
    case .conflicted, .failed, .unknown, .proposed: return "needs you"
    case .confirmed: return item.holdUntil.map { state.time.preciseClock($0) } ?? "soon"
    case .queued:
      if item.waitingFor == .offline { return "when online" }
      return item.notBefore.map { state.time.clock($0) } ?? "soon"
    case .sent, .rejected, .undone: return ""
    }
  }

  /// All that is known of an item.
  func detailLines(_ item: QueuedWrite, _ detail: OutboxItem?, width: Int) -> [TextRun] {
    var lines: [TextRun] = []
    func add(_ text: String, _ role: Role = .normal, limit: Int = 6) {
      for line in DisplayText.wrap(text, to: max(10, width - 4), limit: limit) {
        lines.append(TextRun("  " + line, role))
      }
    }
    if let brake = state.brakeSentence, !item.state.isFinal { add(brake, .warning) }
    add(sentence(item))
    if let repeated = item.repeats {
      add("It repeats item \(repeated): it may arrive twice.", .warning)
    }
    lines.append(TextRun(""))
    for words in detail?.newWords ?? [] {
      add(
        "new    \(state.time.short(words.at, now: state.now.timestamp)) \(words.author)  \"\(words.text.prefix(600))\"",
        .newWords)
    }
    for field in detail?.changedFields ?? [] {
      add(
        "\(field.field): you saw \(field.seen), it is \(field.now), you want \(field.wanted)",
        .newWords)
    }
    switch item.payload {
    case .reply(let reply): add("yours  \(Self.beginning(reply.text))")
    case .privateNote(let note): add("yours  # \(Self.beginning(note.text))", .privateNote)
    case .update: add("yours  \(Self.kind(item)) \(target(item))")
    }
    if let detail, detail.write.id == item.id, !detail.history.isEmpty {
      lines.append(TextRun(""))
      add(
        "history  "
          + detail.history.map {
            "\(state.time.short($0.at, now: state.now.timestamp)) \($0.words)"
          }
          .joined(separator: LineDrawing.separator), .dim)
    }
    lines.append(TextRun(""))
    add(help(item), .keyHintText)
    return lines
  }

  private static func beginning(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
    let first = lines.prefix(4).joined(separator: " ").prefix(400)
    return "(\(Digits.count(lines.count, "line"))) \"\(first)\(lines.count > 4 ? " ..." : "")\""
  }

  private func sentence(_ item: QueuedWrite) -> String {
    switch item.state {
    case .conflicted: "\(standing(item)). Nothing was sent."
    case .failed: "\(standing(item)). Nothing was applied."
    case .unknown:
      "The answer never came. It is not sent again by itself: "
        + (item.looksLeft > 0
          ? "the thread is being looked through." : "the thread does not show it.")
    case .confirmed, .queued: "\(standing(item)). Nothing has left yet."
    case .sending: "On its way; it cannot be taken back any more."
    default: standing(item)
    }
  }

  /// The keys that help, from the table in force.
  private func help(_ item: QueuedWrite) -> String {
    func key(_ id: CommandID, _ words: String) -> String {
      (state.keys.shownKey(id, in: .outbox) ?? "-") + " " + words
    }
    let open = key(.itemOpenTicket, "open thread")
    let discard = key(.itemDiscard, "discard (asks)")
    let edit = key(.itemEdit, "edit")
    switch item.state {
    case .confirmed, .queued:
      return [key(.undo, "take back"), edit, key(.flush, "send now"), open]
        .joined(separator: "    ")
    case .conflicted:
      return [
        key(.itemSend, "send anyway (asks again)"), edit, open,
        key(.itemPrivate, "turn into private note"), discard,
      ].joined(separator: "    ")
    case .failed: return [key(.itemRetry, "retry"), edit, open, discard].joined(separator: "    ")
    case .unknown:
      return [
        key(.itemRetry, "look again (sends nothing)"),
        key(.itemSend, "send again (asks; may arrive twice)"), open, discard,
      ].joined(separator: "    ")
    default: return open
    }
  }
}

extension TicketChange {
  /// How many fields it changes.
  fileprivate var fieldCount: Int {
    [status != nil, priority != nil, type != nil, agentID != nil, groupID != nil, tags != nil]
      .count { $0 }
  }
}
