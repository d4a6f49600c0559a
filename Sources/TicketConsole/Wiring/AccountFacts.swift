import ConsoleModel
import FoundationEssentials
import Glibc
import Helpdesk

/// What the files of an account say about it, without a request.
enum AccountFacts {
  /// The words of the contract: `connected`, `syncing`, `error`, `disconnected`.
  enum State: String {
    case connected
    case syncing
    /// Its cache or journal cannot be read, or its key cannot be found.
    case error
    case disconnected
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
    var summary = Summary(state: .connected, tickets: 0)
    if FileManager.default.fileExists(atPath: files.cache) {
      do {
        let reader = try CacheFile(path: files.cache, clock: { clock.now }).reader()
        summary.lastSync = try reader.lastSync()
        summary.tickets = try reader.ticketCount()
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
