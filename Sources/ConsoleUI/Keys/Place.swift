/// Where a key is pressed. In each place a key means one thing.
public enum Place: String, CaseIterable, Sendable {
  // Main places.
  case queue, thread, sidebar, outbox
  // Further full screens.
  case drafts, views, log, audit, hits, help
  // Writing and asking.
  case editor, review, picker, plan, prompt, number
  // Boxes and lines.
  case menu, palette, command, filter, line, canned, files, reader

  /// The four places in which a key keeps its meaning.
  public static let main: [Place] = [.queue, .thread, .sidebar, .outbox]
  /// Full screens that take the keys of the main places and move like the sidebar.
  public static let pages: [Place] = [.drafts, .views, .log, .audit, .hits, .help]

  /// Whether letters are text here, so that no printable key may be bound.
  public var takesText: Bool {
    switch self {
    case .editor, .picker, .palette, .command, .filter, .line, .canned, .number: true
    default: false
    }
  }

  /// What help calls it.
  public var title: String {
    switch self {
    case .queue: "Queue"
    case .thread: "Thread"
    case .sidebar: "Sidebar"
    case .outbox: "Outbox"
    case .drafts: "Drafts"
    case .views: "List of views"
    case .log: "Sync and log"
    case .audit: "Audit log"
    case .hits: "Search results"
    case .help: "Help"
    case .editor: "Editor"
    case .review: "Review"
    case .picker: "Picker"
    case .plan: "Plan"
    case .prompt: "Question"
    case .number: "Question with a number"
    case .menu: "Menu"
    case .palette: "Palette"
    case .command: "Command line"
    case .filter: "Filter"
    case .line: "Line of text"
    case .canned: "Canned replies"
    case .files: "Files and links"
    case .reader: "Reader"
    }
  }
}
