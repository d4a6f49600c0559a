import Glibc

/// The file that halts all sending of an account, in every process, while it is there. Anybody may
/// make it by hand: `touch stop` in the account's folder.
public struct StopSwitch: Sendable {
  public let path: String

  public init(folder: String) { path = folder + "/stop" }

  /// Asks the disk each time: another process may have made the file.
  public var isOn: Bool {
    var status = stat()
    // Anything but a clear "no such file" counts as on: the brake fails on the safe side.
    return lstat(path, &status) == 0 || errno != ENOENT
  }

  /// Makes or removes the file. Returns false when the disk refuses.
  public func set(_ isOn: Bool) -> Bool {
    if isOn {
      let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { return false }
      fsync(descriptor)
      close(descriptor)
      return true
    }
    return unlink(path) == 0 || errno == ENOENT
  }
}
