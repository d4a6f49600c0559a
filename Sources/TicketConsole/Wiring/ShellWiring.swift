import ConsoleModel
import ConsoleUI
import FoundationEssentials
import Glibc
import Helpdesk
import Terminal

extension ShellCalls {
  /// The terminal and the programs beside it. `folder` is private and holds texts while they are
  /// being edited, and reports.
  static func on(
    _ host: TerminalHost, folder: String, environment: [String: String], editor command: String
  ) -> ShellCalls {
    let editor = EditorSession(directory: folder, environment: environment, command: command)
    return ShellCalls(
      edit: { text, draft in
        outcome(
          editor.edit(text, name: EditedFile.name(draft.ticketID, draft.kind), on: host))
      },
      removeEdited: { unlink($0) },
      paths: { PathCompletion.paths($0, home: environment["HOME"] ?? "") },
      copy: { text in
        switch host.copy(text) {
        case .sent: "Sent to the terminal's clipboard: \(DisplayText.truncate(text, to: 40))"
        case .tooLong(let bytes, let limit):
          "Not copied: \(bytes) bytes are more than a terminal takes (\(limit))."
        case .empty: "Nothing to copy."
        }
      },
      open: { address in open(address, environment: environment, host: host) },
      file: { path in file(at: expanded(path, environment)) },
      writeReport: { name, text in writeReport(name, text, folder: folder) },
      discardTypeahead: { host.discardTypeahead() },
      suspend: { host.suspend() },
      redraw: { host.repaint() }, useTheme: { host.choose($0) })
  }

  private static func outcome(_ result: EditorSession.Outcome) -> EditorOutcome {
    switch result {
    case .edited(let edited):
      .saved(edited.text, file: edited.file, notes: EditorSentences.notes(edited))
    case .unchanged: .unchanged
    case .empty: .failed("the file from $EDITOR is empty; the draft is as it was")
    case .failed(let failure, let left): .failed(EditorSentences.failed(failure, left: left))
    }
  }

  /// Opens an address with `$BROWSER`, else with the desktop's own program. Where neither is there,
  /// says so and shows the address, so that it can be copied by hand.
  private static func open(
    _ address: String, environment: [String: String], host: TerminalHost
  ) -> String {
    guard address.hasPrefix("https://") || address.hasPrefix("http://") else {
      return "Not a web address, so nothing was opened: \(address)"
    }
    let opener = BrowserCommand(environment: environment)
    guard let arguments = opener.arguments(for: address) else {
      return "\(opener.problem) The link: \(address)"
    }
    return DetachedProgram.start(arguments)
      ? "Opened with \(arguments[0].split(separator: "/").last ?? "the browser"): \(address)"
      : "\(arguments[0]) could not be started. The link: \(address)"
  }

  private static func writeReport(
    _ name: String, _ text: String, folder: String
  ) -> Result<String, CallFailure> {
    for attempt in 0..<100 {
      let path = "\(folder)/\(name)\(attempt == 0 ? "" : "-\(attempt)").txt"
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0, errno == EEXIST { continue }
      guard descriptor >= 0 else { break }
      let bytes = Array(text.utf8)
      let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
      if written == bytes.count { return .success(path) }
      break
    }
    return .failure(CallFailure("The file could not be written in \(folder); nothing was changed."))
  }

  /// A readable plain file under its whole path, which stays good when the program is started
  /// elsewhere the next time.
  private static func file(at path: String) -> OutgoingFile? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let whole = String(cString: resolved)
    var information = stat()
    guard stat(whole, &information) == 0, information.st_mode & S_IFMT == S_IFREG,
      access(whole, R_OK) == 0
    else { return nil }
    let name = whole.split(separator: "/").last.map(String.init) ?? whole
    return OutgoingFile(name: name, path: whole, size: Int64(information.st_size)).withDigest()
  }

  private static func expanded(_ path: String, _ environment: [String: String]) -> String {
    guard path.hasPrefix("~/"), let home = environment["HOME"] else { return path }
    return home + path.dropFirst()
  }
}
