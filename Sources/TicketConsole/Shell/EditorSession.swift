import ConsoleModel
import Glibc
import Terminal

/// Lends the terminal to the user's editor for one text. The file of a changed text stays until the
/// caller has the words elsewhere, so that no end of the program between the two loses them.
struct EditorSession {
  /// What came back.
  enum Outcome: Equatable {
    case edited(Edited)
    /// The editor was left without a change.
    case unchanged
    /// The file was empty or held blanks only.
    case empty
    /// No changed text came back. `file` is what the editor left, where it could not be read.
    case failed(Failure, file: String?)
  }

  /// A changed text, with the file that still holds it.
  struct Edited: Equatable {
    var text: String
    var file: String
    /// It was not UTF-8 and has been read as Latin-1.
    var isLatin1 = false
    /// How the editor ended, when it did not end well.
    var failure: Failure?
  }

  /// Why the editor could not be used.
  enum Failure: Error, Equatable {
    /// The file could not be written or read again; the system's error number.
    case file(Int32)
    /// The command could not be started; the system's error number.
    case start(Int32)
    /// The editor ended with this status, as an editor does that is told to discard.
    case status(Int32)
    /// The editor was ended by this signal.
    case signal(Int32)
    /// What the editor left is longer than `longestText`.
    case tooLong
  }

  /// The most bytes read back.
  static let longestText = 16 << 20

  private let folders: [EditedFile.Folder]
  private let environment: [String: String]
  private let command: String

  /// Texts are edited in files of this directory, readable for the user alone; in the one for
  /// temporary files while that one takes none. `command` is the one the user has set; empty for
  /// the environment's.
  init(directory: String, environment: [String: String], command: String = "") {
    folders = EditedFile.Folder.all(directory, environment: environment)
    self.environment = environment
    self.command = Self.command(command, environment: environment)
  }

  /// The user's command: the one that was set, else VISUAL, else EDITOR, else `vi`; it may hold
  /// arguments.
  static func command(_ set: String = "", environment: [String: String]) -> String {
    [set, environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
      .first { $0.contains { $0 != " " } } ?? "vi"
  }

  /// Edits a text on the terminal of a host; `name` begins the file's name.
  func edit(_ text: String, name: String, on host: TerminalHost) -> Outcome {
    edit(text, name: name) { run in host.lend { run() } }
  }

  /// Edits a text on the terminal that the program was started on, while Ctrl-C is the editor's.
  func editOnOwnTerminal(_ text: String, name: String) -> Outcome {
    edit(text, name: name) { run in
      let interrupt = signal(SIGINT, SIG_IGN)
      let quit = signal(SIGQUIT, SIG_IGN)
      defer {
        signal(SIGINT, interrupt)
        signal(SIGQUIT, quit)
      }
      return run()
    }
  }

  private func edit(
    _ text: String, name: String, lend: (() -> Failure?) -> Failure?
  ) -> Outcome {
    let path: String
    switch createFile(text, name: name) {
    case .success(let created): path = created
    case .failure(let failure): return .failed(failure, file: nil)
    }
    let failure = lend { run(on: path) }
    // What nano could not ask about when its terminal went away.
    if failure != nil { rename(path + ".save", path) }
    switch EditedFile.read(path, limit: Self.longestText) {
    case .success(let (edited, isLatin1)):
      let isBlank = edited.allSatisfy(\.isWhitespace)
      guard edited != text, !isBlank else {
        unlink(path)
        if let failure { return .failed(failure, file: nil) }
        return isBlank ? .empty : .unchanged
      }
      return .edited(
        Edited(text: edited, file: path, isLatin1: isLatin1, failure: failure))
    case .failure(let unreadable):
      return .failed(failure ?? unreadable, file: access(path, F_OK) == 0 ? path : nil)
    }
  }

  // The file

  private func createFile(_ text: String, name: String) -> Result<String, Failure> {
    var first: Failure?
    for folder in folders {
      switch createFile(text, name: name, in: folder) {
      case .success(let path): return .success(path)
      case .failure(let failure): first = first ?? failure
      }
    }
    return .failure(first ?? .file(ENOENT))
  }

  private func createFile(
    _ text: String, name: String, in folder: EditedFile.Folder
  ) -> Result<String, Failure> {
    for attempt in 0..<100 {
      let path = EditedFile.path(name, attempt: attempt, in: folder)
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0 {
        if errno == EEXIST { continue }
        return .failure(.file(errno))
      }
      var rest = Array(text.utf8)[...]
      var problem: Int32 = 0
      while !rest.isEmpty, problem == 0 {
        let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          problem = errno
        }
      }
      if close(descriptor) != 0, problem == 0 { problem = errno }
      if problem == 0 { return .success(path) }
      unlink(path)
      return .failure(.file(problem))
    }
    return .failure(.file(EEXIST))
  }

  // The editor

  /// Runs the editor in the program's own process group, so that it may read from the terminal, and
  /// waits for its end; nil when it ended well.
  private func run(on path: String) -> Failure? {
    let arguments = [
      "/bin/sh", "-c", "exec " + command + " \"$1\"",
      "ticket-console", path,
    ]
    var child: pid_t = 0
    let problem = Self.spawn(
      &child, arguments: arguments, environment: environment.map { "\($0.key)=\($0.value)" })
    guard problem == 0 else { return .start(problem) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return .start(errno) }
    }
    let signal = status & 0x7F
    if signal != 0 { return .signal(signal) }
    let code = (status >> 8) & 0xFF
    switch code {
    case 0: return nil
    // The shell's own answers when it finds no such program, or none that it may run.
    case 126: return .start(EACCES)
    case 127: return .start(ENOENT)
    default: return .status(code)
    }
  }

  /// Starts a program with all signals at their defaults; returns the system's error number.
  private static func spawn(
    _ child: inout pid_t, arguments: [String], environment: [String]
  ) -> Int32 {
    // The editor gets the terminal and nothing else of this program.
    InheritedFiles.closeOnExec()
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    let argumentPointers = arguments.map { strdup($0) } + [nil]
    let environmentPointers = environment.map { strdup($0) } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    return posix_spawn(
      &child, arguments[0], nil, &attributes, argumentPointers, environmentPointers)
  }
}
