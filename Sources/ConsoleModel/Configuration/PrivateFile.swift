import Glibc

/// Files that only their owner can read: mode 0600 in folders of mode 0700.
enum PrivateFile {
  /// Files beyond this many bytes are no configuration.
  private static let longest = 1 << 20

  /// Makes the folder and its parents. Existing folders keep their mode.
  static func makeFolder(_ path: String) throws(ConfigurationError) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o700) != 0, errno != EEXIST, errno != EISDIR {
        // A parent on a read-only file system answers EROFS although it exists.
        let reason = lastError
        var status = stat()
        if stat(made, &status) != 0 { throw .unwritable(path: made, reason: reason) }
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .unwritable(path: path, reason: "it is not a folder")
    }
  }

  /// Nil when there is no such file. `isSecret` refuses files that others can read or own.
  static func read(_ path: String, isSecret: Bool) throws(ConfigurationError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .unreadable(path: path, reason: lastError)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a file")
    }
    if isSecret {
      if status.st_uid != geteuid() { throw .foreignOwner(path: path) }
      if status.st_mode & 0o077 != 0 { throw .readableByOthers(path: path) }
    }
    guard status.st_size <= longest else {
      throw .unreadable(path: path, reason: "it is larger than 1 MB")
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(path: path, reason: lastError)
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
      if bytes.count > longest { throw .unreadable(path: path, reason: "it is larger than 1 MB") }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Writes beside the file and moves it into place, so that a full disk or a crash leaves the old
  /// one. The new file is on disk when this returns.
  static func write(_ text: String, to path: String) throws(ConfigurationError) {
    let temporary = "\(path).new-\(getpid())"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastError) }
    var problem: String?
    var bytes = Array(text.utf8)[...]
    while problem == nil, !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { problem = lastError }
    }
    if problem == nil, fsync(descriptor) != 0 { problem = lastError }
    if close(descriptor) != 0, problem == nil { problem = lastError }
    if problem == nil, rename(temporary, path) != 0 { problem = lastError }
    if let problem {
      unlink(temporary)
      throw .unwritable(path: path, reason: problem)
    }
  }

  static func remove(_ path: String) throws(ConfigurationError) {
    if unlink(path) != 0, errno != ENOENT { throw .unwritable(path: path, reason: lastError) }
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}
