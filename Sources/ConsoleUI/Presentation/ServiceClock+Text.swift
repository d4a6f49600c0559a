import ConsoleModel
import Helpdesk

/// How pressing a service-level clock is.
enum ClockUrgency: Equatable, Sendable {
  case calm
  /// Four fifths of the time are over.
  case soon
  case overdue
}

extension ServiceClock {
  /// The SLA column, at most five cells: "-0:12", "1:55", "1d02", "paus", "--".
  func column(at now: Timestamp) -> String {
    switch self {
    case .none, .stopped: "--"
    case .paused: "paus"
    case .running(let dueAt, _, _): Self.left(dueAt - now)
    }
  }

  /// Time left or, with a minus sign, time over: "0:41", "1d02", "-3d04".
  static func left(_ seconds: Int64) -> String {
    let sign = seconds < 0 ? "-" : ""
    let minutes = Int(abs(seconds) / 60)
    let (hours, days) = (minutes / 60, minutes / 1440)
    if hours < (seconds < 0 ? 10 : 24) { return "\(sign)\(hours):\(Digits.two(minutes % 60))" }
    if hours < 24 { return "\(sign)\(hours)h" }
    if days < 10 || seconds >= 0 && days < 100 {
      return "\(sign)\(days)d\(Digits.two(hours % 24))"
    }
    return days < 1000 ? "\(sign)\(days)d" : "\(sign)999d"
  }

  func urgency(at now: Timestamp) -> ClockUrgency {
    guard case .running(let dueAt, let startedAt, _) = self else { return .calm }
    if dueAt <= now { return .overdue }
    let whole = dueAt - startedAt
    return whole > 0 && (now - startedAt) * 5 >= whole * 4 ? .soon : .calm
  }

  /// "0:41 left", "overdue by 0:12", "clock paused", "policy unknown", "done".
  func sentence(at now: Timestamp) -> String {
    switch self {
    case .none: "SLA policy unknown"
    case .paused: "SLA paused"
    case .stopped: "done"
    case .running(let dueAt, _, let isFirst):
      dueAt <= now
        ? "\(isFirst ? "first reply" : "resolve") overdue by "
          + String(Self.left(dueAt - now).dropFirst())
        : "\(isFirst ? "first reply" : "resolve") due \(Self.left(dueAt - now))"
    }
  }
}
