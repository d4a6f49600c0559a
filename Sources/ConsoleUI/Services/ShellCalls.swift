public import Helpdesk
public import Terminal

/// Calls to the terminal and the programs beside it. They run on the main thread.
public struct ShellCalls {
  /// Lends the terminal to `$EDITOR` with this text in a file of mode 0600, and waits for its end.
  public var edit: (_ text: String, _ draft: DraftKey) -> EditorOutcome
  /// Deletes a file that `edit` answered with; its words are on disk elsewhere.
  public var removeEdited: (_ path: String) -> Void
  /// Paths that complete a beginning; folders end in a slash.
  public var paths: (_ beginning: String) -> [String]
  /// Copies text; answers with words for the status line: what was copied how, or why not.
  public var copy: (_ text: String) -> String
  /// Opens an address outside; answers with words for the status line.
  public var open: (_ address: String) -> String
  /// A file that is to be sent along, with its whole path; nil where it cannot be read.
  public var file: (_ path: String) -> OutgoingFile?
  /// Writes lines to a new file beside the others of the program and names it, or says why not.
  public var writeReport: (_ name: String, _ text: String) -> Result<String, CallFailure>
  /// Throws away the keys that were typed before a prompt was painted.
  public var discardTypeahead: () -> Void
  /// Stops the program as Ctrl-Z does; returns when it goes on.
  public var suspend: () -> Void
  /// Paints the whole screen anew with the next frame.
  public var redraw: () -> Void
  /// Draws with other colours; nil follows the terminal's background.
  public var useTheme: (Theme?) -> Void

  public init(
    edit: @escaping (String, DraftKey) -> EditorOutcome,
    removeEdited: @escaping (String) -> Void, paths: @escaping (String) -> [String],
    copy: @escaping (String) -> String,
    open: @escaping (String) -> String, file: @escaping (String) -> OutgoingFile?,
    writeReport: @escaping (String, String) -> Result<String, CallFailure>,
    discardTypeahead: @escaping () -> Void, suspend: @escaping () -> Void,
    redraw: @escaping () -> Void, useTheme: @escaping (Theme?) -> Void
  ) {
    self.edit = edit
    self.removeEdited = removeEdited
    self.paths = paths
    self.copy = copy
    self.open = open
    self.file = file
    self.writeReport = writeReport
    self.discardTypeahead = discardTypeahead
    self.suspend = suspend
    self.redraw = redraw
    self.useTheme = useTheme
  }
}

/// What came of handing a text to `$EDITOR`.
public enum EditorOutcome: Equatable, Sendable {
  /// The file as the user left it. It stays at `file` until its words are saved; `notes` say what is
  /// worth a word.
  case saved(String, file: String? = nil, notes: [String] = [])
  /// The file is as it was.
  case unchanged
  /// No words came back; the sentence says why, and what holds now.
  case failed(String)
}
