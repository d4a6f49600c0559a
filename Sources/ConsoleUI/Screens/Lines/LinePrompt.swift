public import Helpdesk
public import Terminal

/// A line of text typed in the last row but one.
public struct LinePrompt: Equatable, Sendable {
  /// What becomes of the text.
  public enum Purpose: Equatable, Sendable {
    case filter
    case searchText
    case searchAll
    case number
    case pattern
    case query
    case attach
    case saveFiles([Attachment], TicketID)
    case recipients
    case tags([TicketID], isForMarks: Bool)
    case command

    var place: Place {
      switch self {
      case .filter: .filter
      case .command: .command
      default: .line
      }
    }

    /// Which earlier texts Up brings back; nil for lines without any.
    var history: LineHistory? {
      switch self {
      case .searchText: .searchText
      case .searchAll: .searchAll
      case .number: .number
      case .pattern: .pattern
      case .query: .query
      case .tags: .tags
      case .filter, .attach, .saveFiles, .recipients, .command: nil
      }
    }

    /// Whether a path is typed, which Tab completes.
    var isPath: Bool {
      switch self {
      case .attach, .saveFiles: true
      case .filter, .searchText, .searchAll, .number, .pattern, .query, .recipients, .tags,
        .command:
        false
      }
    }

    /// What stands before the text.
    var label: String {
      switch self {
      case .filter: "/"
      case .searchText: "/"
      case .searchAll: "search all: "
      case .number: "#"
      case .pattern: "mark: "
      case .query: "query: "
      case .attach: "attach file: "
      case .saveFiles(let files, _): files.count == 1 ? "save to: " : "save all in: "
      case .recipients: "cc: "
      case .tags: "tags: "
      case .command: ":"
      }
    }

    var hint: String {
      switch self {
      case .filter: "type to filter   Enter keep   Esc clear"
      case .searchText: "type to search this text   Enter find   Esc back"
      case .searchAll: "customer, address, phone, or words in subjects and threads   Enter search"
      case .number: "ticket number   Enter open   Esc back"
      case .pattern: "words in subject or requester   Enter mark   Esc back"
      case .query: "the query of this view   Tab complete   Enter show   Esc back"
      case .saveFiles: "a new file, or a folder   Tab complete   Enter save   Esc back"
      case .attach: "path of a file   Tab complete   Enter attach   Esc back"
      case .recipients: "addresses of Cc, then bcc: and those of Bcc   Enter set   Esc back"
      case .tags: "+tag adds, -tag removes   Tab complete   Enter apply   Esc back"
      case .command: "Tab complete   Enter run   Esc back"
      }
    }
  }

  public internal(set) var purpose: Purpose
  public internal(set) var field: TextField
  /// What the text may become, best first.
  var suggestions: [Suggestion] = []
  /// The one chosen with the arrows.
  var cursor: Int?
  var problem: String?
  /// Which earlier text Up has brought, and what had been typed before.
  var recalled: Int?
  var typed = ""

  init(_ purpose: Purpose, text: String = "") {
    self.purpose = purpose
    field = TextField(text)
  }
}

/// Lines whose earlier texts come back with Up.
enum LineHistory: Hashable, Sendable {
  case searchText, searchAll, number, pattern, query, tags
}

/// A completion with a word on it.
struct Suggestion: Equatable, Sendable {
  /// The whole text after taking it.
  var text: String
  var detail: String
}
