import ConsoleModel
import Helpdesk
import Synchronization

/// Names for the audit's sentences, from the cache: read when the first one is wanted, and again
/// after a while.
final class NameBook: Sendable {
  private struct Page {
    var directory: Directory?
    var readAt: Timestamp?
  }

  private let cache: CacheFile
  private let clock: any ConsoleClock
  private let page = Mutex(Page())

  /// Seconds for which names are taken to be right.
  private static let lifetime: Int64 = 60

  init(cache: CacheFile, clock: any ConsoleClock) {
    self.cache = cache
    self.clock = clock
  }

  /// The words of the audit; where the cache cannot be read they are numbers.
  var vocabulary: AuditVocabulary {
    AuditVocabulary(
      agentName: { id in self.directory?.agents.first { $0.id == id }?.name },
      groupName: { id in self.directory?.groups.first { $0.id == id }?.name },
      statusLabel: { status in
        guard let directory = self.directory, directory.statuses.contains(status) else {
          return nil
        }
        return directory.label(status)
      },
      fieldLabel: { name in
        // The vendor's standard fields are named as a person would name them.
        guard name.hasPrefix("cf_") else { return nil }
        return self.directory?.ticketFields.first { $0.name == name }?.label
      })
  }

  private var directory: Directory? {
    page.withLock { page in
      let now = clock.now
      if let readAt = page.readAt, now - readAt < Self.lifetime { return page.directory }
      page.readAt = now
      page.directory = try? cache.reader().directory()
      return page.directory
    }
  }
}
