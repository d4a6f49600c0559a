import Glibc

/// One run of the built program without a terminal: what it printed and how it ended.
public struct ProgramRun: Equatable, Sendable {
  public var output: String
  public var errors: String
  /// Nil when a signal ended it, or when it took longer than a minute.
  public var code: Int32?

  /// Runs `ticket-console` to its end, at most a minute, with exactly this environment.
  ///
  /// Blocks the calling thread. Standard input is `input`, or empty.
  ///
  /// - Parameter killedAfter: when the program is killed with SIGKILL if it still runs.
  public init(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    killedAfter limit: Duration = .seconds(60)
  ) throws {
    let folder = TemporaryFolder()
    folder.write("in", Array(input.utf8))
    let process = try Self.start(arguments, folder: folder, environment: environment)
    let deadline = ContinuousClock.now.advanced(by: limit)
    var status: Int32 = 0
    var ended = waitpid(process, &status, WNOHANG)
    while ended == 0, ContinuousClock.now < deadline {
      poll(nil, 0, 1)
      ended = waitpid(process, &status, WNOHANG)
    }
    if ended == 0 {
      kill(process, SIGKILL)
      waitpid(process, &status, 0)
    }
    code = ended > 0 && status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    output = String(decoding: folder.contents("out") ?? [], as: UTF8.self)
    errors = String(decoding: folder.contents("err") ?? [], as: UTF8.self)
  }

  /// Starts the program with its three streams on files of the folder.
  private static func start(
    _ arguments: [String], folder: TemporaryFolder, environment: [String: String]
  ) throws -> pid_t {
    let defaults = [
      "HOME": folder.path, "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let variables = defaults.merging(SanitizerOptions.variables) { $1 }
      .merging(environment) { $1 }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.file("in"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, folder.file("out"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder.file("err"), O_WRONLY | O_CREAT, 0o600)
    let executable = PseudoTerminal.console
    let argumentPointers = ([executable] + arguments).map { strdup($0) } + [nil]
    let variablePointers = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argumentPointers + variablePointers { free(pointer) } }
    var process: pid_t = 0
    let problem = posix_spawn(
      &process, executable, &actions, nil, argumentPointers, variablePointers)
    guard problem == 0 else { throw PseudoTerminal.Failure.system("posix_spawn", problem) }
    return process
  }
}
