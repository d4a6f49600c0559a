import Glibc

/// Open files that a started program would get along with its own, because a library opened them
/// without close-on-exec.
public enum InheritedFiles {
  /// Marks every open file but the standard streams. Call right before a program is started.
  public static func closeOnExec() {
    for descriptor in numbers where descriptor > STDERR_FILENO {
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0, flags & FD_CLOEXEC == 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
    }
  }

  private static var numbers: [Int32] {
    guard let folder = opendir("/proc/self/fd") else { return Array(0..<1024) }
    defer { closedir(folder) }
    var numbers: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if let number = Int32(name) { numbers.append(number) }
    }
    return numbers
  }
}
