import Glibc

/// A fresh folder of mode 0700 that is removed with everything in it when the value goes away.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// - Parameter parent: the folder it is made in, for tests of another file system.
  public init(in parent: String = "/tmp") {
    var template = Array("\(parent)/ticket-console-test-XXXXXX".utf8CString)
    // A test machine without a writable /tmp cannot run any of these tests.
    precondition(mkdtemp(&template) != nil, "no temporary folder can be made")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  public func file(_ name: String) -> String { path + "/" + name }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { names.append(name) }
      }
      closedir(folder)
      for name in names {
        let child = path + "/" + name
        var status = stat()
        if lstat(child, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
          chmod(child, 0o700)
          remove(child)
        } else {
          unlink(child)
        }
      }
    }
    rmdir(path)
  }
}
