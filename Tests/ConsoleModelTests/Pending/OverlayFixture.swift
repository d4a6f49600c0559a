import ConsoleModel
import ConsoleTestSupport
import Helpdesk

/// A journal, a scripted helpdesk, a running dispatcher, and a cache with the open writes over it.
final class OverlayFixture: Sendable {
  let outbox: DispatchFixture
  let cache: CacheFixture
  let overlay: PendingOverlay
  let id = TicketID(48207)

  init() async throws {
    outbox = try await DispatchFixture()
    cache = try CacheFixture()
    overlay = PendingOverlay(journal: outbox.journal, cache: cache.store)
    outbox.helpdesk.change(48207) { $0.priority = .high }
    try await sync()
  }

  var helpdesk: FaultyHelpdesk { outbox.helpdesk }

  /// Saves the helpdesk's tickets, as a sync does.
  func sync() async throws {
    let page = try await helpdesk.tickets(
      updatedSince: Timestamp(0), page: 1, lane: .background)
    try await cache.store.save(tickets: page.items)
  }

  /// Queues a change without a chance to leave, and lays it over the cache.
  @discardableResult
  func queue(_ change: TicketChange, before: TicketChange, on ticket: Int64 = 48207)
    async throws -> WriteID
  {
    let content = UpdateContent(subject: "VPN drops", change: change, before: before)
    let id = try await outbox.journal.submitUpdates([(TicketID(ticket), content)]).writes[0]
    try await overlay.catchUp()
    return id
  }

  /// Lets the dispatcher do all that it can do now.
  func pass(_ seconds: Int64 = 0) async throws {
    await outbox.pass(seconds)
    try await overlay.catchUp()
  }

  func row(_ ticket: Int64 = 48207) throws -> QueueRow? {
    try cache.reader().row(TicketID(ticket))
  }

  func ticket() throws -> Ticket? { try cache.reader().ticket(id) }

  func goOffline() { outbox.stopSwitch(true) }
  func goOnline() { outbox.stopSwitch(false) }
}

extension DispatchFixture {
  /// Keeps what is queued here, or lets it go on.
  func stopSwitch(_ isOn: Bool) { _ = StopSwitch(folder: journal.options.folder).set(isOn) }
}
