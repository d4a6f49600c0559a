import ConsoleModel
public import Helpdesk

/// A public reply under review.
public struct ReplyReview: Equatable, Sendable {
  public var toEmail: String
  public var ccEmails: [String]
  public var bccEmails: [String]
  public var text: String
  public var attachments: [OutgoingFile]
  public var thenStatus: TicketStatus?
  public var seenConversationID: ConversationID?
}

/// A private note under review. It has no recipients.
public struct NoteReview: Equatable, Sendable {
  public var text: String
  public var attachments: [OutgoingFile]
  public var thenStatus: TicketStatus?
}

/// What is reviewed: one of two types, from which two kinds of write are made.
public enum ReviewedMessage: Equatable, Sendable {
  case reply(ReplyReview)
  case privateNote(NoteReview)

  var text: String {
    switch self {
    case .reply(let reply): reply.text
    case .privateNote(let note): note.text
    }
  }

  var attachments: [OutgoingFile] {
    get {
      switch self {
      case .reply(let reply): reply.attachments
      case .privateNote(let note): note.attachments
      }
    }
    set {
      switch self {
      case .reply(var reply):
        reply.attachments = newValue
        self = .reply(reply)
      case .privateNote(var note):
        note.attachments = newValue
        self = .privateNote(note)
      }
    }
  }

  var thenStatus: TicketStatus? {
    get {
      switch self {
      case .reply(let reply): reply.thenStatus
      case .privateNote(let note): note.thenStatus
      }
    }
    set {
      switch self {
      case .reply(var reply):
        reply.thenStatus = newValue
        self = .reply(reply)
      case .privateNote(var note):
        note.thenStatus = newValue
        self = .privateNote(note)
      }
    }
  }

  var kind: DraftKind {
    switch self {
    case .reply: .reply
    case .privateNote: .privateNote
    }
  }
}

/// The only place from which words leave: who receives them, every side change, what is new.
public struct ReviewState: Equatable, Sendable {
  public internal(set) var ticketID: TicketID
  public internal(set) var subject: String
  public internal(set) var requesterName: String
  public internal(set) var status: TicketStatus
  public internal(set) var message: ReviewedMessage
  /// The draft that the words come from, which is gone once they are queued.
  var draftKind: DraftKind
  /// The state of it that the words were in as the review opened.
  var draft: DraftReference?
  /// Entries that came in since the draft began, oldest first.
  var newEntries: [ThreadEntry]
  /// Replies of the user's own that came into the thread since the draft began.
  var ownNewReplies: [ThreadEntry] = []
  /// Addresses that have been part of the thread.
  var knownAddresses: Set<String>
  /// Addresses that an earlier reply of this ticket has gone to; nil before the first reply.
  var answeredAddresses: Set<String>?
  /// Domains of the house, the requester, the company and the thread.
  var knownDomains: Set<String> = []
  /// Whether the words were on the screen to their end, or came out of an editor.
  var isRead = true
  /// Whether another draft of this ticket exists.
  var hasOtherDraft = false
  public internal(set) var gate = PromptGate()
}
