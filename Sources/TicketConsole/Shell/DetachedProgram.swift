import ConsoleModel
import Glibc

/// Starts a program that lives beside the console and does not touch its terminal.
enum DetachedProgram {
  /// `POSIX_SPAWN_SETSID`, which glibc declares for GNU sources only.
  private static let newSession: Int16 = 0x80

  /// True when it was started; what becomes of it afterwards is its own matter.
  /// `input` is what it reads.
  static func start(_ arguments: [String], input: [UInt8] = []) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    InheritedFiles.closeOnExec()
    let memory = input.isEmpty ? -1 : FrameOutput.memoryFile()
    defer { if memory >= 0 { close(memory) } }
    if memory >= 0 {
      _ = input.withUnsafeBytes { write(memory, $0.baseAddress, $0.count) }
      lseek(memory, 0, SEEK_SET)
      posix_spawn_file_actions_adddup2(&actions, memory, STDIN_FILENO)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A session of its own, so that no key and no end of the terminal reaches it.
    posix_spawnattr_setflags(&attributes, Self.newSession)
    let pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var child: pid_t = 0
    return posix_spawn(&child, arguments[0], &actions, &attributes, pointers, environ) == 0
  }
}
