public import Helpdesk
public import Terminal

/// Calls to the terminal and the programs beside it. They run on the main thread.
public struct ShellCalls {
  /// Lends the terminal to `$EDITOR` with this text in a file of mode 0600, and waits for its end.
  public var edit: (_ text: String) -> EditorOutcome
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
    edit: @escaping (String) -> EditorOutcome, copy: @escaping (String) -> String,
    open: @escaping (String) -> String, file: @escaping (String) -> OutgoingFile?,
    writeReport: @escaping (String, String) -> Result<String, CallFailure>,
    discardTypeahead: @escaping () -> Void, suspend: @escaping () -> Void,
    redraw: @escaping () -> Void, useTheme: @escaping (Theme?) -> Void
  ) {
    self.edit = edit
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
  /// The file as the person left it.
  case saved(String)
  /// The editor failed or could not be started; the sentence says why.
  case failed(String)
}
