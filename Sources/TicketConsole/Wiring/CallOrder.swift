import Synchronization

/// Does one thing after the other in the order of the keys that asked for them: an undo never comes
/// before the change that it is meant for.
final class CallOrder: Sendable {
  private let last = Mutex<Task<Void, Never>?>(nil)

  func add(_ work: @escaping @Sendable () async -> Void) {
    last.withLock { last in
      let before = last
      last = Task {
        await before?.value
        await work()
      }
    }
  }
}
