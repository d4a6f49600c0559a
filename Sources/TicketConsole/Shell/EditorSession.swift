import ConsoleModel
import Glibc
import Terminal

/// Lends the terminal to the user's editor for one text.
struct EditorSession {
  /// What came back.
  enum Outcome: Equatable {
    case edited(String)
    /// The editor was left without a change.
    case unchanged
    /// The file was empty or held blanks only.
    case empty
    /// The editor could not be used; the text it left, if any, so that nothing is lost.
    case failed(Failure, text: String?)
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
    /// What the editor left is not UTF-8 or is longer than `longestText`.
    case notText
  }

  /// The most bytes read back.
  static let longestText = 16 << 20

  private let directory: String
  private let environment: [String: String]
  private let command: String

  /// Texts are edited in files of this directory, readable for the user alone. `command` is the one
  /// the user has set; empty for the environment's.
  init(directory: String, environment: [String: String], command: String = "") {
    self.directory = directory
    self.environment = environment
    self.command = Self.command(command, environment: environment)
  }

  /// The user's command: the one that was set, else VISUAL, else EDITOR, else `vi`; it may hold
  /// arguments.
  static func command(_ set: String = "", environment: [String: String]) -> String {
    [set, environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }
      .first { $0.contains { $0 != " " } } ?? "vi"
  }

  /// Edits a text; `name` begins the file's name and is for the user's eyes.
  func edit(_ text: String, name: String, on host: TerminalHost) -> Outcome {
    let path: String
    switch createFile(text, name: name) {
    case .success(let created): path = created
    case .failure(let failure): return .failed(failure, text: nil)
    }
    defer { unlink(path) }
    let failure = host.lend { run(on: path) }
    switch readFile(path) {
    case .success(let edited):
      if let failure { return .failed(failure, text: edited) }
      if edited == text { return .unchanged }
      return edited.allSatisfy(\.isWhitespace) ? .empty : .edited(edited)
    case .failure(let unreadable): return .failed(failure ?? unreadable, text: nil)
    }
  }

  // The file

  private func createFile(_ text: String, name: String) -> Result<String, Failure> {
    let plain = name.unicodeScalars.filter { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || scalar == "-"
    }
    for attempt in 0..<100 {
      let path = "\(directory)/\(String(plain).prefix(40))-\(getpid())-\(attempt).md"
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

  private func readFile(_ path: String) -> Result<String, Failure> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(.file(errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(.file(errno))
      }
      if count == 0 { break }
      bytes += buffer.prefix(count)
      if bytes.count > Self.longestText { return .failure(.notText) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.notText) }
    return .success(text)
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
