public import ConsoleModel
public import Helpdesk
public import Terminal

/// Something that is to be done outside the state. Reads are answered before the next key.
public enum Effect: Equatable, Sendable {
  case loadQueue(QueueLoad)
  case loadCounts
  case loadDirectory
  case loadOutbox
  case readOutcomes([WriteID])
  case loadDesk
  case loadLog
  case loadAudit(before: Int?)
  case verifyAudit
  case search(String)
  case findTicket(TicketID)
  case find(MarkPurpose, QueueQuery)
  case countMarks
  case prepareChange(ChangeRequest)
  case preparePicker([TicketID], isForMarks: Bool)
  case parseQuery(String)
  case completeQuery(String)
  case describeQuery(QueueQuery)
  case findTags(String)
  case loadCanned
  case loadDetail(TicketID)
  /// Does a command once the reads before it have been answered.
  case perform(CommandID)
  case findFailures(BatchID)
  case markSeen(TicketID)

  case refreshTicket(TicketID)
  case readGroup(GroupID)
  /// Takes back what of a bulk action has not left.
  case stopBatch(BatchID)
  case syncNow
  case stopWaiting
  case saveDraft(Draft, over: DraftReference?, revision: Int)
  case removeDraft(TicketID, DraftReference)
  /// Says which draft this window has open; nil for none.
  case setOpenDraft(DraftKey?)
  case submit([Submission], SubmissionContext)
  case undo(UndoTarget)
  case change(OutboxChange, WriteID)
  case flush
  case setStopped(Bool)

  case openEditor(String, TicketID, DraftKind)
  /// Deletes a file whose words are on disk elsewhere.
  case removeEdited(String)
  /// Paths that may complete the one that is being typed.
  case findPaths(String)
  case copy(String)
  case openAddress(String)
  case lookAtFile(String)
  case proposePath([Attachment], TicketID)
  case saveFiles([Attachment], TicketID, String)
  case viewFile(Attachment, TicketID)
  case writeReport(name: String, text: String)
  case discardTypeahead
  case suspend
  case redraw
  /// Other colours; nil follows the terminal's background.
  case useTheme(Theme?)
  case quit
}
