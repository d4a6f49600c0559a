/// When to follow the size of a window: the first change at once, those of a window that is being
/// dragged when it has come to rest, so that not each of them is painted.
struct Resizing {
  typealias Instant = ContinuousClock.Instant

  private static let rest = Duration.milliseconds(80)

  private var lastDone: Instant?
  private var due: Instant?

  /// When to look again; nil when nothing has changed.
  var deadline: Instant? { due }

  /// The window has changed.
  mutating func note(at now: Instant) {
    let isDragged = lastDone.map { $0.advanced(by: Self.rest) > now } ?? false
    due = isDragged || due != nil ? now.advanced(by: Self.rest) : now
  }

  func isDue(at now: Instant) -> Bool { due.map { $0 <= now } ?? false }

  mutating func done(at now: Instant) {
    due = nil
    lastDone = now
  }
}
