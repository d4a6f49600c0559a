import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// The item under the cursor is read when the outbox shows it.
  func itemEffects() -> [Effect] { [] }

  /// The item whose history the frame needs first.
  public var wantedItem: WriteID? {
    guard screen == .outbox, OutboxLayout(size: size).detail != nil,
      let id = outbox.current?.id, outbox.detail?.write.id != id
    else { return nil }
    return id
  }

  mutating func openItem() -> [Effect] {
    guard let item = outbox.current else { return [] }
    let width = ReaderLayout(size: size).text.width
    let lines = OutboxText(self).detailLines(item, outbox.detail, width: width)
    return open(
      .reader(ReaderState(title: "#\(item.ticketID) \(OutboxText.kind(item))", lines: lines)))
  }

  mutating func performInOutbox(_ id: CommandID) -> [Effect] {
    if id == .flush {
      say("sending what waits")
      return [.flush]
    }
    if screen == .drafts { return performInDrafts(id) }
    guard let item = outbox.current else { return [] }
    if !outbox.marks.isEmpty,
      id == .itemRetry || id == .itemDiscard || id == .itemSend
        || id == .itemEdit || id == .itemPrivate
    {
      return performOnMarkedItems(id)
    }
    switch id {
    case .itemOpenTicket: return [.findTicket(item.ticketID)]
    case .itemMark:
      if outbox.marks.remove(item.id) == nil { outbox.marks.insert(item.id) }
      outbox.move(to: outbox.viewport.cursor + 1)
    case .itemRetry:
      switch item.state {
      case .failed: return [.change(.retry, item.id)]
      case .unknown: return [.change(.lookAgain, item.id)]
      default: say("#\(item.ticketID) is \(item.state.rawValue): nothing to retry")
      }
    case .itemSend: return sendItem(item)
    case .itemEdit: return editItem(item, asNote: false)
    case .itemPrivate: return editItem(item, asNote: true)
    case .itemDiscard: return discardItem(item)
    default: break
    }
    return []
  }

  /// A stopped item, or one of unknown outcome: asks again, and says what may happen.
  private mutating func sendItem(_ item: QueuedWrite) -> [Effect] {
    var question: Question
    switch item.state {
    case .conflicted:
      question = Question(
        title: "SEND ANYWAY  #\(item.ticketID)?",
        lines: [
          TextRun("#\(item.ticketID) \(item.subjectLine)", .boxStrong),
          TextRun("It was stopped: \(item.problem ?? "the ticket has moved on")."),
          TextRun(
            item.isPublic
              ? "y sends it to the CUSTOMER as it was written."
              : "y applies it as it was written."),
        ], yes: "y send anyway", action: .change(.sendAnyway, item.id))
      question.isDangerous = item.isPublic
    case .unknown:
      question = Question(
        title: "SEND AGAIN  #\(item.ticketID)?",
        lines: [
          TextRun("#\(item.ticketID) \(item.subjectLine)", .boxStrong),
          TextRun("Nobody knows whether it arrived. y sends it a second time:"),
          TextRun("IT MAY ARRIVE TWICE. r looks again and sends nothing.", .warning),
        ], yes: "y send a second time", action: .change(.sendAgain, item.id))
      question.isDangerous = true
    default:
      say("#\(item.ticketID) is \(item.state.rawValue): s is for stopped and unknown items")
      return []
    }
    return open(.question(question))
  }

  /// Words return to their draft; a change of fields is taken back.
  private mutating func editItem(_ item: QueuedWrite, asNote: Bool) -> [Effect] {
    switch item.payload {
    case .update:
      say(
        "a change of fields has no words to edit; \(shown(.undo)) takes it back, \(shown(.itemDiscard, in: .outbox)) discards it"
      )
      return []
    case .privateNote where asNote:
      say("this is a private note already")
      return []
    case .reply, .privateNote: break
    }
    guard item.canBeTakenBack || item.state == .conflicted || item.state == .failed else {
      say("#\(item.ticketID) is \(item.state.rawValue): it cannot be edited")
      return []
    }
    let kind: DraftKind = if case .reply = item.payload { .reply } else { .privateNote }
    pendingReview = asNote ? .asPrivateNote(item.ticketID) : .edit(item.ticketID, kind)
    return [.change(.edit, item.id)]
  }

  mutating func takeItemChanged(
    _ change: OutboxChange, _ result: Result<String, CallFailure>
  ) -> [Effect] {
    switch result {
    case .failure(let failure):
      say(failure.sentence, .error)
      if change == .edit { pendingReview = nil }
      return [.loadOutbox]
    case .success(let words):
      say(words)
      guard change == .edit, let pending = pendingReview else { return [.loadOutbox] }
      let id = pending.ticketID
      enterThread(id)
      thread.isFresh = false
      return [.loadOutbox]
    }
  }

  private mutating func discardItem(_ item: QueuedWrite) -> [Effect] {
    guard item.state != .sending else {
      say("#\(item.ticketID) is on its way; it cannot be discarded")
      return []
    }
    var lines = [
      TextRun("#\(item.ticketID) \(item.subjectLine)", .boxStrong),
      TextRun("\(OutboxText.kind(item)): \(OutboxText(self).target(item))"),
      TextRun("There is no way back.", .warning),
    ]
    if item.state == .unknown {
      lines.append(TextRun("It may have arrived; discarding only stops looking for it."))
    }
    return open(
      .question(
        Question(
          title: "DISCARD this item?", lines: lines, yes: "y discard",
          action: .change(.discard, item.id))))
  }

  // Drafts

  private mutating func performInDrafts(_ id: CommandID) -> [Effect] {
    guard let saved = drafts.current else { return [] }
    let draft = saved.draft
    switch id {
    case .itemOpenTicket: return [.findTicket(draft.ticketID)]
    case .itemEdit:
      pendingReview = .resume(draft.ticketID, saved.id)
      enterThread(draft.ticketID)
      thread.isFresh = false
      return []
    case .itemDiscard:
      let kind = draft.kind.isPublic ? "PUBLIC reply" : "PRIVATE note"
      let first = draft.text.prefix(200).split(separator: "\n").first.map(String.init) ?? ""
      return open(
        .question(
          Question(
            title: "DISCARD the draft of #\(draft.ticketID)?",
            lines: [
              TextRun("\(kind), \(Digits.count(draft.text.count, "character"))"), TextRun(first),
              TextRun("There is no way back.", .warning),
            ], yes: "y discard", action: .removeDraft(draft.ticketID, saved.reference))))
    default: return []
    }
  }
}

extension QueuedWrite {
  var subjectLine: String {
    switch payload {
    case .reply(let reply): reply.subject
    case .privateNote(let note): note.subject
    case .update(let update): update.subject
    }
  }

  /// Whether a customer gets to see its words.
  var isPublic: Bool { if case .reply = payload { true } else { false } }
}
