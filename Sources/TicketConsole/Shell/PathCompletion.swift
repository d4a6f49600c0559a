import Glibc

/// Completes the path of a file as a shell does.
enum PathCompletion {
  private static let limit = 200

  /// The paths that begin so, in order; folders end in a slash. Hidden names only after a dot.
  static func paths(_ beginning: String, home: String) -> [String] {
    let slash = beginning.lastIndex(of: "/")
    let head = slash.map { String(beginning[...$0]) } ?? ""
    let start = slash.map { String(beginning[beginning.index(after: $0)...]) } ?? beginning
    let folder = head.hasPrefix("~/") ? home + head.dropFirst() : head.isEmpty ? "." : head
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(start), name != ".", name != "..",
        !name.hasPrefix(".") || start.hasPrefix(".")
      else { continue }
      var information = stat()
      let isFolder =
        stat("\(folder)/\(name)", &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
      found.append(head + name + (isFolder ? "/" : ""))
    }
    return Array(found.sorted().prefix(limit))
  }
}
