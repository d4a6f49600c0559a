import Helpdesk
import Terminal

extension ConsoleState {
  /// One key: the table of the place first, then the text field of the place.
  mutating func press(_ key: Key) -> [Effect] {
    message = nil
    hasPressedKey = true
    offeredUndo = startNotice == nil ? nil : noticedWrite?.id
    startNotice = nil
    let place = place
    if case .paste = key, !place.takesText {
      say("pasted text is dropped here; it goes into text fields only")
      return []
    }
    // A question takes nothing that was typed before it was seen.
    if let gate = dialogs.last?.gate, !gate.isPainted { return [] }
    let typed = pendingKeys + [key]
    switch keys.match(typed, in: place) {
    case .command(let id):
      pendingKeys = []
      return ask(for: id)
    case .prefix:
      pendingKeys = typed
      return []
    case .none:
      if !pendingKeys.isEmpty {
        pendingKeys = []
        return []
      }
      return enter(key)
    }
  }

  /// A command from a key, the palette or the command line: does it, or says why not.
  mutating func ask(for id: CommandID) -> [Effect] {
    guard let record = keys.record(id) else { return [] }
    if let reason = disabledReason(record) {
      say(reason, .warning)
      return []
    }
    // Keys come faster than frames: what speaks of the thread reads it first.
    if needsDetail(id), let ticket = thread.ticketID {
      thread.isFresh = true
      return [.loadDetail(ticket), .perform(id)]
    }
    if Self.repeatable.contains(id) { lastAction = .command(id) }
    return perform(id)
  }

  private func needsDetail(_ id: CommandID) -> Bool {
    guard screen == .desk, !thread.isFresh, thread.ticketID == currentTicket else { return false }
    switch id {
    case .reply, .note, .edit, .files, .goContact, .goCompany: return true
    case .nextTicket, .previousTicket, .goOut, .quitLevel, .leave: return false
    default: return place == .thread
    }
  }

  /// Commands that `.` does again; changes of fields are noted with their value when they are made.
  /// Moving is not among them: it comes between a change and its repetition.
  private static let repeatable: Set<CommandID> = [.reply, .note]

  /// Why a command cannot work now; nil when it can.
  func disabledReason(_ record: CommandRecord) -> String? {
    record.unavailable ?? missing(record.needs)
  }

  /// What `.` needs; nil while there is nothing to repeat.
  private var repeatNeeds: [Need]? {
    switch lastAction {
    case nil: nil
    case .change?: [.target, .writing]
    case .command(let id)?: keys.record(id)?.needs ?? []
    }
  }

  private func missing(_ needs: [Need]) -> String? {
    for need in needs {
      switch need {
      case .ticket where currentTicket == nil: return "needs a ticket under the cursor"
      case .target where targets.ids.isEmpty: return "needs a ticket under the cursor or marks"
      case .writing where directory.account.isReadOnly: return Self.readOnlyReason
      case .item where outbox.current == nil && screen == .outbox: return "the outbox is empty"
      case .item where drafts.current == nil && screen == .drafts: return "there is no draft"
      case .me where me == nil: return "the helpdesk has not said yet who you are"
      case .history:
        guard let needs = repeatNeeds else { return "nothing to repeat yet" }
        if let reason = missing(needs) { return reason }
      default: continue
      }
    }
    return nil
  }

  /// A key that no command has: text for the field of the place, or nothing.
  private mutating func enter(_ key: Key) -> [Effect] {
    if let last = dialogs.indices.last {
      switch dialogs[last] {
      case .line: return editLine(key)
      case .palette: return editPalette(key)
      case .picker: return editPicker(key)
      case .canned: return editCanned(key)
      case .menu: return pressInMenu(key)
      case .question, .plan: return typeNumber(key)
      default: return []
      }
    }
    return place == .editor ? typeInEditor(key) : []
  }

  mutating func perform(_ id: CommandID) -> [Effect] {
    switch id {
    case .rowDown, .rowUp, .first, .last, .halfDown, .halfUp, .pageDown, .pageUp:
      return move(id)
    case .goIn, .goOut, .nextPane, .previousPane, .open, .leave, .quitLevel, .quit, .stopWaiting,
      .sidebar, .preview, .larger, .smaller, .refresh, .redraw, .suspend, .goQueue, .goOutbox,
      .goDrafts, .goViews, .goLog, .goAudit, .goContact, .goCompany, .goBack, .help, .legend,
      .repeatLast:
      return walk(id)
    case .stopSending: return turnStopSwitch()
    case .theme:
      say("theme takes a name: " + Self.themeNames.joined(separator: ", "))
      return []
    case .nextTicket, .previousTicket, .nextNeedsAnswer, .previousNeedsAnswer, .previousView,
      .nextView, .view1, .view2, .view3, .view4, .view5, .view6, .view7, .view8, .view9, .sort,
      .markAndDown, .mark, .markRange, .markAll, .markNone, .markInverse, .markUnassigned,
      .markOverdue, .markAgain:
      return performInQueue(id)
    case .foldMessage, .foldAll, .unfoldAll, .quotes, .notes, .headers, .nextMatch,
      .previousMatch, .files, .copyNumber, .copyAddress, .openBrowser:
      return performInThread(id)
    case .filter, .searchText, .searchAll, .editQuery, .goToNumber, .markPattern, .tags,
      .commandLine, .palette:
      return openLine(id)
    case .reply, .note, .edit, .editorReview, .editorCanned, .editorExternal, .editorRecipients,
      .editorThreadUp, .editorThreadDown, .editorLeave:
      return write(id)
    case .reviewSend, .reviewEdit, .reviewView, .reviewNews, .reviewStatus, .reviewAttach,
      .reviewDetach, .reviewCanned, .reviewPrivate, .reviewKeep, .reviewBack:
      return performInReview(id)
    case .assign, .take, .status, .resolve, .close, .priority, .type, .macro, .undo, .redo:
      return change(id)
    case .itemRetry, .itemSend, .itemEdit, .itemPrivate, .itemDiscard, .itemOpenTicket,
      .itemMark, .flush:
      return performInOutbox(id)
    case .pickUp, .pickDown, .pickKind, .pickRoundRobin, .pickPlan, .pickCancel, .planApply,
      .planEdit, .planDrop, .planReport, .planDown, .planUp, .planBack:
      return performInPlan(id)
    case .fileSave, .fileSaveAll, .fileView, .fileCopy, .fileOpen: return performInFiles(id)
    case .yes, .no, .choose, .cancel, .complete, .chooseNext, .choosePrevious:
      return answer(id)
    case .forward, .publicNote, .merge, .create, .watch, .snooze, .timer, .pipe, .shell,
      .goActivity, .goNumbers, .pickNote:
      return []
    }
  }
}
