import ConsoleModel
import ConsoleTestSupport
import Helpdesk

/// A journal, a scripted helpdesk, and a running dispatcher between them.
final class DispatchFixture: Sendable {
  let outbox: OutboxFixture
  let helpdesk: FaultyHelpdesk
  let dispatcher: Dispatcher
  let ticket = TicketID(48207)
  private let running: Task<Void, Never>

  init(
    isReadOnly: Bool = false, account: String = "acme", cacheIsComplete: Bool = false,
    fileSystem: String? = nil, limiter: any RequestLimiting = UnlimitedRequests(),
    uploadLimit: Int64? = nil,
    onWrite: @escaping @Sendable (TicketID) async -> Void = { _ in }
  ) async throws {
    outbox = try OutboxFixture(cacheIsComplete: cacheIsComplete, fileSystem: fileSystem)
    helpdesk = FaultyHelpdesk(
      clock: outbox.clock, limiter: limiter, uploadLimit: uploadLimit,
      onWrite: onWrite)
    helpdesk.addTicket(48207)
    let dispatcher = Dispatcher(
      journal: outbox.journal,
      line: isReadOnly
        ? HelpdeskLine(readOnly: account, reading: helpdesk)
        : HelpdeskLine(account: account, service: helpdesk))
    self.dispatcher = dispatcher
    running = Task { await dispatcher.run() }
    // The sender is there before anything is written, so no hold is renewed.
    await dispatcher.settle()
  }

  var journal: Journal { outbox.journal }
  var clock: ManualClock { outbox.clock }

  /// Moves the clock and lets everything happen that follows from it.
  func pass(_ seconds: Int64 = 0) async {
    clock.advance(by: seconds)
    await dispatcher.settle()
  }

  func end() async {
    await dispatcher.stop()
    await running.value
  }

  func reply(_ payload: WritePayload = .testReply()) async throws -> WriteID {
    try await journal.proposeAndConfirm(ticket, payload)
  }

  func state(_ id: WriteID) async throws -> WriteState? { try await outbox.state(id) }
}
