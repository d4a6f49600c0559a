import Helpdesk
import SQLite

/// One change of the journal while it is being made. Each move of a write goes through `move`, and
/// so through the table of states.
struct JournalTransaction {
  let connection: Connection
  let options: Journal.Options
  let writes: WriteTable
  let drafts: DraftTable
  let audit: AuditTable
  let now: Timestamp
  /// Up to when the cache was complete as the change was asked for.
  let completeUntil: Timestamp?

  init(connection: Connection, options: Journal.Options, completeUntil: Timestamp?) {
    self.connection = connection
    self.options = options
    self.completeUntil = completeUntil
    writes = WriteTable(connection: connection)
    drafts = DraftTable(connection: connection, account: options.account)
    audit = AuditTable(connection: connection)
    now = options.clock.now
  }

  /// What a move brought about beside the new state.
  struct Outcome {
    var write: QueuedWrite
    var draft: Draft?
    var draftIsParked = false
  }

  /// Moves a write as the table says, or throws the table's refusal. The caller's columns are set
  /// with it.
  @discardableResult
  func move(
    _ id: WriteID, _ event: WriteEvent, facts: Set<WriteFact> = [], detail: String? = nil,
    setting values: KeyValuePairs<String, any SQLBindable> = [:]
  ) throws -> Outcome {
    let write = try writes.find(id)
    switch WriteMachine.standard.answer(from: write.state, to: event, facts: facts) {
    case .refused(let refusal): throw refusal
    case .move(let state, let steps):
      try writes.set(
        id,
        [
          "state": state.rawValue, "updated_at": now.seconds, "waiting_for": String?.none,
          "not_before": Int64?.none,
        ])
      try writes.note(
        id, at: now, from: write.state, event: event.rawValue, to: state, detail: detail)
      if state != .conflicted { try writes.set(id, ["conflict": String?.none]) }
      var outcome = Outcome(write: write)
      if steps.contains(.keepOldRevision) {
        try perform(.keepOldRevision, of: write, into: &outcome)
      }
      if !values.isEmpty { try writes.set(id, values) }
      for step in steps { try perform(step, of: write, into: &outcome) }
      outcome.write = try writes.find(id)
      return outcome
    }
  }

  /// The part of a step that is stored; sending, logging and asking are the callers'.
  private func perform(
    _ step: WriteStep, of write: QueuedWrite, into outcome: inout Outcome
  ) throws {
    switch step {
    case .keepOldRevision:
      try connection.execute(
        """
        INSERT OR IGNORE INTO write_revisions (write, revision, payload, digest, at)
        SELECT id, revision, payload, digest, ? FROM writes WHERE id = ?
        """, now.seconds, write.id.rawValue)
    case .voidConfirmation:
      try writes.set(
        write.id, ["digest": String?.none, "hold_until": Int64?.none, "problem": String?.none])
    case .startHold:
      let hold = try writes.holdSeconds(write.id)
      try writes.set(
        write.id,
        [
          "hold_until": hold > 0 ? now.seconds + hold : Int64?.none, "problem": String?.none,
          "returns": 0,
        ])
    case .restoreDraft:
      guard let draft = write.payload.draft(of: write.ticketID, at: now) else { return }
      outcome.draft = draft
      outcome.draftIsParked = try drafts.keep(draft).isParked
    case .takeBackFollowers:
      for follower in try writes.select("follows = ?", [write.id.rawValue])
      where follower.state == .confirmed || follower.state == .queued {
        try move(follower.id, .takenBack, detail: "the words before it were taken back")
      }
    case .releaseFollowers: try release(followersOf: write)
    case .scheduleLooks:
      try writes.set(
        write.id,
        [
          "looks_left": Reconciler.lookDelays.count, "given_up": 0,
          "not_before": now.seconds + Reconciler.lookDelays[0],
        ])
    case .markNotFound:
      try writes.set(
        write.id, ["looks_left": 0, "problem": "not found at the helpdesk; nothing was repeated"])
    case .markGivenUp: try writes.set(write.id, ["given_up": 1, "looks_left": 0])
    case .record, .storeConfirmation, .logIntent, .send, .logOutcome, .storeRemoteID,
      .refetchTicket, .askPerson, .proposeRepeat:
      break
    }
  }

  /// A status that follows a reply counts as seen what the reply itself added, and no more.
  private func release(followersOf write: QueuedWrite) throws {
    let remoteID = try writes.find(write.id).remoteID
    for follower in try writes.select(
      "follows = ? AND state = 'confirmed'", [write.id.rawValue])
    {
      guard case .update(var update) = follower.payload, let remoteID else { continue }
      update.seenConversationID = ConversationID(remoteID)
      try writes.set(follower.id, ["payload": try StoredPayload.encode(.update(update))])
    }
  }

  // Beginnings

  /// Writes a proposal down and returns it with the digest of what is to be shown.
  func propose(
    _ ticketID: TicketID, _ payload: WritePayload, batch: BatchID? = nil,
    repeats: WriteID? = nil, follows: WriteID? = nil
  ) throws -> WriteID {
    guard !payload.isEmpty else { throw JournalError.empty }
    let isPublic = payload.isCustomerFacing(mailsCustomerOnClose: options.mailsCustomerOnClose)
    // A status after a reply was held together with the reply.
    let isHeld = follows == nil && (isPublic || payload.draftKind != nil)
    return try writes.insert(
      account: options.account, ticketID: ticketID, payload: payload, customerFacing: isPublic,
      holdSeconds: isHeld ? options.holdSeconds : 0, batch: batch, repeats: repeats,
      follows: follows, at: now)
  }

  /// The digest of a write as it is stored now.
  func digest(of write: QueuedWrite) throws -> WriteDigest {
    guard
      let digest = WriteDigest(
        account: write.account, ticketID: write.ticketID, payload: write.payload)
    else {
      if let file = write.payload.attachments.first(where: \.hasOtherBytes) {
        throw JournalError.changedFile(name: file.name)
      }
      throw JournalError.unreadableFile(name: write.payload.firstUnreadableFile ?? "attached")
    }
    return digest
  }

  /// Confirms a write for one digest; throws when it is not the stored one. The follower that a
  /// side change needs is made with it.
  func confirm(_ id: WriteID, shown: WriteDigest) throws {
    let write = try writes.find(id)
    let stored = try digest(of: write)
    guard stored == shown else { throw JournalError.changedSinceShown }
    try move(
      id, .confirmed, facts: [.digestMatches], detail: "confirmed by \(options.person)",
      setting: ["digest": shown.hex])
    try log(
      .decision,
      "\(options.person) confirmed \(options.vocabulary.phrase(write)) (write \(id), "
        + "digest \(shown.hex.prefix(16)))")
    guard let status = write.payload.thenStatus else { return }
    var before = TicketChange()
    if case .reply(let reply) = write.payload { before.status = reply.seenStatus }
    let follower = try propose(
      write.ticketID,
      .update(
        UpdateContent(
          subject: write.payload.subject, change: TicketChange(status: status), before: before)),
      follows: id)
    try confirm(follower, shown: try digest(of: try writes.find(follower)))
  }

  func log(_ action: AuditRecord.Action, _ sentence: String) throws {
    try audit.append(
      action, at: now, who: options.account, sentence: String(sentence.prefix(1000)))
  }
}

extension WritePayload {
  /// Nothing in it that could be sent.
  var isEmpty: Bool {
    switch self {
    case .reply(let reply): reply.text.allSatisfy(\.isWhitespace) && reply.attachments.isEmpty
    case .privateNote(let note):
      note.text.allSatisfy(\.isWhitespace) && note.attachments.isEmpty
    case .update(let update): update.change.isEmpty
    }
  }

  var firstUnreadableFile: String? {
    attachments.first { FileDigest.sha256(of: $0) == nil }?.name
  }
}
