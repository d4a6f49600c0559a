import Helpdesk

/// The outbox in one line: how many items stand where.
public struct OutboxCounts: Equatable, Sendable {
  /// Held for undo.
  public var held = 0
  /// The earliest end of a hold.
  public var nextHoldEnd: Timestamp?
  /// Waiting for the line, a limit, or their turn.
  public var waiting = 0
  public var sending = 0
  /// Stopped because the ticket has moved on.
  public var stopped = 0
  public var failed = 0
  /// Unclear outcome, not given up.
  public var unknown = 0
  /// Written down, not confirmed.
  public var proposed = 0

  public init() {}

  public var total: Int { held + waiting + sending + stopped + failed + unknown + proposed }

  /// Items that only a person can move on.
  public var needPerson: Int { stopped + failed + unknown + proposed }
}

/// One line of an item's history, oldest first.
public struct HistoryLine: Equatable, Sendable {
  public var at: Timestamp
  public var from: WriteState?
  /// The raw value of the event, or `proposed` for the first line.
  public var event: String
  public var to: WriteState
  public var detail: String?

  public init(
    at: Timestamp, from: WriteState?, event: String, to: WriteState, detail: String?
  ) {
    self.at = at
    self.from = from
    self.event = event
    self.to = to
    self.detail = detail
  }

  /// A few plain words: "held for 10 s", "1 new entry: stopped".
  public var words: String {
    let what =
      switch WriteEvent(rawValue: event) {
      case nil: "written down"
      case .confirmed: "confirmed"
      case .discarded: "discarded"
      case .edited: "edited"
      case .holdEnded: "hold over"
      case .takenBack: "taken back"
      case .foundStale: "stopped"
      case .claimed: "sending"
      case .accepted: "sent"
      case .refused: "refused"
      case .postponed: "not sent"
      case .waitBegan: "waiting"
      case .retried: "retried"
      case .lostTrack: "outcome unknown"
      case .ownerGone: "the sending program was gone"
      case .foundApplied: "found at the helpdesk"
      case .notFound: "not found at the helpdesk"
      case .lookedAgain: "looking again"
      case .sentAgain: "second copy proposed"
      case .foundMissing: "not applied, queued again"
      case .gaveUp: "given up"
      }
    return detail.map { "\(what) (\($0))" } ?? what
  }
}
