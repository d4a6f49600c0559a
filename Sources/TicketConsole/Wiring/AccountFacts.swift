import ConsoleModel
import FoundationEssentials
import Glibc
import Helpdesk

/// What the files of an account say about it, without a request.
enum AccountFacts {
  /// The words of the contract.
  enum State: String {
    case connected
    /// No sync has come to its end yet.
    case neverSynced = "never_synced"
    /// The tickets could not be read at the last try; the cache is as old as its last sync.
    case failing
    case syncing
    /// Its cache or journal cannot be read, or its key cannot be found.
    case error
    case disconnected

    /// As a person reads it.
    var words: String {
      switch self {
      case .connected, .syncing, .failing, .error, .disconnected: rawValue
      case .neverSynced: "never synced"
      }
    }
  }

  struct Summary {
    var state: State
    var lastSync: Timestamp?
    var tickets: Int
    /// Why the state is `error`; one sentence.
    var problem: String?
  }

  static func summary(of account: Account, files: AccountFiles, clock: any ConsoleClock) -> Summary
  {
    var summary = Summary(state: .neverSynced, tickets: 0)
    if FileManager.default.fileExists(atPath: files.cache) {
      do {
        let reader = try CacheFile(path: files.cache, clock: { clock.now }).reader()
        summary.lastSync = try reader.lastSync()
        summary.tickets = try reader.ticketCount()
        if let failure = try reader.syncFailures().first(where: \.concernsTickets) {
          summary.state = .failing
          summary.problem = sentence(failure, lastSync: summary.lastSync)
        } else {
          summary.state = summary.lastSync == nil ? .neverSynced : .connected
        }
      } catch {
        summary.state = .error
        summary.problem = CommandFailure(for: error).sentence
      }
    }
    if account.keySource == .file, access(files.keyFile, R_OK) != 0 {
      summary.state = .error
      summary.problem = ConfigurationError.keyMissing(path: files.keyFile).sentence
    }
    if account.keySource == .none {
      summary.state = .disconnected
    } else if SyncLock.isHeld(path: files.syncLock) {
      summary.state = .syncing
    }
    return summary
  }

  /// What fails, since when, how old the cache is, and what to do.
  static func sentence(_ failure: SyncFailure, lastSync: Timestamp?) -> String {
    let age = lastSync.map { "The cache is of \($0)." } ?? "It was never synced."
    return "Since \(failure.since) the \(failure.part) cannot be read: \(failure.reason). "
      + "\(age) \(failure.advice)"
  }

  /// Writes of the account that are neither sent nor given up; none when there is no journal.
  static func unsentWrites(_ files: AccountFiles, account: String) throws -> Int {
    guard FileManager.default.fileExists(atPath: files.journal) else { return 0 }
    do {
      return try JournalReader(folder: files.journalFolder, account: account).counts().total
    } catch {
      throw CommandFailure(.failed, error.explanation)
    }
  }
}
