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

  /// Returns the writes once nothing more will happen to them without a person or a working line.
  /// `progress` is told of each look at which something has moved.
  func settle(
    _ ids: [WriteID], progress: @escaping @Sendable ([QueuedWrite]) -> Void = { _ in }
  ) async throws -> [QueuedWrite] {
    try await whileSending {
      var last: [QueuedWrite] = []
      while true {
        var writes: [QueuedWrite] = []
        for id in ids {
          if let write = try await session.journal.write(id) { writes.append(write) }
        }
        if writes != last { progress(writes) }
        last = writes
        if writes.allSatisfy(Self.hasSettled) { return writes }
        try checkBrakes()
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// As `settle`, for everything that may leave by itself now, also what is queued meanwhile: a
  /// status that follows a reply.
  func settleAll(
    progress: @escaping @Sendable ([QueuedWrite]) -> Void = { _ in }
  ) async throws -> [QueuedWrite] {
    try await whileSending {
      var seen: [QueuedWrite] = []
      while true {
        let open = try await session.journal.openWrites()
        if open != seen { progress(open) }
        seen = open
        if open.allSatisfy(Self.hasSettled) { return open }
        try checkBrakes()
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  /// While the stop switch is on, or without an audit log, nothing is sent: there is nothing to
  /// wait for.
  private func checkBrakes() throws {
    if let problem = session.journal.auditProblem { throw JournalError.audit(problem) }
    if session.journal.stopSwitch.isOn {
      throw CommandFailure(
        .refused,
        "The stop switch is on, so nothing is sent. What was written is kept in the outbox; let "
          + "sending go on with: ticket-console stop off")
    }
  }

  private func whileSending<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
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
    ) { id, ticket in
      // Only a copy for the screen; the next sync fetches it where this fails.
      if let ticket {
        try? await session.cache.save(tickets: [ticket])
      } else {
        _ = try? await engine.refresh(id, lane: .background)
      }
    }
    let sender = Task { await dispatcher.run() }
    let result: Result<Value, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    await dispatcher.stop()
    await sender.value
    return try result.get()
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
