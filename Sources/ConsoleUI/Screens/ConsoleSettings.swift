public import ConsoleModel

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
  /// The name of the view to begin with; empty for the first one.
  public var startView: String
  /// Put under a new reply; empty for none.
  public var signature: String
  /// Whether the review warns of words about a file when there is none.
  public var warnsOfMissingAttachment: Bool
  /// Whether leaving the program always asks.
  public var confirmsQuit: Bool
  public var macros: [Preferences.MacroDefinition]
  /// Canned replies of the user's own.
  public var replies: [Preferences.ReplyDefinition]

  public init(
    afterAction: AfterAction = .stay, holdSeconds: Int = 10, quietMilliseconds: Int64 = 250,
    typedNumberAbove: Int = 25, autosaveMilliseconds: Int64 = 600, startView: String = "",
    signature: String = "", warnsOfMissingAttachment: Bool = true, confirmsQuit: Bool = false,
    macros: [Preferences.MacroDefinition] = [], replies: [Preferences.ReplyDefinition] = []
  ) {
    self.afterAction = afterAction
    self.holdSeconds = holdSeconds
    self.quietMilliseconds = quietMilliseconds
    self.typedNumberAbove = typedNumberAbove
    self.autosaveMilliseconds = autosaveMilliseconds
    self.startView = startView
    self.signature = signature
    self.warnsOfMissingAttachment = warnsOfMissingAttachment
    self.confirmsQuit = confirmsQuit
    self.macros = macros
    self.replies = replies
  }
}
