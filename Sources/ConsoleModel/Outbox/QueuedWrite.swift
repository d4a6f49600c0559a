import Helpdesk

/// The journal's number of a write.
public struct WriteID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let rawValue: Int64
  public init(_ rawValue: Int64) { self.rawValue = rawValue }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  public var description: String { String(rawValue) }
}

/// The number that holds the writes of one bulk action together.
public struct BatchID: Hashable, Sendable, CustomStringConvertible {
  public let rawValue: Int64
  public init(_ rawValue: Int64) { self.rawValue = rawValue }
  public var description: String { String(rawValue) }
}

/// What a write will do. Three types that never turn into one another.
public enum WritePayload: Equatable, Sendable {
  case reply(ReplyContent)
  case privateNote(NoteContent)
  case update(UpdateContent)

  /// The word of the JSON output: `reply`, `private_note`, `update`.
  public var kind: String {
    switch self {
    case .reply: "reply"
    case .privateNote: "private_note"
    case .update: "update"
    }
  }
}

/// A reply as it was confirmed: the text that was shown and the HTML that is sent.
public struct ReplyContent: Equatable, Sendable {
  /// The requester's address as shown in the review; the helpdesk itself always mails the requester.
  public var toEmail: String
  public var ccEmails: [String]
  public var bccEmails: [String]
  public var subject: String
  public var text: String
  public var html: String
  public var attachments: [OutgoingFile]
  /// Side change: queued as a write of its own once the reply is sent.
  public var thenStatus: TicketStatus?
  /// The newest conversation the writer had seen; anything newer that is not the writer's own stops
  /// the reply.
  public var seenConversationID: ConversationID?
  /// The status that the writer saw; nil where a later change of it does not matter.
  public var seenStatus: TicketStatus?

  public init(
    toEmail: String, ccEmails: [String] = [], bccEmails: [String] = [], subject: String,
    text: String, html: String, attachments: [OutgoingFile] = [],
    thenStatus: TicketStatus? = nil, seenConversationID: ConversationID? = nil,
    seenStatus: TicketStatus? = nil
  ) {
    self.toEmail = toEmail
    self.ccEmails = ccEmails
    self.bccEmails = bccEmails
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    self.thenStatus = thenStatus
    self.seenConversationID = seenConversationID
    self.seenStatus = seenStatus
  }
}

/// A private note as it was confirmed.
public struct NoteContent: Equatable, Sendable {
  public var subject: String
  public var text: String
  public var html: String
  public var attachments: [OutgoingFile]
  public var thenStatus: TicketStatus?
  /// The newest conversation that was shown when the note was stopped and sent all the same.
  public var seenConversationID: ConversationID?

  public init(
    subject: String, text: String, html: String, attachments: [OutgoingFile] = [],
    thenStatus: TicketStatus? = nil, seenConversationID: ConversationID? = nil
  ) {
    self.subject = subject
    self.text = text
    self.html = html
    self.attachments = attachments
    self.thenStatus = thenStatus
    self.seenConversationID = seenConversationID
  }
}

/// A change of fields, with the values that the person saw: the check before sending and the undo
/// afterwards both need them.
public struct UpdateContent: Equatable, Sendable {
  public var subject: String
  public var change: TicketChange
  /// The same fields as `change`, with the values before it.
  public var before: TicketChange
  /// The write that this one takes back.
  public var undoes: WriteID?
  /// For a change that mails the customer: the newest conversation that the person had seen.
  public var seenConversationID: ConversationID?

  public init(
    subject: String, change: TicketChange, before: TicketChange, undoes: WriteID? = nil,
    seenConversationID: ConversationID? = nil
  ) {
    self.subject = subject
    self.change = change
    self.before = before
    self.undoes = undoes
    self.seenConversationID = seenConversationID
  }
}

/// One write as the outbox shows it.
public struct QueuedWrite: Equatable, Sendable {
  public var id: WriteID
  public var batch: BatchID?
  public var ticketID: TicketID
  public var payload: WritePayload
  public var state: WriteState
  /// Counts edits; a confirmation is for one revision only.
  public var revision: Int
  public var attempts: Int
  public var createdAt: Timestamp
  public var updatedAt: Timestamp
  /// Until when it is held for undo; nil when the hold is over or never was.
  public var holdUntil: Timestamp?
  /// Not before this moment: a limit or a broken line asks to wait.
  public var notBefore: Timestamp?
  public var remoteID: Int64?
  /// One clause for people, from `HelpdeskError.explanation` or the check that stopped it.
  public var problem: String?
  /// Why it waits, while `queued`.
  public var waitingFor: WaitingReason?
  /// The write that this one repeats after an unknown outcome: it may arrive twice, and says so.
  public var repeats: WriteID?
  /// Looks for an unknown write in the thread that are still to come; 0 means "not found".
  public var looksLeft: Int
  /// The account it was written in; it leaves only over a connection of that account.
  public var account: String
  /// An unclear outcome that the person has given up on; the state stays what it is.
  public var isGivenUp: Bool
  /// It waits until that write is sent: a status that is set after a reply.
  public var follows: WriteID?
  /// The opposite change that took this one back.
  public var undoneBy: WriteID?
  /// What stopped it, entry by entry or field by field, while `conflicted`.
  public var conflict: WriteConflict?

  public enum WaitingReason: String, Sendable {
    case offline
    case limit
    /// Another write of the ticket goes first.
    case turn
    /// The helpdesk fails at the moment, or refuses the key.
    case helpdesk
    /// The stop switch is on.
    case stopped
    /// Read-only mode: nobody here can send.
    case readOnly = "read_only"
  }

  public init(
    id: WriteID, batch: BatchID? = nil, ticketID: TicketID, payload: WritePayload,
    state: WriteState, revision: Int = 1, attempts: Int = 0, createdAt: Timestamp,
    updatedAt: Timestamp, holdUntil: Timestamp? = nil, notBefore: Timestamp? = nil,
    remoteID: Int64? = nil, problem: String? = nil, waitingFor: WaitingReason? = nil,
    repeats: WriteID? = nil, looksLeft: Int = 0, account: String = "", isGivenUp: Bool = false,
    follows: WriteID? = nil, undoneBy: WriteID? = nil, conflict: WriteConflict? = nil
  ) {
    self.id = id
    self.batch = batch
    self.ticketID = ticketID
    self.payload = payload
    self.state = state
    self.revision = revision
    self.attempts = attempts
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.holdUntil = holdUntil
    self.notBefore = notBefore
    self.remoteID = remoteID
    self.problem = problem
    self.waitingFor = waitingFor
    self.repeats = repeats
    self.looksLeft = looksLeft
    self.account = account
    self.isGivenUp = isGivenUp
    self.follows = follows
    self.undoneBy = undoneBy
    self.conflict = conflict
  }
}

/// How far a bulk action has come; a query on the journal, so it survives a restart.
public struct BatchProgress: Equatable, Sendable {
  public var batch: BatchID
  public var total: Int
  public var sent: Int
  public var waiting: Int
  public var failed: Int
  public var undone: Int

  public init(batch: BatchID, total: Int, sent: Int, waiting: Int, failed: Int, undone: Int) {
    self.batch = batch
    self.total = total
    self.sent = sent
    self.waiting = waiting
    self.failed = failed
    self.undone = undone
  }
}
