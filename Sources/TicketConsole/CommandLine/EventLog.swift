import ConsoleModel
import Glibc
import Helpdesk

/// The program's log: one line an event, for finding out later what went wrong. Keys, bodies and
/// customers' words never get into it.
struct EventLog: Sendable {
  /// How much is written; each level includes those before it.
  enum Level: Int, Comparable, Sendable {
    case error
    case warning
    case info
    case debug

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// Nil for a word that is no level.
    init?(word: String) {
      switch word {
      case "error": self = .error
      case "warning": self = .warning
      case "info": self = .info
      case "debug": self = .debug
      default: return nil
      }
    }
  }

  private let path: String
  private let level: Level
  private let clock: any ConsoleClock

  /// A longer log is begun anew; the old one stays beside it once.
  private static let longest: off_t = 4 << 20

  init(path: String, level: Level, clock: any ConsoleClock) {
    self.path = path
    self.level = level
    self.clock = clock
  }

  /// Adds a line. A log that cannot be written never stops the program.
  func write(_ level: Level, _ text: @autoclosure () -> String) {
    guard level <= self.level else { return }
    let words = text().unicodeScalars.map { scalar in
      scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar
    }
    let line =
      "\(clock.now) \(level) [\(getpid())] " + String(String.UnicodeScalarView(words)) + "\n"
    var status = stat()
    if stat(path, &status) == 0, status.st_size > Self.longest { rename(path, path + ".1") }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array(line.utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
