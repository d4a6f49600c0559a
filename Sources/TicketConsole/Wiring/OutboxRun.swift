import ConsoleModel
import Freshdesk
import Helpdesk

/// Sends what the journal of an account holds while a line command waits for it.
///
/// When another process of the account is the sender, that one sends and this one only looks on.
struct OutboxRun: Sendable {
  private let session: AccountSession
  private let renewsHolds: Bool

  /// `renewsHolds` is off when a person asks for everything to leave now.
  init(_ session: AccountSession, renewsHolds: Bool = true) {
    self.session = session
    self.renewsHolds = renewsHolds
  }

  /// Returns the writes, and what follows them, once nothing more will happen to them without a
  /// person or a working line. `progress` is told of each look at which something has moved.
  func settle(
    _ ids: [WriteID], progress: @escaping @Sendable ([QueuedWrite]) -> Void = { _ in }
  ) async throws -> [QueuedWrite] {
    let journal = session.journal
    return try await sendAndLook(progress) { known in
      var wanted = known.isEmpty ? ids : known
      // A status that is set after a reply is a write of its own.
      for write in try await journal.openWrites() {
        if let leader = write.follows, wanted.contains(leader), !wanted.contains(write.id) {
          wanted.append(write.id)
        }
      }
      return wanted
    }
  }

  /// As `settle`, for everything that may leave by itself now, also what is queued meanwhile.
  func settleAll(
    progress: @escaping @Sendable ([QueuedWrite]) -> Void = { _ in }
  ) async throws -> [QueuedWrite] {
    let journal = session.journal
    return try await sendAndLook(progress) { known in
      var wanted = known
      for write in try await journal.openWrites()
      where
        (!write.state.needsPerson || write.state == .unknown && write.looksLeft > 0)
        && !wanted.contains(write.id)
      {
        wanted.append(write.id)
      }
      return wanted
    }
  }

  /// Sends, and looks at the wanted writes until all of them have settled.
  private func sendAndLook(
    _ progress: @escaping @Sendable ([QueuedWrite]) -> Void,
    _ choose: @escaping @Sendable ([WriteID]) async throws -> [WriteID]
  ) async throws -> [QueuedWrite] {
    let (writes, engine) = try await whileSending {
      var wanted: [WriteID] = []
      var last: [QueuedWrite] = []
      while true {
        wanted = try await choose(wanted)
        var writes: [QueuedWrite] = []
        for id in wanted {
          if let write = try await session.journal.write(id) { writes.append(write) }
        }
        if writes != last { progress(writes) }
        last = writes
        // What follows a write that was just sent shows itself at the next look.
        if try await haveSettled(writes), try await choose(wanted) == wanted { return writes }
        try checkBrakes(writes)
        try await checkSender()
        // Each look reads all of them, on the queue that the sender needs.
        try await Task.sleep(for: .milliseconds(max(50, wanted.count * 2)))
      }
    }
    await refresh(writes, engine)
    return writes
  }

  /// While the stop switch is on, or without an audit log, nothing is sent: there is nothing to
  /// wait for.
  private func checkBrakes(_ writes: [QueuedWrite]) throws {
    let journal = session.journal
    if journal.auditProblem != nil || journal.storageProblem != nil {
      // What has left, or may have, must not be sent a second time.
      let open = writes.filter { $0.state == .sending || $0.state == .unknown }
      if let problem = journal.sendingProblem, journal.hasOpenAttempt || !open.isEmpty {
        let items = open.map(\.id.description).joined(separator: ", ")
        throw CommandFailure(
          .outcomeUnknown,
          (items.isEmpty ? "" : "The outcome of item \(items) is unknown. Do not send it again: ")
            + "it is looked for at the helpdesk by the next console or flush. \(problem)")
      }
    }
    if let problem = journal.auditProblem { throw JournalError.audit(problem) }
    if let problem = journal.storageProblem { throw problem }
    if session.journal.stopSwitch.isOn {
      throw CommandFailure(
        .refused,
        "The stop switch is on, so nothing is sent. What was written is kept in the outbox; let "
          + "sending go on with: ticket-console stop off")
    }
  }

  /// A sender that is stopped, as by Ctrl-Z, keeps the lock and sends nothing.
  private func checkSender() async throws {
    guard let sender = try await session.journal.sender(), sender.isStopped else { return }
    throw CommandFailure(
      .failed,
      "Process \(sender.pid) sends for this account and is stopped, so nothing is sent. What waits is "
        + "kept in the outbox; continue that process (fg, or kill -CONT \(sender.pid)) or end it.")
  }

  private func whileSending<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> (Value, SyncEngine) {
    let account = session.account
    let limiter = RequestLimiter()
    let engine = try session.syncEngine(limiter: limiter)
    let service = try session.connect(limiter: limiter)
    let line =
      account.isReadOnly
      ? HelpdeskLine(readOnly: account.name, reading: service)
      : HelpdeskLine(account: account.name, service: service)
    let dispatcher = Dispatcher(
      journal: session.journal, line: line, agentID: AgentID(account.agentID),
      options: .init(renewsHolds: renewsHolds)
    ) { [overlay = session.overlay] _, ticket in
      _ = try? await overlay.catchUp()
      // Only a copy for the screen; the next sync fetches it where this fails.
      // Threads are read again at the end, where somebody waits for it.
      if let ticket { _ = try? await session.cache.save(tickets: [ticket]) }
    }
    let sender = Task { await dispatcher.run() }
    let result: Result<Value, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    await dispatcher.stop()
    // An outcome that cannot be stored is tried for ever; the next start looks for it instead.
    if session.journal.storageProblem == nil { await sender.value }
    return (try result.get(), engine)
  }

  /// Brings the cache up to what was sent, so that the next command shows it. Only a copy: where
  /// this fails the next sync fetches it.
  private func refresh(_ writes: [QueuedWrite], _ engine: SyncEngine) async {
    var tickets: Set<TicketID> = []
    for write in writes where write.state == .sent {
      if case .update(let update) = write.payload,
        let reader = try? session.cacheFile.reader(),
        let ticket = try? reader.ticket(write.ticketID), update.change.isShown(by: ticket)
      {
        continue
      }
      tickets.insert(write.ticketID)
    }
    for ticket in tickets.sorted() {
      guard (try? await engine.refresh(ticket)) != nil else { return }
    }
  }

  private func haveSettled(_ writes: [QueuedWrite]) async throws -> Bool {
    for write in writes {
      var settled = Self.hasSettled(write)
      if !settled, write.state == .confirmed, let leader = write.follows,
        let words = try await session.journal.write(leader)
      {
        // A status waits for its reply as long as that one waits, for a person too.
        settled = words.state != .sent && Self.hasSettled(words)
      }
      guard settled else { return false }
    }
    return true
  }

  private static func hasSettled(_ write: QueuedWrite) -> Bool {
    switch write.state {
    case .sent, .rejected, .undone, .conflicted, .failed, .proposed: return true
    case .unknown: return write.looksLeft == 0 || write.isGivenUp
    case .confirmed, .sending: return false
    case .queued:
      switch write.waitingFor {
      case .offline, .helpdesk, .stopped, .readOnly: return true
      case .limit, .turn, nil: return false
      }
    }
  }
}
