import Dispatch
import Glibc
import Helpdesk

/// Reads attached files, so that a confirmation covers what is in them.
enum FileDigest {
  /// Lower-case hexadecimal SHA-256 of a file that is to be sent along. Returns nil if it is no
  /// regular file, cannot be read to its end, or has another size or other bytes than were shown.
  static func sha256(of file: OutgoingFile) -> String? {
    var hash = SHA256()
    guard read(file, { hash.update($0) }) else { return nil }
    let digest = SHA256.hex(of: hash.finish())
    return file.digest == nil || file.digest == digest ? digest : nil
  }

  /// `load` of each file that can be read. On a queue of its own: a slow disk or a network share must
  /// not hold up Swift's task pool.
  static func load(_ files: [OutgoingFile]) async -> [(upload: Upload, digest: String)] {
    guard !files.isEmpty else { return [] }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "attached files").async {
        continuation.resume(returning: files.compactMap { load($0) })
      }
    }
  }

  /// The bytes that will leave, read once, and the digest of exactly these bytes.
  private static func load(_ file: OutgoingFile) -> (upload: Upload, digest: String)? {
    guard file.size <= Self.largest else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(max(0, file.size)))
    guard read(file, { bytes += $0 }) else { return nil }
    return (Upload(name: file.name, bytes: bytes), SHA256.hex(bytes))
  }

  /// No helpdesk takes files as large as this, in bytes.
  private static let largest: Int64 = 256 << 20

  private static func read(_ file: OutgoingFile, _ body: (ArraySlice<UInt8>) -> Void) -> Bool {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var left = file.size
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return left == 0 }
      if count < 0 {
        if errno == EINTR { continue }
        return false
      }
      left -= Int64(count)
      // It has grown since, perhaps without end.
      guard left >= 0 else { return false }
      body(buffer[0..<count])
    }
  }
}

extension OutgoingFile {
  /// The file with the digest of the bytes that it has now. Returns nil if it cannot be read.
  public func withDigest() -> OutgoingFile? {
    var file = self
    file.digest = nil
    guard let digest = FileDigest.sha256(of: file) else { return nil }
    file.digest = digest
    return file
  }

  /// Whether it can be read and is not what was attached.
  var hasOtherBytes: Bool {
    guard let digest else { return false }
    var file = self
    file.digest = nil
    guard let now = FileDigest.sha256(of: file) else { return false }
    return now != digest
  }
}
