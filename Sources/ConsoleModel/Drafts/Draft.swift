import Helpdesk

/// What a draft is meant to become. Private and public are different kinds from the first word on.
public enum DraftKind: String, Sendable, CaseIterable {
  case reply
  case privateNote = "private_note"

  public var isPublic: Bool { self == .reply }
}

/// Words that a person is writing, kept on disk per ticket and kind.
public struct Draft: Equatable, Sendable {
  public var ticketID: TicketID
  public var kind: DraftKind
  public var text: String
  public var ccEmails: [String]
  public var bccEmails: [String]
  public var attachments: [OutgoingFile]
  /// A status to be set once the words have been sent.
  public var thenStatus: TicketStatus?
  /// The newest conversation that the writer had seen when the draft began.
  public var seenConversationID: ConversationID?
  public var updatedAt: Timestamp

  public init(
    ticketID: TicketID, kind: DraftKind, text: String = "", ccEmails: [String] = [],
    bccEmails: [String] = [], attachments: [OutgoingFile] = [],
    thenStatus: TicketStatus? = nil, seenConversationID: ConversationID? = nil,
    updatedAt: Timestamp
  ) {
    self.ticketID = ticketID
    self.kind = kind
    self.text = text
    self.ccEmails = ccEmails
    self.bccEmails = bccEmails
    self.attachments = attachments
    self.thenStatus = thenStatus
    self.seenConversationID = seenConversationID
    self.updatedAt = updatedAt
  }
}
