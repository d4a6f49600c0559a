import ConsoleModel
import Helpdesk

/// One thing that was done in this window: a write with all that follows it, or a bulk action.
struct UndoStep: Equatable, Sendable {
  var target: UndoTarget
  /// Orders the steps.
  var newestWrite: WriteID
  var context: SubmissionContext
}

/// The way back and forth through what was done in this window. What other windows and commands do is
/// theirs; the outbox page reaches it.
struct UndoTrail: Equatable, Sendable {
  /// What can be done again.
  enum Redo: Equatable, Sendable {
    case change(ChangeRequest)
    /// Words go through their review again.
    case words(TicketID, DraftKind)
  }

  private static let longest = 100

  /// Oldest first.
  private(set) var steps: [UndoStep] = []
  /// Steps whose undo has been asked for and not been answered.
  private(set) var leaving: [UndoStep] = []
  private(set) var redos: [Redo] = []
  /// Submissions that have not been answered: their steps come after all others.
  var submitting = 0
  /// Undos that were asked for while a submission was under way.
  var waiting = 0

  var isEmpty: Bool { steps.isEmpty }

  mutating func add(_ step: UndoStep) {
    steps.append(step)
    if steps.count > Self.longest { steps.removeFirst() }
    if !step.context.isRedo { redos = [] }
  }

  /// Takes the newest step out, to be undone.
  mutating func popStep() -> UndoStep? {
    guard let step = steps.popLast() else { return nil }
    leaving.append(step)
    return step
  }

  mutating func popRedo() -> Redo? { redos.popLast() }

  /// The undo of a target was answered: the step is out, wherever it was.
  mutating func finish(_ target: UndoTarget) -> UndoStep? {
    if let index = leaving.firstIndex(where: { $0.target == target }) {
      return leaving.remove(at: index)
    }
    return steps.lastIndex { $0.target == target }.map { steps.remove(at: $0) }
  }

  /// The undo could not be written down: the step is where it was.
  mutating func putBack(_ target: UndoTarget) {
    guard let index = leaving.firstIndex(where: { $0.target == target }) else { return }
    let step = leaving.remove(at: index)
    let place = steps.firstIndex { $0.newestWrite > step.newestWrite } ?? steps.endIndex
    steps.insert(step, at: place)
  }

  mutating func noteUndone(_ step: UndoStep) {
    if var request = step.context.request {
      request.isRedo = true
      redos.append(.change(request))
    } else if let kind = step.context.kind, let ticket = step.context.tickets.first {
      redos.append(.words(ticket, kind))
    }
  }
}

extension ConsoleState {
  /// `u`: the newest step of this window; in the outbox the item under the cursor.
  mutating func undo() -> [Effect] {
    if screen == .outbox {
      guard let item = outbox.current else {
        say("the outbox is empty")
        return []
      }
      guard item.canBeTakenBack else {
        say("#\(item.ticketID): it can no longer be taken back")
        return []
      }
      return [.undo(.write(item.id))]
    }
    guard isAllSubmitted else {
      // What was done last is not on disk yet; it is the step that is meant.
      undoTrail.waiting += 1
      return []
    }
    return undoNewestStep()
  }

  private var isAllSubmitted: Bool { undoTrail.submitting == 0 && waitingSubmissions.isEmpty }

  private mutating func undoNewestStep() -> [Effect] {
    guard let step = undoTrail.popStep() else {
      if let offeredUndo { return [.undo(.write(offeredUndo))] }
      let outbox = keys.shownKey(.goOutbox, in: .queue).map { "; \($0) opens the outbox" } ?? ""
      say("nothing to undo in this window\(outbox)")
      return []
    }
    return [.undo(step.target)]
  }

  /// The undos that waited for a submission, whatever page is shown by now.
  mutating func undoWaiting() -> [Effect] {
    guard isAllSubmitted else { return [] }
    let count = undoTrail.waiting
    undoTrail.waiting = 0
    var effects: [Effect] = []
    for _ in 0..<count { effects += undoNewestStep() }
    return effects
  }

  /// `U`: the step that was undone last.
  mutating func redo() -> [Effect] {
    switch undoTrail.popRedo() {
    case .change(let request): return [.prepareChange(request)]
    case .words(let ticket, let kind):
      say("#\(ticket): words go out through their review again")
      return reopen(ticket, kind)
    case nil:
      say("nothing to redo in this window")
      return []
    }
  }

  mutating func takeUndone(
    _ target: UndoTarget, _ result: Result<UndoReceipt, CallFailure>
  ) -> [Effect] {
    switch result {
    case .failure(let failure):
      undoTrail.putBack(target)
      say(failure.sentence, .warning)
      return [.loadOutbox]
    case .success(let receipt):
      let step = undoTrail.finish(target)
      if let step, !receipt.isEmpty { undoTrail.noteUndone(step) }
      let opens = canReopen(receipt)
      say(
        undoWords(receipt, step, opens: opens),
        receipt.refusal == nil && receipt.lackingValues == 0 ? .statusBar : .warning)
      guard opens, let draft = receipt.draft else { return [.loadOutbox] }
      return [.loadOutbox] + reopen(draft.ticketID, draft.kind)
    }
  }

  /// Whether the words that were taken back open in the editor: not over other words or a question,
  /// and not from the outbox, where one item after the other may be taken back.
  private func canReopen(_ receipt: UndoReceipt) -> Bool {
    receipt.draft != nil && !receipt.isParked && composer == nil && dialogs.isEmpty
      && screen == .desk
  }

  /// Opens the editor on a draft once its ticket has been read.
  private mutating func reopen(_ ticket: TicketID, _ kind: DraftKind) -> [Effect] {
    pendingReview = .edit(ticket, kind)
    screen = .desk
    focus = .thread
    thread.open(ticket)
    thread.isFresh = false
    relayout()
    return []
  }

  // Words

  /// "undo #405: agent Ken -> --": which ticket, and what it has now.
  private func undoWords(_ receipt: UndoReceipt, _ step: UndoStep?, opens: Bool) -> String {
    if receipt.isEmpty { return refusalWords(receipt, step) }
    if receipt.draft != nil { return wordsBack(receipt, step, opens: opens) }
    let all = receipt.takenBack + receipt.opposite
    if all.count == 1, let write = all.first {
      return "undo #\(write.ticketID): \(wayBack(write, isOpposite: receipt.takenBack.isEmpty))"
        + leftWords(receipt)
    }
    let name = step?.context.words ?? Digits.count(all.count, "change")
    var parts: [String] = []
    if !receipt.takenBack.isEmpty { parts.append("\(receipt.takenBack.count) taken back") }
    if !receipt.opposite.isEmpty {
      parts.append("\(receipt.opposite.count) changed back by a new write")
    }
    return "undo: \(name): " + parts.joined(separator: ", ") + leftWords(receipt)
  }

  /// "; 2 left as they are: the values before are not known".
  private func leftWords(_ receipt: UndoReceipt) -> String {
    switch receipt.lackingValues {
    case 0: ""
    case 1: "; 1 left as it is: the values before are not known"
    case let count: "; \(count) left as they are: the values before are not known"
    }
  }

  /// The fields of a change, from what they were set to, to what they have again.
  private func wayBack(_ write: QueuedWrite, isOpposite: Bool) -> String {
    guard case .update(let update) = write.payload else { return "taken back" }
    let content = isOpposite ? update : update.opposite(undoing: write.id)
    return values(content).map { "\($0.field) \($0.old) -> \($0.new)" }.joined(separator: ", ")
  }

  private func wordsBack(_ receipt: UndoReceipt, _ step: UndoStep?, opens: Bool) -> String {
    guard let draft = receipt.draft else { return "" }
    let name =
      step?.context.words
      ?? "#\(draft.ticketID) \(draft.kind.isPublic ? "reply" : "private note")"
    let rest = receipt.takenBack.count > 1 ? " with its status change" : ""
    let place =
      receipt.isParked
      ? "the ticket has a newer draft; this one is kept with it (\(shown(.goDrafts)))"
      : opens ? "open in the editor" : "kept as the draft (\(shown(.edit)))"
    return "undo: \(name) taken back\(rest), \(place)"
  }

  private func refusalWords(_ receipt: UndoReceipt, _ step: UndoStep?) -> String {
    let name = step?.context.words ?? "it"
    switch receipt.refusal {
    case .hasLeft(let moment):
      return "\(name) left at \(time.clock(moment)) and cannot be called back"
    case .isLeaving: return "\(name) is leaving now and cannot be called back"
    case .isUnclear:
      return "\(name) may have arrived: its outcome is looked up, nothing was undone"
    case .isBack: return "\(name): taken back already"
    case .lacksValues: return "\(name): the values before it are not known, nothing was undone"
    case nil: return "nothing to undo"
    }
  }
}
