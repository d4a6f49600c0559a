/// Every action that a key, the palette or the command line can ask for. The raw value is its name in
/// tables and key files.
public enum CommandID: String, CaseIterable, Sendable {
  // Moving.
  case rowDown = "row-down"
  case rowUp = "row-up"
  case first, last
  case halfDown = "half-page-down"
  case halfUp = "half-page-up"
  case pageDown = "page-down"
  case pageUp = "page-up"
  case goIn = "go-in"
  case goOut = "go-out"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case open
  case leave
  case quitLevel = "quit-level"
  case quit
  case nextTicket = "next-ticket"
  case previousTicket = "previous-ticket"
  case nextNeedsAnswer = "next-needs-answer"
  case previousNeedsAnswer = "previous-needs-answer"
  case previousView = "previous-view"
  case nextView = "next-view"
  case view1 = "view-1"
  case view2 = "view-2"
  case view3 = "view-3"
  case view4 = "view-4"
  case view5 = "view-5"
  case view6 = "view-6"
  case view7 = "view-7"
  case view8 = "view-8"
  case view9 = "view-9"
  case goBack = "go-back"
  case goToNumber = "go-to-number"
  // Finding.
  case filter
  case searchText = "search-text"
  case editQuery = "edit-query"
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case searchAll = "search-all"
  // Marks.
  case markAndDown = "mark-and-down"
  case mark
  case markRange = "mark-range"
  case markAll = "mark-all"
  case markNone = "mark-none"
  case markInverse = "mark-inverse"
  case markPattern = "mark-pattern"
  case markUnassigned = "mark-unassigned"
  case markOverdue = "mark-overdue"
  case markAgain = "mark-again"
  // Words.
  case reply, note, forward
  case publicNote = "public-note"
  // Fields.
  case assign, take, status, resolve, close, priority, tags, type
  case edit, macro, merge, create, watch, snooze, timer
  case undo, redo
  case repeatLast = "repeat"
  // Outside.
  case copyNumber = "copy-number"
  case copyAddress = "copy-url"
  case openBrowser = "open-in-browser"
  case files
  case pipe, shell
  // Showing.
  case headers
  case foldMessage = "fold-message"
  case foldAll = "fold-all"
  case unfoldAll = "unfold-all"
  case quotes, notes
  case sidebar, preview
  case larger, smaller
  case sort
  case refresh, redraw, suspend, theme
  case stopWaiting = "stop-waiting"
  case stopSending = "stop-sending"
  // Screens.
  case goOutbox = "outbox"
  case goDrafts = "drafts"
  case goQueue = "queue"
  case goViews = "views"
  case goContact = "contact"
  case goCompany = "company"
  case goActivity = "activity"
  case goLog = "log"
  case goAudit = "audit"
  case goNumbers = "numbers"
  case palette
  case commandLine = "command-line"
  case help, legend
  // Outbox and drafts.
  case flush
  case itemRetry = "item-retry"
  case itemSend = "item-send"
  case itemEdit = "item-edit"
  case itemPrivate = "item-as-private-note"
  case itemDiscard = "item-discard"
  case itemOpenTicket = "item-open-ticket"
  case itemMark = "item-mark"
  // Editor.
  case editorReview = "editor-review"
  case editorCanned = "editor-canned"
  case editorExternal = "editor-external"
  case editorRecipients = "editor-recipients"
  case editorThreadUp = "editor-thread-up"
  case editorThreadDown = "editor-thread-down"
  case editorLeave = "editor-leave"
  // Review.
  case reviewSend = "review-send"
  case reviewEdit = "review-edit"
  case reviewView = "review-view"
  case reviewNews = "review-news"
  case reviewStatus = "review-status"
  case reviewAttach = "review-attach"
  case reviewDetach = "review-detach"
  case reviewCanned = "review-canned"
  case reviewPrivate = "review-private"
  case reviewKeep = "review-keep"
  case reviewBack = "review-back"
  // Picker and plan.
  case pickUp = "pick-up"
  case pickDown = "pick-down"
  case pickKind = "pick-kind"
  case pickRoundRobin = "pick-round-robin"
  case pickNote = "pick-note"
  case pickPlan = "pick-plan"
  case pickCancel = "pick-cancel"
  case planApply = "plan-apply"
  case planEdit = "plan-edit"
  case planDrop = "plan-drop"
  case planReport = "plan-report"
  case planDown = "plan-down"
  case planUp = "plan-up"
  case planBack = "plan-back"
  // Files of a thread.
  case fileSave = "file-save"
  case fileSaveAll = "file-save-all"
  case fileView = "file-view"
  case fileCopy = "file-copy"
  case fileOpen = "file-open"
  // Questions, menus and lines of text.
  case yes, no
  case choose, cancel
  case complete
  case chooseNext = "choose-next"
  case choosePrevious = "choose-previous"
}

extension CommandID {
  /// The commands of the saved views, first one first.
  static let viewCommands: [CommandID] = [
    .view1, .view2, .view3, .view4, .view5, .view6, .view7, .view8, .view9,
  ]
}
