import ConsoleModel
import Helpdesk
import Terminal

extension ConsoleState {
  /// Takes what reads and calls answered.
  mutating func take(_ action: ConsoleAction) -> [Effect] {
    switch action {
    case .queueLoaded(let window):
      guard let window else {
        say("no further ticket needs an answer")
        return []
      }
      guard window.query == queue.filteredQuery else { return [] }
      queue.take(window)
      return []
    case .countsLoaded(let newCounts, let total):
      counts = newCounts
      queue.total = total
      return []
    case .directoryLoaded(let contents): return take(contents)
    case .outboxLoaded(let items, let newDrafts, let progress):
      let moved = movesOfWords(to: items)
      let refused = refusedChange(among: items)
      outbox.take(items)
      if let refused { sayRefusal(of: refused) }
      drafts.take(newDrafts)
      return takeProgress(progress) + moved + continueWriting()
    case .outcomesRead(let writes):
      sayOutcomes(of: writes)
      return []
    case .itemLoaded(let item):
      if item?.write.id == outbox.current?.id { outbox.detail = item }
      return []
    case .deskLoaded(let status):
      desk = status
      return []
    case .logLoaded(let lines):
      log = lines
      return []
    case .detailLoaded(let id, let detail):
      guard id == thread.ticketID else { return [] }
      thread.take(detail)
      return continueWriting()
    case .hitsFound(let words, let lines):
      return show(lines, for: words)
    case .identifiersFound(let purpose, let ids): return mark(ids, purpose)
    case .marksCounted(let hidden):
      queue.hiddenMarks = hidden
      return []
    case .changePrepared(let request, let material): return decide(request, material)
    case .pickerPrepared(let ids, let areMarks, let tickets):
      return openPicker(ids, isForMarks: areMarks, tickets: tickets)
    case .queryParsed(let result): return takeQuery(result)
    case .queryDescribed(let text):
      return open(.line(LinePrompt(.query, text: text))) + [.completeQuery(text)]
    case .queryCompleted(let all): return suggest(all)
    case .tagsFound(let tags): return suggestTags(tags)
    case .cannedLoaded(let all): return openCanned(all)
    case .auditLoaded(let records, let before, let path):
      return takeAudit(records, before: before, path: path)
    case .failuresFound(let ids):
      queue.lastMarks = Set(ids)
      return []
    case .ticketFound(let id, let row, let isInView): return goTo(id, row, isInView: isInView)
    default: return takeAnswer(action)
    }
  }

  /// Takes what a call answered, some time after it was made.
  private mutating func takeAnswer(_ action: ConsoleAction) -> [Effect] {
    switch action {
    case .ticketRefreshed(let id, let result):
      guard id == thread.ticketID else { return [] }
      thread.isFetching = false
      thread.isFresh = false
      let isAwaited = message?.text == Self.readingAgain(id)
      guard case .failure(let failure) = result else {
        if isAwaited { say("#\(id) is up to date") }
        return []
      }
      thread.failure = failure.sentence
      if isAwaited { say("#\(id) could not be read again: \(failure.sentence)", .warning) }
      return leaveMissingTicket(id, failure)
    case .groupRead(let id, let result): return takeGroup(id, result)
    case .batchStopped(_, let result): return takeStopped(result)
    case .synced(let result): say(result)
    case .draftSaved(let key, let revision, let result):
      return takeSaved(key, revision, result)
    case .draftRemoved(let id, let result): return takeRemoved(id, result)
    case .draftOpenElsewhere(let key, let windows): noteOpenElsewhere(key, windows)
    case .submitted(let context, let result): return takeSubmitted(context, result)
    case .undone(let target, let result): return takeUndone(target, result)
    case .itemChanged(let change, let result): return takeItemChanged(change, result)
    case .auditVerified(let result): takeVerdict(result)
    case .stopTurned(let isOn, let result): return takeStopTurned(isOn, result)
    case .flushed(let result):
      say(result)
      return [.loadOutbox]
    case .edited(let id, let kind, let outcome): return takeEdited(id, kind, outcome)
    case .pathsFound(let beginning, let paths): suggestPaths(paths, for: beginning)
    case .fileLooked(let path, let file): return attach(path, file)
    case .pathProposed(let files, let ticket, let path): return askForPath(files, ticket, path)
    case .filesSaved(let files, let ticket, let place, let result):
      return takeSavedFiles(files, ticket, place, result)
    case .fileRead(let name, let ticket, let result): return showFile(name, of: ticket, result)
    case .reportWritten(let result):
      switch result {
      case .success(let path): say("dry run written to \(path)")
      case .failure(let failure): say(failure.sentence, .error)
      }
    case .said(let text): say(text)
    default: break
    }
    return []
  }

  private mutating func say(_ result: Result<String, CallFailure>) {
    switch result {
    case .success(let text): say(text)
    case .failure(let failure): say(failure.sentence, .error)
    }
  }

  /// Labels, people and views; with the first ones the queue begins.
  private mutating func take(_ contents: DirectoryContents) -> [Effect] {
    let isFirst = directory.views.isEmpty && (!queue.isLoaded || queue.name == "All")
    let known = queue.viewIndex.flatMap { index in
      directory.views.indices.contains(index) ? directory.views[index].query : nil
    }
    directory = contents
    directoryReadAt = now
    guard isFirst else { return followView(from: known) }
    guard !queue.isLoaded || !contents.views.isEmpty else { return [] }
    let start = contents.views.firstIndex {
      $0.name.lowercased() == settings.startView.lowercased()
    }
    if start == nil, !settings.startView.isEmpty, !contents.views.isEmpty {
      say(
        "there is no view \"\(settings.startView)\"; start_view in the settings names it", .warning)
    }
    let index = start ?? 0
    guard contents.views.indices.contains(index) else {
      queue.name = "All"
      return [.loadQueue(.first), .loadCounts]
    }
    return fill(withView: index)
  }

  /// A view's query names the statuses and people that the account has; when these change, the rows
  /// on screen follow, unless the person has changed the query by hand.
  private mutating func followView(from known: QueueQuery?) -> [Effect] {
    guard let known, let index = queue.viewIndex, directory.views.indices.contains(index),
      queue.query == known, directory.views[index].query != known
    else { return [] }
    queue.query = directory.views[index].query
    return [reloading, .loadCounts]
  }

  /// The same place of the queue again, after the cache has changed. Until a key is pressed that is
  /// its first row: the tickets of a first sync come in any order.
  var reloading: Effect {
    guard hasPressedKey || queue.firstRank != 0 else {
      return .loadQueue(.again(nil, nil, rank: 0, count: queue.rows.count))
    }
    return .loadQueue(
      .again(
        queue.current?.id, queue.anchor ?? queue.current?.position, rank: queue.firstRank,
        count: queue.rows.count))
  }
}
