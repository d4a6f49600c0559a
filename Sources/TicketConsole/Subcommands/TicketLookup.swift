import ConsoleModel
import Helpdesk

/// The tickets that a writing command is about, as the person knows them.
struct TicketLookup {
  let session: AccountSession
  let reader: CacheReader

  init(_ session: AccountSession) throws {
    self.session = session
    reader = try session.currentReader()
  }

  /// The cached tickets; those that are not cached are fetched.
  func tickets(_ ids: [TicketID]) throws -> [Ticket] {
    try ids.map { id in
      if let ticket = try reader.ticket(id) { return ticket }
      do { try fetch(id) } catch { throw notQueued(error) }
      guard let ticket = try reader.ticket(id) else {
        throw CommandFailure(
          .failed, "The helpdesk does not know ticket #\(id). Nothing was queued.")
      }
      return ticket
    }
  }

  /// The ticket with its newest thread; the cached thread where the helpdesk cannot be reached.
  func detail(_ id: TicketID, _ output: CommandOutput) throws -> TicketDetail {
    do { try fetch(id) } catch {
      let failure = CommandFailure(for: error)
      guard try reader.detail(id)?.isThreadCached == true else { throw notQueued(failure) }
      output.note("The thread is the cached one. \(failure.sentence)")
    }
    guard let detail = try reader.detail(id), !detail.isGone else {
      throw CommandFailure(
        .failed, "The helpdesk does not know ticket #\(id). Nothing was queued.")
    }
    return detail
  }

  /// A failed read as the failure of a command that would have queued a write.
  private func notQueued(_ error: any Error) -> CommandFailure {
    let failure = CommandFailure(for: error)
    return CommandFailure(failure.code, failure.sentence + " Nothing was queued.")
  }

  private func fetch(_ id: TicketID) throws {
    let engine = try session.syncEngine(limiter: RequestLimiter())
    _ = try Waiting.wait { try await engine.refresh(id) }
  }
}
