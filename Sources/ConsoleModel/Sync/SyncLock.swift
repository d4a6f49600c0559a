import Glibc
public import Helpdesk

/// One sync per account at a time: an advisory lock on a file beside the cache. The kernel lets it
/// go when its process ends, however it ends.
public final class SyncLock: Sendable {
  private let descriptor: Int32

  /// Throws `SyncError.alreadyRunning` while another one holds it.
  public init(path: String, now: Timestamp) throws(SyncError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .lockUnavailable(path: path) }
    guard FileLock.tryToTake(descriptor) else {
      let owner = Self.owner(descriptor)
      close(descriptor)
      throw .alreadyRunning(owner)
    }
    self.descriptor = descriptor
    ftruncate(descriptor, 0)
    let line = "\(getpid()) \(now.seconds)\n"
    _ = line.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  /// Whether a process holds the lock. A missing file is not made.
  public static func isHeld(path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { FileLock.release(descriptor) }
    return !FileLock.tryToTake(descriptor)
  }

  deinit { FileLock.release(descriptor) }

  private static func owner(_ descriptor: Int32) -> SyncOwner? {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    let parts = String(decoding: buffer.prefix(count), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    guard parts.count == 2, let pid = Int32(exactly: parts[0]) else { return nil }
    return SyncOwner(pid: pid, startedAt: Timestamp(parts[1]))
  }
}
