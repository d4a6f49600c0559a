import ConsoleModel
import ConsoleUI
import Freshdesk
import Helpdesk
import SQLite

/// Turns errors into sentences for people: what failed, what was kept, what to do next.
enum FailureSentences {
  static func sentence(for error: any Error) -> String {
    switch error {
    case let error as CommandFailure: error.sentence
    case let error as JournalError: error.explanation
    case let error as ConfigurationError: error.sentence
    case let error as SyncError: error.sentence
    case let error as QueryError: error.sentence
    case let error as HelpdeskError:
      "The helpdesk did not answer as hoped: \(error.explanation)."
    case let error as SQLiteError where error.isDamage:
      "The cache is damaged (\(error.explanation)). Nothing you wrote is lost; it is kept apart. "
        + "Start again to rebuild the cache."
    case let error as SQLiteError:
      "The local database did not answer: \(error.explanation)."
    case let error as FreshdeskAddress.Problem: "The address cannot be used: \(error.explanation)."
    default: "Something unexpected failed; look at the outbox before you try again."
    }
  }

  static func failure(for error: any Error) -> CallFailure { CallFailure(sentence(for: error)) }
}
