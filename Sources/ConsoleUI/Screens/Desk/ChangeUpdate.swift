import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Keys that change fields: on the marks through a plan, on one ticket at once.
  mutating func change(_ id: CommandID) -> [Effect] {
    let (ids, areMarks) = targets
    switch id {
    case .assign: return [.loadDirectory, .preparePicker(ids, isForMarks: areMarks)]
    case .take:
      guard let me else { return [] }
      return [
        .prepareChange(
          ChangeRequest(
            .agent(me.id, name: me.name), tickets: ids, isForMarks: areMarks, isTaking: true))
      ]
    case .resolve:
      return [
        .prepareChange(
          ChangeRequest(
            .status(.resolved, label: statusLabel(.resolved)), tickets: ids,
            isForMarks: areMarks, movesOn: !areMarks))
      ]
    case .close:
      return [
        .prepareChange(
          ChangeRequest(
            .status(.closed, label: statusLabel(.closed)), tickets: ids, isForMarks: areMarks,
            movesOn: !areMarks))
      ]
    case .status: return openMenu(.status, ids, areMarks)
    case .priority: return openMenu(.priority, ids, areMarks)
    case .type: return openMenu(.type, ids, areMarks)
    case .macro: return openMacroMenu(ids, areMarks)
    case .undo: return undo()
    case .redo: return redo()
    default: return []
    }
  }

  /// `.`: the last change with its value, on the tickets that are meant now, or the last command.
  mutating func repeatLast() -> [Effect] {
    switch lastAction {
    case nil: return []
    case .command(let id)?: return ask(for: id)
    case .change(let change, let movesOn, let isTaking)?:
      let (ids, areMarks) = targets
      return [
        .prepareChange(
          ChangeRequest(
            change, tickets: ids, isForMarks: areMarks, movesOn: movesOn && !areMarks,
            isTaking: isTaking))
      ]
    }
  }

  /// The tickets are known: one private change leaves at once, others ask.
  mutating func decide(_ request: ChangeRequest, _ material: ChangeMaterial) -> [Effect] {
    lastAction = .change(
      request.change, movesOn: request.movesOn, isTaking: request.isTaking)
    dialogs.removeAll { if case .picker = $0 { false } else { true } }
    guard !material.tickets.isEmpty else {
      say("the ticket is not in the cache", .warning)
      return []
    }
    if request.isForMarks || material.tickets.count > 1 { return openPlan(request, material) }
    dialogs.removeAll()
    let ticket = material.tickets[0]
    guard var content = request.change.update(of: ticket, at: 0) else {
      say("#\(ticket.id) is \(request.change.done) already")
      return []
    }
    content.seenConversationID = material.seen[ticket.id]
    var context = SubmissionContext(
      words: "#\(ticket.id) \(request.change.done)", tickets: [ticket.id])
    context.movesOn = request.movesOn
    context.request = request
    context.isRedo = request.isRedo
    let submission = Submission.update(ticket.id, content)
    if request.change.mailsCustomer(directory.account) {
      return askStatus(ticket, content, material, submission, context)
    }
    if request.isTaking, let holder = ticket.agentID, holder != me?.id {
      var question = Question(
        title: "TAKE #\(ticket.id) from \(agentName(holder))?",
        lines: [
          TextRun("#\(ticket.id) \(ticket.subject)"),
          TextRun("\(material.requesters[ticket.id] ?? "")"),
          TextRun("\(agentName(holder)) has it now; y assigns it to you."),
        ], yes: "y take it", action: .submit([submission], context))
      question.isDangerous = false
      return open(.question(question))
    }
    return [.submit([submission], context)]
  }

  /// Resolving or closing may mail the customer, so it asks.
  private mutating func askStatus(
    _ ticket: Ticket, _ content: UpdateContent, _ material: ChangeMaterial,
    _ submission: Submission, _ context: SubmissionContext
  ) -> [Effect] {
    let new = content.change.status.map(statusLabel) ?? ""
    let verb =
      switch content.change.status {
      case .resolved?: "RESOLVE"
      case .closed?: "CLOSE"
      default: "SET " + new.uppercased()
      }
    var question = Question(
      title: "\(verb) #\(ticket.id)?",
      lines: [
        TextRun("#\(ticket.id) \(ticket.subject)", .boxStrong),
        TextRun("customer  \(material.requesters[ticket.id] ?? "unknown")"),
      ]
        + values(content).map {
          TextRun(DisplayText.pad($0.field, to: 10) + "\($0.old) -> \($0.new)")
        } + [
          TextRun("The customer may be mailed by this change.", .warning),
          TextRun(
            "Held \(settings.holdSeconds) s after y; \(shown(.undo)) takes it back until it leaves."
          ),
        ], yes: "y set \(new)", action: .submit([submission], context))
    question.isDangerous = true
    return open(.question(question))
  }

  // What came of it

  mutating func takeSubmitted(
    _ context: SubmissionContext, _ result: Result<SubmissionReceipt, CallFailure>
  ) -> [Effect] {
    undoTrail.submitting -= 1
    switch result {
    case .failure(let failure):
      undoTrail.waiting = 0
      say(failure.sentence, .error)
      return takeBackWords(context, failure) + [.loadOutbox]
    case .success(let receipt):
      // The words are in the outbox, so no file of theirs may come back as a draft.
      let files = context.draftKey.flatMap { unsent.removeValue(forKey: $0) }
        .map { forgetFiles($0.key, upTo: .max) }
      let target: UndoTarget? =
        receipt.batch.map(UndoTarget.batch) ?? receipt.ids.last.map(UndoTarget.write)
      if let target, let newest = receipt.ids.max() {
        undoTrail.add(UndoStep(target: target, newestWrite: newest, context: context))
      }
      watchedBatch = receipt.batch ?? watchedBatch
      let held = receipt.holdUntil.map { max(0, $0 - now.timestamp) } ?? 0
      var words = (context.isRedo ? "redo: " : "") + context.words
      if context.kind == .reply {
        words += ", held \(Digits.span(held)); \(shown(.undo)) takes it back"
      } else if context.isBulk {
        words += "; \(shown(.undo)) undoes all"
      } else {
        words += "; \(shown(.undo)) undoes it"
      }
      let moved = context.isBulk ? [] : moveOn(after: context, words: &words)
      say(words, until: receipt.holdUntil.map { Moment($0) })
      return (files ?? []) + moved + undoWaiting() + [.loadOutbox, .loadDesk]
    }
  }

  /// Words that could not be submitted are still there: the editor opens again with them, or, while
  /// another one is open, they are saved as a draft.
  private mutating func takeBackWords(
    _ context: SubmissionContext, _ failure: CallFailure
  ) -> [Effect] {
    guard let key = context.draftKey, var words = unsent.removeValue(forKey: key) else { return [] }
    words.touch(now)
    guard composer != nil else {
      reopen(words)
      return []
    }
    words.saveProblem = nil
    leaving[key] = words
    say(
      "#\(key.ticketID) was NOT SENT: \(shown(.edit)) on it opens the words (\(failure.sentence))",
      .error)
    return retryLeaving(atOnce: true)
  }

  /// Goes where the setting says, and names both tickets.
  private mutating func moveOn(
    after context: SubmissionContext, words: inout String
  ) -> [Effect] {
    guard let done = context.tickets.first else { return [] }
    if settings.afterAction == .queue, focus != .queue, thread.ticketID == done {
      return focusOn(.queue)
    }
    guard context.movesOn || settings.afterAction == .next, queue.current?.id == done,
      queue.cursor + 1 < queue.rows.count
    else { return [] }
    queue.move(to: queue.cursor + 1)
    guard let now = queue.current?.id else { return [] }
    words += ", now on #\(now)"
    return followCursor()
  }

  /// How a bulk action comes along, in the status line.
  mutating func takeProgress(_ progress: BatchProgress?) -> [Effect] {
    let old = batch
    batch = progress
    if let progress, progress.batch != batchStart?.batch {
      batchStart = BatchStart(batch: progress.batch, at: now, done: progress.done)
    }
    guard let progress, let old, old != progress, progress.waiting == 0, old.waiting > 0 else {
      return []
    }
    say(
      "bulk done: \(progress.sent) of \(progress.total)"
        + failureWords(of: progress)
        + (progress.undone > 0 ? ", \(progress.undone) undone" : ""))
    return progress.failed > 0 ? [.findFailures(progress.batch)] : []
  }
}
