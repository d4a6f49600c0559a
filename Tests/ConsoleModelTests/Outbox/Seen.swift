import Synchronization

/// Collects words from other tasks.
final class Seen: Sendable {
  private let state = Mutex<[String]>([])
  var values: [String] { state.withLock { $0 } }
  func add(_ value: String) { state.withLock { $0.append(value) } }
}
