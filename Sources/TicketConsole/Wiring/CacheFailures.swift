import ConsoleUI
import SQLite

/// Reads of the local databases for screens: a read that fails shows nothing and says why once,
/// instead of taking the screen down.
///
/// Lives on the main thread, like the readers.
final class CacheFailures {
  private let notify: (Notice) -> Void
  private var lastSentence = ""

  init(notify: @escaping (Notice) -> Void) { self.notify = notify }

  /// What `read` returns, or `fallback` when it throws.
  func attempt<Value>(_ fallback: Value, _ read: () throws -> Value) -> Value {
    do {
      return try read()
    } catch {
      report(error)
      return fallback
    }
  }

  private func report(_ error: any Error) {
    let sentence = FailureSentences.sentence(for: error)
    guard sentence != lastSentence else { return }
    lastSentence = sentence
    notify(.message(sentence))
  }
}
