import Terminal

/// One hint: keys and a word.
struct Hint: Equatable {
  var keys: String
  var words: String
}

/// Which commands the hint bar offers in each place, most used first. Keys and words come from the
/// table in force.
enum HintBar {
  static func groups(_ place: Place) -> [[CommandID]] {
    switch place {
    case .queue:
      [
        [.rowDown, .rowUp], [.open], [.assign], [.take], [.reply], [.note], [.mark], [.markAll],
        [.resolve], [.status], [.undo], [.filter], [.sort], [.nextPane], [.sidebar],
        [.commandLine], [.refresh], [.edit], [.copyNumber], [.goOutbox],
      ]
    case .thread:
      [
        [.reply], [.note], [.assign], [.resolve], [.status], [.nextTicket, .previousTicket],
        [.sidebar], [.quitLevel], [.files], [.take], [.searchText], [.undo], [.edit],
        [.refresh], [.commandLine], [.goOut],
      ]
    case .sidebar: [[.rowDown, .rowUp], [.goOut], [.nextPane], [.quitLevel]]
    case .outbox:
      [
        [.undo], [.open], [.itemEdit], [.itemSend], [.itemRetry], [.flush], [.itemDiscard],
        [.itemOpenTicket], [.quitLevel],
      ]
    case .drafts:
      [[.itemEdit], [.itemOpenTicket], [.itemDiscard], [.rowDown, .rowUp], [.quitLevel]]
    case .views, .hits: [[.open], [.rowDown, .rowUp], [.searchText], [.quitLevel]]
    case .log: [[.rowDown, .rowUp], [.refresh], [.searchText], [.quitLevel]]
    case .audit: [[.open], [.rowDown, .rowUp], [.refresh], [.searchText], [.quitLevel]]
    case .help: [[.rowDown, .rowUp], [.searchText], [.quitLevel]]
    case .editor:
      [
        [.editorReview], [.editorCanned], [.editorExternal], [.editorLeave],
        [.editorRecipients],
      ]
    case .review:
      [
        [.reviewSend], [.reviewEdit], [.reviewView], [.reviewPrivate], [.reviewKeep],
        [.reviewBack], [.reviewStatus], [.reviewAttach], [.reviewCanned], [.reviewNews],
      ]
    case .picker: [[.pickDown], [.pickPlan], [.pickKind], [.pickRoundRobin], [.pickCancel]]
    case .plan: [[.planApply], [.planEdit], [.planDrop], [.planReport], [.planBack]]
    case .prompt: [[.yes], [.no]]
    case .number: [[.no]]
    case .menu: [[.chooseNext, .choosePrevious], [.choose], [.cancel]]
    case .palette, .canned: [[.chooseNext], [.choose], [.cancel]]
    case .files:
      [[.fileSave], [.fileSaveAll], [.fileView], [.fileCopy], [.fileOpen], [.cancel]]
    case .command: [[.complete], [.choose], [.cancel]]
    case .line: [[.choose], [.cancel]]
    case .filter: [[.choose], [.cancel]]
    case .reader: [[.rowDown, .rowUp], [.pageDown], [.cancel]]
    }
  }
}

extension ConsoleState {
  /// The hints of the place, without what cannot work now; after a prefix what may follow.
  var hints: [Hint] {
    let place = place
    if !pendingKeys.isEmpty {
      return keys.continuations(of: pendingKeys, in: place).compactMap { key, id in
        guard let record = keys.record(id), disabledReason(record) == nil else { return nil }
        return Hint(
          keys: key, words: record.hint.isEmpty ? record.name ?? record.title : record.hint)
      }
    }
    if case .line(let line)? = dialogs.last {
      return [Hint(keys: "", words: line.purpose.hint)]
    }
    return HintBar.groups(place).compactMap { ids in
      guard let first = ids.first, let record = keys.record(first),
        disabledReason(record) == nil, !record.hint.isEmpty
      else { return nil }
      if first == .markAll { return nil }
      if first == .editorRecipients, composer?.kind.isPublic == false { return nil }
      if first == .reviewSend { return reviewHint }
      if first == .reviewPrivate, case .review(let review)? = dialogs.last,
        review.message.kind == .privateNote
      {
        return nil
      }
      let shown = ids.compactMap { keys.shownKey($0, in: place) }
      guard !shown.isEmpty else { return nil }
      return Hint(keys: shown.joined(separator: "/"), words: record.hint)
    }
  }

  private var reviewHint: Hint? {
    guard case .review(let review)? = dialogs.last,
      let key = keys.shownKey(.reviewSend, in: .review)
    else { return nil }
    return Hint(keys: key, words: review.message.kind.isPublic ? "send" : "save the note")
  }

  /// The last row; in every frame. Help stands at its end.
  func drawHints(in frame: inout Frame) {
    if drawMessageRest(in: &frame) { return }
    let rect = layout.hints
    let gap = size.width >= 160 ? 3 : 2
    var column = rect.x + 1
    let help = helpHint
    let helpWidth = help.map { $0.keys.count + 1 + $0.words.count + gap } ?? 0
    var hints = hints
    if place == .queue, pendingKeys.isEmpty, size.width >= 70 {
      hints.insert(Hint(keys: "*", words: "many"), at: min(7, hints.count))
    }
    func put(_ hint: Hint) {
      column = frame.put(hint.keys, at: Point(x: column, y: rect.y), role: .keyHint)
      if !hint.keys.isEmpty { column += 1 }
      column = frame.put(
        hint.words, at: Point(x: column, y: rect.y), role: .keyHintText,
        width: max(0, rect.maxX - column))
      column += gap
    }
    if !pendingKeys.isEmpty {
      put(Hint(keys: pendingKeys.map(\.notation).joined(separator: " "), words: "then"))
    }
    for hint in hints {
      let width = DisplayWidth.cells(of: hint.keys) + 1 + DisplayWidth.cells(of: hint.words)
      // After a prefix the end of the list is marked: every key counts there.
      let end = pendingKeys.isEmpty ? helpWidth : hint == hints.last ? 0 : 2
      guard column + width + end <= rect.maxX || column == rect.x + 1 else {
        if !pendingKeys.isEmpty {
          frame.put("…", at: Point(x: min(column, rect.maxX - 1), y: rect.y), role: .keyHintText)
        }
        break
      }
      put(hint)
    }
    if let help { put(help) }
  }

  private var helpHint: Hint? {
    guard pendingKeys.isEmpty, let key = keys.shownKey(.help, in: place) else {
      return nil
    }
    return Hint(keys: key, words: "help")
  }
}
