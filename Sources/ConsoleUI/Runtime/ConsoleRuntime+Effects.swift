import ConsoleModel
import Helpdesk

extension ConsoleRuntime {
  /// Does one effect; what it read comes back at once, what it asked for comes through the queue.
  func execute(_ effect: Effect) -> [ConsoleAction] {
    if let actions = read(effect) { return actions }
    if let actions = callShell(effect) { return actions }
    call(effect)
    return []
  }

  /// Reads of the local databases; nil for other effects.
  private func read(_ effect: Effect) -> [ConsoleAction]? {
    let reads = services.queue
    switch effect {
    case .loadQueue(let load):
      let window = reads.window(
        load, of: state.queue.filteredQuery, height: state.queue.height)
      if window == nil, case .unanswered = load { return [.queueLoaded(nil)] }
      return window.map { [.queueLoaded($0)] } ?? []
    case .loadCounts:
      let counts = reads.counts()
      let total: ViewCount?
      if let index = state.queue.viewIndex, state.queue.filter.isEmpty,
        counts.views.indices.contains(index), let count = counts.views[index]
      {
        total = count
      } else {
        total = reads.count(state.queue.filteredQuery)
      }
      return [.countsLoaded(counts, total: total)]
    case .loadDirectory:
      let directory = services.directory
      return [
        .directoryLoaded(
          DirectoryContents(
            account: directory.account(), agents: directory.agents(),
            groups: directory.groups(), statuses: directory.statuses(),
            types: directory.types(), views: reads.views()))
      ]
    case .loadOutbox:
      let progress = state.watchedBatch.flatMap { services.outbox.progress($0) }
      return [.outboxLoaded(services.outbox.items(), services.outbox.drafts(), progress)]
    case .readOutcomes(let ids):
      return [.outcomesRead(ids.compactMap { services.outbox.item($0)?.write })]
    case .loadDesk: return [.deskLoaded(services.sync.status())]
    case .loadLog: return [.logLoaded(services.sync.log(500))]
    case .loadAudit(let before):
      let records = services.audit.records(before, AuditState.pageSize)
      return [.auditLoaded(records, before: before, path: services.audit.path)]
    case .search(let words): return [.hitsFound(words, reads.search(words, 200))]
    case .findTicket(let id):
      let position = reads.position(id, state.queue.filteredQuery)
      return [.ticketFound(id, reads.rowsOf([id]).first, isInView: position != nil)]
    case .find(let purpose, let query):
      return [.identifiersFound(purpose, reads.identifiers(query, ConsoleState.markLimit))]
    case .countMarks: return [.marksCounted(hidden: hiddenMarks())]
    case .prepareChange(let request): return [.changePrepared(request, material(for: request))]
    case .preparePicker(let ids, let areMarks):
      return [.pickerPrepared(ids, isForMarks: areMarks, reads.tickets(ids))]
    case .parseQuery(let text): return [.queryParsed(reads.parse(text))]
    case .completeQuery(let text): return [.queryCompleted(reads.complete(text))]
    case .describeQuery(let query): return [.queryDescribed(reads.describe(query))]
    case .findTags(let beginning): return [.tagsFound(services.directory.tags(beginning, 12))]
    case .loadCanned: return [.cannedLoaded(services.directory.cannedResponses())]
    case .findFailures(let batch): return [.failuresFound(services.outbox.failures(batch))]
    case .loadDetail(let id): return [.detailLoaded(id, reads.detail(id))]
    case .perform(let id): return [.command(id)]
    default: return nil
    }
  }

  private func hiddenMarks() -> Int {
    let query = state.queue.filteredQuery
    let loaded = Set(state.queue.rows.lazy.map(\.id))
    return state.queue.marks.count {
      !loaded.contains($0) && services.queue.position($0, query) == nil
    }
  }

  private func material(for request: ChangeRequest) -> ChangeMaterial {
    let tickets = services.queue.tickets(request.tickets)
    var holders: [TicketID: String] = [:]
    var requesters: [TicketID: String] = [:]
    for row in services.queue.rowsOf(Array(request.tickets.prefix(50))) {
      holders[row.id] = row.agentName
      requesters[row.id] = row.requesterName + (row.companyName.map { " / \($0)" } ?? "")
    }
    return ChangeMaterial(
      tickets: tickets, holders: holders, requesters: requesters, seen: seen(for: request),
      forecast: services.journal.forecast(tickets.count))
  }

  /// What the person can have seen of the threads; without it the moment of the key press counts.
  private func seen(for request: ChangeRequest) -> [TicketID: ConversationID] {
    guard request.change.mailsCustomer(state.directory.account) else { return [:] }
    var seen: [TicketID: ConversationID] = [:]
    for id in request.tickets.prefix(Self.threadsLookedAt) {
      guard let detail = services.queue.detail(id), detail.isThreadCached else { continue }
      seen[id] = detail.entries.compactMap(\.id).max() ?? ConversationID(0)
    }
    return seen
  }

  /// Threads that one key press may read.
  private static let threadsLookedAt = 20

  /// The terminal and what lies beside it; nil for other effects.
  private func callShell(_ effect: Effect) -> [ConsoleAction]? {
    let shell = services.shell
    switch effect {
    case .openEditor(let text, let id, let kind):
      return [.edited(id, kind, shell.edit(text, DraftKey(ticketID: id, kind: kind)))]
    case .removeEdited(let path): shell.removeEdited(path)
    case .findPaths(let beginning): return [.pathsFound(beginning, shell.paths(beginning))]
    case .copy(let text): return [.said(shell.copy(text))]
    case .openAddress(let address): return [.said(shell.open(address))]
    case .proposePath(let files, let ticket):
      let name = files.count == 1 ? files.first?.name : nil
      return [.pathProposed(files, ticket, services.files.proposal(name))]
    case .lookAtFile(let path): return [.fileLooked(path: path, shell.file(path))]
    case .writeReport(let name, let text):
      return [.reportWritten(shell.writeReport(name, text))]
    case .discardTypeahead: shell.discardTypeahead()
    case .suspend: shell.suspend()
    case .redraw: shell.redraw()
    case .useTheme(let theme): shell.useTheme(theme)
    case .quit: quit()
    case .markSeen(let id): services.queue.markSeen(id)
    case .stopWaiting: services.sync.stopWaiting()
    default: return nil
    }
    return []
  }

  /// Calls that answer later; each is counted until its answer.
  private func call(_ effect: Effect) {
    let queue = queue
    let journal = services.journal
    begin()
    switch effect {
    case .refreshTicket(let id):
      services.sync.refreshTicket(id) { queue.answer(.ticketRefreshed(id, $0)) }
    case .readGroup(let id): services.sync.readGroup(id) { queue.answer(.groupRead(id, $0)) }
    case .stopBatch(let batch):
      journal.stopBatch(batch) { queue.answer(.batchStopped(batch, $0)) }
    case .syncNow: services.sync.syncNow { queue.answer(.synced($0)) }
    case .saveDraft(let draft, let known, let revision):
      countSave()
      let key = DraftKey(ticketID: draft.ticketID, kind: draft.kind)
      journal.saveDraft(draft, known) {
        queue.answer(.draftSaved(key, revision: revision, $0))
      }
    case .removeDraft(let id, let reference):
      journal.removeDraft(reference) { queue.answer(.draftRemoved(id, $0)) }
    case .setOpenDraft(let key):
      journal.setOpenDraft(key) { others in
        if let key, !others.isEmpty {
          queue.answer(.draftOpenElsewhere(key, others))
        } else {
          queue.endWork()
        }
      }
    case .submit(let submissions, let context):
      journal.submit(submissions, context.draft) { queue.answer(.submitted(context, $0)) }
    case .undo(let target): journal.undo(target) { queue.answer(.undone(target, $0)) }
    case .change(let change, let id):
      journal.change(change, id) { queue.answer(.itemChanged(change, $0)) }
    case .saveFiles(let files, let ticket, let place):
      services.files.save(files, ticket, place) {
        queue.answer(.filesSaved(files, ticket, to: place, $0))
      }
    case .viewFile(let file, let ticket):
      services.files.text(file, ticket) { queue.answer(.fileRead(name: file.name, of: ticket, $0)) }
    case .verifyAudit: services.audit.verify { queue.answer(.auditVerified($0)) }
    case .setStopped(let isOn):
      journal.setStopped(isOn) { queue.answer(.stopTurned(isOn, $0)) }
    case .flush: journal.flush { queue.answer(.flushed($0)) }
    default: queue.endWork()
    }
  }
}
