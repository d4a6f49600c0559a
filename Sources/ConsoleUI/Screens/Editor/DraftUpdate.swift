import ConsoleModel
import Helpdesk
import Terminal

/// How words come to the disk and stay there.
extension ConsoleState {
  /// Hands the words to the journal; the answer says which edit they were.
  mutating func saveComposer() -> [Effect] {
    guard let composer, !composer.isSaved else { return [] }
    self.composer?.dirtySince = nil
    if composer.isEmpty, composer.savedAt == nil {
      self.composer?.savedRevision = composer.revision
      return []
    }
    return save(composer)
  }

  /// Saves the words of an open or closed editor.
  mutating func save(_ words: Composer) -> [Effect] {
    save(
      WaitingSave(
        draft: words.draft(at: now.timestamp), over: words.reference, revision: words.revision))
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
      unsent[key]?.reference = saved.reference
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
      if leaving.removeValue(forKey: key)?.saveProblem != nil {
        say("the words for #\(key.ticketID) are saved now, as its draft")
      }
    case .failure(let failure): keepUnsaved(key, failure)
    }
    return done + [.loadOutbox]
  }

  /// The files whose words are on disk now.
  mutating func forgetFiles(_ key: DraftKey, upTo revision: Int) -> [Effect] {
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
    if let problem = old.saveProblem, !old.isSaved, !old.isEmpty { return askToDrop(old, problem) }
    let effects = setComposerAside()
    closeComposer()
    if old.isEmpty {
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
