import Glibc

/// The digest of a file's bytes, so that a confirmation covers what is attached.
public enum FileDigest {
  /// Lower-case hexadecimal SHA-256 of a regular file, or nil when it cannot be read to its end.
  public static func sha256(ofFileAt path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { return SHA256.hex(of: hash.finish()) }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      hash.update(buffer[0..<count])
    }
  }
}
