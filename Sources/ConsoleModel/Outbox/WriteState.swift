/// Where a write stands between a person's key and the helpdesk's word.
/// The raw value is what the journal and the JSON output say.
public enum WriteState: String, Sendable, CaseIterable {
  /// Written down, not confirmed.
  case proposed
  /// Confirmed with a digest of the exact bytes; held until the undo window is over.
  case confirmed
  /// Waits for the line, for its turn, or for a limit.
  case queued
  /// On its way; the state was on disk before the first byte left.
  case sending
  /// Applied, and the helpdesk said so or its thread shows it.
  case sent
  /// Thrown away by the person before it was confirmed.
  case rejected
  /// Taken back before the first byte left.
  case undone
  /// Stopped: the ticket has moved on since the person looked.
  case conflicted
  /// Refused by the helpdesk; nothing was applied.
  case failed
  /// No clear answer came; never sent again by itself.
  case unknown

  /// No move leads out of it.
  public var isFinal: Bool {
    self == .sent || self == .rejected || self == .undone
  }

  /// Only a person can move it on.
  public var needsPerson: Bool {
    self == .proposed || self == .conflicted || self == .failed || self == .unknown
  }
}
