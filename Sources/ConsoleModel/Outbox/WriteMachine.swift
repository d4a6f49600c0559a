/// The table of a write's states as one pure value. Every move in the journal is looked up here.
public struct WriteMachine: Equatable, Sendable {
  /// One line of the table.
  public struct Rule: Equatable, Sendable {
    public var from: WriteState
    public var event: WriteEvent
    public var needs: Set<WriteFact>
    public var to: WriteState
    public var steps: [WriteStep]

    public init(
      _ from: WriteState, _ event: WriteEvent, needs: Set<WriteFact> = [], to: WriteState,
      then steps: [WriteStep] = []
    ) {
      self.from = from
      self.event = event
      self.needs = needs
      self.to = to
      self.steps = steps
    }
  }

  /// What the table says to an event.
  public enum Answer: Equatable, Sendable {
    case move(to: WriteState, steps: [WriteStep])
    case refused(Refusal)
  }

  /// Why there is no move.
  public enum Refusal: Error, Equatable, Sendable {
    /// The table has no such line.
    case noSuchMove(from: WriteState, event: WriteEvent)
    /// A guard is not met; the first missing fact in the order of `WriteFact`.
    case missing(WriteFact)
  }

  public var rules: [Rule]

  public init(rules: [Rule]) { self.rules = rules }

  public func answer(
    from state: WriteState, to event: WriteEvent, facts: Set<WriteFact> = []
  ) -> Answer {
    let lines = rules.filter { $0.from == state && $0.event == event }
    guard let rule = lines.first(where: { $0.needs.isSubset(of: facts) }) ?? lines.first else {
      return .refused(.noSuchMove(from: state, event: event))
    }
    if let missing = WriteFact.allCases.first(where: {
      rule.needs.contains($0) && !facts.contains($0)
    }) {
      return .refused(.missing(missing))
    }
    return .move(to: rule.to, steps: rule.steps)
  }

  /// The table that the program lives by.
  public static let standard = WriteMachine(
    rules: personal + edits + sending + outcomes + reconciliation)

  private static let personal: [Rule] = [
    Rule(
      .proposed, .confirmed, needs: [.digestMatches], to: .confirmed,
      then: [.record, .storeConfirmation, .startHold]),
    Rule(.proposed, .discarded, to: .rejected, then: [.record, .takeBackFollowers]),
    Rule(.conflicted, .discarded, to: .rejected, then: [.record, .takeBackFollowers]),
    Rule(.failed, .discarded, to: .rejected, then: [.record, .takeBackFollowers]),
    Rule(
      .confirmed, .takenBack, to: .undone, then: [.record, .restoreDraft, .takeBackFollowers]),
    Rule(.queued, .takenBack, to: .undone, then: [.record, .restoreDraft, .takeBackFollowers]),
    Rule(.failed, .retried, to: .queued, then: [.record]),
    Rule(.unknown, .lookedAgain, to: .unknown, then: [.record, .scheduleLooks]),
    Rule(
      .unknown, .sentAgain, to: .unknown,
      then: [.record, .markGivenUp, .takeBackFollowers, .proposeRepeat, .askPerson]),
    Rule(.unknown, .gaveUp, to: .unknown, then: [.record, .markGivenUp, .takeBackFollowers]),
  ]

  private static let edits: [Rule] = [
    WriteState.proposed, .confirmed, .queued, .conflicted, .failed,
  ].map { state in
    Rule(
      state, .edited, to: .proposed,
      then: [.record, .keepOldRevision, .voidConfirmation, .takeBackFollowers, .askPerson])
  }

  private static let sending: [Rule] = [
    Rule(.confirmed, .holdEnded, needs: [.holdIsOver, .mayWrite], to: .queued, then: [.record]),
    Rule(
      .queued, .foundStale, needs: [.isSender], to: .conflicted, then: [.record, .askPerson]),
    Rule(
      .queued, .claimed,
      needs: [.digestMatches, .isSender, .mayWrite, .isRightAccount, .isItsTurn], to: .sending,
      then: [.record, .logIntent, .send]),
  ]

  private static let outcomes: [Rule] = [
    Rule(
      .sending, .accepted, to: .sent,
      then: [.record, .storeRemoteID, .logOutcome, .releaseFollowers, .refetchTicket]),
    Rule(.sending, .refused, to: .failed, then: [.record, .logOutcome, .askPerson]),
    Rule(.sending, .postponed, to: .failed, then: [.record, .logOutcome]),
    Rule(.failed, .waitBegan, needs: [.mayReturn], to: .queued, then: [.record]),
    Rule(.sending, .lostTrack, to: .unknown, then: [.record, .logOutcome, .scheduleLooks]),
    Rule(.sending, .ownerGone, to: .unknown, then: [.record, .logOutcome, .scheduleLooks]),
  ]

  private static let reconciliation: [Rule] = [
    Rule(
      .unknown, .foundApplied, to: .sent,
      then: [.record, .storeRemoteID, .logOutcome, .releaseFollowers, .refetchTicket]),
    Rule(.unknown, .notFound, to: .unknown, then: [.record, .markNotFound, .askPerson]),
    Rule(
      .unknown, .foundMissing, needs: [.isRepeatable, .mayReturn], to: .queued, then: [.record]),
  ]
}
