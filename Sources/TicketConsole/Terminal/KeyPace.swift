import Terminal

/// Whether a key is being held down on a slow link, where each frame keeps the next one waiting.
struct KeyPace {
  typealias Instant = ContinuousClock.Instant

  /// Keys that come closer than this are held, and after this rest everything is painted.
  static let rest = Duration.milliseconds(80)
  /// From this round trip on a link is slow.
  static let slow = Duration.milliseconds(50)

  private var last: (key: Key, at: Instant)?
  private var isRepeated = false

  mutating func note(_ key: Key, at now: Instant) {
    isRepeated = last.map { $0.key == key && $0.at.advanced(by: Self.rest) > now } ?? false
    last = (key, now)
  }

  /// Whether the same key has come again just now.
  func isHeld(at now: Instant) -> Bool {
    isRepeated && last.map { $0.at.advanced(by: Self.rest) > now } ?? false
  }
}
