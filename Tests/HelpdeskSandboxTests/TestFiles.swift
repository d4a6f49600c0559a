import Glibc

/// Reference data beside the project, read when it is there.
enum TestFiles {
  /// A folder relative to the project's root, or nil.
  static func folder(_ relative: String, file: String = #filePath) -> String? {
    let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(root)/\(relative)"
    return access(path, R_OK) == 0 ? path : nil
  }

  static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count <= 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}

extension TestFiles {
  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { return false }
    defer { close(file) }
    return Glibc.write(file, bytes, bytes.count) == bytes.count
  }
}
