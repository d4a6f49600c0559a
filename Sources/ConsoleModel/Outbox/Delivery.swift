import Helpdesk

/// One try to get one write to the helpdesk: check, claim, send, store the answer. Holds no state;
/// all that outlives it is in the journal.
struct Delivery: Sendable {
  let journal: Journal
  let line: HelpdeskLine
  let owner: ProcessIdentity
  let agentID: AgentID
  let stopSwitch: StopSwitch
  let lane: RequestLane
  let gate: DeliveryGate

  /// What the try means for the others.
  enum Result: Equatable, Sendable {
    /// The ticket has changed at the helpdesk; the ticket as its answer showed it, if it did.
    case touched(Ticket?)
    case settled
    /// The sender took the delivery back before the claim; the item is as it was.
    case recalled
    /// The line is down or the helpdesk fails: everything else may wait as well.
    case lineDown
    /// Another process has taken over as the sender.
    case lockLost
    /// The journal could not be used; the item was left as it is.
    case journalFailed(JournalError)
  }

  /// What the last look before sending has found.
  enum Check: Equatable, Sendable {
    case go(change: TicketChange?, watermark: ConversationID, serverTime: Timestamp?)
    case stale(WriteConflict)
  }

  /// What the journal knows that the check needs.
  struct Known: Sendable {
    /// The values below own changes that were never applied.
    var base: TicketChange
    /// Entries of the thread that this journal's own sent writes have made.
    var claimed: Set<Int64>
  }

  /// Seconds for which a check is good; after a longer wait for the permit it is repeated.
  private static let checkLifetime: Int64 = 3

  /// The order matters: the check, then the permit, which may take long while the item still waits
  /// and can be taken back, then the files' bytes, then the claim. After the claim the request
  /// leaves without waiting for anything.
  func send(_ write: QueuedWrite, freshness: BatchFreshness?) async -> Result {
    guard let writing = line.writing else { return .settled }
    do {
      if let problem = sizeProblem(of: write, limit: writing.uploadLimit) {
        try await journal.stop(write.id, WriteConflict(reason: problem))
        return .settled
      }
      let known = Known(
        base: try await journal.base(of: write),
        claimed: try await journal.claimedEntries(of: write))
      do {
        var check = try await check(write, known, freshness: freshness)
        let asked = now
        if case .go = check {
          let permit = try await writing.permit(for: write.payload.writeKind, lane: lane)
          if !(0...Self.checkLifetime).contains(now - asked) {
            check = try await self.check(write, known, freshness: nil)
          }
          if case .go(let change, let watermark, let serverTime) = check {
            return await carryOut(
              write, change, watermark, serverTime, writing: writing, permit: permit)
          }
        }
        if case .stale(let conflict) = check { try await journal.stop(write.id, conflict) }
        return .settled
      } catch let error as HelpdeskError {
        return gate.isRecalled ? .recalled : await couldNotCheck(write, error)
      }
    } catch let error as JournalError {
      return await couldNotClaim(write, error)
    } catch {
      return .settled
    }
  }

  private var now: Timestamp { journal.options.clock.now }

  /// Asked before anything is read or waited for: the sizes were confirmed.
  private func sizeProblem(of write: QueuedWrite, limit: Int64?) -> String? {
    guard let limit else { return nil }
    var room = limit
    for file in write.payload.attachments {
      guard file.size <= room else {
        return "the attachments are larger than \(limit >> 20) MB together"
      }
      room -= max(0, file.size)
    }
    return nil
  }

  /// Nothing goes out unchecked. A ticket that is gone stops the write, all else lets it wait.
  private func couldNotCheck(_ write: QueuedWrite, _ error: HelpdeskError) async -> Result {
    do {
      switch error {
      case .notFound, .notChangeable, .forbidden, .refused:
        try await journal.stop(write.id, WriteConflict(reason: error.explanation))
        return .settled
      case .rateLimited(let seconds):
        try await journal.postpone(write.id, .limit, until: now + Int64(max(1, seconds)))
        return .settled
      case .offline, .connectionLost, .cancelled:
        try await journal.postpone(
          write.id, .offline, until: nil, problem: error.explanation)
        return .lineDown
      case .notSignedIn, .serverFailure, .moved, .unreadableAnswer, .answerTooLarge:
        try await journal.postpone(
          write.id, .helpdesk, until: now + 15, problem: error.explanation)
        return .settled
      }
    } catch {
      return Self.failed(error)
    }
  }

  // Sending

  private func carryOut(
    _ write: QueuedWrite, _ change: TicketChange?, _ watermark: ConversationID,
    _ serverTime: Timestamp?, writing: any HelpdeskWriting, permit: consuming WritePermit
  ) async -> Result {
    // Read once: the digest is of these bytes, and these bytes are sent.
    let files = await FileDigest.load(write.payload.attachments)
    guard gate.leave() else { return .recalled }
    let claimed: (attempt: Attempt, write: QueuedWrite)
    do {
      claimed = try await journal.claim(
        write.id,
        SendingFacts(
          revision: write.revision, owner: owner, lineAccount: line.account,
          mayWrite: !stopSwitch.isOn, fileDigests: files.map(\.digest), agentID: agentID,
          watermark: watermark, serverTime: serverTime))
    } catch {
      return await couldNotClaim(write, error)
    }
    // From here on the outcome has to be stored, whatever it is.
    journal.noteAttempt(claimed.attempt.number, isOpen: true)
    defer { journal.noteAttempt(claimed.attempt.number, isOpen: false) }
    let outcome: AttemptOutcome
    var answer: Ticket?
    do {
      switch claimed.write.payload {
      case .reply(let reply):
        let posted = try await writing.send(
          OutgoingReply(
            ticketID: write.ticketID, html: reply.html, ccEmails: reply.ccEmails,
            bccEmails: reply.bccEmails, attachments: files.map(\.upload)), permit: permit)
        outcome = .accepted(remoteID: posted.id.rawValue)
      case .privateNote(let note):
        let posted = try await writing.post(
          OutgoingPrivateNote(
            ticketID: write.ticketID, html: note.html, attachments: files.map(\.upload)),
          permit: permit)
        outcome = .accepted(remoteID: posted.id.rawValue)
      case .update(let update):
        answer = try await writing.update(
          write.ticketID, with: change ?? update.change, permit: permit)
        outcome = .accepted(remoteID: nil)
      }
    } catch {
      outcome = .failed(error)
    }
    await store(outcome, of: claimed.attempt)
    switch outcome {
    case .accepted: return .touched(answer)
    case .failed(.offline): return .lineDown
    case .failed, .neverLeft: return .settled
    }
  }

  /// The outcome is known only here: a full disk must not lose it, so this does not give up before
  /// the program ends. After that the item counts as unknown and is looked for.
  private func store(_ outcome: AttemptOutcome, of attempt: Attempt) async {
    while true {
      do {
        try await journal.record(outcome, of: attempt)
        return
      } catch {
        switch error {
        // A move that the table refuses will be refused again, and damage does not go away.
        case .refused, .damaged, .unreadableRecord, .noSuchWrite: return
        case .unavailable, .storage, .changedSinceShown, .empty, .unreadableFile, .audit, .gone,
          .sentAgain, .changedFile, .draftGone:
          break
        }
        let clock = journal.options.clock
        await clock.sleep(until: clock.now + 1)
        if Task.isCancelled { return }
      }
    }
  }

  /// The claim did not stand, so nothing left.
  private func couldNotClaim(_ write: QueuedWrite, _ error: JournalError) async -> Result {
    do {
      switch error {
      case .refused(.missing(.digestMatches)):
        guard try await journal.write(write.id)?.revision == write.revision else {
          return .settled
        }
        try await journal.stop(
          write.id,
          WriteConflict(
            reason: "it is not exactly what was confirmed (an attached file has changed?)"))
        return .settled
      case .refused(.missing(.isRightAccount)):
        try await journal.stop(
          write.id, WriteConflict(reason: "it belongs to another account"))
        return .settled
      case .refused(.missing(.isSender)): return .lockLost
      case .refused: return .settled
      case .audit(let problem):
        // The state says `sending` already, but the intent is not in the audit's file.
        if let attempt = try await journal.lastAttempt(of: write.id),
          try await journal.write(write.id)?.state == .sending
        {
          await store(.neverLeft(reason: problem.explanation), of: attempt)
        }
        return .journalFailed(error)
      default: return .journalFailed(error)
      }
    } catch {
      return Self.failed(error)
    }
  }

  /// A move that the table refuses means that a person was faster; all else is the journal's.
  private static func failed(_ error: JournalError) -> Result {
    if case .refused = error { return .settled }
    return .journalFailed(error)
  }

  // Afterwards

  /// Reads the helpdesk to find out what became of a write with an unknown outcome. Never sends.
  func look(for write: QueuedWrite) async -> Result {
    do {
      guard let attempt = try await journal.lastAttempt(of: write.id) else { return .settled }
      let finding: Reconciler.Finding
      do {
        if case .update(let update) = write.payload {
          finding = Reconciler.find(
            update, in: try await line.reading.ticket(write.ticketID, lane: lane))
        } else {
          let thread = try await ThreadReading.read(
            write.ticketID, from: line.reading, lane: lane)
          finding = Reconciler.find(
            write, attempt, in: thread.entries, rivals: try await journal.rivals(of: write),
            agentID: agentID)
        }
      } catch let error as HelpdeskError {
        return gate.isRecalled ? .recalled : await couldNotLook(write, error)
      }
      try await journal.record(finding, of: write.id)
      if case .applied = finding { return .touched(nil) }
      return .settled
    } catch let error as JournalError {
      return Self.failed(error)
    } catch {
      return .settled
    }
  }

  /// A look that could not be taken does not count.
  private func couldNotLook(_ write: QueuedWrite, _ error: HelpdeskError) async -> Result {
    do {
      switch error {
      case .notFound, .notChangeable, .forbidden:
        try await journal.record(.missing, of: write.id)
        return .settled
      case .rateLimited(let seconds):
        try await journal.postpone(write.id, .limit, until: now + Int64(max(1, seconds)))
        return .settled
      case .offline, .connectionLost, .cancelled:
        try await journal.postpone(write.id, .offline, until: now + 5)
        return .lineDown
      case .notSignedIn, .serverFailure, .moved, .unreadableAnswer, .answerTooLarge, .refused:
        try await journal.postpone(write.id, .helpdesk, until: now + 15)
        return .settled
      }
    } catch {
      return Self.failed(error)
    }
  }
}
