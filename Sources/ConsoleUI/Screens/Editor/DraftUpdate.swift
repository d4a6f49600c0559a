import ConsoleModel
import Helpdesk
import Terminal

/// How words come to the disk and stay there.
extension ConsoleState {
  /// Hands the words to the journal; the answer says which edit they were.
  mutating func saveComposer() -> [Effect] {
    guard let composer, !composer.isSaved else { return [] }
    self.composer?.dirtySince = nil
    if !composer.hasWords, composer.attachments.isEmpty, composer.savedAt == nil {
      self.composer?.savedRevision = composer.revision
      return []
    }
    return save(
      WaitingSave(
        draft: composer.draft(at: now.timestamp), over: composer.reference,
        revision: composer.revision))
  }

  /// One save of a draft at a time, so that an older one can never come after a newer one, and each
  /// knows the state that it follows.
  private mutating func save(_ words: WaitingSave) -> [Effect] {
    let key = DraftKey(ticketID: words.draft.ticketID, kind: words.draft.kind)
    guard savesUnderWay.insert(key).inserted else {
      waitingSaves[key] = words
      return []
    }
    return [.saveDraft(words.draft, over: words.over, revision: words.revision)]
  }

  mutating func takeSaved(
    _ key: DraftKey, _ revision: Int, _ result: Result<DraftSave, CallFailure>
  ) -> [Effect] {
    let isOpen = composer?.key == key
    savesUnderWay.remove(key)
    let saved = try? result.get()
    if let saved {
      if isOpen { noteSaved(saved) }
      if unsent?.key == key { unsent?.reference = saved.reference }
      leaving[key]?.reference = saved.reference
    }
    let done = saved == nil ? [] : forgetFiles(key, upTo: revision)
    if let waiting = waitingSubmissions.removeValue(forKey: key) {
      waitingSaves[key] = nil
      return done
        + waiting.map { effect in
          guard let saved, case .submit(let submissions, var context) = effect else {
            return effect
          }
          context.draft = saved.reference
          return .submit(submissions, context)
        }
    }
    if var words = waitingSaves.removeValue(forKey: key) {
      words.over = saved?.reference ?? words.over
      return done + save(words)
    }
    switch result {
    case .success:
      if isOpen {
        composer?.savedRevision = revision
        if composer?.isSaved == false, composer?.dirtySince == nil { composer?.dirtySince = now }
      }
      leaving[key] = nil
    case .failure(let failure): keepUnsaved(key, failure)
    }
    return done + [.loadOutbox]
  }

  /// The files whose words are on disk now.
  private mutating func forgetFiles(_ key: DraftKey, upTo revision: Int) -> [Effect] {
    let done = editedFiles.filter { $0.key == key && $0.revision <= revision }
    editedFiles.removeAll { $0.key == key && $0.revision <= revision }
    return done.map { .removeEdited($0.path) }
  }

  /// The words are on disk: says so where they are another draft than the ticket's, or a new one.
  private mutating func noteSaved(_ saved: DraftSave) {
    let wasParked = composer?.isParked == true
    composer?.savedAt = saved.savedAt
    composer?.reference = saved.reference
    composer?.isParked = saved.isParked
    composer?.saveProblem = nil
    let list = shown(.goDrafts)
    switch saved.outcome {
    case .current: return
    case .otherParked: composer?.note = "another window's words are parked: \(list)"
    case .parked:
      guard !wasParked else { return }
      composer?.note = "PARKED, another window wrote too: \(list)"
    case .renewed: composer?.note = "a new draft, the old one was sent or discarded elsewhere"
    }
    guard let composer, let note = composer.note else { return }
    say("#\(composer.ticketID): \(note)", .warning)
  }

  /// The disk took nothing: the words stay in the editor, which opens again where it was left.
  private mutating func keepUnsaved(_ key: DraftKey, _ failure: CallFailure) {
    let left = leaving.removeValue(forKey: key)
    if composer == nil, let left {
      composer = left
      screen = .desk
      isQuitting = false
      thread.open(key.ticketID)
      relayout()
    } else if let left, composer?.key != key {
      // Another editor is open: these words wait in memory and are saved again with its own.
      leaving[key] = left
    }
    if composer?.key == key {
      composer?.dirtySince = now
      composer?.saveProblem = failure.sentence
    }
    if let file = editedFiles.last(where: { $0.key == key }) {
      say("NOT SAVED (\(failure.sentence)): the words are in \(file.path)", .error)
      return
    }
    say(
      "NOT SAVED: \(shown(.editorExternal, in: .editor)) puts the words for #\(key.ticketID) into a "
        + "file; they are only in this window (\(failure.sentence))", .error)
  }

  /// Saves once more what could not be saved when its editor was left.
  mutating func retryLeaving() -> [Effect] {
    leaving.values.filter { !savesUnderWay.contains($0.key) }.flatMap { old in
      save(
        WaitingSave(
          draft: old.draft(at: now.timestamp), over: old.reference, revision: old.revision))
    }
  }

  /// Tells the other windows which draft is open here, and asks who else has it open.
  mutating func announceDraft() -> [Effect] {
    guard composer?.key != announcedDraft else { return [] }
    announcedDraft = composer?.key
    return [.setOpenDraft(announcedDraft)]
  }

  mutating func noteOpenElsewhere(_ key: DraftKey, _ windows: [ProcessIdentity]) {
    guard composer?.key == key, let first = windows.first else { return }
    let what = key.kind.isPublic ? "a reply" : "a private note"
    composer?.note = "also open in process \(first.pid)"
    say(
      "another window (process \(first.pid)) is writing \(what) to #\(key.ticketID) too; "
        + "what both write is kept as two drafts", .warning)
  }

  /// Closes the editor; the pane that the writing began in has the keys again.
  mutating func closeComposer() {
    guard let old = composer else { return }
    composer = nil
    if screen == .desk, old.origin == .queue {
      _ = focusOn(.queue)
    } else {
      relayout()
    }
  }

  /// Esc: the draft is kept.
  mutating func leaveComposer() -> [Effect] {
    guard let old = composer else { return [] }
    if let problem = old.saveProblem, !old.isSaved, old.hasWords { return askToDrop(old, problem) }
    let effects = saveComposer()
    if savesUnderWay.contains(old.key) { leaving[old.key] = composer }
    closeComposer()
    if !old.hasWords, old.attachments.isEmpty {
      guard old.savedAt != nil else {
        say("nothing was written")
        return effects
      }
      say(
        "the draft of #\(old.ticketID) is empty; \(shown(.itemDiscard, in: .drafts)) in drafts (\(shown(.goDrafts))) discards it"
      )
      return effects
    }
    say(
      "draft of #\(old.ticketID) kept; \(shown(.edit)) takes it up again, \(shown(.goDrafts)) lists all"
    )
    return effects
  }

  /// The words are nowhere but in this window, so leaving them is asked about.
  private mutating func askToDrop(_ words: Composer, _ problem: String) -> [Effect] {
    open(
      .question(
        Question(
          title: "LEAVE the words for #\(words.ticketID)?",
          lines: [
            TextRun("They could not be saved: \(problem)", .warning),
            TextRun("They are only in this window. y leaves WITHOUT them."),
            TextRun(
              "\(shown(.editorExternal, in: .editor)) in the editor puts them into a file of $EDITOR."
            ),
          ], yes: "y leave without them", action: .dropWords)))
  }

  /// The user has said that the words may go.
  mutating func dropWords() -> [Effect] {
    if let key = composer?.key { leaving[key] = nil }
    closeComposer()
    say("left without the words that could not be saved", .warning)
    return []
  }

  /// Deletes a draft that the user has asked to discard.
  mutating func discardDraft(_ id: TicketID, _ reference: DraftReference) -> [Effect] {
    if composer?.reference?.id == reference.id { closeComposer() }
    return [.removeDraft(id, reference)]
  }

  mutating func takeRemoved(_ id: TicketID, _ result: Result<Bool, CallFailure>) -> [Effect] {
    switch result {
    case .success(true): say("the draft of #\(id) is discarded")
    case .success(false):
      say("the draft of #\(id) was changed meanwhile and is kept; look at it again", .warning)
    case .failure(let failure): say(failure.sentence, .error)
    }
    return [.loadOutbox]
  }
}
