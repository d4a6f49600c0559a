public import ConsoleModel
public import Helpdesk
public import Terminal

/// The full screens.
public enum Screen: String, CaseIterable, Sendable {
  /// Queue, thread and sidebar.
  case desk
  case outbox
  case drafts
  case views
  case log
  case audit
  case hits
  case help
}

/// Words in the status line until the next key.
public struct StatusMessage: Equatable, Sendable {
  public var text: String
  public var role: Role
  /// When it is no longer true; nil keeps it until the next key.
  public var until: Moment?
}

/// Everything the screen is made of. A value: keys and answers change it, frames are made of it.
public struct ConsoleState: Sendable {
  // Around it
  public internal(set) var size: Size
  public internal(set) var now: Moment
  let time: LocalTime
  public internal(set) var settings: ConsoleSettings
  let keys: KeyTable

  // Known
  public internal(set) var directory: DirectoryContents
  var directoryReadAt = Moment(milliseconds: 0)
  public internal(set) var desk = DeskStatus()
  public internal(set) var counts = QueueCounts()
  var log: [LogLine] = []

  // Where the user is
  /// Whether a key was pressed since the start: before that nothing on screen is the user's choice.
  var hasPressedKey = false
  public internal(set) var screen = Screen.desk
  public internal(set) var focus = Pane.queue
  var showsSidebar: Bool?
  var showsPreview = true
  var paneSize = PaneSize.normal
  public internal(set) var layout: ScreenLayout
  public internal(set) var dialogs: [Dialog] = []
  /// The beginning of a longer key.
  public internal(set) var pendingKeys: [Key] = []
  public internal(set) var message: StatusMessage?
  /// The pages that were entered, the innermost one last.
  var visits: [Visit] = []
  /// What `-` changes to.
  var alternate: AlternatePlace?

  // The screens
  public internal(set) var queue: QueueState
  public internal(set) var thread = ThreadState()
  var sidebar = ListViewport()
  public internal(set) var outbox = OutboxState()
  public internal(set) var drafts = DraftsState()
  public internal(set) var audit = AuditState()
  var page = PageState()
  /// Where help was opened.
  var helpPlace = Place.queue
  public internal(set) var composer: Composer?
  /// Whether an item of the outbox that returns to its draft is reviewed as a private note.
  var pendingReview: PendingReview?

  /// Drafts whose saving is under way.
  var savesUnderWay: Set<DraftKey> = []
  /// The newest words of drafts that wait for the save before them.
  var waitingSaves: [DraftKey: WaitingSave] = [:]
  /// Words of closed editors that are not on disk; kept until they are. Their `saveProblem` says why
  /// the last save failed; nil while the first one is under way.
  var leaving: [DraftKey: Composer] = [:]
  /// Files from `$EDITOR` whose words are not on disk as a draft yet.
  var editedFiles: [EditedWords] = []
  /// The draft that this window has said it has open.
  var announcedDraft: DraftKey?
  /// What is to be submitted once the draft's save has been answered, so that no save comes after.
  var waitingSubmissions: [DraftKey: [Effect]] = [:]
  /// The words that are being submitted, until the journal has them.
  var unsent: [DraftKey: Composer] = [:]

  /// What the start found; until the first key.
  var startNotice: StartNotice?
  /// The held write that the notice named as the key was pressed.
  var offeredUndo: WriteID?

  // What was done
  var undoTrail = UndoTrail()
  var lastAction: RepeatableAction?
  /// What was typed into lines, oldest first.
  var lineHistory: [LineHistory: [String]] = [:]
  public internal(set) var batch: BatchProgress?
  /// When the bulk action was first seen, and how much of it was done then.
  var batchStart: BatchStart?
  var helpShowsAll = false
  var watchedBatch: BatchID?
  public internal(set) var isQuitting = false

  public init(
    size: Size, now: Moment, time: LocalTime = .utc,
    settings: ConsoleSettings = ConsoleSettings(), keys: KeyTable = KeyTable()
  ) {
    self.size = size
    self.now = now
    self.time = time
    self.settings = settings
    self.keys = keys
    directory = DirectoryContents(
      account: AccountInfo(name: ""), agents: [], groups: [], statuses: [], types: [],
      views: [])
    queue = QueueState(query: QueueQuery(), viewIndex: nil, name: "")
    layout = ScreenLayout(size: size)
  }

  /// The place whose keys work now.
  public var place: Place {
    if let dialog = dialogs.last { return dialog.place }
    if composer != nil, screen == .desk { return .editor }
    switch screen {
    case .desk:
      switch focus {
      case .queue: return .queue
      case .thread: return .thread
      case .sidebar: return .sidebar
      }
    case .outbox: return .outbox
    case .drafts: return .drafts
    case .views: return .views
    case .log: return .log
    case .audit: return .audit
    case .hits: return .hits
    case .help: return .help
    }
  }

  /// The ticket that a single action would mean: under the cursor, or the open one.
  public var currentTicket: TicketID? {
    switch screen {
    case .desk: focus == .queue ? queue.current?.id : thread.ticketID
    case .outbox: outbox.current?.ticketID
    case .drafts: drafts.current?.draft.ticketID
    default: nil
    }
  }

  /// The tickets that an action hits: the marks with the focus in the queue, else the current one.
  var targets: (ids: [TicketID], areMarks: Bool) {
    if screen == .desk, focus == .queue, !queue.marks.isEmpty {
      return (queue.marks.sorted(by: >), true)
    }
    return (currentTicket.map { [$0] } ?? [], false)
  }

  var me: Agent? { directory.account.me }

  /// Words for the status line, until the next key or until they are no longer true.
  mutating func say(_ text: String, _ role: Role = .statusBar, until: Moment? = nil) {
    message = StatusMessage(text: text, role: role, until: until)
  }

  /// The key of a command for words on the screen: the one in force in a place.
  func shown(_ id: CommandID, in place: Place = .queue) -> String {
    keys.shownKey(id, in: place) ?? keys.record(id)?.name.map { ":" + $0 } ?? id.rawValue
  }

  func statusLabel(_ status: TicketStatus) -> String {
    directory.statuses.first { $0.status == status }?.label ?? status.defaultLabel
  }

  func agentName(_ id: AgentID?) -> String {
    guard let id else { return "--" }
    return directory.agents.first { $0.agent.id == id }?.agent.name
      ?? (me?.id == id ? me?.name : nil) ?? "agent \(id)"
  }
}

/// What `.` does again: a change with its value, or a command.
enum RepeatableAction: Equatable, Sendable {
  case command(CommandID)
  case change(FieldChange, movesOn: Bool, isTaking: Bool)
}

/// One draft per ticket and kind.
public struct DraftKey: Hashable, Sendable {
  public var ticketID: TicketID
  public var kind: DraftKind

  public init(ticketID: TicketID, kind: DraftKind) {
    self.ticketID = ticketID
    self.kind = kind
  }
}

/// A file from `$EDITOR`, until the edit that its words are is saved.
struct EditedWords: Sendable {
  var path: String
  var key: DraftKey
  var revision: Int
}

/// A save that waits for the one before it.
struct WaitingSave: Sendable {
  var draft: Draft
  /// The state that its words were written in, should the save before it fail.
  var over: DraftReference?
  var revision: Int
}

/// What is to happen once an item has returned to its draft.
enum PendingReview: Equatable, Sendable {
  case edit(TicketID, DraftKind)
  /// One draft, a parked one too, by its number.
  case resume(TicketID, Int64)
  case asPrivateNote(TicketID)
  /// A reply that a macro begins, with the status to set with it.
  case macro(TicketID, String, TicketStatus?)

  var ticketID: TicketID {
    switch self {
    case .edit(let id, _), .resume(let id, _), .asPrivateNote(let id), .macro(let id, _, _): id
    }
  }
}
