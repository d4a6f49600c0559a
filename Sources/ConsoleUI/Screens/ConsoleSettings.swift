/// What the user may set.
public struct ConsoleSettings: Equatable, Sendable {
  /// Where to go after an action on the open ticket.
  public enum AfterAction: String, CaseIterable, Sendable {
    case stay
    case next
    case queue
  }

  public var afterAction: AfterAction
  /// Seconds that a confirmed write is held; only for the words, the journal holds it.
  public var holdSeconds: Int
  /// Milliseconds after painting a prompt in which `y` is not taken.
  public var quietMilliseconds: Int64
  /// From so many tickets on, the number has to be typed.
  public var typedNumberAbove: Int
  /// Milliseconds after the last typed word until the draft is saved; under a second.
  public var autosaveMilliseconds: Int64
  /// The view to begin with, from 0.
  public var firstView: Int

  public init(
    afterAction: AfterAction = .stay, holdSeconds: Int = 10, quietMilliseconds: Int64 = 250,
    typedNumberAbove: Int = 25, autosaveMilliseconds: Int64 = 600, firstView: Int = 0
  ) {
    self.afterAction = afterAction
    self.holdSeconds = holdSeconds
    self.quietMilliseconds = quietMilliseconds
    self.typedNumberAbove = typedNumberAbove
    self.autosaveMilliseconds = autosaveMilliseconds
    self.firstView = firstView
  }
}
