public import ConsoleModel
public import Helpdesk
public import Terminal

/// Words that are being written, tied to one ticket and one kind from the first key on.
public struct Composer: Equatable, Sendable {
  public let ticketID: TicketID
  public let kind: DraftKind
  public let subject: String
  public let requesterName: String
  /// Where a reply goes; empty where it is not known.
  public let requesterEmail: String
  public internal(set) var editor: TextEditor
  public internal(set) var ccEmails: [String]
  public internal(set) var bccEmails: [String]
  public internal(set) var attachments: [OutgoingFile]
  public internal(set) var thenStatus: TicketStatus?
  /// The newest conversation that was in the thread when the draft began.
  public internal(set) var seenConversationID: ConversationID?
  /// The pane that the writing began in, which has the keys again afterwards.
  var origin = Pane.thread
  /// Counts edits, so that an answer to an older save is not taken for the newest.
  var revision = 0
  var savedRevision = 0
  /// Since when there are words that are not on disk.
  public internal(set) var dirtySince: Moment?
  public internal(set) var savedAt: Timestamp?
  /// The state on disk that the words were written in; nil before the first save.
  var reference: DraftReference?
  /// Whether they are kept next to another draft that is the ticket's.
  public internal(set) var isParked = false
  /// What another window has to do with this draft; shown as long as the editor is open.
  public internal(set) var note: String?
  /// Why the newest words are not on disk; nil when the last save succeeded.
  public internal(set) var saveProblem: String?
  /// What stands under a new reply, without blanks around it.
  private let signature: String

  /// A new draft, or one that is taken up again. A new reply begins above the signature.
  init(detail: TicketDetail, kind: DraftKind, saved: SavedDraft?, signature: String = "") {
    let draft = saved?.draft
    reference = saved?.reference
    isParked = saved?.isParked ?? false
    ticketID = detail.ticket.id
    self.kind = kind
    subject = detail.ticket.subject
    requesterName =
      detail.requester?.name ?? detail.ticket.requester?.name ?? detail.row.requesterName
    let recipients = ReplyRecipients(for: detail)
    requesterEmail = recipients.to ?? ""
    self.signature = kind.isPublic ? signature.trimmed : ""
    if let draft {
      editor = TextEditor(draft.text)
    } else {
      editor = TextEditor(
        self.signature.isEmpty ? "" : "\n\n" + self.signature, cursorAtEnd: false)
    }
    ccEmails = draft?.ccEmails ?? (kind.isPublic ? recipients.cc : [])
    bccEmails = draft?.bccEmails ?? []
    attachments = draft?.attachments ?? []
    thenStatus = draft?.thenStatus
    seenConversationID =
      draft == nil ? detail.entries.compactMap(\.id).max() : draft?.seenConversationID
    savedAt = draft?.updatedAt
  }

  /// The words as they are kept on disk.
  func draft(at moment: Timestamp) -> Draft {
    Draft(
      ticketID: ticketID, kind: kind, text: editor.text, ccEmails: ccEmails,
      bccEmails: bccEmails, attachments: attachments, thenStatus: thenStatus,
      seenConversationID: seenConversationID, updatedAt: moment)
  }

  /// Notes an edit.
  mutating func touch(_ now: Moment) {
    revision += 1
    if dirtySince == nil { dirtySince = now }
  }

  /// Whether there is more than the signature.
  var hasWords: Bool {
    let words = editor.text.trimmed
    return !words.isEmpty && words != signature
  }

  /// Whether there is nothing worth keeping: no words and no files.
  var isEmpty: Bool { !hasWords && attachments.isEmpty }

  /// What a file for `$EDITOR` is made of.
  var original: ReplyFile.Original {
    ReplyFile.Original(
      ticketID: ticketID, kind: kind, subject: subject, toEmail: requesterEmail,
      ccEmails: ccEmails, bccEmails: bccEmails)
  }

  var isSaved: Bool { savedRevision == revision }

  var key: DraftKey { DraftKey(ticketID: ticketID, kind: kind) }
}
