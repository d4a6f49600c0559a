import Synchronization

/// Actions that background work sends to the console, and how much of that work is under way.
///
/// May be used from any thread. Every `notify` and every answer pokes the waker, which wakes the loop
/// that waits for keys.
public final class ActionQueue: Sendable {
  private struct Contents {
    var actions: [ConsoleAction] = []
    var notices: [Notice] = []
    var workers = 0
  }

  private let contents = Mutex(Contents())
  private let wake: @Sendable () -> Void

  /// `wake` is called after each arrival, from the thread that brought it.
  public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Tells the console that something has changed. Equal notices that wait together count once.
  public func notify(_ notice: Notice) {
    contents.withLock { contents in
      if !contents.notices.contains(notice) { contents.notices.append(notice) }
    }
    wake()
  }

  /// Counts work of the wiring that is not a call's answer, so that `isIdle` knows of it.
  public func beginWork() { contents.withLock { $0.workers += 1 } }

  /// Counts it out again.
  public func endWork() {
    contents.withLock { $0.workers -= 1 }
    wake()
  }

  /// Calls under way.
  public var workerCount: Int { contents.withLock { $0.workers } }

  /// The answer of a call: brings its action and counts the call out.
  func answer(_ action: ConsoleAction) {
    contents.withLock { contents in
      contents.actions.append(action)
      contents.workers -= 1
    }
    wake()
  }

  /// Takes what has arrived: answers first, then notices.
  func drain() -> [ConsoleAction] {
    contents.withLock { contents in
      let actions = contents.actions + contents.notices.map(ConsoleAction.notice)
      contents.actions = []
      contents.notices = []
      return actions
    }
  }

  var isEmpty: Bool {
    contents.withLock { $0.actions.isEmpty && $0.notices.isEmpty }
  }
}
