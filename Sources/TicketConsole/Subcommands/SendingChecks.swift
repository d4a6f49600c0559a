import ConsoleModel
import Glibc

/// What would keep a write of an account from leaving although the helpdesk answers.
struct SendingChecks {
  let account: Account
  /// Where the journal, the audit log and the locks are.
  let folder: String

  /// Bytes that a write needs at most for itself: journal, log and audit.
  private static let room = 256 << 10

  func run() -> [DoctorCommand.Check] {
    [
      check("folder", folderProblem, "can be written"),
      check("locks", lockProblem, "work"), check("rights", rightsProblem, "only yours"),
      check(
        "sending",
        StopSwitch(folder: folder).isOn
          ? "stopped by the stop switch; let it go on with: ticket-console stop off" : nil,
        account.isReadOnly ? "read-only, as it was set up" : "not stopped"),
    ]
  }

  private func check(_ name: String, _ problem: String?, _ good: String) -> DoctorCommand.Check {
    .init(name: "\(account.name): \(name)", isOK: problem == nil, detail: problem ?? good)
  }

  /// Writes as much as a write of the outbox needs, and takes it away again.
  private var folderProblem: String? {
    let path = folder + "/doctor.probe"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return reason("cannot be written") }
    defer {
      close(descriptor)
      unlink(path)
    }
    let bytes = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<(Self.room / bytes.count) {
      guard write(descriptor, bytes, bytes.count) == bytes.count else {
        return reason("has no room")
      }
    }
    return fsync(descriptor) == 0 ? nil : reason("cannot be synced")
  }

  /// Two open files must not get one lock.
  private var lockProblem: String? {
    let path = folder + "/doctor.lock"
    let first = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    let second = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    defer {
      for descriptor in [first, second] where descriptor >= 0 { close(descriptor) }
      unlink(path)
    }
    guard first >= 0, second >= 0 else { return reason("cannot be tried") }
    guard flock(first, LOCK_EX | LOCK_NB) == 0 else { return reason("do not work here") }
    return flock(second, LOCK_EX | LOCK_NB) != 0
      ? nil : "have no effect on this file system; keep the profile on a local disk"
  }

  /// Others who can write there can make it send, or not.
  private var rightsProblem: String? {
    var folders: [String] = []
    var path = folder
    while path.count > 1, folders.count < 3 {
      folders.append(path)
      path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
    for path in folders {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      // A folder like /tmp lets others in and protects what is in it.
      if status.st_mode & 0o022 != 0, status.st_mode & mode_t(S_ISVTX) == 0 {
        return "others may write in \(path); take that away with: chmod go-w \(path)"
      }
    }
    return nil
  }

  private func reason(_ what: String) -> String {
    "\(what) (\(String(cString: strerror(errno)))): \(folder)"
  }
}
