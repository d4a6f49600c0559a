import Synchronization

/// Decides between the claim of a write and the recall of its delivery: whichever comes first counts.
final class DeliveryGate: Sendable {
  private enum State { case open, left, recalled }

  private let state = Mutex(State.open)

  /// Called right before the claim. Returns false if the delivery was recalled: claim nothing then.
  func leave() -> Bool {
    state.withLock { state in
      guard state == .open else { return false }
      state = .left
      return true
    }
  }

  /// Returns false if the write may have been claimed already; it has to come to its end then.
  func recall() -> Bool {
    state.withLock { state in
      guard state != .left else { return false }
      state = .recalled
      return true
    }
  }

  var isRecalled: Bool { state.withLock { $0 == .recalled } }
}
