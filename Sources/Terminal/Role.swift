/// What a cell is for; colours and attributes follow from it in one place (`Theme`).
public enum Role: UInt8, CaseIterable, Sendable {
  case normal
  case dim
  case strong
  case heading
  case columnHeading
  case selected
  case selectedInactive
  case marked
  case tab
  case tabActive
  case overdue
  case dueSoon
  case newWords
  case unread
  case draft
  case urgent
  case highPriority
  case closed
  case privateNote
  case privateNoteBar
  case customerWords
  case agentWords
  case systemWords
  case quote
  case signature
  case link
  case code
  case attachment
  case matchedText
  case keyHint
  case keyHintText
  case statusBar
  case statusBarStrong
  case success
  case warning
  case error
  case danger
  case border
  case borderActive
  case box
  case boxTitle
  case boxStrong
  case field
  case fieldText
  case menuItem
  case menuItemSelected
  case disabled
  case gauge
  case spinner

  /// How the role looks without any colour; a role that must stand out has an attribute here.
  public var attributes: Attributes {
    switch self {
    case .normal, .customerWords, .agentWords, .box, .menuItem, .keyHintText, .border,
      .attachment, .success, .gauge, .spinner, .fieldText:
      []
    case .strong, .heading, .marked, .newWords, .unread, .urgent, .highPriority, .keyHint,
      .warning, .boxTitle, .boxStrong, .privateNoteBar, .borderActive:
      .bold
    case .privateNote, .dueSoon, .draft: []
    case .overdue, .error: .bold
    case .dim, .closed, .systemWords, .quote, .signature, .disabled, .code: .dim
    case .columnHeading, .link, .field: .underline
    case .selected, .tabActive, .menuItemSelected, .danger: [.bold, .reverse]
    case .selectedInactive: [.bold, .underline]
    case .statusBar: .reverse
    case .statusBarStrong: [.reverse, .bold]
    case .matchedText: [.bold, .underline]
    case .tab: []
    }
  }
}

/// Ways to draw a cell that need no colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let reverse = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
}
