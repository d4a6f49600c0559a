import Dispatch
import Synchronization

/// Runs asynchronous work from the program's synchronous main thread and waits for it.
enum Waiting {
  /// Blocks the calling thread, which must not be one of the task pool.
  static func wait<Value: Sendable>(
    for work: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let done = DispatchSemaphore(value: 0)
    let outcome = Outcome<Value>()
    Task {
      do {
        let value = try await work()
        outcome.set(.success(value))
      } catch {
        outcome.set(.failure(error))
      }
      done.signal()
    }
    done.wait()
    return try outcome.get().get()
  }

  /// Carries the result from the task to the waiting thread.
  private final class Outcome<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)

    func set(_ value: Result<Value, any Error>) { result.withLock { $0 = value } }

    func get() -> Result<Value, any Error> {
      // Set before the semaphore is signalled, and read only after it.
      result.withLock { $0 } ?? .failure(CancellationError())
    }
  }
}
