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

  /// What the try means for the others.
  enum Result: Equatable, Sendable {
    /// The ticket has changed at the helpdesk; the ticket as its answer showed it, if it did.
    case touched(Ticket?)
    case settled
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

  func send(_ write: QueuedWrite, freshness: BatchFreshness?) async -> Result {
    let check: Check
    let base: TicketChange
    do { base = try await journal.base(of: write) } catch { return Self.failed(error) }
    do {
      check = try await self.check(write, base, freshness: freshness)
    } catch {
      return await couldNotCheck(write, error)
    }
    do {
      switch check {
      case .stale(let conflict):
        try await journal.stop(write.id, conflict)
        return .settled
      case .go(let change, let watermark, let serverTime):
        return try await carryOut(write, change, watermark, serverTime)
      }
    } catch {
      return await couldNotClaim(write, error)
    }
  }

  // Before

  private func check(
    _ write: QueuedWrite, _ base: TicketChange, freshness: BatchFreshness?
  ) async throws(HelpdeskError) -> Check {
    switch write.payload {
    case .reply(let reply):
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      var conflict = StaleReplyCheck.conflict(
        in: thread.entries, seen: reply.seenConversationID ?? ConversationID(0), agentID: agentID)
      if reply.seenStatus != nil {
        let ticket = try await line.reading.ticket(write.ticketID, lane: lane)
        conflict = WriteConflict.joined(
          conflict, StaleReplyCheck.conflict(in: ticket, seenStatus: reply.seenStatus))
      }
      if let conflict { return .stale(conflict) }
      return .go(change: nil, watermark: thread.watermark, serverTime: thread.serverTime)
    case .privateNote:
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      return .go(change: nil, watermark: thread.watermark, serverTime: thread.serverTime)
    case .update(let update): return try await check(update, base, of: write, freshness)
    }
  }

  private func check(
    _ update: UpdateContent, _ base: TicketChange, of write: QueuedWrite,
    _ freshness: BatchFreshness?
  ) async throws(HelpdeskError) -> Check {
    let mails = write.payload.isCustomerFacing(
      mailsCustomerOnClose: journal.options.mailsCustomerOnClose)
    var news: WriteConflict?
    if mails || write.follows != nil {
      let thread = try await ThreadReading.read(write.ticketID, from: line.reading, lane: lane)
      news = StaleReplyCheck.conflict(
        in: thread.entries, seen: update.seenConversationID, since: write.createdAt,
        agentID: agentID)
    }
    var ticket: Ticket?
    // An own change that never left stands in what the person saw: the list says nothing about it.
    if let freshness, news == nil, base == update.before {
      ticket = freshness.changed[write.ticketID]
      // Not in the list of changed tickets: it still is what the person saw.
      guard ticket != nil else {
        return .go(change: update.change, watermark: ConversationID(0), serverTime: nil)
      }
    }
    if ticket == nil { ticket = try await line.reading.ticket(write.ticketID, lane: lane) }
    guard let ticket else { return .stale(WriteConflict(reason: "the ticket was not found")) }
    switch UpdateCheck.check(
      update.accepting(base, shownBy: ticket), against: ticket,
      vocabulary: journal.options.vocabulary)
    {
    case .send(let change):
      if let news { return .stale(news) }
      return .go(change: change, watermark: ConversationID(0), serverTime: nil)
    case .conflict(let conflict): return .stale(WriteConflict.joined(news, conflict) ?? conflict)
    }
  }

  /// Nothing goes out unchecked. A ticket that is gone stops the write, all else lets it wait.
  private func couldNotCheck(_ write: QueuedWrite, _ error: HelpdeskError) async -> Result {
    let now = journal.options.clock.now
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
      case .notSignedIn, .serverFailure, .unreadableAnswer:
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
    _ serverTime: Timestamp?
  ) async throws(JournalError) -> Result {
    guard let writing = line.writing else { throw .refused(.missing(.mayWrite)) }
    let claimed = try await journal.claim(
      write.id,
      SendingFacts(
        revision: write.revision, owner: owner, lineAccount: line.account,
        mayWrite: !stopSwitch.isOn, agentID: agentID, watermark: watermark,
        serverTime: serverTime))
    // From here on the outcome has to be stored, whatever it is.
    let outcome: AttemptOutcome
    var answer: Ticket?
    do {
      switch claimed.write.payload {
      case .reply(let reply):
        let posted = try await writing.send(
          OutgoingReply(
            ticketID: write.ticketID, html: reply.html, ccEmails: reply.ccEmails,
            bccEmails: reply.bccEmails, attachments: reply.attachments), lane: lane)
        outcome = .accepted(remoteID: posted.id.rawValue)
      case .privateNote(let note):
        let posted = try await writing.post(
          OutgoingPrivateNote(
            ticketID: write.ticketID, html: note.html, attachments: note.attachments), lane: lane)
        outcome = .accepted(remoteID: posted.id.rawValue)
      case .update(let update):
        answer = try await writing.update(
          write.ticketID, with: change ?? update.change, lane: lane)
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
        // A move that the table refuses will be refused again.
        if case .refused = error { return }
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
        return await couldNotLook(write, error)
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
    let now = journal.options.clock.now
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
      case .notSignedIn, .serverFailure, .unreadableAnswer, .refused:
        try await journal.postpone(write.id, .helpdesk, until: now + 15)
        return .settled
      }
    } catch {
      return Self.failed(error)
    }
  }
}
