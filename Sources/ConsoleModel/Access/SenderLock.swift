import Glibc

/// The lock file that makes one process the sender of a journal. The system lets go of it when the
/// process ends, however it ends.
final class SenderLock {
  private let descriptor: Int32

  /// Nil while another sender holds it, in this process or another, or when the disk refuses.
  init?(folder: String) {
    let opened = open(folder + "/sender.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard opened >= 0 else { return nil }
    guard FileLock.tryToTake(opened) else {
      close(opened)
      return nil
    }
    descriptor = opened
  }

  deinit { FileLock.release(descriptor) }
}
