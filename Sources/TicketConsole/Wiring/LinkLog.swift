import ConsoleUI
import Helpdesk
import Synchronization

/// The newest lines of the log page, in memory. Never holds customers' words or a key.
final class LinkLog: Sendable {
  private static let limit = 500
  private let lines = Mutex<[LogLine]>([])

  func add(_ text: String, at moment: Timestamp) {
    lines.withLock { lines in
      lines.append(LogLine(at: moment, text: text))
      if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
    }
  }

  /// Oldest first.
  func newest(_ limit: Int) -> [LogLine] { lines.withLock { Array($0.suffix(limit)) } }
}
