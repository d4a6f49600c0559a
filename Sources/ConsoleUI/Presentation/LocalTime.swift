public import Helpdesk

/// Turns moments into the words of a local clock. The offset from UTC is asked for per moment, so
/// that daylight saving comes out right.
public struct LocalTime: Sendable {
  private let offset: @Sendable (Timestamp) -> Int

  /// `offset` answers with the seconds east of UTC that hold at a moment.
  public init(offset: @escaping @Sendable (Timestamp) -> Int) { self.offset = offset }

  public static let utc = LocalTime { _ in 0 }

  private func local(_ moment: Timestamp) -> Timestamp { moment + Int64(offset(moment)) }

  /// "14:02".
  public func clock(_ moment: Timestamp) -> String {
    let seconds = local(moment).secondOfDay
    return Digits.two(seconds / 3600) + ":" + Digits.two(seconds / 60 % 60)
  }

  /// "14:08:51".
  public func preciseClock(_ moment: Timestamp) -> String {
    clock(moment) + ":" + Digits.two(local(moment).secondOfDay % 60)
  }

  /// "today 14:02", "yesterday 16:40", "3 Nov 09:15", and with the year when it is another one.
  public func dayAndClock(_ moment: Timestamp, now: Timestamp) -> String {
    day(moment, now: now) + " " + clock(moment)
  }

  /// "14:02" today, "yesterday 16:40", "3 Nov 09:15".
  public func short(_ moment: Timestamp, now: Timestamp) -> String {
    let day = day(moment, now: now)
    return (day == "today" ? "" : day + " ") + clock(moment)
  }

  /// "today", "yesterday", "3 Nov", "3 Nov 2025".
  public func day(_ moment: Timestamp, now: Timestamp) -> String {
    let (then, today) = (local(moment), local(now))
    switch today.dayNumber - then.dayNumber {
    case 0: return "today"
    case 1: return "yesterday"
    default:
      let date = then.civilDate
      let text = "\(date.day) \(Self.month(date.month))"
      return date.year == today.civilDate.year ? text : text + " \(date.year)"
    }
  }

  /// At most five cells: "14:02" today, "21Nov" this year, "2025" before.
  public func brief(_ moment: Timestamp, now: Timestamp) -> String {
    let (then, today) = (local(moment), local(now))
    if today.dayNumber == then.dayNumber { return clock(moment) }
    let date = then.civilDate
    if date.year != today.civilDate.year { return "\(date.year)" }
    return "\(date.day)\(Self.month(date.month))"
  }

  /// "20261121-140851", for names of files.
  func fileStamp(_ moment: Timestamp) -> String {
    let date = local(moment).civilDate
    return "\(date.year)\(Digits.two(date.month))\(Digits.two(date.day))-"
      + preciseClock(moment).filter { $0 != ":" }
  }

  private static func month(_ number: Int) -> String {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return names.indices.contains(number - 1) ? names[number - 1] : "?"
  }
}

extension Timestamp {
  /// Whole days since 1970 in UTC.
  var dayNumber: Int64 { seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400 }
  /// Seconds since midnight in UTC.
  var secondOfDay: Int { Int(seconds - dayNumber * 86_400) }
}

/// Numbers with leading zeros, and spans of time.
enum Digits {
  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// "0:08", "31:05", "2:00:00": minutes and seconds, hours where there are any.
  static func span(_ seconds: Int64) -> String {
    let seconds = Int(max(0, seconds))
    if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  /// "12 s", "7 min", "3 h", "5 d".
  static func age(_ seconds: Int64) -> String {
    let seconds = max(0, seconds)
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60) min" }
    if seconds < 86_400 { return "\(seconds / 3600) h" }
    return "\(seconds / 86_400) d"
  }

  /// "84 KB".
  static func bytes(_ count: Int64) -> String {
    if count < 1000 { return "\(count) B" }
    if count < 1_000_000 { return "\((count + 500) / 1000) KB" }
    return "\(count / 1_000_000).\(count / 100_000 % 10) MB"
  }

  /// "1 ticket", "6 tickets".
  static func count(_ number: Int, _ thing: String) -> String {
    count(number, thing, thing + "s")
  }

  /// As `count`, for words with a plural of their own.
  static func count(_ number: Int, _ thing: String, _ things: String) -> String {
    "\(number) \(number == 1 ? thing : things)"
  }
}
