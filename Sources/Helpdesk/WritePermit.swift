/// What a write is, as far as the limits of a helpdesk tell writes apart.
public enum WriteKind: String, CaseIterable, Hashable, Sendable {
  case reply
  case privateNote = "private_note"
  case update
}

/// Room in the request limit for one write. It is obtained before the write is marked as on its
/// way, so that nothing waits between that mark and the first byte. No request that writes compiles
/// without one; it cannot be copied, and one that goes unused is given back.
public struct WritePermit: ~Copyable, Sendable {
  private var giveBack: (@Sendable () -> Void)?

  /// - Parameter giveBack: called when the permit ends unused.
  public init(giveBack: @escaping @Sendable () -> Void = {}) { self.giveBack = giveBack }

  deinit { giveBack?() }

  /// The request leaves now.
  public consuming func use() { giveBack = nil }
}
