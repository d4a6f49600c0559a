import ConsoleModel
import ConsoleUI
import Helpdesk

extension SyncCalls {
  /// The line of one account; how old the cache is comes from the cache.
  static func over(
    _ link: DeskLink, reader: CacheReader, failures: CacheFailures
  ) -> SyncCalls {
    SyncCalls(
      status: {
        var status = link.status()
        status.cachedAt = failures.attempt(nil) { try reader.lastSync() }
        status.ticketCount = failures.attempt(0) { try reader.ticketCount() }
        return status
      },
      log: { link.logLines($0) },
      refreshTicket: { ticket, answer in
        Task {
          do {
            try await link.refresh(ticket)
            answer(.success(()))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      readGroup: { group, answer in
        Task {
          do {
            answer(.success(try await link.readGroup(group)))
          } catch HelpdeskError.forbidden {
            answer(
              .failure(
                CallFailure(
                  "Your account may not read who is in a group; the helpdesk shows that to "
                    + "administrators only.")))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      syncNow: { answer in
        Task {
          do {
            answer(.success(try await link.syncNow()))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      stopWaiting: { link.stopWaiting() })
  }
}
