import Terminal

/// One line of a laid-out thread.
struct ThreadLine: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    /// The line that names writer and moment.
    case heading
    case words
    case attachment
    /// Says what is hidden.
    case fold
    case end
  }

  var kind: Kind
  /// Cells to the left of the text.
  var indent: Int
  /// A sign before the text that marks private words.
  var bar: String
  var text: String
  var role: Role
}

/// A place in a thread: an entry among those shown, and one of its lines.
struct ThreadPlace: Equatable, Comparable, Sendable {
  var entry: Int
  var line: Int

  static let start = ThreadPlace(entry: 0, line: 0)

  static func < (left: Self, right: Self) -> Bool {
    (left.entry, left.line) < (right.entry, right.line)
  }
}

/// Which entries are shown.
enum NoteFilter: String, CaseIterable, Sendable {
  case both
  case privateOnly
  case publicOnly

  var words: String {
    switch self {
    case .both: "all entries"
    case .privateOnly: "private notes only"
    case .publicOnly: "public entries only"
    }
  }
}
