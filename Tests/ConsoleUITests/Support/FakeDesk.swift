import ConsoleModel
import ConsoleUI
import Helpdesk
import Terminal

/// A helpdesk, a cache and a journal in memory, which note what they were asked for.
final class FakeDesk {
  var rows: [QueueRow] = SampleDesk.rows
  var details: [TicketID: TicketDetail] = [:]
  var items: [QueuedWrite] = []
  var itemDetails: [WriteID: OutboxItem] = [:]
  var savedDrafts: [SavedDraft] = []
  /// The current ones.
  var drafts: [Draft] {
    get { savedDrafts.filter { !$0.isParked }.map(\.draft) }
    set {
      savedDrafts = newValue.map {
        nextDraft += 1
        return SavedDraft(reference: DraftReference(id: nextDraft, revision: 1), draft: $0)
      }
    }
  }
  private var nextDraft: Int64 = 0
  /// Why no draft can be saved; nil when the disk takes them.
  var saveFailure: CallFailure?
  private(set) var openDrafts: [DraftKey?] = []
  var otherWindows: [ProcessIdentity] = []
  var batches: [BatchID: BatchProgress] = [:]
  var account = AccountInfo(
    name: "acme", me: SampleDesk.me, sendingAddress: "support@acme.example",
    ownDomains: ["acme.example"], ticketPageBase: "https://acme.example/a/tickets/")
  var status = DeskStatus(
    link: .online, cachedAt: SampleDesk.now + -12, budget: Budget(remaining: 1842, limit: 2000),
    ticketCount: 18)
  var views = SampleDesk.views
  var logLines: [LogLine] = []
  /// Newest first.
  var auditRecords: [AuditRecord] = []
  var verdict: Result<AuditLog.Verdict, CallFailure> = .success(.good(count: 0))

  // What was asked for.
  private(set) var submissions: [Submission] = []
  private(set) var submittedTogether: [[Submission]] = []
  private(set) var undone: [UndoTarget] = []
  private(set) var changes: [(OutboxChange, WriteID)] = []
  private(set) var removedDrafts: [DraftReference] = []
  private(set) var refreshed: [TicketID] = []
  private(set) var seen: [TicketID] = []
  private(set) var copied: [String] = []
  private(set) var savedFiles: [(names: [String], destination: String)] = []
  private(set) var opened: [String] = []
  private(set) var edits: [String] = []
  private(set) var removedFiles: [String] = []
  var paths: [String] = []
  private(set) var discardedTypeahead = 0
  private(set) var suspensions = 0
  private(set) var themes: [Theme?] = []
  private(set) var flushes = 0
  private(set) var auditReads = 0
  private(set) var stopTurns: [Bool] = []
  var stopFailure: CallFailure?
  private(set) var syncs = 0
  private(set) var groupReads: [GroupID] = []
  /// Whether the list of groups leaves their members out.
  var isGroupListBare = false
  var canned = SampleDesk.canned
  var forecastSeconds: (Int) -> Int = { $0 + 1 }
  var groupAnswer: Result<Group, CallFailure> = .success(SampleDesk.network)
  private(set) var stoppedBatches: [BatchID] = []
  private(set) var rowReads = 0
  var detailReads: [TicketID] = []
  var editorOutcome: (String) -> EditorOutcome = { .saved($0) }
  var submitFailure: CallFailure?
  var refreshFailure: CallFailure?
  var undoFailure: CallFailure?
  var undoRefusal: UndoRefusal?
  /// Members of a bulk action that an undo leaves.
  var undoneWithoutValues = 0
  /// Answers of submissions that are held back until `answerSubmissions`.
  var holdsSubmissions = false
  private var heldSubmissions: [() -> Void] = []

  func answerSubmissions() {
    let held = heldSubmissions
    heldSubmissions = []
    for answer in held { answer() }
  }

  var holdSeconds: Int64 = 10
  private var nextWrite: Int64 = 500

  init() {
    for row in rows { details[row.id] = SampleDesk.detail(of: row) }
  }

  // Rows

  func matching(_ query: QueueQuery) -> [QueueRow] {
    let words = query.text.lowercased().split(separator: " ")
    return rows.filter { row in
      let isAgent =
        switch query.agent {
        case .any: true
        case .unassigned: row.agentID == nil
        case .mine: row.agentID == SampleDesk.me.id
        case .only(let ids): row.agentID.map { ids.contains($0) } ?? false
        }
      guard isAgent else { return false }
      if query.needsAnswer == true, !row.hasNewCustomerWords { return false }
      if query.isOverdue == true {
        guard case .running(let due, _, _) = row.clock, due < SampleDesk.now else { return false }
      }
      if !query.statuses.isEmpty, !query.statuses.contains(row.status) { return false }
      let text = (row.subject + " " + row.requesterName).lowercased()
      return words.allSatisfy { word in
        text.split { " :,".contains($0) }.contains { $0.hasPrefix(word) }
      }
    }.sorted { ($0.position.key, $0.id) < ($1.position.key, $1.id) }
  }

  /// Counting stops here, as it does in the cache for what no counter covers.
  var countLimit = Int.max

  private func counted(_ query: QueueQuery) -> ViewCount {
    let count = matching(query).count
    return ViewCount(value: min(count, countLimit), isExact: count < countLimit)
  }

  private func place(_ position: QueuePosition) -> (Int64, TicketID) { (position.key, position.id) }

  private var queueReads: QueueReads {
    QueueReads(
      views: { self.views },
      counts: {
        QueueCounts(
          views: self.views.map { self.counted($0.query) },
          newWords: self.rows.filter(\.hasNewCustomerWords).count)
      },
      count: { self.counted($0) },
      rows: { query, after, limit in
        self.rowReads += 1
        let all = self.matching(query)
        let rest = after.map { after in all.filter { self.place($0.position) > self.place(after) } }
        return Array((rest ?? all).prefix(limit))
      },
      rowsBefore: { query, before, limit in
        Array(
          self.matching(query).filter { self.place($0.position) < self.place(before) }
            .suffix(limit))
      },
      lastRows: { query, limit in Array(self.matching(query).suffix(limit)) },
      position: { id, query in self.matching(query).first { $0.id == id }?.position },
      rowsOf: { ids in ids.compactMap { id in self.rows.first { $0.id == id } } },
      identifiers: { query, limit in self.matching(query).prefix(limit).map(\.id) },
      tickets: { ids in ids.compactMap { self.details[$0]?.ticket } },
      detail: {
        self.detailReads.append($0)
        return self.details[$0]
      },
      search: { words, _ in
        self.rows.filter { $0.subject.lowercased().contains(words.lowercased()) }.map {
          .ticket(
            TicketHit(
              ticketID: $0.id, subject: $0.subject, requesterName: $0.requesterName,
              statusLabel: $0.statusLabel, at: $0.updatedAt, snippet: "…\($0.subject)…"))
        }
      },
      parse: { text in
        guard text == "agent:none" else { return .failure(CallFailure("not understood: \(text)")) }
        return .success(QueueQuery(agent: .unassigned))
      },
      describe: { _ in "agent:none" },
      complete: { [QueryCompletion(text: $0 + "status:", detail: "has this status")] },
      markSeen: { self.seen.append($0) })
  }

  private var directoryReads: DirectoryReads {
    DirectoryReads(
      account: { self.account },
      agents: {
        [
          AgentLoad(agent: SampleDesk.maria, openCount: 14, groupNames: ["EU"]),
          AgentLoad(agent: SampleDesk.marc, openCount: 22, groupNames: ["EU"]),
          AgentLoad(agent: SampleDesk.tom, openCount: 9, groupNames: ["Network"]),
          AgentLoad(agent: SampleDesk.me, openCount: 4),
        ]
      },
      groups: {
        [
          GroupLoad(group: SampleDesk.network, openCount: 12),
          GroupLoad(group: SampleDesk.mailTeam, openCount: 41),
        ].map { load in
          var load = load
          if self.isGroupListBare { load.group.agentIDs = [] }
          return load
        }
      },
      statuses: {
        [.open, .pending, .resolved, .closed, .waitingOnCustomer].map {
          StatusChoice(status: $0, label: $0.defaultLabel)
        }
      },
      types: { ["Incident", "Question"] },
      tags: { beginning, limit in
        Array(["vpn", "vip", "windows"].filter { $0.hasPrefix(beginning) }.prefix(limit))
      },
      cannedResponses: { self.canned })
  }

  // Journal

  /// As the journal does it: never over words that the saver has not seen.
  private func save(_ draft: Draft, over known: DraftReference?) -> Result<DraftSave, CallFailure> {
    if let saveFailure { return .failure(saveFailure) }
    let row = savedDrafts.firstIndex { $0.reference == known }
    if let row {
      savedDrafts[row].draft = draft
      savedDrafts[row].reference.revision += 1
      let saved = savedDrafts.remove(at: row)
      savedDrafts.insert(saved, at: 0)
      return .success(
        DraftSave(
          reference: saved.reference, outcome: saved.isParked ? .parked : .current,
          savedAt: draft.updatedAt))
    }
    let isGone = known.map { known in !savedDrafts.contains { $0.id == known.id } } ?? false
    var outcome = isGone ? DraftSave.Outcome.renewed : .current
    for index in savedDrafts.indices
    where !savedDrafts[index].isParked && savedDrafts[index].draft.ticketID == draft.ticketID
      && savedDrafts[index].draft.kind == draft.kind
    {
      savedDrafts[index].isParked = true
      outcome = .otherParked
    }
    nextDraft += 1
    let reference = DraftReference(id: nextDraft, revision: 1)
    savedDrafts.insert(SavedDraft(reference: reference, draft: draft), at: 0)
    return .success(DraftSave(reference: reference, outcome: outcome, savedAt: draft.updatedAt))
  }

  private func submit(
    _ batch: [Submission], _ draft: DraftReference?
  ) -> Result<SubmissionReceipt, CallFailure> {
    if let submitFailure { return .failure(submitFailure) }
    submissions += batch
    submittedTogether.append(batch)
    var ids: [WriteID] = []
    let batchID = batch.count > 1 ? BatchID(nextWrite) : nil
    for submission in batch {
      nextWrite += 1
      let id = WriteID(nextWrite)
      ids.append(id)
      let payload: WritePayload =
        switch submission {
        case .reply(_, let reply): .reply(reply)
        case .privateNote(_, let note): .privateNote(note)
        case .update(_, let update): .update(update)
        }
      items.append(
        QueuedWrite(
          id: id, batch: batchID, ticketID: submission.ticketID, payload: payload,
          state: .confirmed, createdAt: SampleDesk.now, updatedAt: SampleDesk.now,
          holdUntil: SampleDesk.now + holdSeconds))
      if let status = payload.thenStatus {
        nextWrite += 1
        items.append(
          QueuedWrite(
            id: WriteID(nextWrite), ticketID: submission.ticketID,
            payload: .update(
              UpdateContent(
                subject: "", change: TicketChange(status: status), before: TicketChange())),
            state: .confirmed, createdAt: SampleDesk.now, updatedAt: SampleDesk.now, follows: id))
      }
    }
    savedDrafts.removeAll { $0.reference == draft }
    if let batchID {
      batches[batchID] = BatchProgress(
        batch: batchID, total: batch.count, sent: 0, waiting: batch.count, failed: 0, undone: 0)
    }
    return .success(
      SubmissionReceipt(ids: ids, batch: batchID, holdUntil: SampleDesk.now + holdSeconds))
  }

  private func undo(_ target: UndoTarget) -> Result<UndoReceipt, CallFailure> {
    if let undoFailure { return .failure(undoFailure) }
    undone.append(target)
    let hit = items.filter { item in
      switch target {
      case .write(let id): item.id == id || item.follows == id
      case .batch(let id): item.batch == id
      }
    }
    items.removeAll { item in hit.contains { $0.id == item.id } }
    var restored: Draft?
    if let undoRefusal { return .success(UndoReceipt(refusal: undoRefusal)) }
    for item in hit {
      if case .reply(let reply) = item.payload {
        let draft = Draft(
          ticketID: item.ticketID, kind: .reply, text: reply.text, ccEmails: reply.ccEmails,
          bccEmails: reply.bccEmails, attachments: reply.attachments,
          thenStatus: reply.thenStatus, updatedAt: SampleDesk.now)
        drafts.append(draft)
        restored = draft
      }
    }
    return .success(
      UndoReceipt(takenBack: hit, draft: restored, lackingValues: undoneWithoutValues))
  }

  private func change(_ change: OutboxChange, _ id: WriteID) -> Result<String, CallFailure> {
    changes.append((change, id))
    guard let item = items.first(where: { $0.id == id }) else {
      return .failure(CallFailure("the item is gone"))
    }
    if change == .edit || change == .discard { items.removeAll { $0.id == id } }
    if change == .edit {
      switch item.payload {
      case .reply(let reply):
        drafts.append(
          Draft(
            ticketID: item.ticketID, kind: .reply, text: reply.text, ccEmails: reply.ccEmails,
            updatedAt: SampleDesk.now))
      case .privateNote(let note):
        drafts.append(
          Draft(
            ticketID: item.ticketID, kind: .privateNote, text: note.text,
            updatedAt: SampleDesk.now))
      case .update: break
      }
    }
    return .success("\(change.rawValue) done")
  }

  private var journalCalls: JournalCalls {
    JournalCalls(
      saveDraft: { $2(self.save($0, over: $1)) },
      removeDraft: { reference, answer in
        self.removedDrafts.append(reference)
        let count = self.savedDrafts.count
        self.savedDrafts.removeAll { $0.reference == reference }
        answer(.success(self.savedDrafts.count < count))
      },
      setOpenDraft: { key, answer in
        self.openDrafts.append(key)
        answer(key == nil ? [] : self.otherWindows)
      },
      submit: { submissions, draft, answer in
        guard self.holdsSubmissions else { return answer(self.submit(submissions, draft)) }
        self.heldSubmissions.append { answer(self.submit(submissions, draft)) }
      }, undo: { $1(self.undo($0)) },
      stopBatch: { batch, answer in
        self.stoppedBatches.append(batch)
        answer(.success(self.items.count { $0.batch == batch }))
      },
      change: { $2(self.change($0, $1)) },
      flush: {
        self.flushes += 1
        $0(.success("sent what waits"))
      },
      setStopped: { isOn, answer in
        if let failure = self.stopFailure { return answer(.failure(failure)) }
        self.status.isStopped = isOn
        self.stopTurns.append(isOn)
        answer(.success(()))
      },
      forecast: { Forecast(seconds: self.forecastSeconds($0), budget: self.status.budget) })
  }

  var services: Services {
    Services(
      queue: queueReads, directory: directoryReads,
      outbox: OutboxReads(
        items: { self.items },
        item: { id in
          self.itemDetails[id]
            ?? self.items.first { $0.id == id }.map { OutboxItem(write: $0) }
        }, progress: { self.batches[$0] },
        failures: { batch in self.items.filter { $0.batch == batch }.map(\.ticketID) },
        drafts: { self.savedDrafts }),
      audit: AuditReads(
        records: { before, limit in
          self.auditReads += 1
          return Array(self.auditRecords.filter { $0.number < before ?? .max }.prefix(limit))
        },
        verify: { $0(self.verdict) }, path: "/profile/audit.log"),
      journal: journalCalls,
      sync: SyncCalls(
        status: { self.status }, log: { _ in self.logLines },
        refreshTicket: { id, answer in
          self.refreshed.append(id)
          answer(self.refreshFailure.map { .failure($0) } ?? .success(()))
        },
        readGroup: { id, answer in
          self.groupReads.append(id)
          answer(self.groupAnswer)
        },
        syncNow: {
          self.syncs += 1
          $0(.success("synced"))
        }, stopWaiting: {}),
      shell: ShellCalls(
        edit: { text, _ in
          self.edits.append(text)
          return self.editorOutcome(text)
        },
        removeEdited: { self.removedFiles.append($0) },
        paths: { beginning in self.paths.filter { $0.hasPrefix(beginning) } },
        copy: {
          self.copied.append($0)
          return "copied \($0)"
        },
        open: {
          self.opened.append($0)
          return "opened"
        },
        file: {
          $0.hasSuffix("fix.pdf")
            ? OutgoingFile(name: "fix.pdf", path: "/home/robin/fix.pdf", size: 90_000) : nil
        },
        writeReport: { name, _ in .success("/tmp/\(name).tsv") },
        discardTypeahead: { self.discardedTypeahead += 1 },
        suspend: { self.suspensions += 1 }, redraw: {},
        useTheme: { self.themes.append($0) }),
      files: FileCalls(
        save: { files, _, destination, answer in
          self.savedFiles.append((files.map(\.name), destination))
          answer(.success("saved \(destination)"))
        },
        text: { file, _, answer in answer(.success("text of \(file.name)\nsecond line")) },
        proposal: { "~/Downloads/" + ($0 ?? "") }))
  }
}
