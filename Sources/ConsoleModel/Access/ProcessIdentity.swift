import Glibc

/// Who holds the sender's lock: the process, told apart from a later one with the same number, and
/// one sender inside it from another.
public struct ProcessIdentity: Hashable, Sendable {
  public var pid: Int32
  /// Clock ticks after boot at which the process started; 0 where the system does not tell.
  public var startTime: UInt64
  /// Drawn at random for each sender.
  public var token: UInt64

  public init(pid: Int32, startTime: UInt64, token: UInt64) {
    self.pid = pid
    self.startTime = startTime
    self.token = token
  }

  /// This process.
  public static func current(token: UInt64) -> ProcessIdentity {
    let pid = getpid()
    return ProcessIdentity(pid: pid, startTime: startTime(of: pid) ?? 0, token: token)
  }

  /// `pid:start:token`, as the journal keeps it.
  public var text: String { "\(pid):\(startTime):\(token)" }

  public init?(text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 3, let pid = Int32(parts[0]), let start = UInt64(parts[1]),
      let token = UInt64(parts[2])
    else { return nil }
    self.init(pid: pid, startTime: start, token: token)
  }

  /// Whether that very process still runs.
  public var isAlive: Bool {
    guard kill(pid, 0) == 0 || errno == EPERM else { return false }
    guard let now = Self.startTime(of: pid) else { return startTime == 0 }
    return startTime == 0 || now == startTime
  }

  /// Whether that very process has been stopped, as by Ctrl-Z, and can do nothing.
  public var isStopped: Bool {
    guard isAlive, let fields = Self.fields(of: pid) else { return false }
    return fields.first == "T" || fields.first == "t"
  }

  /// Field 22 of `/proc/PID/stat`; the name in field 2 may hold blanks and brackets.
  private static func startTime(of pid: Int32) -> UInt64? {
    guard let fields = fields(of: pid), fields.count > 19, fields[0].first != "Z" else {
      return nil
    }
    return UInt64(fields[19])
  }

  /// The fields of `/proc/PID/stat` from the third on, which is the process's state.
  private static func fields(of pid: Int32) -> [String]? {
    guard let file = fopen("/proc/\(pid)/stat", "r") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 2048)
    let count = fread(&buffer, 1, buffer.count, file)
    guard let end = buffer[..<count].lastIndex(of: UInt8(ascii: ")")) else { return nil }
    return buffer[(end + 1)..<count].split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
