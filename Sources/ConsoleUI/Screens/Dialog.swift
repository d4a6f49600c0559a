import ConsoleModel
public import Helpdesk
public import Terminal

/// A box or a line that takes the keys.
public enum Dialog: Equatable, Sendable {
  case review(ReviewState)
  case question(Question)
  case picker(PickerState)
  case plan(PlanState)
  case menu(MenuState)
  case line(LinePrompt)
  case palette(PaletteState)
  case files(FilesState)
  case canned(CannedState)
  case reader(ReaderState)

  /// The place whose keys work in it.
  var place: Place {
    switch self {
    case .review: .review
    case .question(let question): question.number == nil ? .prompt : .number
    case .picker: .picker
    case .plan: .plan
    case .menu: .menu
    case .line(let line): line.purpose.place
    case .palette: .palette
    case .files: .files
    case .canned: .canned
    case .reader: .reader
    }
  }

  /// Since when it has been painted, where that matters; nil for boxes that do no harm.
  var gate: PromptGate? {
    get {
      switch self {
      case .review(let review): review.gate
      case .question(let question): question.gate
      case .plan(let plan): plan.gate
      default: nil
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .review(var review):
        review.gate = newValue
        self = .review(review)
      case .question(var question):
        question.gate = newValue
        self = .question(question)
      case .plan(var plan):
        plan.gate = newValue
        self = .plan(plan)
      default: break
      }
    }
  }
}

/// What `y` does in a question.
public enum ConfirmedAction: Equatable, Sendable {
  case submit([Submission], SubmissionContext)
  case change(OutboxChange, WriteID)
  case discard([WriteID])
  case removeDraft(TicketID, DraftReference)
  /// Leaves the editor with words that could not be saved.
  case dropWords
  case letSendingGoOn
  case quit
  /// Ends the program with words that could not be saved.
  case quitWithoutWords
}

/// A yes/no question that says in words what `y` will do. `Enter` does nothing.
public struct Question: Equatable, Sendable {
  public internal(set) var title: String
  public internal(set) var lines: [TextRun]
  /// "y resolve": what `y` does.
  public internal(set) var yes: String
  public internal(set) var action: ConfirmedAction
  /// Whether customers may notice.
  var isDangerous = false
  /// The number that has to be typed first, and what has been typed.
  public internal(set) var number: NumberEntry?
  public internal(set) var gate = PromptGate()
}

/// A number that has to be typed before `y` counts.
public struct NumberEntry: Equatable, Sendable {
  public internal(set) var wanted: Int
  public internal(set) var field = TextField()

  var isRight: Bool { Int(field.text.trimmed) == wanted }
}

/// Whom to give tickets to.
public struct PickerState: Equatable, Sendable {
  /// The tickets, fixed when it was opened.
  var tickets: [TicketID]
  var isForMarks: Bool
  var field = TextField()
  var showsGroups = false
  var cursor = 0
  /// Facts about the tickets for the box: without an agent, open, with a draft.
  var facts: [String] = []
}

/// One ticket of a plan with the change it gets.
public struct PlannedUpdate: Equatable, Sendable {
  public var ticketID: TicketID
  public var content: UpdateContent
}

/// A bulk change before anything is written.
public struct PlanState: Equatable, Sendable {
  public internal(set) var request: ChangeRequest
  public internal(set) var updates: [PlannedUpdate]
  /// "Maria Keller": new values by ticket, for round-robin; old values for the list.
  var lines: [PlanLine]
  /// Tickets that are left out, with the reason.
  var skipped: [String]
  var hiddenCount: Int
  var draftTickets: [TicketID]
  var forecast: Forecast
  var cursor = 0
  public internal(set) var number: NumberEntry?
  public internal(set) var gate = PromptGate()
}

/// One kind of change in a plan: old value, new value, the number of tickets.
struct PlanLine: Equatable, Sendable {
  var field: String
  var old: String
  var new: String
  var count: Int

  /// Whether it is the same change of the same field, however many tickets get it.
  func isSame(as other: Self) -> Bool {
    field == other.field && old == other.old && new == other.new
  }
}

/// What a menu offers.
public enum MenuChoice: Hashable, Sendable {
  case status(TicketStatus, String)
  case noStatus
  case priority(TicketPriority)
  case type(String?)
  case sort(QueueSort.Key)
  /// The place of the macro in the settings.
  case macro(Int)
}

/// A menu over the pane.
public struct MenuState: Equatable, Sendable {
  enum Purpose: Equatable, Sendable {
    case change
    case sort
    case reviewStatus
  }

  var title: String
  var purpose: Purpose
  var tickets: [TicketID]
  var isForMarks: Bool
  var menu: Menu<MenuChoice>
}

/// Files and links of a thread.
public struct FilesState: Equatable, Sendable {
  struct Item: Equatable, Sendable {
    var title: String
    var address: String?
    /// Nil for a link.
    var file: Attachment?
  }

  var ticket: TicketID
  var items: [Item]
  var viewport = ListViewport()
}

/// Canned replies with a search box.
public struct CannedState: Equatable, Sendable {
  var all: [CannedResponse]
  var field = TextField()
  var cursor = 0

  var matches: [CannedResponse] {
    let words = field.text.lowercased().split(separator: " ")
    return all.filter { canned in
      let text = (canned.title + " " + canned.folder + " " + canned.text).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}

/// A text to be read in a box: the whole reply, what is new in the thread.
public struct ReaderState: Equatable, Sendable {
  var title: String
  var lines: [TextRun]
  var scroll = ScrollPosition()
  /// Whether reading it to the end counts for the review below it.
  var isReviewText = false
}

/// All commands, searched by letters.
public struct PaletteState: Equatable, Sendable {
  var field = TextField()
  var cursor = 0
  /// The place it was opened from.
  var origin: Place
}
