/// Which frames have reached the terminal, learned from what it answers behind them.
///
/// A terminal works through what it is sent in order. Behind a frame it is asked something that every
/// terminal answers; the answer proves that the frame, and all before it, is on the screen. Two
/// questions take turns, so that an answer that was lost, or came unasked, is not taken for that of
/// another frame.
public struct ArrivalQuestions: Sendable {
  /// What a terminal is asked.
  public enum Question: Equatable, Sendable {
    /// Device status report, `CSI 5 n`.
    case status
    /// Primary device attributes, `CSI c`.
    case attributes

    public var sequence: String {
      switch self {
      case .status: "\u{1B}[5n"
      case .attributes: "\u{1B}[c"
      }
    }
  }

  private struct Outstanding {
    var number: Int
    var question: Question
    var askedAt: ContinuousClock.Instant
  }

  /// How long a terminal that has never answered is waited for before it counts as mute, and after
  /// which time one that did is asked again.
  public static let patience = Duration.seconds(5)

  private var outstanding: [Outstanding] = []
  /// The number of the last question asked; they count from 1.
  public private(set) var asked = 0
  /// The newest question that is known to have been answered.
  public private(set) var answered = 0
  /// The longest time that the last answered question took.
  public private(set) var roundTrip: Duration?
  private var firstAskedAt: ContinuousClock.Instant?
  private var hasAnswered = false

  public init() {}

  /// Whether an answer is on its way.
  public var isWaiting: Bool { answered < asked }

  /// A further question: its number, and what is to be sent.
  public mutating func ask(at now: ContinuousClock.Instant) -> (number: Int, sequence: String) {
    asked += 1
    let question: Question = asked.isMultiple(of: 2) ? .attributes : .status
    outstanding.append(Outstanding(number: asked, question: question, askedAt: now))
    // A terminal that never answers is not kept account of for ever.
    if outstanding.count > 64 { outstanding.removeFirst() }
    if firstAskedAt == nil { firstAskedAt = now }
    return (asked, question.sequence)
  }

  /// Takes an answer; returns the number of the question that it proves, and so all before it. Nil
  /// for one that was not asked for.
  public mutating func take(_ answer: Question, at now: ContinuousClock.Instant) -> Int? {
    guard let place = outstanding.firstIndex(where: { $0.question == answer }) else { return nil }
    hasAnswered = true
    answered = outstanding[place].number
    roundTrip = outstanding[place].askedAt.duration(to: now)
    outstanding.removeFirst(place + 1)
    return answered
  }

  /// Whether the terminal has never answered, although it had the time.
  public func isMute(at now: ContinuousClock.Instant) -> Bool {
    guard !hasAnswered, let firstAskedAt else { return false }
    return firstAskedAt.duration(to: now) >= Self.patience
  }

  /// How long to wait for answers at the end: as long as they take on this link, as far as known.
  public var settlingTime: Duration {
    guard let roundTrip else { return .milliseconds(500) }
    return min(max(roundTrip * 2, .milliseconds(300)), .seconds(3))
  }

  /// When to call `overdue`; nil when no answer is waited for.
  public var deadline: ContinuousClock.Instant? {
    guard isWaiting else { return nil }
    if !hasAnswered { return firstAskedAt?.advanced(by: Self.patience) }
    return outstanding.last?.askedAt.advanced(by: Self.patience)
  }

  /// What follows from an answer that has not come in time.
  public enum Overdue: Equatable, Sendable {
    /// The terminal never answers: everything that was sent counts as shown.
    case mute(shown: Int)
    /// The question was lost; it is asked again.
    case askAgain
  }

  /// Nil before the deadline. Questions of a terminal that does answer count as lost by then, so that
  /// the answer to the next one is not taken for theirs.
  public mutating func overdue(at now: ContinuousClock.Instant) -> Overdue? {
    guard let deadline, now >= deadline else { return nil }
    guard hasAnswered else {
      answered = asked
      return .mute(shown: asked)
    }
    outstanding.removeAll()
    return .askAgain
  }
}
