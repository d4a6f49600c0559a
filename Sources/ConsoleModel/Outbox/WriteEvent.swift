/// What can happen to a write.
public enum WriteEvent: String, CaseIterable, Sendable {
  /// A person said yes to exactly these bytes.
  case confirmed
  /// The person threw it away.
  case discarded
  /// The person began to change it, or changed it.
  case edited
  /// The hold window is over.
  case holdEnded
  /// The person took it back.
  case takenBack
  /// The check before sending found that the ticket has moved on.
  case foundStale
  /// A sender takes it, by compare-and-swap.
  case claimed
  /// The helpdesk said yes.
  case accepted
  /// The helpdesk said no; a person has to change something.
  case refused
  /// Nothing was applied, and trying again later is safe: a limit, or no connection was made.
  case postponed
  /// No clear answer: a time-out, a reset, a 5xx, an answer that cannot be read.
  case lostTrack
  /// The process that was sending it is gone.
  case ownerGone
  /// The helpdesk shows it.
  case foundApplied
  /// The last look did not find it.
  case notFound
  /// After `postponed` it goes back to the queue by itself, to wait as long as it was asked to.
  case waitBegan
  /// The person asks for another try of the same bytes.
  case retried
  /// The person asks for another look.
  case lookedAgain
  /// The person wants it sent a second time.
  case sentAgain
  /// A read shows that a repeatable write was not applied.
  case foundMissing
  /// The person gives up on an unclear outcome.
  case gaveUp
}

/// What has to be true for a move, as the journal and the sender know it.
public enum WriteFact: String, CaseIterable, Sendable {
  /// The digest over what would be sent equals the one that the person confirmed.
  case digestMatches
  case holdIsOver
  /// This process holds the sender's lock of the journal.
  case isSender
  /// Neither the stop switch nor read-only mode stands against sending.
  case mayWrite
  /// The write belongs to the account of the connection.
  case isRightAccount
  /// Earlier writes of the ticket are out of the way, and what it depends on is sent.
  case isItsTurn
  /// It may return to the queue by itself once more.
  case mayReturn
  /// Doing it twice leaves the same as doing it once.
  case isRepeatable
}

/// What a move obliges the caller to do, in this order.
public enum WriteStep: String, CaseIterable, Sendable {
  /// The move itself is on disk, with fsync. Always comes first.
  case record
  case keepOldRevision
  case voidConfirmation
  case storeConfirmation
  case startHold
  /// The text comes back as the draft of its ticket.
  case restoreDraft
  /// Writes that wait for this one are taken back as well.
  case takeBackFollowers
  case releaseFollowers
  /// The intent is in the audit log; without it nothing is sent.
  case logIntent
  case send
  case logOutcome
  case storeRemoteID
  case refetchTicket
  case scheduleLooks
  /// A person has to decide.
  case askPerson
  /// A new write with the same content, linked to this one, waits for its own confirmation.
  case proposeRepeat
  case markNotFound
  case markGivenUp
}
