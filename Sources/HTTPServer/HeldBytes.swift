import Synchronization

/// The bytes of bodies that all connections of a listener hold together, against one limit.
final class HeldBytes: Sendable {
  private let limit: Int
  private let held = Atomic(0)

  init(limit: Int) { self.limit = limit }

  /// Takes so many bytes; false, and nothing taken, where that would be too many.
  func take(_ count: Int) -> Bool {
    let (_, now) = held.wrappingAdd(count, ordering: .relaxed)
    if now <= limit { return true }
    held.wrappingSubtract(count, ordering: .relaxed)
    return false
  }

  func giveBack(_ count: Int) { held.wrappingSubtract(count, ordering: .relaxed) }
}
