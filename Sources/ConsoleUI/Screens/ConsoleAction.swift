public import ConsoleModel
public import Helpdesk
public import Terminal

/// Something that has happened. Keys, answers and notices all come in through it.
public enum ConsoleAction: Sendable {
  /// The program begins; the first reads are made.
  case started
  case key(Key)
  case mouse(MouseEvent)
  case resized(Size)
  /// The newest frame was handed to the terminal, and behind it this question; without one the frame
  /// counts as shown.
  case painted(question: Int?)
  /// The terminal has answered a question behind a frame, so that it shows it.
  case terminalAnswered(Int)
  /// Time has passed.
  case tick
  case command(CommandID)
  case notice(Notice)

  // Reads
  case queueLoaded(QueueWindow?)
  case countsLoaded(QueueCounts, total: ViewCount?)
  case directoryLoaded(DirectoryContents)
  case outboxLoaded([QueuedWrite], [SavedDraft], BatchProgress?)
  case itemLoaded(OutboxItem?)
  case outcomesRead([QueuedWrite])
  case deskLoaded(DeskStatus)
  case logLoaded([LogLine])
  case detailLoaded(TicketID, TicketDetail?)
  case hitsFound(String, [SearchLine])
  case queryCompleted([QueryCompletion])
  case identifiersFound(MarkPurpose, [TicketID])
  case marksCounted(hidden: Int)
  case changePrepared(ChangeRequest, ChangeMaterial)
  case pickerPrepared([TicketID], isForMarks: Bool, [Ticket])
  case queryParsed(Result<QueueQuery, CallFailure>)
  case queryDescribed(String)
  case tagsFound([String])
  case cannedLoaded([CannedResponse])
  case auditLoaded([AuditRecord], before: Int?, path: String)
  case failuresFound([TicketID])
  case ticketFound(TicketID, QueueRow?, isInView: Bool)

  // Answers
  case ticketRefreshed(TicketID, Result<Void, CallFailure>)
  case groupRead(GroupID, Result<Group, CallFailure>)
  case batchStopped(BatchID, Result<Int, CallFailure>)
  case synced(Result<String, CallFailure>)
  case draftSaved(DraftKey, revision: Int, Result<DraftSave, CallFailure>)
  case draftRemoved(TicketID, Result<Bool, CallFailure>)
  /// Other windows have the same draft open.
  case draftOpenElsewhere(DraftKey, [ProcessIdentity])
  case submitted(SubmissionContext, Result<SubmissionReceipt, CallFailure>)
  case undone(UndoTarget, Result<UndoReceipt, CallFailure>)
  case itemChanged(OutboxChange, Result<String, CallFailure>)
  case auditVerified(Result<AuditLog.Verdict, CallFailure>)
  case stopTurned(Bool, Result<Void, CallFailure>)
  case flushed(Result<String, CallFailure>)
  case edited(TicketID, DraftKind, EditorOutcome)
  case pathsFound(String, [String])
  case fileLooked(path: String, OutgoingFile?)
  case pathProposed([Attachment], TicketID, String)
  case filesSaved([Attachment], TicketID, to: String, Result<String, CallFailure>)
  case fileRead(name: String, of: TicketID, Result<String, CallFailure>)
  case reportWritten(Result<String, CallFailure>)
  case said(String)
}

/// People, labels and views, read together.
public struct DirectoryContents: Equatable, Sendable {
  public var account: AccountInfo
  public var agents: [AgentLoad]
  public var groups: [GroupLoad]
  public var statuses: [StatusChoice]
  public var types: [String]
  public var views: [SavedView]
}

/// What the found tickets are marked for.
public enum MarkPurpose: Equatable, Sendable {
  case add(String)
  case invert
}
