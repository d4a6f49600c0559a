import Helpdesk

/// Where a ticket is in its life, coarse enough to lead the indexes of the queue.
enum TicketStage: Int {
  /// Somebody here has to act: open, and every state of an account's own.
  case active = 0
  /// The clock stands still: pending, or waiting on somebody else.
  case waiting = 1
  case done = 2
  /// Deleted, spam or gone: in no view.
  case hidden = 9

  static let shown: [TicketStage] = [.active, .waiting, .done]

  init(_ status: TicketStatus) {
    self = status.isDone ? .done : status.pausesClock ? .waiting : .active
  }
}

/// What the cache works out about a ticket when it is saved: the facts that views are sorted and
/// counted by. Pure.
struct TicketStanding: Equatable {
  var stage: TicketStage
  /// The sort key of the SLA order; `noDue` where no clock runs.
  var dueKey: Int64
  var isAnswered: Bool
  var needsAnswer: Bool

  static let noDue: Int64 = 1 << 40

  /// What is known about who spoke last.
  struct Speech: Equatable {
    /// The newest words of the customer; 0 where there are none.
    var customerSpokeAt: Int64 = 0
    /// The newest public words of an agent; 0 where none are known.
    var agentSpokeAt: Int64 = 0
    /// When this person last looked at the thread; 0 for never.
    var seenAt: Int64 = 0
    /// Whether the whole thread has been fetched once, so that silence means silence.
    var isThreadKnown = false

    /// Adds what the ticket itself tells.
    func hearing(_ ticket: Ticket) -> Speech {
      var speech = self
      if ticket.source != .outboundEmail {
        speech.customerSpokeAt = max(customerSpokeAt, ticket.createdAt.seconds)
      }
      if let moments = ticket.moments {
        speech.customerSpokeAt = max(
          speech.customerSpokeAt, moments.requesterRespondedAt?.seconds ?? 0)
        speech.agentSpokeAt = max(
          agentSpokeAt, moments.agentRespondedAt?.seconds ?? 0,
          moments.firstRespondedAt?.seconds ?? 0)
      }
      return speech
    }
  }

  init(_ ticket: Ticket, speech: Speech, isGone: Bool = false) {
    let isHidden = ticket.isDeleted || ticket.isSpam || isGone
    stage = isHidden ? .hidden : TicketStage(ticket.status)
    // Lists may leave out who answered when. A ticket that nothing has touched since its first
    // minute has no answer; for an older one no claim is made.
    let isUntouched = ticket.updatedAt - ticket.createdAt <= 60
    let isKnown = ticket.moments != nil || speech.isThreadKnown || isUntouched
    isAnswered = speech.agentSpokeAt > 0 || !isKnown
    needsAnswer =
      (stage == .active || stage == .waiting) && isKnown
      && speech.customerSpokeAt > speech.agentSpokeAt && speech.customerSpokeAt > speech.seenAt
    if case .running(let due, _, _) = Self.clock(
      status: ticket.status, createdAt: ticket.createdAt,
      firstResponseDueAt: ticket.firstResponseDueAt, dueAt: ticket.dueAt, isAnswered: isAnswered),
      !isHidden
    {
      dueKey = due.seconds
    } else {
      dueKey = Self.noDue
    }
  }

  /// The clock that runs for a ticket: until the first answer the one for the first answer, then
  /// the one for the resolution.
  static func clock(
    status: TicketStatus, createdAt: Timestamp, firstResponseDueAt: Timestamp?, dueAt: Timestamp?,
    isAnswered: Bool
  ) -> ServiceClock {
    if status.isDone { return .stopped }
    if status.pausesClock { return .paused }
    if !isAnswered, let firstResponseDueAt {
      return .running(dueAt: firstResponseDueAt, startedAt: createdAt, isFirstResponse: true)
    }
    if let dueAt { return .running(dueAt: dueAt, startedAt: createdAt, isFirstResponse: false) }
    return .none
  }
}
